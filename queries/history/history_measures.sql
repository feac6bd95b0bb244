-- Question: What did each best run and baseline measure in each version, one number per row?
-- Grain: version × benchmark × measure × subject, every measure of every best run and baseline.
-- NULLs and ties: value is NULL where the run has none.
-- Caveats: where metric_is_valid is false, the number must not be used; a metric that was mended between
--     two versions has the same name in both.
-- Source: history.benchmarks and history.baselines, turned on their side; history_caveats.
-- Columns:
--     measure: score, forgetting or a cost's column
--     value: The measure's value, in the unit of the column of that name
--     invalidated_by: Caveat that says that the number must not be used; NULL where none does
with best_runs as (
    select
        version_order,
        benchmark,
        method as subject,
        experiment_name,
        score,
        forgetting,
        peak_memory_bytes,
        train_time_sec,
        num_trainable_params,
        adapter_file_size_bytes
    from history.benchmarks
    union all
    select
        version_order,
        benchmark,
        'full fine-tuning' as subject,
        experiment_name,
        score,
        forgetting,
        peak_memory_bytes,
        train_time_sec,
        num_trainable_params,
        adapter_file_size_bytes
    from history.baselines
),

measures as (
    select
        'adapter_file_size_bytes' as measure,
        'cost' as role
    union all
    select
        'forgetting' as measure,
        'forgetting' as role
    union all
    select
        'num_trainable_params' as measure,
        'cost' as role
    union all
    select
        'peak_memory_bytes' as measure,
        'cost' as role
    union all
    select
        'score' as measure,
        'score' as role
    union all
    select
        'train_time_sec' as measure,
        'cost' as role
),

tried_benchmarks as (
    select distinct
        version_order,
        benchmark
    from best_runs
),

invalid as (
    select
        versions.version_order,
        tried_benchmarks.benchmark,
        measures.measure,
        min(history_caveats.caveat) as caveat
    from history.dataset as versions
    inner join history_caveats
        on
            versions.version_order = history_caveats.version_order
            and history_caveats.invalidates
    inner join tried_benchmarks
        on
            versions.version_order = tried_benchmarks.version_order
            and (
                history_caveats.benchmark is null
                or history_caveats.benchmark = tried_benchmarks.benchmark
            )
    inner join measures
        on
            history_caveats.measure is null
            or history_caveats.measure = measures.measure
            or history_caveats.measure = measures.role
    group by
        versions.version_order,
        tried_benchmarks.benchmark,
        measures.measure
)

select
    best_runs.version_order,
    versions.peft_version,
    best_runs.benchmark,
    measures.measure,
    best_runs.subject,
    best_runs.experiment_name,
    case measures.measure
        when 'score' then best_runs.score
        when 'forgetting' then best_runs.forgetting
        when 'peak_memory_bytes' then cast(best_runs.peak_memory_bytes as double)
        when 'train_time_sec' then best_runs.train_time_sec
        when 'num_trainable_params' then cast(best_runs.num_trainable_params as double)
        else cast(best_runs.adapter_file_size_bytes as double)
    end as value,
    invalid.caveat is null as metric_is_valid,
    invalid.caveat as invalidated_by
from best_runs
inner join history.dataset as versions
    on best_runs.version_order = versions.version_order
cross join measures
left join invalid
    on
        best_runs.version_order = invalid.version_order
        and best_runs.benchmark = invalid.benchmark
        and measures.measure = invalid.measure
where best_runs.experiment_name is not null
order by
    best_runs.version_order asc nulls first,
    best_runs.benchmark asc nulls first,
    measures.measure asc nulls first,
    best_runs.subject asc nulls first
