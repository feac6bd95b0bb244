-- Question: How much score does each method give for what it costs?
-- Grain: benchmark × method, every method with a score, best score first.
-- NULLs and ties: a ratio is NULL where the cost is missing or zero; equal scores are ordered by name.
-- Caveats: a score can't pass 1 and a cost has no such bound, so the cheapest methods win any such
--     ratio, however useless: a method that learns nothing still has the base model's score. A
--     score of 0.5 for half the cost isn't worth twice a score of 0.5. Compare methods whose scores
--     suffice, or use the fronts. Memory holds the base model too. Ratios never compare across
--     benchmarks.
-- Source: benchmarks. 1 GiB is 1024³ bytes, 1 MiB is 1024² bytes, 1 hour is 3600 seconds.
-- Columns:
--     score_per_memory_gib [1/GiB]: Score divided by the peak memory
--     score_per_million_params [1/million parameters]: Score divided by the trainable parameters
--     score_per_file_mib [1/MiB]: Score divided by the adapter's file size
--     score_per_hour [1/hour]: Score divided by the training time
select
    benchmarks.benchmark,
    benchmarks.method,
    benchmarks.score,
    benchmarks.score * cast(1073741824 as double)
    / nullif(cast(benchmarks.peak_memory_bytes as double), cast(0 as double))
        as score_per_memory_gib,
    benchmarks.score * cast(1000000 as double)
    / nullif(cast(benchmarks.num_trainable_params as double), cast(0 as double))
        as score_per_million_params,
    benchmarks.score * cast(1048576 as double)
    / nullif(cast(benchmarks.adapter_file_size_bytes as double), cast(0 as double))
        as score_per_file_mib,
    benchmarks.score * cast(3600 as double)
    / nullif(benchmarks.train_time_sec, cast(0 as double)) as score_per_hour,
    benchmarks.num_runs,
    benchmark_caveats.caveats
from benchmarks
inner join benchmark_caveats
    on benchmarks.benchmark = benchmark_caveats.benchmark
where benchmarks.score is not null
order by
    benchmarks.benchmark asc nulls first,
    benchmarks.score desc nulls last,
    benchmarks.method asc nulls first
