-- Grain: a run: one of upstream's raw result files, successful or not.
-- NULLs: method for full fine-tuning; benchmark and its metrics' names where the registry knows no
--     benchmark on the run's base model; a measure that the file lacks or reports as null or NaN,
--     and the size that upstream writes where saving failed (99999999).
-- Source: the files of `build --results`; empty without. Values are verbatim in run_configs.
create table runs (
    file varchar not null primary key,
    benchmark varchar,
    method varchar,
    status varchar not null,
    experiment_name varchar not null,
    score_metric varchar,
    score double check (isfinite(score)),
    forgetting_metric varchar,
    forgetting double check (isfinite(forgetting)),
    peak_memory_bytes bigint check (peak_memory_bytes >= 0),
    train_time_sec double check (train_time_sec >= 0 and isfinite(train_time_sec)),
    num_trainable_params bigint check (num_trainable_params >= 0),
    adapter_file_size_bytes bigint check (adapter_file_size_bytes >= 0),
    created_at varchar not null,
    peft_version varchar,
    peft_commit varchar,
    accelerator varchar,
    error_message varchar
);
