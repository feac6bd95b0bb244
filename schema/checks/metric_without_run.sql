-- Finds: a metric of a subject that has no run of that benchmark
-- Severity: error
-- Source: benchmark_metrics against benchmarks and baselines
select
    benchmark_metrics.subject as method,
    benchmark_metrics.benchmark,
    benchmark_metrics.metric as subject,
    benchmark_metrics.value
from benchmark_metrics
left join benchmarks
    on
        benchmark_metrics.subject = benchmarks.method
        and benchmark_metrics.benchmark = benchmarks.benchmark
left join baselines
    on
        benchmark_metrics.subject = 'full fine-tuning'
        and benchmark_metrics.benchmark = baselines.benchmark
where
    benchmarks.method is null
    and baselines.benchmark is null
