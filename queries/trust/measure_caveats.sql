-- Question: Which caveats hold for a measure of a benchmark, in one line?
-- Grain: benchmark × measure, every measure of every benchmark of the dataset; comparing with full
--     fine-tuning counts as the measure baseline.
-- NULLs and ties: caveats is NULL where none is known.
-- Caveats: at most six caveats fit in a line; the build stops when a measure has more.
-- Source: caveats.
-- Columns:
--     num_caveats [caveats]: How many caveats hold
with measures as (
    select
        'adapter_file_size_bytes' as measure,
        'cost' as role
    union all
    select
        'baseline' as measure,
        'baseline' as role
    union all
    select
        'forgetting' as measure,
        'forgetting' as role
    union all
    select
        'num_trainable_params' as measure,
        'cost' as role
    union all
    select
        'peak_memory_bytes' as measure,
        'cost' as role
    union all
    select
        'score' as measure,
        'score' as role
    union all
    select
        'train_time_sec' as measure,
        'cost' as role
),

known_benchmarks as (
    select benchmark
    from benchmarks
    union
    select benchmark
    from baselines
),

numbered_caveats as (
    select
        known_benchmarks.benchmark,
        measures.measure,
        caveats.caveat,
        caveats.invalidates,
        row_number() over (
            partition by known_benchmarks.benchmark, measures.measure
            order by caveats.caveat asc nulls first
        ) as place
    from known_benchmarks
    cross join measures
    inner join caveats
        on
            (caveats.benchmark is null or known_benchmarks.benchmark = caveats.benchmark)
            and (
                caveats.measure is null
                or measures.measure = caveats.measure
                or measures.role = caveats.measure
            )
)

select
    known_benchmarks.benchmark,
    measures.measure,
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
        as caveats,
    count(numbered_caveats.caveat) as num_caveats,
    max(case when numbered_caveats.invalidates then 1 else 0 end) = 0 as metric_is_valid
from known_benchmarks
cross join measures
left join numbered_caveats
    on
        known_benchmarks.benchmark = numbered_caveats.benchmark
        and measures.measure = numbered_caveats.measure
group by
    known_benchmarks.benchmark,
    measures.measure
order by
    known_benchmarks.benchmark asc nulls first,
    measures.measure asc nulls first
