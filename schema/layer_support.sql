-- Grain: method × layer type, every pair of the registry's and the source's layer types.
-- NULLs: supported unless state is known.
-- Source: methods.*.features.target_layer_types. A layer type that upstream did not try is unknown.
create table layer_support (
    method varchar not null references methods (method),
    layer_type varchar not null,
    supported boolean,
    state varchar not null check (state in ('known', 'unknown', 'not_applicable')),
    primary key (method, layer_type),
    check ((supported is not null) = (state = 'known'))
);
