-- Question: Which methods can be trained on a quantized model, and on which ones?
-- Grain: a method that is known to train on a quantization backend, or that works with every one; the
--     latter first, then those with the most backends.
-- NULLs and ties: num_backends and backends' names are of the backends that the method wraps, so
--     num_backends is NULL and backends is any where works_with_any_backend. Methods of which it is
--     unknown are left out (see unknown_capabilities), as are those known to train on none. Equal
--     counts are ordered by name.
-- Caveats: the findings come from which source files exist, not from trained models. That a method works
--     with every backend is because it wraps no layers; nobody tried each.
-- Source: support_lists and features.
-- Columns:
--     works_with_any_backend: Whether the method wraps no layers and so works whatever the backend
--     num_backends [backends]: How many backends the method is known to train on; NULL where works_with_any_backend
--     backends: Names of these backends; any where works_with_any_backend
select
    support_lists.method,
    support_lists.supported_list = 'any' as works_with_any_backend,
    case when support_lists.num_supported > 0 then support_lists.num_supported end
        as num_backends,
    support_lists.supported_list as backends,
    features.source,
    features.note
from support_lists
inner join features
    on
        support_lists.method = features.method
        and features.feature = 'quantization_backends'
where
    support_lists.kind = 'backends'
    and (support_lists.num_supported > 0 or support_lists.supported_list = 'any')
order by
    case when support_lists.supported_list = 'any' then 1 else 0 end desc nulls last,
    support_lists.num_supported desc nulls last,
    support_lists.method asc nulls first
