-- Question: How many stars does each method have on each measure, by the PEFT shop's rule?
-- Grain: benchmark × measure × method, every method with a value, best first.
-- NULLs and ties: methods without a value have no stars and don't count in rated_methods; equal
--     values have equal stars. The baseline is not rated.
-- Caveats: stars tell the place among the rated methods, not the distance: the best fifth has five,
--     whatever the differences are. Where metric_is_valid is false the stars mean nothing.
-- Source: measure_ranks. The shop's rule is 5 - ⌊5 · (rank - 1) / rated_methods⌋, in which
--     rank - 1 is how many methods are strictly better. The shop also rates a size that marks a
--     failed save; here that size is missing (see corrections) and has no stars.
-- Columns:
--     measure: score, forgetting, peak_memory_bytes, adapter_file_size_bytes or train_time_sec
--     value [of the measure]: The measure's value
--     stars [stars]: 5 for the best fifth of the rated methods, 4 for the next, down to 1
with standings as (
    select
        benchmark,
        measure,
        method,
        value,
        rank,
        rated_methods,
        5 * (rank - 1) as five_times_better
    from measure_ranks
    where measure <> 'num_trainable_params'
)

-- the quotient's whole part, counted up, since integer division differs between engines
select
    standings.benchmark,
    standings.method,
    standings.measure,
    standings.value,
    cast(5 as bigint)
    - case when standings.five_times_better >= standings.rated_methods then 1 else 0 end
    - case when standings.five_times_better >= 2 * standings.rated_methods then 1 else 0 end
    - case when standings.five_times_better >= 3 * standings.rated_methods then 1 else 0 end
    - case when standings.five_times_better >= 4 * standings.rated_methods then 1 else 0 end
        as stars,
    standings.rated_methods,
    measure_caveats.caveats,
    measure_caveats.metric_is_valid
from standings
inner join measure_caveats
    on
        standings.benchmark = measure_caveats.benchmark
        and standings.measure = measure_caveats.measure
order by
    standings.benchmark asc nulls first,
    standings.measure asc nulls first,
    standings.rank asc nulls first,
    standings.method asc nulls first
