-- Grain: a method of the source, with its JSON.
select
    methods.entry.key as method,
    methods.entry.value as body
from (
    select unnest(map_entries(cast(document -> '$.methods' as map (varchar, json)))) as entry
    from source_document
) as methods
