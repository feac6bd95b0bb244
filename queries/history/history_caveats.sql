-- Question: Which caveats hold for which version, and between which versions do numbers change meaning?
-- Grain: version × caveat that holds for its peft version.
-- NULLs and ties: benchmark and measure are NULL where it holds for all of them; begins is NULL for
--     the oldest version, ends for the newest.
-- Caveats: it lists what is known; what nobody has looked at is not in it.
-- Source: registry_caveats against history.dataset.
-- Columns:
--     benchmark: Benchmark that the caveat holds for; NULL for every one
--     begins: Whether it doesn't hold for the version before
--     ends: Whether it doesn't hold for the next version
with held as (
    select
        versions.version_order,
        versions.peft_version,
        registry_caveats.caveat,
        registry_caveats.benchmark,
        registry_caveats.measure,
        registry_caveats.invalidates,
        registry_caveats.statement
    from history.dataset as versions
    inner join registry_caveats
        on
            registry_caveats.peft_version is null
            or versions.peft_version like registry_caveats.peft_version || '%'
)

select
    held.version_order,
    held.peft_version,
    held.caveat,
    held.benchmark,
    held.measure,
    held.invalidates,
    case when versions_before.version_order is not null then held_before.caveat is null end
        as begins,
    case when versions_after.version_order is not null then held_after.caveat is null end as ends,
    held.statement
from held
left join history.dataset as versions_before
    on held.version_order = versions_before.version_order + 1
left join held as held_before
    on
        held.version_order = held_before.version_order + 1
        and held.caveat = held_before.caveat
left join history.dataset as versions_after
    on held.version_order + 1 = versions_after.version_order
left join held as held_after
    on
        held.version_order + 1 = held_after.version_order
        and held.caveat = held_after.caveat
order by
    held.version_order asc nulls first,
    held.caveat asc nulls first
