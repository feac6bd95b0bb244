-- Grain: a result file and its benchmark: the registry's one on the run's base model; of several, the
--     one whose score the run reports, then the first by name.
with choices as (
    select
        result_documents.file,
        registry_benchmarks.benchmark,
        registry_benchmarks.score_metric,
        registry_benchmarks.forgetting_metric,
        row_number() over (
            partition by result_documents.file
            order by
                result_metrics.file is null asc nulls first,
                registry_benchmarks.benchmark asc nulls first
        ) as place
    from result_documents
    inner join registry_benchmarks
        on
            result_documents.document ->> '$.run_info.train_config.model_id'
            = registry_benchmarks.base_model
    left join result_metrics
        on
            result_documents.file = result_metrics.file
            and registry_benchmarks.score_metric = result_metrics.metric
)

select
    file,
    benchmark,
    score_metric,
    forgetting_metric
from choices
where place = 1
