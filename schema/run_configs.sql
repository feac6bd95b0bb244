-- Grain: run × path: any other value of a result file, verbatim.
-- NULLs: none; null is the JSON text null, as is NaN.
-- Source: the files of `build --results`, their configuration, environment and results; empty without.
--     Objects are taken apart, lists are values.
create table run_configs (
    file varchar not null references runs (file),
    path varchar not null,
    value varchar not null,
    unordered_value varchar not null,
    primary key (file, path)
);
