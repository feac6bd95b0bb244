-- Question: Which methods could be on the front of score against memory, given how unsure scores
--     are?
-- Grain: benchmark × method, every method with a row in benchmarks, on benchmarks whose score is a
--     share of test items (at most 9999), cheapest first. Image-gen has no rows: a mean similarity
--     of 12 images has no known distribution.
-- NULLs and ties: a method without a score or without memory can't be judged: is_on_front,
--     front_status and front_probability are NULL, and it counts against none. Methods with equal
--     score and memory are all on the front.
-- Caveats: front_probability is what new test items would give if each method's observed share were
--     its true one and scores were independent. All methods answer the same items, so scores rise
--     and fall together where answers are positively correlated, and probabilities near one half
--     are then too cautious. The noise of training and the choice of the best run on the test set
--     are left out. Memory is taken as exact, and the costs are those of best-scoring runs. A
--     method with the smallest memory of all, shared with none, is on the front for certain,
--     however bad its score.
-- Source: dominance; score_tests for clearly_dominated. front_probability is exact to its decimals,
--     without random draws: the sum over k of P(score = k right answers) × the product over
--     methods with less memory of P(theirs < k) × the product over others with equal memory of
--     P(theirs ≤ k), all binomial; products as sums of logarithms, binomial coefficients by C(n, k)
--     = C(n, k - 1) × (n - k + 1) / k. Rounded to 9 decimals, so that it is the same everywhere.
-- Columns:
--     front_status: on_front; clearly_dominated: the best-scoring method that dominates it (dominance.dominated_by) differs in score, p_value_holm below 0.05 over all dominated methods; or else not_clearly_dominated
--     front_probability: Probability of being on the front under independent binomial scores, to 9 decimals
with judged as (
    select
        dominance.benchmark,
        dominance.method,
        dominance.score,
        dominance.value as memory
    from dominance
    where
        dominance.cost = 'peak_memory_bytes'
        and dominance.is_on_front is not null
),

digits as (
    select 0 as digit
    union all
    select 1 as digit
    union all
    select 2 as digit
    union all
    select 3 as digit
    union all
    select 4 as digit
    union all
    select 5 as digit
    union all
    select 6 as digit
    union all
    select 7 as digit
    union all
    select 8 as digit
    union all
    select 9 as digit
),

numbers as (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
),

-- k right answers of n items
counts as (
    select
        registry_benchmarks.benchmark,
        cast(registry_benchmarks.test_items as double) as n,
        cast(numbers.number as double) as k
    from registry_benchmarks
    cross join numbers
    where
        numbers.number <= registry_benchmarks.test_items
        and registry_benchmarks.test_items <= 9999
),

coefficients as (
    select
        benchmark,
        n,
        k,
        sum(case when k > cast(0 as double) then ln((n - k + cast(1 as double)) / k) end) over (
            partition by benchmark
            order by k asc nulls first
            rows between unbounded preceding and current row
        ) as log_ways
    from counts
),

scores as (
    select distinct
        benchmark,
        score
    from judged
),

-- NULL stands for the logarithm of zero
log_probabilities as (
    select
        scores.benchmark,
        scores.score,
        coefficients.k,
        coalesce(coefficients.log_ways, cast(0 as double))
        + case
            when coefficients.k = cast(0 as double) then cast(0 as double)
            when scores.score > cast(0 as double) then coefficients.k * ln(scores.score)
        end
        + case
            when coefficients.k = coefficients.n then cast(0 as double)
            when scores.score < cast(1 as double)
                then (coefficients.n - coefficients.k) * ln(cast(1 as double) - scores.score)
        end as log_probability
    from scores
    inner join coefficients
        on scores.benchmark = coefficients.benchmark
),

-- what is less probable than 1e-20 is left out: 10,000 such counts change no 9th decimal
cumulated as (
    select
        benchmark,
        score,
        k,
        log_probability,
        sum(exp(log_probability)) over (
            partition by benchmark, score
            order by k asc nulls first
            rows between unbounded preceding and 1 preceding
        ) as fewer,
        sum(exp(log_probability)) over (
            partition by benchmark, score
            order by k asc nulls first
            rows between unbounded preceding and current row
        ) as at_most
    from log_probabilities
    where log_probability > cast(-46 as double)
),

