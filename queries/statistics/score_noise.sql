-- Question: How far do the scores of two runs lie apart by chance alone?
-- Grain: benchmark that the registry knows.
-- NULLs and ties: NULL where the noise of training was not measured or the score is not a share of
--     test items: image-gen's mean similarity of 12 images has neither.
-- Caveats: for one pair of runs: of twenty pairs, one lies further apart by chance. The noise of
--     training was measured on one setting, repeated in one environment, and is taken to be the
--     same for all; in another environment all runs can shift together, and by more.
--     setting_difference holds for scores near 0.5, where it is largest, and takes the test items
--     of the two runs as independent samples: as all runs answered the same items, smaller
--     differences can be real.
-- Source: registry_benchmarks; differences of independent normal errors of equal standard deviation:
--     1.96 × √2 × training_noise_sd, and 1.96 × √2 × √(0.25 / test_items + training_noise_sd²).
-- Columns:
--     rerun_difference [fraction]: How far two runs of one setting lie apart at most, in 95 of 100 pairs, by the noise of training
--     setting_difference [fraction]: How far runs of two settings that are equally good lie apart at most, in 95 of 100 pairs, by the sampling of test items and the noise of training
select
    benchmark,
    test_items,
    training_noise_sd,
    cast(1.959963984540054 as double) * sqrt(cast(2 as double)) * training_noise_sd
        as rerun_difference,
    cast(1.959963984540054 as double)
    * sqrt(
        cast(2 as double)
        * (
            cast(0.25 as double) / nullif(cast(test_items as double), cast(0 as double))
            + training_noise_sd * training_noise_sd
        )
    ) as setting_difference
from registry_benchmarks
order by benchmark asc nulls first
