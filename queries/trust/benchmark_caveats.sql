-- Question: Which caveats hold for a benchmark's scores and costs taken together, in one line?
-- Grain: benchmark of the dataset.
-- NULLs and ties: caveats is NULL where none is known.
-- Caveats: those of forgetting and of the baseline are left out; at most eight fit in the line.
-- Source: caveats.
-- Columns:
--     num_caveats [caveats]: How many caveats hold
with known_benchmarks as (
    select benchmark
    from benchmarks
    union
    select benchmark
    from baselines
),

numbered_caveats as (
    select
        known_benchmarks.benchmark,
        caveats.caveat,
        row_number() over (
            partition by known_benchmarks.benchmark
            order by caveats.caveat asc nulls first
        ) as place
    from known_benchmarks
    inner join caveats
        on caveats.benchmark is null or known_benchmarks.benchmark = caveats.benchmark
    where
        caveats.measure is null
        or caveats.measure not in ('baseline', 'capability', 'forgetting')
)

select
    known_benchmarks.benchmark,
    max(case when numbered_caveats.place = 1 then numbered_caveats.caveat end)
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 2 then numbered_caveats.caveat end), ''
    )
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 3 then numbered_caveats.caveat end), ''
    )
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 4 then numbered_caveats.caveat end), ''
    )
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 5 then numbered_caveats.caveat end), ''
    )
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 6 then numbered_caveats.caveat end), ''
    )
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 7 then numbered_caveats.caveat end), ''
    )
    || coalesce(
        ', ' || max(case when numbered_caveats.place = 8 then numbered_caveats.caveat end), ''
    )
        as caveats,
    count(numbered_caveats.caveat) as num_caveats
from known_benchmarks
left join numbered_caveats
    on known_benchmarks.benchmark = numbered_caveats.benchmark
group by known_benchmarks.benchmark
order by known_benchmarks.benchmark asc nulls first
