-- Question: Which methods does no other method beat, over the score and every cost at once?
-- Grain: benchmark × method, the Pareto front alone, best score first.
-- NULLs and ties: a method without a score or without any of the four costs can't be judged: it is
--     left out, and dominates none. A method is dominated when another one is at least as good on
--     all five and better on one, so methods that are equal on all stay together.
-- Caveats: the more measures, the more methods are on the front: being there says little, not
--     being there is a defect. Forgetting is not counted, since it is invalid on metamathqa in peft
--     0.19.2.dev0. Fronts are drawn on point values: differences within a score's uncertainty
--     decide. A method's costs are those of its best-scoring run, cheaper settings are invisible.
-- Source: Pareto dominance, by comparing all pairs of methods.
with complete as (
    select
        benchmark,
        method,
        score,
        peak_memory_bytes,
        num_trainable_params,
        adapter_file_size_bytes,
        train_time_sec,
        num_runs
    from benchmarks
    where
        score is not null
        and peak_memory_bytes is not null
        and num_trainable_params is not null
        and adapter_file_size_bytes is not null
        and train_time_sec is not null
),

-- All pairs: no sort finds a front over five measures, and a benchmark has a few dozen methods.
-- Each method meets itself too, so that none is lost.
comparisons as (
    select
        complete.benchmark,
        complete.method,
        max(
            case
                when
                    other.score >= complete.score
                    and other.peak_memory_bytes <= complete.peak_memory_bytes
                    and other.num_trainable_params <= complete.num_trainable_params
                    and other.adapter_file_size_bytes <= complete.adapter_file_size_bytes
                    and other.train_time_sec <= complete.train_time_sec
                    and (
                        other.score > complete.score
                        or other.peak_memory_bytes < complete.peak_memory_bytes
                        or other.num_trainable_params < complete.num_trainable_params
                        or other.adapter_file_size_bytes < complete.adapter_file_size_bytes
                        or other.train_time_sec < complete.train_time_sec
                    )
                    then 1
                else 0
            end
        ) as is_dominated
    from complete
    inner join complete as other
        on complete.benchmark = other.benchmark
    group by
        complete.benchmark,
        complete.method
)

select
    complete.benchmark,
    complete.method,
    complete.score,
    complete.peak_memory_bytes,
    complete.num_trainable_params,
    complete.adapter_file_size_bytes,
    complete.train_time_sec,
    complete.num_runs,
    benchmark_caveats.caveats
from complete
inner join comparisons
    on
        complete.benchmark = comparisons.benchmark
        and complete.method = comparisons.method
inner join benchmark_caveats
    on complete.benchmark = benchmark_caveats.benchmark
where comparisons.is_dominated = 0
order by
    complete.benchmark asc nulls first,
    complete.score desc nulls last,
    complete.method asc nulls first
