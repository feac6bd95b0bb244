-- Question: How does each method compare with LoRA?
-- Grain: benchmark × method, every method with a row in benchmarks, best score first; LORA itself
--     is in, with differences 0 and ratios 1.
-- NULLs and ties: a difference or ratio is NULL where either side is missing, a ratio also where
--     LORA's value is zero; all are NULL where LORA has no run.
-- Caveats: both sides are best runs, chosen on the test set out of num_runs: in peft 0.19.2.dev0
--     LORA is the best of 7 on metamathqa, most others had one. Small differences of score mean
--     nothing: see score_intervals. forgetting_delta on metamathqa is invalid in that version.
--     time_ratio includes test generation and data loading on both sides.
-- Source: benchmarks; registry_benchmarks, in which all methods of a benchmark train the same
--     number of steps.
-- Columns:
--     score_delta [fraction]: The method's score minus LoRA's; positive is better
--     forgetting_delta: The method's forgetting minus LoRA's; negative is better
--     memory_ratio [ratio]: The method's peak memory divided by LoRA's
--     time_ratio [ratio]: The method's training time divided by LoRA's
--     params_ratio [ratio]: The method's trainable parameters divided by LoRA's
--     size_ratio [ratio]: The method's file size divided by LoRA's
--     is_budget_matched: True where the registry knows that all methods of the benchmark, LoRA too, trained the same number of steps; NULL where unknown
select
    benchmarks.benchmark,
    benchmarks.method,
    benchmarks.score - lora.score as score_delta,
    benchmarks.forgetting - lora.forgetting as forgetting_delta,
    cast(benchmarks.peak_memory_bytes as double)
    / nullif(cast(lora.peak_memory_bytes as double), cast(0 as double)) as memory_ratio,
    benchmarks.train_time_sec
    / nullif(lora.train_time_sec, cast(0 as double)) as time_ratio,
    cast(benchmarks.num_trainable_params as double)
    / nullif(cast(lora.num_trainable_params as double), cast(0 as double)) as params_ratio,
    cast(benchmarks.adapter_file_size_bytes as double)
    / nullif(cast(lora.adapter_file_size_bytes as double), cast(0 as double)) as size_ratio,
    case
        when lora.method is not null and registry_benchmarks.method_max_steps is not null then true
    end as is_budget_matched,
    measure_caveats.metric_is_valid as forgetting_is_valid
from benchmarks
left join benchmarks as lora
    on
        benchmarks.benchmark = lora.benchmark
        and lora.method = 'LORA'
left join registry_benchmarks
    on benchmarks.benchmark = registry_benchmarks.benchmark
left join measure_caveats
    on
        benchmarks.benchmark = measure_caveats.benchmark
        and measure_caveats.measure = 'forgetting'
order by
    benchmarks.benchmark asc nulls first,
    benchmarks.score desc nulls last,
    benchmarks.method asc nulls first
