-- Finds: a run whose score or forgetting is of another metric than the registry says
-- Severity: error
-- Source: benchmarks and baselines against registry_benchmarks
with runs_by_metric as (
    select
        method,
        benchmark,
        score_metric,
        forgetting_metric
    from benchmarks
    union all
    select
        cast(null as varchar) as method,
        benchmark,
        score_metric,
        forgetting_metric
    from baselines
),

compared as (
    select
        runs_by_metric.method,
        runs_by_metric.benchmark,
        'score_metric' as subject,
        coalesce(runs_by_metric.score_metric, '') as metric,
        coalesce(registry_benchmarks.score_metric, '') as expected
    from runs_by_metric
    left join registry_benchmarks
        on runs_by_metric.benchmark = registry_benchmarks.benchmark
    union all
    select
        runs_by_metric.method,
        runs_by_metric.benchmark,
        'forgetting_metric' as subject,
        coalesce(runs_by_metric.forgetting_metric, '') as metric,
        coalesce(registry_benchmarks.forgetting_metric, '') as expected
    from runs_by_metric
    left join registry_benchmarks
        on runs_by_metric.benchmark = registry_benchmarks.benchmark
)

select
    method,
    benchmark,
    subject,
    cast(null as double) as value
from compared
where metric <> expected
