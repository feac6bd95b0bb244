-- Finds: peak memory or training time more than 3 times the benchmark's median; value is the
--     multiple
-- Severity: info
-- Source: the median, as the mean of the middle two where their number is even
with costs as (
    select
        method,
        benchmark,
        'peak_memory_bytes' as subject,
        cast(peak_memory_bytes as double) as cost
    from benchmarks
    where peak_memory_bytes is not null
    union all
    select
        method,
        benchmark,
        'train_time_sec' as subject,
        train_time_sec as cost
    from benchmarks
    where train_time_sec is not null
),

numbered_costs as (
    select
        method,
        benchmark,
        subject,
        cost,
        row_number() over (
            partition by benchmark, subject
            order by cost asc nulls first, method asc nulls first
        ) as place,
        count(cost) over (partition by benchmark, subject) as num_costs
    from costs
),

medians as (
    select
        benchmark,
        subject,
        sum(cost) / cast(count(cost) as double) as median_cost
    from numbered_costs
    where 2 * place in (num_costs, num_costs + 1, num_costs + 2)
    group by
        benchmark,
        subject
)

select
    numbered_costs.method,
    numbered_costs.benchmark,
    numbered_costs.subject,
    numbered_costs.cost / nullif(medians.median_cost, cast(0 as double)) as value
from numbered_costs
inner join medians
    on
        numbered_costs.benchmark = medians.benchmark
        and numbered_costs.subject = medians.subject
where numbered_costs.cost > cast(3 as double) * medians.median_cost
