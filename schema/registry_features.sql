-- Grain: a feature that the registry knows.
-- NULLs: none.
-- Source: data/registry/features.csv.
create table registry_features (
    feature varchar not null primary key,
    label varchar not null,
    kind varchar not null
    check (kind in ('category', 'layer_types', 'backends', 'capability', 'options', 'link')),
    position bigint not null unique,
    meaning varchar not null
);
