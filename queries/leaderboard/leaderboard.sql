-- Question: Which methods score best?
-- Grain: benchmark × method, every method with a score, best first.
-- NULLs and ties: the interval is NULL where the score is not a share of test items; equal scores
--     share a rank, and the next rank is left out (1, 1, 3).
-- Caveats: neighbours whose intervals overlap are not told apart by this benchmark; each row is a
--     best run, chosen on the test set.
-- Source: score_intervals.
select
    score_intervals.benchmark,
    score_intervals.rank,
    score_intervals.method,
    score_intervals.score,
    score_intervals.score_low,
    score_intervals.score_high,
    score_intervals.num_runs,
    measure_caveats.caveats
from score_intervals
inner join measure_caveats
    on
        score_intervals.benchmark = measure_caveats.benchmark
        and measure_caveats.measure = 'score'
order by
    score_intervals.benchmark asc nulls first,
    score_intervals.rank asc nulls first,
    score_intervals.method asc nulls first
