-- Question: Which methods can't be told apart from full fine-tuning?
-- Grain: benchmark × method, every method with a score, best first.
-- NULLs and ties: p-values are NULL where full fine-tuning has no score, and where the score is not
--     a share of test items: image-gen's mean similarity of 12 images gives no test that anyone
--     should rely on. Equal scores have p_value 1.
-- Caveats: tied means not told apart by this benchmark at the 5% level, not equal. The test takes
--     the two runs' test items as independent samples, but both answered the same items: where
--     answers are positively correlated it is conservative. On the other side, full fine-tuning is
--     one run and each method the best of num_runs runs, chosen on the test set, and the noise of
--     training is left out: a method's lead looks clearer than it is.
-- Source: score_tests: two-proportion z-test against full fine-tuning, adjusted by Holm's method
--     over the benchmark's comparisons; steps as in vs_baseline.
-- Columns:
--     baseline_score [fraction]: Full fine-tuning's score; NULL where it has none
--     is_tied_with_baseline: Whether p_value_holm is at least 0.05; NULL where undefined
select
    score_intervals.benchmark,
    score_intervals.method,
    score_intervals.score,
    baselines.score as baseline_score,
    score_tests.p_value,
    score_tests.p_value_holm,
    score_tests.p_value_holm >= cast(0.05 as double) as is_tied_with_baseline,
    vs_baseline.is_budget_matched,
    score_intervals.num_runs,
    measure_caveats.caveats
from score_intervals
inner join vs_baseline
    on
        score_intervals.benchmark = vs_baseline.benchmark
        and score_intervals.method = vs_baseline.method
inner join measure_caveats
    on
        score_intervals.benchmark = measure_caveats.benchmark
        and measure_caveats.measure = 'score'
left join baselines
    on score_intervals.benchmark = baselines.benchmark
left join score_tests
    on
        score_intervals.benchmark = score_tests.benchmark
        and score_intervals.method = score_tests.method
        and score_tests.comparison = 'baseline'
order by
    score_intervals.benchmark asc nulls first,
    score_intervals.score desc nulls last,
    score_intervals.method asc nulls first
