-- Finds: a drift of exactly zero: the trained adapter changed none of the images, which is
--     implausible beside a score
-- Severity: warning
-- Source: benchmarks.forgetting on image-gen
select
    method,
    benchmark,
    'forgetting' as subject,
    forgetting as value
from benchmarks
where
    forgetting_metric = 'drift'
    and forgetting = cast(0 as double)
