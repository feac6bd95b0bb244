-- Grain: method × feature × option that the source names, for features that hold a list or an object.
with options as (
    -- a list names what is supported
    select
        method,
        feature,
        unnest(try_cast(value as varchar[])) as option,
        true as supported
    from source_findings
    where json_type(value) = 'ARRAY'
    union all
    select
        objects.method,
        objects.feature,
        objects.entry.key as option,
        objects.entry.value as supported
    from (
        select
            method,
            feature,
            unnest(map_entries(try_cast(value as map (varchar, boolean)))) as entry
        from source_findings
        where json_type(value) = 'OBJECT'
    ) as objects
)

select
    method,
    feature,
    option,
    supported
from options
