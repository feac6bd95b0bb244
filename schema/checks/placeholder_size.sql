-- Finds: a file size that upstream's benchmark writes where saving failed, and that no
--     correction removes yet
-- Severity: warning
-- Source: upstream's method_comparison code sets 99999999 where an adapter can't be saved
select
    method,
    benchmark,
    'adapter_file_size_bytes' as subject,
    cast(adapter_file_size_bytes as double) as value
from benchmarks
where adapter_file_size_bytes = 99999999
