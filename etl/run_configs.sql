-- Raw result files, but for their step metrics, taken apart into their values. peft
-- keeps module names as sets, and writes them as lists in any order.
with recursive members as (
    select
        file,
        '$' as path,
        document as value
    from result_documents
    union all
    select
        objects.file,
        objects.path || '.'
        || case
            when regexp_full_match(objects.entry.key, '[A-Za-z_][A-Za-z0-9_]*')
                then objects.entry.key
            else cast(to_json(objects.entry.key) as varchar)
        end as path,
        -- the map holds a JSON null as an SQL one
        coalesce(objects.entry.value, cast('null' as json)) as value
    from (
        select
            file,
            path,
            unnest(map_entries(try_cast(value as map (varchar, json)))) as entry
        from members
        where json_type(value) = 'OBJECT'
    ) as objects
)

select
    file,
    path,
    cast(value as varchar) as value,
    case
        when json_type(value) = 'ARRAY'
            then cast(to_json(list_sort(json_extract(value, '$[*]'))) as varchar)
        else cast(value as varchar)
    end as unordered_value
from members
where
    path <> '$.train_info.metrics'
    and (json_type(value) <> 'OBJECT' or cast(value as varchar) = '{}')
order by
    file,
    path
