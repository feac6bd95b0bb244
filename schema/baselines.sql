-- Grain: a benchmark's full fine-tuning run.
-- NULLs: all measures where upstream lists the benchmark without a baseline; single ones as in benchmarks.
-- Source: baselines.*.
create table baselines (
    benchmark varchar not null primary key,
    experiment_name varchar,
    score_metric varchar,
    score double check (isfinite(score)),
    forgetting_metric varchar,
    forgetting double check (isfinite(forgetting)),
    peak_memory_bytes bigint check (peak_memory_bytes >= 0),
    train_time_sec double check (train_time_sec >= 0 and isfinite(train_time_sec)),
    num_trainable_params bigint check (num_trainable_params >= 0),
    adapter_file_size_bytes bigint check (adapter_file_size_bytes >= 0),
    num_runs bigint check (num_runs >= 0)
);
