-- Grain: a source value that is known to be wrong, whether this source holds it or not.
-- NULLs: value where the source value stands for "missing".
-- Source: data/registry/corrections.csv.
create table registry_corrections (
    path varchar not null,
    source_value varchar not null,
    value varchar,
    reason varchar not null,
    evidence varchar not null,
    primary key (path, source_value)
);
