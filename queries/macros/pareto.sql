-- Question: Which methods are on the front of any two measures?
-- Grain: a method on the front of the benchmark, cheapest first by y.
-- NULLs and ties: methods without one of the measures are left out; methods with equal values of
--     both are all on the front.
-- Caveats: fronts are drawn on point values; differences within a measure's uncertainty decide.
-- Source: measure_ranks; of the score more is better, of every other measure less. Found by comparing
--     all pairs, which a benchmark's few methods allow.
-- Parameters: on_benchmark, x, y
with points as (
    select
        first.method,
        first.value as x_value,
        second.value as y_value,
        first.metric_is_valid and second.metric_is_valid as metric_is_valid,
        first.rank as x_rank,
        second.rank as y_rank
    from measure_ranks as first
    inner join measure_ranks as second
        on
            first.benchmark = second.benchmark
            and first.method = second.method
    where
        first.benchmark = on_benchmark
        and first.measure = x
        and second.measure = y
)

select
    points.method,
    points.x_value,
    points.y_value,
    points.metric_is_valid
from points
where
    not exists (
        select 1
        from points as rival
        where
            rival.x_rank <= points.x_rank
            and rival.y_rank <= points.y_rank
            and (rival.x_rank < points.x_rank or rival.y_rank < points.y_rank)
    )
order by
    points.y_rank,
    points.method
