-- Finds: a best run's measure that is not what its raw result file says (value): the files are of
--     another time than the source
-- Severity: warning
-- Source: run_measures against runs of the same benchmark, method and experiment
with compared as (
    select
        run_measures.method,
        run_measures.benchmark,
        run_measures.measure as subject,
        run_measures.value as source_value,
        case run_measures.measure
            when 'score' then runs.score
            when 'forgetting' then runs.forgetting
            when 'peak_memory_bytes' then cast(runs.peak_memory_bytes as double)
            when 'train_time_sec' then runs.train_time_sec
            when 'num_trainable_params' then cast(runs.num_trainable_params as double)
            when 'adapter_file_size_bytes' then cast(runs.adapter_file_size_bytes as double)
        end as value
    from run_measures
    inner join benchmarks
        on
            run_measures.benchmark = benchmarks.benchmark
            and run_measures.method = benchmarks.method
    inner join runs
        on
            benchmarks.benchmark = runs.benchmark
            and benchmarks.method = runs.method
            and benchmarks.experiment_name = runs.experiment_name
            and runs.status = 'success'
)

select
    method,
    benchmark,
    subject,
    value
from compared
where
    source_value <> value
    or (source_value is null and value is not null)
    or (source_value is not null and value is null)
