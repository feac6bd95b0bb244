-- Grain: a benchmark that the registry knows.
-- NULLs: test_items where the score is not a proportion of test items, training_noise_sd where nobody
--     measured it.
-- Source: data/registry/benchmarks.csv.
create table registry_benchmarks (
    benchmark varchar not null primary key,
    label varchar not null,
    base_model varchar not null,
    score_metric varchar not null references registry_metrics (metric),
    forgetting_metric varchar not null references registry_metrics (metric),
    test_items bigint check (test_items > 0),
    training_noise_sd double check (training_noise_sd > 0 and isfinite(training_noise_sd)),
    method_max_steps bigint not null check (method_max_steps > 0),
    baseline_max_steps bigint not null check (baseline_max_steps > 0),
    evidence varchar not null
);
