-- Question: Which methods pass the PEFT shop's filters, in its order?
-- Grain: a method that passes every filter.
-- NULLs and ties: a capability or layer type passes only where its support is known; a backend also
--     where the method wraps no layers and so works with any. Methods without a value of the sort
--     measure come last; equals are in the order of their names.
-- Caveats: the filters say what the shop shows, not what is best: recommend ranks within requirements.
--     Unlike in the shop, unknown backends are unknown, and a placeholder has no stars.
-- Source: the rules of upstream's method_comparison/peft-shop: text anywhere in name, config class or
--     description; any of the categories; all of the capabilities; all of the layer types; any of
--     the backends; at least min_stars for the score; or any benchmarked method.
-- Parameters: on_benchmark := 'metamathqa', text := '', categories := [], capabilities := [],
--     layer_types := [], backends := [], min_stars := 0, benchmarked_only := false,
--     sort_by := 'name'
with needs as (
    select
        'capability' as need,
        unnest(cast(capabilities as varchar[])) as subject
    union all
    select
        'layer type' as need,
        unnest(cast(layer_types as varchar[])) as subject
),

unmet as (
    select distinct methods.method
    from methods
    cross join needs
    left join explanations
        on
            methods.method = explanations.method
            and needs.subject = explanations.subject
            and needs.need = replace(
                explanations.subject_kind, 'auxiliary module', 'capability'
            )
    where explanations.supported is distinct from true
),

trainable as (
    select distinct method
    from quant_backends
    where
        state = 'not_applicable'
        or (supported and list_contains(cast(backends as varchar[]), backend))
)

select
    methods.method,
    methods.category,
    benchmarks.score,
    star_ratings.stars,
    benchmarks.peak_memory_bytes,
    benchmarks.num_trainable_params,
    benchmarks.adapter_file_size_bytes,
    benchmarks.train_time_sec
from methods
left join benchmarks
    on
        methods.method = benchmarks.method
        and benchmarks.benchmark = on_benchmark
left join star_ratings
    on
        methods.method = star_ratings.method
        and star_ratings.benchmark = on_benchmark
        and star_ratings.measure = 'score'
left join unmet
    on methods.method = unmet.method
left join trainable
    on methods.method = trainable.method
where
    (
        contains(lower(methods.method), lower(text))
        or contains(lower(methods.config_class), lower(text))
        or contains(lower(methods.description), lower(text))
    )
    and (len(categories) = 0 or list_contains(cast(categories as varchar[]), methods.category))
    and unmet.method is null
    and (len(backends) = 0 or trainable.method is not null)
    and (min_stars = 0 or star_ratings.stars >= min_stars)
    and (not benchmarked_only or benchmarks.method is not null)
order by
    case sort_by
        when 'score' then -benchmarks.score
        when 'memory' then benchmarks.peak_memory_bytes
        when 'params' then benchmarks.num_trainable_params
        when 'size' then benchmarks.adapter_file_size_bytes
        when 'time' then benchmarks.train_time_sec
    end asc nulls last,
    methods.method
