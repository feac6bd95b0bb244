-- Everything that a run reports beyond the fields that every run has, uncorrected. Adding zero takes
-- the sign from a negative zero.
select
    benchmark,
    field as metric,
    coalesce(method, 'full fine-tuning') as subject,
    try_cast(source_value as double) + cast(0 as double) as value
from source_fields
where
    benchmark is not null
    and field not in (
        'experiment_name',
        'peak_memory_bytes',
        'train_time_sec',
        'num_trainable_params',
        'adapter_file_size_bytes',
        'num_runs'
    )
order by
    subject,
    benchmark,
    metric
