-- Finds: an accuracy that is no multiple of one over the number of test items; value is the
--     number of right answers that it would be
-- Severity: warning
-- Source: registry_benchmarks.test_items
with answers as (
    select
        benchmarks.method,
        benchmarks.benchmark,
        benchmarks.score * cast(registry_benchmarks.test_items as double) as value
    from benchmarks
    inner join registry_benchmarks
        on benchmarks.benchmark = registry_benchmarks.benchmark
)

select
    method,
    benchmark,
    'score' as subject,
    value
from answers
where abs(value - floor(value + cast(0.5 as double))) > cast(0.000001 as double)
