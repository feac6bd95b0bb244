-- Grain: a finding: method × feature.
-- NULLs: supported unless the finding is a known yes or no; note where upstream has none.
-- Source: methods.*.features, every feature that upstream reports, registered or not.
create table features (
    method varchar not null references methods (method),
    feature varchar not null,
    value varchar not null,
    state varchar not null check (state in ('known', 'unknown', 'not_applicable')),
    supported boolean check (supported is null or state = 'known'),
    source varchar not null check (source in ('introspection', 'file_check', 'probe', 'error')),
    note varchar,
    primary key (method, feature)
);
