-- Finds: a best run of 4 or more (value): its score was chosen on the test set and is biased
--     upwards, as selection_bias bounds
-- Severity: warning
-- Source: benchmarks.num_runs
select
    method,
    benchmark,
    'num_runs' as subject,
    cast(num_runs as double) as value
from benchmarks
where num_runs >= 4
