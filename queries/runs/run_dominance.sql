-- Question: Which raw runs are on the front of score against each cost, among all runs and among each
--     method's best alone?
-- Grain: candidates (all runs, best runs) × benchmark × cost × run among them.
-- NULLs and ties: a run without a score or without the cost can't be judged: is_on_front is NULL. Runs
--     with equal score and cost stay together. Of the runs that dominate, dominated_by is the
--     best-scoring, then the cheapest, then the first by file.
-- Caveats: fronts are drawn on point values; the more settings were tried, the more of a front is
--     luck on the test set. How far two runs lie apart by chance says the view score_noise.
-- Source: method_run_measures; Pareto dominance by one sort, as in the view dominance.
-- Columns:
--     candidates: Which runs are compared: all runs, or the best run of each method
--     value: The cost's value, in the unit of the column of that name
--     is_on_front: Whether none of the candidates dominates it; NULL where it can't be judged
--     dominated_by: File of the best-scoring candidate that dominates it; NULL on the front
with costs as (
    select
        'all runs' as candidates,
        method_run_measures.benchmark,
        method_run_measures.measure as cost,
        method_run_measures.method,
        method_run_measures.file,
        method_runs.score,
        method_run_measures.value
    from method_run_measures
    inner join method_runs
        on method_run_measures.file = method_runs.file
    where method_run_measures.measure <> 'score'
    union all
    select
        'best runs' as candidates,
        method_run_measures.benchmark,
        method_run_measures.measure as cost,
        method_run_measures.method,
        method_run_measures.file,
        method_runs.score,
        method_run_measures.value
    from method_run_measures
    inner join method_runs
        on method_run_measures.file = method_runs.file
    where
        method_run_measures.measure <> 'score'
        and method_run_measures.is_best_run
),

-- the best score that is to be had at this cost or less: within equal cost the best comes first,
-- so every row has seen all that could dominate it, but for its equals; rows without the cost come
-- last, where none sees them
attainable as (
    select
        candidates,
        benchmark,
        cost,
        method,
        file,
        score,
        value,
        max(score) over (
            partition by candidates, benchmark, cost
            order by
                case when value is null then 1 else 0 end asc nulls first,
                value asc nulls first,
                score desc nulls last,
                file asc nulls first
            rows between unbounded preceding and current row
        ) as best_score
    from costs
),

-- the first row to reach a best score is the cheapest one that has it: a step of the front
stepped as (
    select
        candidates,
        benchmark,
        cost,
        method,
        file,
        score,
        value,
        score is not null and value is not null as is_judged,
        best_score as step_score,
        first_value(value) over (
            partition by candidates, benchmark, cost, best_score
            order by
                case when value is null then 1 else 0 end asc nulls first,
                value asc nulls first,
                score desc nulls last,
                file asc nulls first
            rows between unbounded preceding and current row
        ) as step_value,
        first_value(file) over (
            partition by candidates, benchmark, cost, best_score
            order by
                case when value is null then 1 else 0 end asc nulls first,
                value asc nulls first,
                score desc nulls last,
                file asc nulls first
            rows between unbounded preceding and current row
        ) as step_file
    from attainable
)

select
    candidates,
    benchmark,
    cost,
    method,
    file,
    score,
    value,
    case
        when is_judged then step_score = score and step_value = value
    end as is_on_front,
    case
        when is_judged and (step_score > score or step_value < value) then step_file
    end as dominated_by
from stepped
order by
    candidates asc nulls first,
    benchmark asc nulls first,
    cost asc nulls first,
    method asc nulls first,
    file asc nulls first
