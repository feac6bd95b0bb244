-- Question: Do two measures put the methods in the same order?
-- Grain: benchmark × pair of measures, every pair once, measure_a the first by name.
-- NULLs and ties: only methods that have both measures count (num_methods); equal values share
--     their mean rank; spearman_rho is NULL with fewer than 3 methods, and where either measure is
--     the same for all of them.
-- Caveats: ranks go up with the values, whichever way is better: score against a cost is a
--     trade-off where rho is positive. A rho nearer to zero than about 1.96 / √(num_methods - 1) is
--     within what chance alone gives at the 5% level (0.35 for 33 methods, 0.41 for 24), and of
--     many pairs some pass it by chance. Each row is a method's best run, not a controlled change.
-- Source: Spearman's rank correlation: Pearson's, of mean ranks. C. Spearman, "The proof and
--     measurement of association between two things", American Journal of Psychology 15, 1904.
-- Columns:
--     measure_a: The pair's first measure: score, forgetting or a cost's column
--     measure_b: The pair's second measure
--     num_methods [methods]: Methods that have both measures
--     spearman_rho: Spearman's rank correlation, from -1 (opposite order) to 1 (same order)
--     metric_is_valid: Whether no caveat says that either measure must not be used
with points as (
    select
        ranks_a.benchmark,
        ranks_a.measure as measure_a,
        ranks_b.measure as measure_b,
        ranks_a.value as value_a,
        ranks_b.value as value_b
    from measure_ranks as ranks_a
    inner join measure_ranks as ranks_b
        on
            ranks_a.benchmark = ranks_b.benchmark
            and ranks_a.method = ranks_b.method
            and ranks_a.measure < ranks_b.measure
),

-- ranked anew, since ranks here are among the methods that have both measures
ranked_points as (
    select
        benchmark,
        measure_a,
        measure_b,
        rank() over (
            partition by benchmark, measure_a, measure_b
            order by value_a asc nulls first
        ) as rank_a,
        count(*) over (partition by benchmark, measure_a, measure_b, value_a) as num_equal_a,
        rank() over (
            partition by benchmark, measure_a, measure_b
            order by value_b asc nulls first
        ) as rank_b,
        count(*) over (partition by benchmark, measure_a, measure_b, value_b) as num_equal_b,
        count(*) over (partition by benchmark, measure_a, measure_b) as num_points
    from points
),

-- twice the mean rank's distance from the middle: whole numbers, whose sums are exact in any order
distances as (
    select
        benchmark,
        measure_a,
        measure_b,
        cast(2 * rank_a + num_equal_a - num_points - 2 as double) as distance_a,
        cast(2 * rank_b + num_equal_b - num_points - 2 as double) as distance_b
    from ranked_points
),

products as (
    select
        benchmark,
        measure_a,
        measure_b,
        count(*) as num_methods,
        sum(distance_a * distance_b) as covariance,
        sum(distance_a * distance_a) as variance_a,
        sum(distance_b * distance_b) as variance_b
    from distances
    group by
        benchmark,
        measure_a,
        measure_b
)

select
    caveats_a.benchmark,
    caveats_a.measure as measure_a,
    caveats_b.measure as measure_b,
    coalesce(products.num_methods, 0) as num_methods,
    case
        when products.num_methods >= 3
            then
                products.covariance
                / nullif(sqrt(products.variance_a * products.variance_b), cast(0 as double))
    end as spearman_rho,
    caveats_a.metric_is_valid and caveats_b.metric_is_valid as metric_is_valid
from measure_caveats as caveats_a
inner join measure_caveats as caveats_b
    on
        caveats_a.benchmark = caveats_b.benchmark
        and caveats_a.measure < caveats_b.measure
left join products
    on
        caveats_a.benchmark = products.benchmark
        and caveats_a.measure = products.measure_a
        and caveats_b.measure = products.measure_b
where
    caveats_a.measure <> 'baseline'
    and caveats_b.measure <> 'baseline'
order by
    caveats_a.benchmark asc nulls first,
    caveats_a.measure asc nulls first,
    caveats_b.measure asc nulls first
