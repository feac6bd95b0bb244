-- Question: How does each method compare with full fine-tuning?
-- Grain: benchmark × method, every method with a row in benchmarks, best score first.
-- NULLs and ties: a difference or ratio is NULL where either side is missing, a ratio also where
--     the baseline's value is zero.
-- Caveats: where is_budget_matched is false, full fine-tuning trained another number of steps than
--     the methods, and score_delta, forgetting_delta and time_ratio compare unlike things.
-- Source: benchmarks and baselines; steps from registry_benchmarks.
-- Columns:
--     score_delta [fraction]: The method's score minus full fine-tuning's; positive is better
--     forgetting_delta: The method's forgetting minus full fine-tuning's; negative is better
--     memory_ratio [ratio]: The method's peak memory divided by full fine-tuning's
--     time_ratio [ratio]: The method's training time divided by full fine-tuning's
--     params_ratio [ratio]: The method's trainable parameters divided by full fine-tuning's
--     size_ratio [ratio]: The method's file size divided by full fine-tuning's, an estimate
select
    benchmarks.benchmark,
    benchmarks.method,
    benchmarks.score - baselines.score as score_delta,
    benchmarks.forgetting - baselines.forgetting as forgetting_delta,
    cast(benchmarks.peak_memory_bytes as double)
    / nullif(cast(baselines.peak_memory_bytes as double), cast(0 as double)) as memory_ratio,
    benchmarks.train_time_sec
    / nullif(baselines.train_time_sec, cast(0 as double)) as time_ratio,
    cast(benchmarks.num_trainable_params as double)
    / nullif(cast(baselines.num_trainable_params as double), cast(0 as double)) as params_ratio,
    cast(benchmarks.adapter_file_size_bytes as double)
    / nullif(cast(baselines.adapter_file_size_bytes as double), cast(0 as double)) as size_ratio,
    registry_benchmarks.method_max_steps = registry_benchmarks.baseline_max_steps
        as is_budget_matched,
    forgetting_caveats.metric_is_valid as forgetting_is_valid,
    baseline_caveats.caveats
from benchmarks
left join baselines
    on benchmarks.benchmark = baselines.benchmark
left join registry_benchmarks
    on benchmarks.benchmark = registry_benchmarks.benchmark
left join measure_caveats as forgetting_caveats
    on
        benchmarks.benchmark = forgetting_caveats.benchmark
        and forgetting_caveats.measure = 'forgetting'
left join measure_caveats as baseline_caveats
    on
        benchmarks.benchmark = baseline_caveats.benchmark
        and baseline_caveats.measure = 'baseline'
order by
    benchmarks.benchmark asc nulls first,
    benchmarks.score desc nulls last,
    benchmarks.method asc nulls first
