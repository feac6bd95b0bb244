-- Quantization backends, every pair.
select
    method,
    option as backend,
    supported,
    state
from source_support
where feature = 'quantization_backends'
order by
    method,
    backend
