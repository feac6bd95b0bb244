-- The methods' best runs.
select
    method,
    benchmark,
    experiment_name,
    score_metric,
    score,
    forgetting_metric,
    forgetting,
    peak_memory_bytes,
    train_time_sec,
    num_trainable_params,
    adapter_file_size_bytes,
    num_runs
from source_best_runs
where method is not null
order by
    method,
    benchmark
