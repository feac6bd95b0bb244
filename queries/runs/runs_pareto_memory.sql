-- Question: Which raw runs give the best score for their memory, when every setting counts?
-- Grain: benchmark × run, the Pareto front alone, cheapest first.
-- NULLs and ties: runs without a score or without the cost are left out; runs with equal score and
--     cost are all on the front.
-- Caveats: the best-scoring setting is chosen on the test set, and the more settings a method
--     has, the more chances it had; a step up by less than setting_difference of the view
--     score_noise can be chance; peak memory is what the allocator reserved, and never compares
--     across benchmarks.
-- Source: run_dominance, all runs.
-- Columns:
--     is_best_run: Whether the front of best runs (pareto_memory) could show it: it has its method's best score
select
    run_dominance.benchmark,
    run_dominance.method,
    method_runs.experiment_name,
    run_dominance.score,
    method_runs.peak_memory_bytes,
    method_runs.is_best_run,
    run_caveats.caveats
from run_dominance
inner join method_runs
    on run_dominance.file = method_runs.file
inner join run_caveats
    on
        run_dominance.benchmark = run_caveats.benchmark
        and run_dominance.cost = run_caveats.cost
where
    run_dominance.candidates = 'all runs'
    and run_dominance.cost = 'peak_memory_bytes'
    and run_dominance.is_on_front
order by
    run_dominance.benchmark asc nulls first,
    method_runs.peak_memory_bytes asc nulls first,
    run_dominance.file asc nulls first
