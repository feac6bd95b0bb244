-- Question: Which method scores best within a budget of memory?
-- Grain: benchmark × budget, cheapest first; every distinct peak memory that a method needs is
--     a budget. For another budget read the row of the largest one below it.
-- NULLs and ties: methods without a score or without the cost are left out. Of several best methods
--     it names the cheapest, then the first by name.
-- Caveats: a method's cost is that of its best-scoring run, so what fits with other settings is
--     invisible; memory is what the allocator reserved, and never compares across
--     benchmarks.
-- Source: budget_caps.
-- Columns:
--     peak_memory_bytes [bytes]: The budget: the largest accelerator memory that a run may reserve
--     method: Best-scoring method within the budget
--     score [fraction]: That method's score
--     num_methods [methods]: How many methods are within the budget
select
    budget_caps.benchmark,
    benchmarks.peak_memory_bytes,
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
where budget_caps.cost = 'peak_memory_bytes'
order by
    budget_caps.benchmark asc nulls first,
    benchmarks.peak_memory_bytes asc nulls first
