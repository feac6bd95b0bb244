-- Finds: a file whose bytes per trainable parameter (value) are far from 2 or 4: it holds
--     frozen or duplicated tensors, indices, or not all that was trained
-- Severity: info
-- Source: 16-bit and 32-bit numbers take 2 and 4 bytes; a header and names add a little
with files as (
    select
        method,
        benchmark,
        cast(adapter_file_size_bytes as double)
        / nullif(cast(num_trainable_params as double), cast(0 as double)) as value
    from benchmarks
)

select
    method,
    benchmark,
    'adapter_file_size_bytes' as subject,
    value
from files
where
    value < cast(1.9 as double)
    or value > cast(4.5 as double)
    or (value > cast(2.3 as double) and value < cast(3.9 as double))
