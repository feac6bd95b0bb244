-- Question: Which raw runs count beside each other, and which of them is its method's best?
-- Grain: benchmark × run, every successful run of a method on a benchmark that the registry knows.
-- NULLs and ties: a measure is NULL where the run has none; of runs with equal scores the last file is
--     the best run, as upstream has it; a method whose runs have no score has no best run.
-- Caveats: the best run is chosen by the score on the test set itself. Runs with the same settings
--     but another peft version count apart.
-- Source: runs; full fine-tuning is left out.
-- Columns:
--     is_best_run: Whether it has the best score of its method's runs
with ranked_runs as (
    select
        benchmark,
        method,
        file,
        experiment_name,
        score,
        peak_memory_bytes,
        train_time_sec,
        num_trainable_params,
        adapter_file_size_bytes,
        row_number() over (
            partition by benchmark, method
            order by score desc nulls last, file desc nulls last
        ) as place
    from runs
    where
        status = 'success'
        and method is not null
        and benchmark is not null
)

select
    benchmark,
    method,
    file,
    experiment_name,
    score,
    peak_memory_bytes,
    train_time_sec,
    num_trainable_params,
    adapter_file_size_bytes,
    place = 1 and score is not null as is_best_run
from ranked_runs
order by
    benchmark asc nulls first,
    method asc nulls first,
    file asc nulls first
