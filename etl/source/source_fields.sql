-- Grain: a scalar of the source that tables hold as a column, with its path, what upstream wrote
--     (source_value), and what this dataset holds (value). A method's own field has no benchmark,
--     a baseline's field has no method.
with method_fields as (
    select
        fields.method,
        cast(null as varchar) as benchmark,
        fields.entry.key as field,
        fields.entry.value ->> '$' as source_value,
        '$.methods."' || fields.method || '".' || fields.entry.key as path
    from (
        select
            method,
            unnest(map_entries(cast(body as map (varchar, json)))) as entry
        from source_methods
    ) as fields
    where fields.entry.key not in ('features', 'benchmarks')
),

run_fields as (
    select
        fields.method,
        fields.benchmark,
        fields.entry.key as field,
        fields.entry.value ->> '$' as source_value,
        case
            when fields.method is null then '$.baselines'
            else '$.methods."' || fields.method || '".benchmarks'
        end || '."' || fields.benchmark || '"."' || fields.entry.key || '"' as path
    from (
        select
            method,
            benchmark,
            unnest(map_entries(cast(body as map (varchar, json)))) as entry
        from source_runs
    ) as fields
),

all_fields as (
    select
        method,
        benchmark,
        field,
        source_value,
        path
    from method_fields
    union all
    select
        method,
        benchmark,
        field,
        source_value,
        path
    from run_fields
)

select
    all_fields.path,
    all_fields.method,
    all_fields.benchmark,
    all_fields.field,
    all_fields.source_value,
    case
        when registry_corrections.path is null then all_fields.source_value
        else registry_corrections.value
    end as value
from all_fields
left join registry_corrections
    on
        all_fields.path = registry_corrections.path
        and all_fields.source_value = registry_corrections.source_value
