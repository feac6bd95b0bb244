-- Grain: a source value that was replaced in this dataset.
-- NULLs: value where the source value stands for "missing".
-- Source: registry_corrections, those whose source value is what this source has.
create table corrections (
    path varchar not null primary key,
    source_value varchar not null,
    value varchar,
    reason varchar not null,
    evidence varchar not null,
    foreign key (path, source_value) references registry_corrections (path, source_value)
);
