-- Question: How does each method rank on each measure of a benchmark?
-- Grain: benchmark × measure × method, every method with a value.
-- NULLs and ties: methods without a value are neither ranked nor counted; equal values share a
--     rank, and the next rank is left out (1, 1, 3). The baseline is not ranked.
-- Caveats: ranks tell the order, not the distance; near-equal values are ranked apart.
-- Source: run_measures. Of the score more is better, of every other measure less.
-- Columns:
--     measure: score, forgetting or a cost's column
--     value [of the measure]: The measure's value
with rated as (
    select
        benchmark,
        measure,
        method,
        value,
        metric_is_valid,
        case when measure = 'score' then cast(0 as double) - value else value end as badness
    from run_measures
    where value is not null
)

select
    benchmark,
    measure,
    method,
    value,
    rank() over (partition by benchmark, measure order by badness asc nulls first) as rank,
    count(*) over (partition by benchmark, measure) as rated_methods,
    metric_is_valid
from rated
order by
    benchmark asc nulls first,
    measure asc nulls first,
    badness asc nulls first,
    method asc nulls first
