-- Question: What did each method measure, one number per row?
-- Grain: benchmark × measure × method, every measure of every row of benchmarks.
-- NULLs and ties: value is NULL where the run has none.
-- Caveats: the measures have different units; the view caveats tells what to know before using each.
-- Source: benchmarks, turned on its side, so that views over any measure are written once.
-- Columns:
--     measure: score, forgetting or a cost's column
--     value [of the measure]: The measure's value
with measured as (
    select
        benchmark,
        'adapter_file_size_bytes' as measure,
        method,
        cast(adapter_file_size_bytes as double) as value
    from benchmarks
    union all
    select
        benchmark,
        'forgetting' as measure,
        method,
        forgetting as value
    from benchmarks
    union all
    select
        benchmark,
        'num_trainable_params' as measure,
        method,
        cast(num_trainable_params as double) as value
    from benchmarks
    union all
    select
        benchmark,
        'peak_memory_bytes' as measure,
        method,
        cast(peak_memory_bytes as double) as value
    from benchmarks
    union all
    select
        benchmark,
        'score' as measure,
        method,
        score as value
    from benchmarks
    union all
    select
        benchmark,
        'train_time_sec' as measure,
        method,
        train_time_sec as value
    from benchmarks
)

select
    measured.benchmark,
    measured.measure,
    measured.method,
    measured.value,
    measure_caveats.metric_is_valid
from measured
left join measure_caveats
    on
        measured.benchmark = measure_caveats.benchmark
        and measured.measure = measure_caveats.measure
order by
    measured.benchmark asc nulls first,
    measured.measure asc nulls first,
    measured.method asc nulls first
