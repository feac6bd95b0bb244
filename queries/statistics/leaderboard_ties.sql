-- Question: Which methods can't be told apart from the best one?
-- Grain: benchmark × method, every method with a score, best first.
-- NULLs and ties: the best method is compared with nothing: its p-values are NULL, and it is tied
--     with itself; of several that share the best score it is the first by name, and the others
--     have p_value 1. All are NULL where the score is not a share of test items: image-gen's mean
--     similarity of 12 images gives no test that anyone should rely on.
-- Caveats: tied means not told apart by this benchmark at the 5% level, not equal. The test takes
--     the methods' test items as independent samples, but all answered the same items: where
--     answers are positively correlated it is conservative, and calls too many methods tied. On the
--     other side, the best is the best of all and each row the best of num_runs runs, chosen on the
--     test set, and the noise of training is left out: differences look clearer than they are.
-- Source: score_tests: two-proportion z-test against the best, adjusted by Holm's method over the
--     benchmark's comparisons.
-- Columns:
--     is_tied_with_best: Whether p_value_holm is at least 0.05, or it is the best itself; NULL where undefined
select
    score_intervals.benchmark,
    score_intervals.method,
    score_intervals.score,
    score_tests.p_value,
    score_tests.p_value_holm,
    case
        when score_tests.method = score_tests.reference then true
        else score_tests.p_value_holm >= cast(0.05 as double)
    end as is_tied_with_best,
    score_intervals.num_runs,
    measure_caveats.caveats
from score_intervals
inner join measure_caveats
    on
        score_intervals.benchmark = measure_caveats.benchmark
        and measure_caveats.measure = 'score'
left join score_tests
    on
        score_intervals.benchmark = score_tests.benchmark
        and score_intervals.method = score_tests.method
        and score_tests.comparison = 'best'
order by
    score_intervals.benchmark asc nulls first,
    score_intervals.score desc nulls last,
    score_intervals.method asc nulls first
