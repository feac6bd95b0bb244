-- Grain: method × quantization backend, every pair of the registry's and the source's backends.
-- NULLs: supported unless state is known; not_applicable means that the method wraps no layers and
--     works with any backend.
-- Source: methods.*.features.quantization_backends. The list names all that is supported, so an
--     empty list is a known lack of every backend.
create table quant_backends (
    method varchar not null references methods (method),
    backend varchar not null,
    supported boolean,
    state varchar not null check (state in ('known', 'unknown', 'not_applicable')),
    primary key (method, backend),
    check ((supported is not null) = (state = 'known'))
);
