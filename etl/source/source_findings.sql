-- Grain: method × feature of the source, with the finding's parts.
select
    findings.method,
    findings.entry.key as feature,
    findings.entry.value -> '$.value' as value,
    findings.entry.value ->> '$.source' as source,
    findings.entry.value ->> '$.note' as note
from (
    select
        method,
        unnest(map_entries(cast(body -> '$.features' as map (varchar, json)))) as entry
    from source_methods
) as findings
