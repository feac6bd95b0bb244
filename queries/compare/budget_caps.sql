-- Question: What is the best score that is to be had within each cap on a cost?
-- Grain: benchmark × cost × cap; every distinct value of a cost is a cap, forgetting counts as a
--     cost. Between two caps the answer is the lower one's.
-- NULLs and ties: methods without a score or without the cost are left out. Of several best methods
--     it names the cheapest, then the first by name.
-- Caveats: a method's cost is that of its best-scoring run, so what fits with other settings is
--     invisible; differences within a score's uncertainty decide.
-- Source: dominance: the best within a cap is a method at the cap that is on the front, or else
--     the best-scoring method that dominates those at the cap.
-- Columns:
--     value [of the measure]: The cap
--     cap_method: A method whose cost is the cap: the best-scoring, then the first by name
--     num_methods [methods]: How many methods are within the cap
with placed as (
    select
        benchmark,
        cost,
        value,
        metric_is_valid,
        method as cap_method,
        coalesce(dominated_by, method) as best_method,
        row_number() over (
            partition by benchmark, cost, value
            order by score desc nulls last, method asc nulls first
        ) as place,
        count(*) over (
            partition by benchmark, cost
            order by value asc nulls first
            range between unbounded preceding and current row
        ) as num_methods
    from dominance
    where is_on_front is not null
)

select
    placed.benchmark,
    placed.cost,
    placed.value,
    placed.cap_method,
    placed.best_method as method,
    benchmarks.score,
    benchmarks.num_runs,
    placed.num_methods,
    placed.metric_is_valid
from placed
inner join benchmarks
    on
        placed.benchmark = benchmarks.benchmark
        and placed.best_method = benchmarks.method
where placed.place = 1
order by
    placed.benchmark asc nulls first,
    placed.cost asc nulls first,
    placed.value asc nulls first
