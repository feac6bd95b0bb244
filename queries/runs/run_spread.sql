-- Question: How far do a method's settings lie apart, in score and in each cost?
-- Grain: benchmark × measure × method that has a counted run with a value of the measure.
-- NULLs and ties: runs without the measure don't count; best_run_value is NULL where the best run lacks
--     it. The median of an even number is the mean of the two in the middle.
-- Caveats: settings were tried to find a good one, not drawn at random: their spread is neither noise
--     nor an interval. Upstream runs a setting once, with one seed; how far two runs of one setting
--     lie apart says the view score_noise.
-- Source: method_run_measures.
-- Columns:
--     measure: score or a cost's column
--     num_runs [runs]: Successful runs that have a value of the measure
--     lowest: Smallest value, in the unit of the measure
--     median: Median value, in the unit of the measure
--     highest: Largest value, in the unit of the measure
--     best_run_value: Value of the run with the method's best score, in the unit of the measure
with ranked_values as (
    select
        benchmark,
        measure,
        method,
        value,
        is_best_run,
        2 * row_number() over (
            partition by benchmark, measure, method
            order by value asc nulls first, file asc nulls first
        ) as twice_place,
        count(value) over (partition by benchmark, measure, method) as num_values
    from method_run_measures
    where value is not null
)

select
    benchmark,
    measure,
    method,
    count(value) as num_runs,
    min(value) as lowest,
    avg(
        case
            when twice_place >= num_values and twice_place <= num_values + 2 then value
        end
    ) as median,
    max(value) as highest,
    max(case when is_best_run then value end) as best_run_value
from ranked_values
group by
    benchmark,
    measure,
    method
order by
    benchmark asc nulls first,
    measure asc nulls first,
    method asc nulls first
