-- Question: Is a method's score different from a reference score by more than the sampling of test
--     items explains?
-- Grain: benchmark × comparison × method, every method with a score, on benchmarks whose score is a
--     share of test items. A comparison is one family of tests: best (against the best-scoring
--     method, the first by name where several share the best score), baseline (against full
--     fine-tuning; no rows without its score) or memory_dominator (against the method that
--     dominates it in score and memory; no rows for methods that none dominates).
-- NULLs and ties: p_value and p_value_holm are NULL for the best method against itself. Equal
--     scores have p_value 1.
-- Caveats: the test takes the two samples of test items as independent. All methods answered the
--     same items, so where their answers are positively correlated, as is usual, the p-value is too
--     large: small differences between methods can be real and yet not show. The noise of the
--     training itself is left out, and scores are best runs, chosen on the test set: both make
--     p-values too small. So do best and memory_dominator, whose reference was chosen as the best
--     on the same data. Below 1e-304 a p-value is 0.
-- Source: two-sided z-test of two proportions with pooled variance, as in Fleiss, Levin and Paik,
--     "Statistical Methods for Rates and Proportions", 2003, chapter 3, without continuity
--     correction. Its p-value, erfc(|z| / √2), by W. J. Cody, "Rational Chebyshev approximations
--     for the error function", Mathematics of Computation 23, 1969, with the coefficients of his
--     program CALERF (ACM algorithm 715). S. Holm, "A simple sequentially rejective multiple test
--     procedure", Scandinavian Journal of Statistics 6, 1979.
-- Columns:
--     comparison: Family of tests that it belongs to: best, baseline or memory_dominator
--     reference: Method that it is compared with, or 'full fine-tuning'
--     reference_score [fraction]: Score of the reference
with proportions as (
    select
        benchmarks.benchmark,
        benchmarks.method,
        benchmarks.score,
        cast(registry_benchmarks.test_items as double) as test_items,
        row_number() over (
            partition by benchmarks.benchmark
            order by benchmarks.score desc nulls last, benchmarks.method asc nulls first
        ) as place
    from benchmarks
    inner join registry_benchmarks
        on benchmarks.benchmark = registry_benchmarks.benchmark
    where
        benchmarks.score is not null
        and registry_benchmarks.test_items is not null
),

pairs as (
    select
        proportions.benchmark,
        'best' as comparison,
        proportions.method,
        proportions.score,
        proportions.test_items,
        best.method as reference,
        best.score as reference_score
    from proportions
    inner join proportions as best
        on
            proportions.benchmark = best.benchmark
            and best.place = 1
    union all
    select
        proportions.benchmark,
        'baseline' as comparison,
        proportions.method,
        proportions.score,
        proportions.test_items,
        'full fine-tuning' as reference,
        baselines.score as reference_score
    from proportions
    inner join baselines
        on proportions.benchmark = baselines.benchmark
    where baselines.score is not null
    union all
    select
        proportions.benchmark,
        'memory_dominator' as comparison,
        proportions.method,
        proportions.score,
        proportions.test_items,
        dominators.method as reference,
        dominators.score as reference_score
    from proportions
    inner join dominance
        on
            proportions.benchmark = dominance.benchmark
            and proportions.method = dominance.method
            and dominance.cost = 'peak_memory_bytes'
    inner join proportions as dominators
        on
            dominance.benchmark = dominators.benchmark
            and dominance.dominated_by = dominators.method
),

-- equal scores are taken apart, since both may be 0 or 1, where the variance is 0
statistics as (
    select
        benchmark,
        comparison,
        method,
        score,
        reference,
        reference_score,
        case
            when score = reference_score then cast(0 as double)
            else
                test_items * (score - reference_score) * (score - reference_score)
                / (
                    (score + reference_score)
                    * (cast(2 as double) - score - reference_score)
                )
        end as half_z_squared
    from pairs
),

arguments as (
    select
        benchmark,
        comparison,
        method,
        score,
        reference,
        reference_score,
        sqrt(half_z_squared) as x,
        half_z_squared as x2,
        sqrt(half_z_squared) * half_z_squared as x3,
        half_z_squared * half_z_squared as x4
    from statistics
),

