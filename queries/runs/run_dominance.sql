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
-- so every row has seen all that could dominate it, but for its equals
attainable as (
    select
        candidates,
        benchmark,
        cost,
        file,
        score,
        value,
        max(score) over (
            partition by candidates, benchmark, cost
            order by value asc nulls first, score desc nulls last, file asc nulls first
            rows between unbounded preceding and current row
        ) as best_score
    from costs
    where
        score is not null
        and value is not null
),

-- the first row to reach a best score is the cheapest one that has it: a step of the front
numbered_rows as (
    select
        candidates,
        benchmark,
        cost,
        file,
        score,
        value,
        row_number() over (
            partition by candidates, benchmark, cost, best_score
            order by value asc nulls first, score desc nulls last, file asc nulls first
        ) as place
    from attainable
),

steps as (
    select
        candidates,
        benchmark,
        cost,
        file,
        score,
        value
    from numbered_rows
    where place = 1
)

select
    costs.candidates,
    costs.benchmark,
    costs.cost,
    costs.method,
    costs.file,
    costs.score,
    costs.value,
    case
        when attainable.file is not null
            then steps.score = costs.score and steps.value = costs.value
    end as is_on_front,
    case
        when steps.score > costs.score or steps.value < costs.value then steps.file
    end as dominated_by
from costs
left join attainable
    on
        costs.candidates = attainable.candidates
        and costs.benchmark = attainable.benchmark
        and costs.cost = attainable.cost
        and costs.file = attainable.file
left join steps
    on
        attainable.candidates = steps.candidates
        and attainable.benchmark = steps.benchmark
        and attainable.cost = steps.cost
        and attainable.best_score = steps.score
order by
    costs.candidates asc nulls first,
    costs.benchmark asc nulls first,
    costs.cost asc nulls first,
    costs.method asc nulls first,
    costs.file asc nulls first
