-- Grain: something to know before using a number.
-- NULLs: benchmark, measure and peft_version where the caveat holds for every one of them.
-- Source: data/registry/caveats.csv.
create table registry_caveats (
    caveat varchar not null primary key,
    benchmark varchar references registry_benchmarks (benchmark),
    measure varchar,
    peft_version varchar,
    invalidates boolean not null,
    statement varchar not null,
    evidence varchar not null
);