powers as (
    select
        benchmark,
        comparison,
        method,
        score,
        reference,
        reference_score,
        x,
        x2,
        x3,
        x4,
        x2 * x3 as x5,
        x2 * x4 as x6,
        x3 * x4 as x7,
        x4 * x4 as x8,
        x2 * x4 * x4 as x10
    from arguments
),

-- erfc(x), in Cody's three intervals; the third, in 1 / x², is multiplied by x¹⁰ above and below
tests as (
    select
        benchmark,
        comparison,
        method,
        score,
        reference,
        reference_score,
        case
            when comparison = 'best' and method = reference then null
            when x <= cast(0.46875 as double)
                then cast(1 as double) - x * (
                    cast(3209.37758913846947 as double)
                    + cast(377.485237685302021 as double) * x2
                    + cast(113.864154151050156 as double) * x4
                    + cast(3.1611237438705656 as double) * x6
                    + cast(0.185777706184603153 as double) * x8
                ) / (
                    cast(2844.23683343917062 as double)
                    + cast(1282.61652607737228 as double) * x2
                    + cast(244.024637934444173 as double) * x4
                    + cast(23.6012909523441209 as double) * x6
                    + x8
                )
            when x <= cast(4 as double)
                then exp(-x2) * (
                    cast(1230.33935479799725 as double)
                    + cast(2051.07837782607147 as double) * x
                    + cast(1712.04761263407058 as double) * x2
                    + cast(881.95222124176909 as double) * x3
                    + cast(298.635138197400131 as double) * x4
                    + cast(66.1191906371416295 as double) * x5
                    + cast(8.88314979438837594 as double) * x6
                    + cast(0.564188496988670089 as double) * x7
                    + cast(0.0000000215311535474403846 as double) * x8
                ) / (
                    cast(1230.33935480374942 as double)
                    + cast(3439.36767414372164 as double) * x
                    + cast(4362.61909014324716 as double) * x2
                    + cast(3290.79923573345963 as double) * x3
                    + cast(1621.38957456669019 as double) * x4
                    + cast(537.181101862009858 as double) * x5
                    + cast(117.693950891312499 as double) * x6
                    + cast(15.7449261107098347 as double) * x7
                    + x8
                )
            -- some engines refuse an exp() that underflows
            when x2 <= cast(700 as double)
                then exp(-x2) / x * (
                    cast(0.564189583547756287 as double)
                    - (
                        cast(0.0163153871373020978 as double)
                        + cast(0.305326634961232344 as double) * x2
                        + cast(0.360344899949804439 as double) * x4
                        + cast(0.125781726111229246 as double) * x6
                        + cast(0.0160837851487422766 as double) * x8
                        + cast(0.000658749161529837803 as double) * x10
                    ) / (
                        cast(1 as double)
                        + cast(2.56852019228982242 as double) * x2
                        + cast(1.87295284992346047 as double) * x4
                        + cast(0.527905102951428412 as double) * x6
                        + cast(0.0605183413124413191 as double) * x8
                        + cast(0.00233520497626869185 as double) * x10
                    ) / x2
                )
            else cast(0 as double)
        end as p_value
    from powers
),

-- Holm's steps: the largest p-value times 1, the next times 2, the smallest times their number
steps as (
    select
        benchmark,
        comparison,
        method,
        score,
        reference,
        reference_score,
        p_value,
        p_value * cast(
            row_number() over (
                partition by benchmark, comparison
                order by p_value desc nulls last, method desc nulls last
            ) as double
        ) as step
    from tests
),

running_steps as (
    select
        benchmark,
        comparison,
        method,
        score,
        reference,
        reference_score,
        p_value,
        max(step) over (
            partition by benchmark, comparison
            order by p_value asc nulls first, method asc nulls first
            rows between unbounded preceding and current row
        ) as highest_step
    from steps
)

select
    benchmark,
    comparison,
    method,
    score,
    reference,
    reference_score,
    p_value,
    case
        when highest_step > cast(1 as double) then cast(1 as double)
        else highest_step
    end as p_value_holm
from running_steps
order by
    benchmark asc nulls first,
    comparison asc nulls first,
    method asc nulls first
