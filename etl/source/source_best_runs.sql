-- Grain: as source_runs, with the run's measures as columns; which metric is score and which is
--     forgetting says the registry. Adding zero takes the sign from a negative zero, which
--     engines order and compare differently.
select
    source_runs.method,
    source_runs.benchmark,
    registry_benchmarks.score_metric,
    registry_benchmarks.forgetting_metric,
    max(
        case
            when source_fields.field = 'experiment_name'
                then source_fields.value
        end
    ) as experiment_name,
    max(
        case
            when source_fields.field = registry_benchmarks.score_metric
                then try_cast(source_fields.value as double) + cast(0 as double)
        end
    ) as score,
    max(
        case
            when source_fields.field = registry_benchmarks.forgetting_metric
                then try_cast(source_fields.value as double) + cast(0 as double)
        end
    ) as forgetting,
    max(
        case
            when source_fields.field = 'peak_memory_bytes'
                then try_cast(source_fields.value as bigint)
        end
    ) as peak_memory_bytes,
    max(
        case
            when source_fields.field = 'train_time_sec'
                then try_cast(source_fields.value as double) + cast(0 as double)
        end
    ) as train_time_sec,
    max(
        case
            when source_fields.field = 'num_trainable_params'
                then try_cast(source_fields.value as bigint)
        end
    ) as num_trainable_params,
    max(
        case
            when source_fields.field = 'adapter_file_size_bytes'
                then try_cast(source_fields.value as bigint)
        end
    ) as adapter_file_size_bytes,
    max(
        case
            when source_fields.field = 'num_runs'
                then try_cast(source_fields.value as bigint)
        end
    ) as num_runs
from source_runs
left join source_fields
    on
        source_runs.benchmark = source_fields.benchmark
        and source_runs.method is not distinct from source_fields.method
left join registry_benchmarks
    on source_runs.benchmark = registry_benchmarks.benchmark
group by
    source_runs.method,
    source_runs.benchmark,
    registry_benchmarks.score_metric,
    registry_benchmarks.forgetting_metric
