-- Finds: a negative forgetting (value): the model got better on other material, or the metric
--     is wrong
-- Severity: info
-- Source: benchmarks.forgetting
select
    method,
    benchmark,
    'forgetting' as subject,
    forgetting as value
from benchmarks
where forgetting < cast(0 as double)
