-- Grain: method × benchmark: the method's best run by headline score.
-- NULLs: a measure that upstream reports as null, or a placeholder removed by correction; both
--     metrics and their names where the registry doesn't know the benchmark.
-- Source: methods.*.benchmarks; which metric is score and which is forgetting says registry_benchmarks.
create table benchmarks (
    method varchar not null references methods (method),
    benchmark varchar not null,
    experiment_name varchar not null,
    score_metric varchar,
    score double check (isfinite(score)),
    forgetting_metric varchar,
    forgetting double check (isfinite(forgetting)),
    peak_memory_bytes bigint check (peak_memory_bytes >= 0),
    train_time_sec double check (train_time_sec >= 0 and isfinite(train_time_sec)),
    num_trainable_params bigint check (num_trainable_params >= 0),
    adapter_file_size_bytes bigint check (adapter_file_size_bytes >= 0),
    num_runs bigint check (num_runs >= 0),
    primary key (method, benchmark)
);
