-- Finds: a benchmark whose full fine-tuning took less time (value) than every method: the
--     budgets differ
-- Severity: warning
-- Source: baselines and benchmarks
with fastest as (
    select
        benchmark,
        min(train_time_sec) as fastest_sec
    from benchmarks
    group by benchmark
)

select
    cast(null as varchar) as method,
    baselines.benchmark,
    'train_time_sec' as subject,
    baselines.train_time_sec as value
from baselines
inner join fastest
    on baselines.benchmark = fastest.benchmark
where baselines.train_time_sec < fastest.fastest_sec
