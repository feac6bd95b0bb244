-- Grain: the one build of this dataset.
-- NULLs: none.
-- Source: the input file and this package.
create table dataset (
    source_sha256 varchar not null primary key check (length(source_sha256) = 64),
    source_file varchar not null,
    source_bytes bigint not null check (source_bytes > 0),
    schema_version bigint not null,
    peft_version varchar not null,
    package_version varchar not null
);
