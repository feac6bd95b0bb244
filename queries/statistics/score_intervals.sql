-- Question: How sure is a method's score?
-- Grain: benchmark × method, every method with a score, best first.
-- NULLs and ties: the interval is NULL where the score is not a share of test items; equal scores
--     share a rank, and the next rank is left out (1, 1, 3).
-- Caveats: the interval covers the sampling of test items alone, not the training: one method's runs
--     with the same settings differ too. A best run of many is biased upwards.
-- Source: Wilson's score interval with z = 1.959963984540054 (95%), E. B. Wilson, "Probable
--     inference, the law of succession, and statistical inference", 1927. The lower bound,
--     (centre - half width) / (1 + z²/n), is written as p² / (centre + half width): equal, and
--     without the cancellation near zero.
with rated as (
    select
        benchmarks.benchmark,
        benchmarks.method,
        benchmarks.score,
        benchmarks.num_runs,
        cast(registry_benchmarks.test_items as double) as test_items,
        cast(3.841458820694124 as double) / cast(registry_benchmarks.test_items as double)
            as z2_by_items
    from benchmarks
    left join registry_benchmarks
        on benchmarks.benchmark = registry_benchmarks.benchmark
    where benchmarks.score is not null
),

terms as (
    select
        benchmark,
        method,
        score,
        num_runs,
        z2_by_items,
        score + z2_by_items / cast(2 as double) as centre,
        sqrt(
            z2_by_items * (
                score * (cast(1 as double) - score) + z2_by_items / cast(4 as double)
            )
        ) as half_width
    from rated
)

select
    benchmark,
    rank() over (partition by benchmark order by score desc nulls last) as rank,
    method,
    score,
    score * score / (centre + half_width) as score_low,
    case
        -- exactly 1, which rounding misses
        when score = cast(1 as double) and z2_by_items is not null then cast(1 as double)
        else (centre + half_width) / (cast(1 as double) + z2_by_items)
    end as score_high,
    num_runs
from terms
order by
    benchmark asc nulls first,
    score desc nulls last,
    method asc nulls first
