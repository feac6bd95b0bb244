-- Question: Which method scores best within a budget of trainable parameters?
-- Grain: benchmark × budget, cheapest first; every distinct number of parameters that a method needs is
--     a budget. For another budget read the row of the largest one below it.
-- NULLs and ties: methods without a score or without the cost are left out. Of several best methods
--     it names the cheapest, then the first by name.
-- Caveats: a method's cost is that of its best-scoring run, so what fits with other settings is
--     invisible; parameters are counted at the start of training; some methods prune them later.
-- Source: budget_caps.
-- Columns:
--     num_trainable_params [parameters]: The budget: how many parameters may be trained
--     method: Best-scoring method within the budget
--     score [fraction]: That method's score
--     num_methods [methods]: How many methods are within the budget
select
    budget_caps.benchmark,
    benchmarks.num_trainable_params,
    budget_caps.method,
    budget_caps.score,
    budget_caps.num_runs,
    budget_caps.num_methods,
    front_caveats.caveats
from budget_caps
inner join benchmarks
    on
        budget_caps.benchmark = benchmarks.benchmark
        and budget_caps.cap_method = benchmarks.method
inner join front_caveats
    on
        budget_caps.benchmark = front_caveats.benchmark
        and budget_caps.cost = front_caveats.cost
where budget_caps.cost = 'num_trainable_params'
order by
    budget_caps.benchmark asc nulls first,
    benchmarks.num_trainable_params asc nulls first
