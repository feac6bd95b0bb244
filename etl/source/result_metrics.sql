-- Grain: result file × entry of its metrics × metric; adding zero takes the sign from a negative zero.
select
    members.file,
    members.position,
    members.step,
    members.entry.key as metric,
    try_cast(members.entry.value ->> '$' as double) + cast(0 as double) as value
from (
    select
        entries.file,
        entries.position,
        cast(entries.body ->> '$.step' as bigint) as step,
        unnest(map_entries(cast(entries.body as map (varchar, json)))) as entry
    from (
        select
            file,
            unnest(reports) as body,
            generate_subscripts(reports, 1) as position
        from (
            select
                file,
                json_extract(document, '$.train_info.metrics[*]') as reports
            from result_documents
        ) as documents
    ) as entries
) as members
where members.entry.key <> 'step'
