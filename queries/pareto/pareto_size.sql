-- Question: Which methods give the best score for their adapter file size?
-- Grain: benchmark × method, the Pareto front alone, cheapest first.
-- NULLs and ties: methods without a score or without the cost are left out; methods with equal
--     score and cost are all on the front.
-- Caveats: a method's cost is that of its best-scoring run, cheaper settings are invisible;
--     a saved file may hold frozen or duplicated tensors beside the trained ones.
-- Source: dominance.
select
    dominance.benchmark,
    dominance.method,
    dominance.score,
    benchmarks.adapter_file_size_bytes,
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
    dominance.cost = 'adapter_file_size_bytes'
    and dominance.is_on_front
order by
    dominance.benchmark asc nulls first,
    benchmarks.adapter_file_size_bytes asc nulls first,
    dominance.method asc nulls first
