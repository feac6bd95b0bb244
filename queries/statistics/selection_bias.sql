-- Question: By how much can choosing the best of several runs have raised a method's score?
-- Grain: benchmark × method, every method with a score, best first.
-- NULLs and ties: sampling_sd and sampling_bias_bound are NULL where the score is not a share of
--     test items (image-gen: 12 images), run_sd and bias_bound also where the noise of training was
--     not measured (all but metamathqa), and both bounds where num_runs is. A single run has 0.
-- Caveats: upper bounds on what is expected, not corrections to subtract: sampling_bias_bound
--     counts the sampling of test items alone, bias_bound the noise of training as well. They hold
--     for runs of one method with different settings and so different true scores, too, and are
--     then further from what is to be expected; so they are for runs whose errors are positively
--     correlated, as on the same test items. The standard deviations are estimated from the score
--     itself, and come out as 0 at a score of 0 or 1. The noise of training was measured on one
--     setting, and is taken to be the same for all methods.
-- Source: the score of the best run exceeds the same run's true score by at most the largest of n
--     errors, whose expectation is at most sd × (n - 1) / √(2n - 1) for independent errors of any
--     one distribution (E. J. Gumbel, "The maxima of the mean largest value and of the range", and
--     H. O. Hartley and H. A. David, "Universal bounds for mean range and extreme observation",
--     Annals of Mathematical Statistics 25, 1954), and at most sd × √(2 ln n) for normal ones (S.
--     Boucheron, G. Lugosi and P. Massart, "Concentration Inequalities", 2013, theorem 2.5): the
--     first is smaller up to n = 11, the second from there. Among normal errors of equal sd
--     correlation that is nowhere negative only lowers the expectation (D. Slepian, "The one-sided
--     barrier problem for Gaussian noise", 1962). sampling_sd is √(p (1 - p) / items). The noise of
--     training is registry_benchmarks.training_noise_sd, with its evidence there.
-- Columns:
--     sampling_sd [fraction]: Standard deviation of the score from the sampling of test items
--     run_sd [fraction]: Standard deviation of the score from the sampling of test items and the noise of training together
--     sampling_bias_bound [fraction]: Upper bound of what choosing the best run is expected to add to the score, by the sampling of test items alone
--     bias_bound [fraction]: Upper bound of what choosing the best run is expected to add to the score, by sampling and training together
with deviations as (
    select
        benchmarks.benchmark,
        benchmarks.method,
        benchmarks.score,
        benchmarks.num_runs,
        cast(benchmarks.num_runs as double) as n,
        benchmarks.score * (cast(1 as double) - benchmarks.score)
        / cast(registry_benchmarks.test_items as double) as sampling_variance,
        registry_benchmarks.training_noise_sd * registry_benchmarks.training_noise_sd
            as training_variance
    from benchmarks
    left join registry_benchmarks
        on benchmarks.benchmark = registry_benchmarks.benchmark
    where benchmarks.score is not null
),

bounds as (
    select
        benchmark,
        method,
        score,
        num_runs,
        sqrt(sampling_variance) as sampling_sd,
        sqrt(sampling_variance + training_variance) as run_sd,
        case
            when n > cast(11 as double) then sqrt(cast(2 as double) * ln(n))
            when n >= cast(1 as double)
                then (n - cast(1 as double)) / sqrt(cast(2 as double) * n - cast(1 as double))
        end as highest_error
    from deviations
)

select
    bounds.benchmark,
    bounds.method,
    bounds.score,
    bounds.num_runs,
    bounds.sampling_sd,
    bounds.run_sd,
    bounds.sampling_sd * bounds.highest_error as sampling_bias_bound,
    bounds.run_sd * bounds.highest_error as bias_bound,
    measure_caveats.caveats
from bounds
inner join measure_caveats
    on
        bounds.benchmark = measure_caveats.benchmark
        and measure_caveats.measure = 'score'
order by
    bounds.benchmark asc nulls first,
    bounds.score desc nulls last,
    bounds.method asc nulls first
