-- Grain: a run of the source, with its JSON: a method's best run, or full fine-tuning (method NULL),
--     whose JSON is NULL where upstream lists a benchmark without a baseline.
select
    runs.method,
    runs.entry.key as benchmark,
    runs.entry.value as body
from (
    select
        method,
        unnest(map_entries(cast(body -> '$.benchmarks' as map (varchar, json)))) as entry
    from source_methods
    union all
    select
        cast(null as varchar) as method,
        unnest(map_entries(cast(document -> '$.baselines' as map (varchar, json)))) as entry
    from source_document
) as runs