-- n methods of one score all stay at or below a count with the n-th power of one's probability:
-- where that is the n-th root of 1e-12, they do so in 1e-12 of cases
bounds as (
    select
        benchmark,
        method,
        score,
        memory,
        exp(
            ln(cast(1e-12 as double)) / cast(
                count(*) over (
                    partition by benchmark, score
                    order by memory asc nulls first
                    range between unbounded preceding and current row
                ) as double
            )
        ) as bound
    from judged
),

-- with fewer right answers than all but 1e-12 of cases give to one that is as cheap or cheaper, none
-- is on the front
floors as (
    select
        bounds.benchmark,
        bounds.method,
        bounds.score,
        bounds.memory,
        max(cumulated.k) over (
            partition by bounds.benchmark
            order by bounds.memory asc nulls first
            range between unbounded preceding and current row
        ) as floor_k
    from bounds
    inner join cumulated
        on
            bounds.benchmark = cumulated.benchmark
            and bounds.score = cumulated.score
            and bounds.bound < cumulated.at_most
            and bounds.bound >= coalesce(cumulated.fewer, cast(0 as double))
),

-- -1000 stands for the logarithm of zero: whatever it is part of comes out as zero, and yet it can
-- be taken off a sum again
logarithms as (
    select
        floors.benchmark,
        floors.method,
        floors.memory,
        cumulated.k,
        cumulated.log_probability,
        case
            when cumulated.fewer > cast(0 as double) then ln(cumulated.fewer)
            else cast(-1000 as double)
        end as log_fewer,
        case
            when cumulated.at_most > cast(0 as double) then ln(cumulated.at_most)
            else cast(-1000 as double)
        end as log_at_most
    from floors
    inner join cumulated
        on
            floors.benchmark = cumulated.benchmark
            and floors.score = cumulated.score
            and floors.floor_k <= cumulated.k
),

products as (
    select
        benchmark,
        method,
        log_probability,
        log_at_most,
        sum(log_fewer) over (
            partition by benchmark, k
            order by memory asc nulls first
            range between unbounded preceding and current row
        ) as log_fewer_up_to_equal,
        sum(log_fewer) over (partition by benchmark, k, memory) as log_fewer_of_equal,
        sum(log_at_most) over (partition by benchmark, k, memory) as log_at_most_of_equal
    from logarithms
),

log_terms as (
    select
        benchmark,
        method,
        log_probability
        + (log_fewer_up_to_equal - log_fewer_of_equal)
        + (log_at_most_of_equal - log_at_most) as log_term
    from products
),

front_probabilities as (
    select
        judged.benchmark,
        judged.method,
        floor(
            cast(1000000000 as double)
            * sum(
                case
                    -- some engines refuse an exp() that underflows
                    when log_terms.log_term > cast(-700 as double) then exp(log_terms.log_term)
                    else cast(0 as double)
                end
            )
            + cast(0.5 as double)
        ) / cast(1000000000 as double) as front_probability
    from judged
    left join log_terms
        on
            judged.benchmark = log_terms.benchmark
            and judged.method = log_terms.method
    group by
        judged.benchmark,
        judged.method
)

select
    dominance.benchmark,
    dominance.method,
    dominance.score,
    benchmarks.peak_memory_bytes,
    dominance.is_on_front,
    case
        when dominance.is_on_front then 'on_front'
        when score_tests.p_value_holm < cast(0.05 as double) then 'clearly_dominated'
        when not dominance.is_on_front then 'not_clearly_dominated'
    end as front_status,
    front_probabilities.front_probability,
    benchmarks.num_runs,
    front_caveats.caveats
from dominance
inner join benchmarks
    on
        dominance.benchmark = benchmarks.benchmark
        and dominance.method = benchmarks.method
inner join registry_benchmarks
    on
        dominance.benchmark = registry_benchmarks.benchmark
        and registry_benchmarks.test_items <= 9999
inner join front_caveats
    on
        dominance.benchmark = front_caveats.benchmark
        and dominance.cost = front_caveats.cost
left join front_probabilities
    on
        dominance.benchmark = front_probabilities.benchmark
        and dominance.method = front_probabilities.method
left join score_tests
    on
        dominance.benchmark = score_tests.benchmark
        and dominance.method = score_tests.method
        and score_tests.comparison = 'memory_dominator'
where dominance.cost = 'peak_memory_bytes'
order by
    dominance.benchmark asc nulls first,
    case when benchmarks.peak_memory_bytes is null then 1 else 0 end asc nulls first,
    benchmarks.peak_memory_bytes asc nulls first,
    dominance.method asc nulls first
