-- Grain: a layer type that the registry knows.
-- NULLs: none.
-- Source: data/registry/layer_types.csv.
create table registry_layer_types (
    layer_type varchar not null primary key,
    column_name varchar not null unique,
    meaning varchar not null
);
