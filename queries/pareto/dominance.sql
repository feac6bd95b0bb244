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
-- so every row has seen all that could dominate it, but for its equals; rows without the cost come
-- last, where none sees them
attainable as (
    select
        benchmark,
        cost,
        method,
        score,
        value,
        max(score) over (
            partition by benchmark, cost
            order by
                case when value is null then 1 else 0 end asc nulls first,
                value asc nulls first,
                score desc nulls last,
                method asc nulls first
            rows between unbounded preceding and current row
        ) as best_score
    from costs
),

-- the first row to reach a best score is the cheapest one that has it: a step of the front
stepped as (
    select
        benchmark,
        cost,
        method,
        score,
        value,
        score is not null and value is not null as is_judged,
        best_score as step_score,
        first_value(value) over (
            partition by benchmark, cost, best_score
            order by
                case when value is null then 1 else 0 end asc nulls first,
                value asc nulls first,
                score desc nulls last,
                method asc nulls first
            rows between unbounded preceding and current row
        ) as step_value,
        first_value(method) over (
            partition by benchmark, cost, best_score
            order by
                case when value is null then 1 else 0 end asc nulls first,
                value asc nulls first,
                score desc nulls last,
                method asc nulls first
            rows between unbounded preceding and current row
        ) as step_method
    from attainable
)

select
    stepped.benchmark,
    stepped.cost,
    stepped.method,
    stepped.score,
    stepped.value,
    case
        when stepped.is_judged
            then stepped.step_score = stepped.score and stepped.step_value = stepped.value
    end as is_on_front,
    case
        when
            stepped.is_judged
            and (stepped.step_score > stepped.score or stepped.step_value < stepped.value)
            then stepped.step_method
    end as dominated_by,
    front_caveats.metric_is_valid
from stepped
left join front_caveats
    on
        stepped.benchmark = front_caveats.benchmark
        and stepped.cost = front_caveats.cost
order by
    stepped.benchmark asc nulls first,
    stepped.cost asc nulls first,
    stepped.method asc nulls first
