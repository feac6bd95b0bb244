-- Question: Which caveats hold for a front of raw runs?
-- Grain: benchmark × cost, of the benchmarks that raw runs were made on.
-- NULLs and ties: caveats is NULL where none is known.
-- Caveats: at most six caveats fit in a line. Caveats are those of the dataset's peft version, which
--     need not be that of the runs.
-- Source: caveats of the score and of the cost, but for those that hold for best runs alone.
with costs as (
    select 'adapter_file_size_bytes' as cost
    union all
    select 'num_trainable_params' as cost
    union all
    select 'peak_memory_bytes' as cost
    union all
    select 'train_time_sec' as cost
),

tried_benchmarks as (
    select distinct benchmark
    from method_runs
),

numbered_caveats as (
    select
        tried_benchmarks.benchmark,
        costs.cost,
        caveats.caveat,
        row_number() over (
            partition by tried_benchmarks.benchmark, costs.cost
            order by caveats.caveat asc nulls first
        ) as place
    from tried_benchmarks
    cross join costs
    inner join caveats
        on
            (caveats.benchmark is null or tried_benchmarks.benchmark = caveats.benchmark)
            and (
                caveats.measure is null
                or caveats.measure in ('score', 'cost')
                or costs.cost = caveats.measure
            )
    where caveats.caveat not in ('best_run_on_test_set', 'costs_of_best_run')
)

select
    tried_benchmarks.benchmark,
    costs.cost,
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
        as caveats
from tried_benchmarks
cross join costs
left join numbered_caveats
    on
        tried_benchmarks.benchmark = numbered_caveats.benchmark
        and costs.cost = numbered_caveats.cost
group by
    tried_benchmarks.benchmark,
    costs.cost
order by
    tried_benchmarks.benchmark asc nulls first,
    costs.cost asc nulls first
