-- Grain: run × report × metric, verbatim.
-- NULLs: value where the file has null or NaN.
-- Source: train_info.metrics of the files of `build --results`; empty without. Upstream reports at
--     every evaluation, and the test metrics at the end.
create table run_steps (
    file varchar not null references runs (file),
    position bigint not null,
    step bigint not null check (step >= 0),
    metric varchar not null,
    value double check (isfinite(value)),
    primary key (file, position, metric)
);
