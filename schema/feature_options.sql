-- Grain: method × feature × option, every pair: auxiliary modules and config options (extras).
-- NULLs: supported unless state is known.
-- Source: methods.*.features.auxiliary_modules and .extras. A list names all that is supported,
--     so an option that only other methods list is a known lack.
create table feature_options (
    method varchar not null references methods (method),
    feature varchar not null references registry_features (feature),
    option varchar not null,
    supported boolean,
    state varchar not null check (state in ('known', 'unknown', 'not_applicable')),
    primary key (method, feature, option),
    check ((supported is not null) = (state = 'known'))
);
