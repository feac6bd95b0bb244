-- Question: What does the source name that the registry doesn't know yet?
-- Grain: registry file × name.
-- NULLs and ties: none.
-- Caveats: a benchmark without a row has no score, no forgetting and no interval; its metrics are
--     in benchmark_metrics. A layer type or backend without a row has no column in its matrix.
-- Source: the tables, against the registry tables.
-- Columns:
--     registry: Registry table that lacks it, filled from the CSV file of that name under data/registry/
--     name: The name, as upstream writes it
--     registry_row: Row to add to the CSV file, with what to fill in between angle brackets
with names as (
    select
        'registry_benchmarks' as registry,
        benchmark as name
    from benchmarks
    union
    select
        'registry_benchmarks' as registry,
        benchmark as name
    from baselines
    union
    select
        'registry_metrics' as registry,
        metric as name
    from benchmark_metrics
    union
    select
        'registry_features' as registry,
        feature as name
    from features
    union
    select
        'registry_layer_types' as registry,
        layer_type as name
    from layer_support
    union
    select
        'registry_backends' as registry,
        backend as name
    from quant_backends
),

registered as (
    select
        'registry_benchmarks' as registry,
        benchmark as name
    from registry_benchmarks
    union all
    select
        'registry_metrics' as registry,
        metric as name
    from registry_metrics
    union all
    select
        'registry_features' as registry,
        feature as name
    from registry_features
    union all
    select
        'registry_layer_types' as registry,
        layer_type as name
    from registry_layer_types
    union all
    select
        'registry_backends' as registry,
        backend as name
    from registry_backends
)

select
    names.registry,
    names.name,
    names.name
    || case names.registry
        when 'registry_benchmarks'
            then
                ',<label>,<base_model>,<score_metric>,<forgetting_metric>,<test_items>,'
                || '<training_noise_sd>,<method_max_steps>,<baseline_max_steps>,<evidence>'
        when 'registry_metrics'
            then ',<label>,<unit>,<higher_is_better>,<role>,<position>,<meaning>'
        when 'registry_features' then ',<label>,<kind>,<position>,<meaning>'
        when 'registry_layer_types' then ',<column_name>,<meaning>'
        else ',<label>,<meaning>'
    end as registry_row
from names
left join registered
    on
        names.registry = registered.registry
        and names.name = registered.name
where registered.name is null
order by
    names.registry asc nulls first,
    names.name asc nulls first
