-- Grain: a quantization backend that the registry knows.
-- NULLs: none.
-- Source: data/registry/backends.csv.
create table registry_backends (
    backend varchar not null primary key,
    label varchar not null,
    meaning varchar not null
);
