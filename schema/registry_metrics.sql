-- Grain: a metric or cost of a run that the registry knows.
-- NULLs: none.
-- Source: data/registry/metrics.csv.
create table registry_metrics (
    metric varchar not null primary key,
    label varchar not null,
    unit varchar not null,
    higher_is_better boolean not null,
    role varchar not null check (role in ('score', 'forgetting', 'cost')),
    position bigint not null unique,
    meaning varchar not null
);
