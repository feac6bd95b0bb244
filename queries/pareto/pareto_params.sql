-- Question: Which methods give the best score for their trainable parameters?
-- Grain: benchmark × method, the Pareto front alone, cheapest first.
-- NULLs and ties: methods without a score or without the cost are left out; methods with equal
--     score and cost are all on the front.
-- Caveats: a method's cost is that of its best-scoring run, cheaper settings are invisible;
--     parameters are counted at the start of training; some methods prune them later.
-- Source: dominance.
select
    dominance.benchmark,
    dominance.method,
    dominance.score,
    benchmarks.num_trainable_params,
    benchmarks.num_runs,
    front_caveats.caveats
from dominance
inner join benchmarks
    on
        dominance.benchmark = benchmarks.benchmark
        and dominance.method = benchmarks.method
inner join front_caveats
    on
        dominance.benchmark = front_caveats.benchmark
        and dominance.cost = front_caveats.cost
where
    dominance.cost = 'num_trainable_params'
    and dominance.is_on_front
order by
    dominance.benchmark asc nulls first,
    benchmarks.num_trainable_params asc nulls first,
    dominance.method asc nulls first
