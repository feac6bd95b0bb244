-- Finds: a score or forgetting that is not the metric's value in benchmark_metrics
-- Severity: error
-- Source: benchmarks and baselines against benchmark_metrics
with measures as (
    select
        method,
        method as name,
        benchmark,
        'score' as subject,
        score_metric as metric,
        score as value
    from benchmarks
    union all
    select
        method,
        method as name,
        benchmark,
        'forgetting' as subject,
        forgetting_metric as metric,
        forgetting as value
    from benchmarks
    union all
    select
        cast(null as varchar) as method,
        'full fine-tuning' as name,
        benchmark,
        'score' as subject,
        score_metric as metric,
        score as value
    from baselines
    union all
    select
        cast(null as varchar) as method,
        'full fine-tuning' as name,
        benchmark,
        'forgetting' as subject,
        forgetting_metric as metric,
        forgetting as value
    from baselines
)

select
    measures.method,
    measures.benchmark,
    measures.subject,
    measures.value
from measures
left join benchmark_metrics
    on
        measures.name = benchmark_metrics.subject
        and measures.benchmark = benchmark_metrics.benchmark
        and measures.metric = benchmark_metrics.metric
where
    measures.metric is not null
    and coalesce(measures.value = benchmark_metrics.value, false) = false
    and not (measures.value is null and benchmark_metrics.value is null)
