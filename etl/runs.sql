-- Raw result files, a row each. Upstream writes 99999999 as the size where saving failed; adding zero
-- takes the sign from a negative zero.
with measures as (
    select
        result_benchmarks.file,
        result_benchmarks.benchmark,
        result_benchmarks.score_metric,
        result_benchmarks.forgetting_metric,
        -- the last report counts
        max_by(
            case
                when result_metrics.metric = result_benchmarks.score_metric
                    then result_metrics.value
            end, result_metrics.position
        ) as score,
        max_by(
            case
                when result_metrics.metric = result_benchmarks.forgetting_metric
                    then result_metrics.value
            end, result_metrics.position
        ) as forgetting
    from result_benchmarks
    left join result_metrics
        on result_benchmarks.file = result_metrics.file
    group by
        result_benchmarks.file,
        result_benchmarks.benchmark,
        result_benchmarks.score_metric,
        result_benchmarks.forgetting_metric
)

select
    result_documents.file,
    measures.benchmark,
    measures.score_metric,
    measures.score,
    measures.forgetting_metric,
    measures.forgetting,
    result_documents.document ->> '$.run_info.peft_config.peft_type' as method,
    result_documents.document ->> '$.train_info.status' as status,
    result_documents.document ->> '$.run_info.experiment_name' as experiment_name,
    try_cast(result_documents.document ->> '$.train_info.accelerator_memory_max' as bigint)
        as peak_memory_bytes,
    try_cast(result_documents.document ->> '$.train_info.train_time' as double) + cast(0 as double)
        as train_time_sec,
    try_cast(result_documents.document ->> '$.train_info.num_trainable_params' as bigint)
        as num_trainable_params,
    nullif(try_cast(result_documents.document ->> '$.train_info.file_size' as bigint), 99999999)
        as adapter_file_size_bytes,
    result_documents.document ->> '$.run_info.created_at' as created_at,
    result_documents.document ->> '$.meta_info.package_info."peft-version"' as peft_version,
    result_documents.document ->> '$.meta_info.package_info."peft-commit-hash"' as peft_commit,
    result_documents.document ->> '$.meta_info.system_info.accelerator' as accelerator,
    nullif(result_documents.document ->> '$.run_info.error_msg', '') as error_message
from result_documents
left join measures
    on result_documents.file = measures.file
order by result_documents.file
