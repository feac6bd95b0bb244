-- Question: Which methods are on the front of score against each cost, and what dominates the others?
-- Grain: benchmark × cost × method, every method with a row in benchmarks; forgetting counts as a cost.
-- NULLs and ties: a method without a score or without the cost can't be judged: is_on_front is NULL.
--     A method is dominated when another one is at least as good on both and better on one, so
--     methods with equal score and cost stay together. Of the methods that dominate, dominated_by
--     is the best-scoring, then the cheapest, then the first by name.
-- Caveats: fronts are drawn on point values; differences within a score's uncertainty decide. Where
--     metric_is_valid is false, the cost must not be used.
-- Source: Pareto dominance; the front is found by one sort (running maximum of the score in the
--     order of cost), as in Kung, Luccio and Preparata, "On finding the maxima of a set of vectors", 1975.
-- Columns:
--     value [of the measure]: The cost's value
--     dominated_by: Best-scoring method that dominates it; NULL on the front
with costs as (
    select
        run_measures.benchmark,
        run_measures.measure as cost,
        run_measures.method,
        benchmarks.score,
        run_measures.value
    from run_measures
    inner join benchmarks
        on
            run_measures.benchmark = benchmarks.benchmark
            and run_measures.method = benchmarks.method
    where run_measures.measure <> 'score'
),

-- the best score that is to be had at this cost or less: within equal cost the best comes first,
-- so every row has seen all that could dominate it, but for its equals
attainable as (
    select
        benchmark,
        cost,
        method,
        score,
        value,
        max(score) over (
            partition by benchmark, cost
            order by value asc nulls first, score desc nulls last, method asc nulls first
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
        benchmark,
        cost,
        method,
        score,
        value,
        row_number() over (
            partition by benchmark, cost, best_score
            order by value asc nulls first, score desc nulls last, method asc nulls first
        ) as place
    from attainable
),

steps as (
    select
        benchmark,
        cost,
        method,
        score,
        value
    from numbered_rows
    where place = 1
)

select
    costs.benchmark,
    costs.cost,
    costs.method,
    costs.score,
    costs.value,
    case
        when attainable.method is not null
            then steps.score = costs.score and steps.value = costs.value
    end as is_on_front,
    case
        when steps.score > costs.score or steps.value < costs.value then steps.method
    end as dominated_by,
    front_caveats.metric_is_valid
from costs
left join front_caveats
    on
        costs.benchmark = front_caveats.benchmark
        and costs.cost = front_caveats.cost
left join attainable
    on
        costs.benchmark = attainable.benchmark
        and costs.cost = attainable.cost
        and costs.method = attainable.method
left join steps
    on
        attainable.benchmark = steps.benchmark
        and attainable.cost = steps.cost
        and attainable.best_score = steps.score
order by
    costs.benchmark asc nulls first,
    costs.cost asc nulls first,
    costs.method asc nulls first
