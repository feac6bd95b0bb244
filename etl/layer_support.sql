-- Layer types, every pair.
select
    method,
    option as layer_type,
    supported,
    state
from source_support
where feature = 'target_layer_types'
order by
    method,
    layer_type
