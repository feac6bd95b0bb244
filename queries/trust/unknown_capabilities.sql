-- Question: What is not known about each method?
-- Grain: method × finding whose state is unknown, and method × finding × option where the finding is known
--     but says nothing about the option: a layer type, backend, auxiliary module or config option.
-- NULLs and ties: option is NULL where the whole finding is unknown, so all of its options are; note
--     where upstream has none; label and meaning where the registry lacks the feature.
-- Caveats: unknown is neither yes nor no: such methods are in no pick and in no list of lacks. A layer
--     type that upstream did not try on a method is unknown.
-- Source: features, feature_options, layer_support and quant_backends.
-- Columns:
--     option: Layer type, backend, auxiliary module or config option, by upstream's name; NULL where the whole finding is unknown
with all_options as (
    select
        method,
        'target_layer_types' as feature,
        layer_type as option,
        state
    from layer_support
    union all
    select
        method,
        'quantization_backends' as feature,
        backend as option,
        state
    from quant_backends
    union all
    select
        method,
        feature,
        option,
        state
    from feature_options
),

unknowns as (
    select
        method,
        feature,
        cast(null as varchar) as option,
        source,
        note
    from features
    where state = 'unknown'
    union all
    select
        all_options.method,
        all_options.feature,
        all_options.option,
        features.source,
        features.note
    from all_options
    inner join features
        on
            all_options.method = features.method
            and all_options.feature = features.feature
    where
        all_options.state = 'unknown'
        and features.state = 'known'
)

select
    unknowns.method,
    unknowns.feature,
    unknowns.option,
    unknowns.source,
    unknowns.note,
    registry_features.label,
    registry_features.meaning
from unknowns
left join registry_features
    on unknowns.feature = registry_features.feature
order by
    unknowns.method asc nulls first,
    case when registry_features.position is null then 1 else 0 end asc nulls first,
    registry_features.position asc nulls first,
    unknowns.feature asc nulls first,
    unknowns.option asc nulls first
