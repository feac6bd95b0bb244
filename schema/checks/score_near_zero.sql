-- Finds: a score (value) of at most 0.02: the run failed to learn the task, and its costs say
--     nothing
-- Severity: warning
-- Source: benchmarks.score
select
    method,
    benchmark,
    'score' as subject,
    score as value
from benchmarks
where score <= cast(0.02 as double)
