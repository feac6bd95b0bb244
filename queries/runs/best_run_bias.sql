-- Question: How does each front change when all runs count, not only each method's best?
-- Grain: benchmark × cost × run, the runs that are on one of the two fronts.
-- NULLs and ties: as in run_dominance.
-- Caveats: a front over all runs has more candidates, so more of it is luck on the test set; that a
--     cheaper setting joins says that best runs hide it, not that it is as good. Both fronts are
--     drawn on point values: a run that leaves by a score_margin below setting_difference of the
--     view score_noise may do so by chance.
-- Source: run_dominance, all runs against best runs.
-- Columns:
--     value: The cost's value, in the unit of the column of that name
--     change: stays (on both fronts), joins (a setting that best runs hide) or leaves (dominated when all count)
--     displaced_by: Experiment that dominates a run that leaves; NULL otherwise
--     score_margin [fraction]: Score of displaced_by minus that of the run; NULL where it doesn't leave
--     is_best_run: Whether it has the best score of its method's runs
select
    every.benchmark,
    every.cost,
    case
        when every.is_on_front and best.is_on_front then 'stays'
        when every.is_on_front then 'joins'
        else 'leaves'
    end as change,
    method_runs.experiment_name,
    every.score,
    every.value,
    displacing.experiment_name as displaced_by,
    displacing.score - every.score as score_margin,
    every.method,
    method_runs.is_best_run
from run_dominance as every
inner join method_runs
    on every.file = method_runs.file
left join run_dominance as best
    on
        best.candidates = 'best runs'
        and every.benchmark = best.benchmark
        and every.cost = best.cost
        and every.file = best.file
left join method_runs as displacing
    on every.dominated_by = displacing.file
where
    every.candidates = 'all runs'
    and (every.is_on_front or best.is_on_front)
order by
    every.benchmark asc nulls first,
    every.cost asc nulls first,
    every.value asc nulls first,
    every.file asc nulls first
