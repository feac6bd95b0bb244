-- Question: What did each raw run measure, one number per row?
-- Grain: benchmark × measure × run, the score and every cost of every row of method_runs.
-- NULLs and ties: value is NULL where the run has none.
-- Caveats: the measures have different units. Forgetting is left out: runs of one peft version
--     measured it in two ways, see the caveat forgetting_metric_invalid.
-- Source: method_runs, turned on its side, so that views over any measure are written once.
-- Columns:
--     measure: score or a cost's column
--     value: The measure's value, in the unit of the column of that name
--     is_best_run: Whether it has the best score of its method's runs
with measured as (
    select
        benchmark,
        'adapter_file_size_bytes' as measure,
        method,
        file,
        cast(adapter_file_size_bytes as double) as value,
        is_best_run
    from method_runs
    union all
    select
        benchmark,
        'num_trainable_params' as measure,
        method,
        file,
        cast(num_trainable_params as double) as value,
        is_best_run
    from method_runs
    union all
    select
        benchmark,
        'peak_memory_bytes' as measure,
        method,
        file,
        cast(peak_memory_bytes as double) as value,
        is_best_run
    from method_runs
    union all
    select
        benchmark,
        'score' as measure,
        method,
        file,
        score as value,
        is_best_run
    from method_runs
    union all
    select
        benchmark,
        'train_time_sec' as measure,
        method,
        file,
        train_time_sec as value,
        is_best_run
    from method_runs
)

select
    benchmark,
    measure,
    method,
    file,
    value,
    is_best_run
from measured
order by
    benchmark asc nulls first,
    measure asc nulls first,
    method asc nulls first,
    file asc nulls first
