-- Question: What do I have to know before I use a number of this dataset?
-- Grain: a caveat that holds for this dataset's peft version.
-- NULLs and ties: benchmark, measure and peft_version are NULL where it holds for all of them.
-- Caveats: it lists what is known; what nobody has looked at is not in it.
-- Source: registry_caveats, each with its evidence.
-- Columns:
--     peft_version: Beginning of the versions that it holds for; NULL for every version
select
    registry_caveats.caveat,
    registry_caveats.benchmark,
    registry_caveats.measure,
    registry_caveats.peft_version,
    registry_caveats.invalidates,
    registry_caveats.statement,
    registry_caveats.evidence
from registry_caveats
inner join dataset
    on
        registry_caveats.peft_version is null
        or dataset.peft_version like registry_caveats.peft_version || '%'
order by registry_caveats.caveat asc nulls first
