-- Question: Which methods does no other method beat, over the score and every cost at once?
-- Grain: benchmark × method, the Pareto front alone, best score first.
-- NULLs and ties: a method without a score or without any of the four costs can't be judged: it is
--     left out, and dominates none. A method is dominated when another one is at least as good on
--     all five and better on one, so methods that are equal on all stay together.
-- Caveats: the more measures, the more methods are on the front: being there says little, not
--     being there is a defect. Forgetting is not counted, since it is invalid on metamathqa in peft
--     0.19.2.dev0. Fronts are drawn on point values: differences within a score's uncertainty
--     decide. A method's costs are those of its best-scoring run, cheaper settings are invisible.
-- Source: Pareto dominance, by comparison with neighbours in score, then among the rest.
with complete as (
    select
        benchmark,
        method,
        score,
        peak_memory_bytes,
        num_trainable_params,
        adapter_file_size_bytes,
        train_time_sec,
        num_runs,
        -- shared by methods that are equal on all; of two others, the one with the smaller place is
        -- better on the first measure in which they differ, so only it can dominate the other
        rank() over (
            partition by benchmark
            order by
                score desc nulls last,
                peak_memory_bytes asc nulls first,
                num_trainable_params asc nulls first,
                adapter_file_size_bytes asc nulls first,
                train_time_sec asc nulls first
        ) as place
    from benchmarks
    where
        score is not null
        and peak_memory_bytes is not null
        and num_trainable_params is not null
        and adapter_file_size_bytes is not null
        and train_time_sec is not null
),

grouped as (
    select
        benchmark,
        method,
        peak_memory_bytes,
        num_trainable_params,
        adapter_file_size_bytes,
        train_time_sec,
        place,
        floor(cast(place as double) / cast(256 as double)) as neighbourhood
    from complete
),

-- No sort finds a front over five measures. But among many methods most are dominated by one of
-- those next to them in score, and only the others need a search among all.
candidates as (
    select
        grouped.benchmark,
        grouped.method,
        grouped.peak_memory_bytes,
        grouped.num_trainable_params,
        grouped.adapter_file_size_bytes,
        grouped.train_time_sec,
        grouped.place
    from grouped
    left join grouped as other
        on
            grouped.benchmark = other.benchmark
            and grouped.neighbourhood = other.neighbourhood
            and grouped.place > other.place
            and grouped.peak_memory_bytes >= other.peak_memory_bytes
            and grouped.num_trainable_params >= other.num_trainable_params
            and grouped.adapter_file_size_bytes >= other.adapter_file_size_bytes
            and grouped.train_time_sec >= other.train_time_sec
    where other.method is null
),

-- who is dominated is dominated by one of the candidates
front as (
    select
        candidates.benchmark,
        candidates.method
    from candidates
    left join candidates as other
        on
            candidates.benchmark = other.benchmark
            and candidates.place > other.place
            and candidates.peak_memory_bytes >= other.peak_memory_bytes
            and candidates.num_trainable_params >= other.num_trainable_params
            and candidates.adapter_file_size_bytes >= other.adapter_file_size_bytes
            and candidates.train_time_sec >= other.train_time_sec
    where other.method is null
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
inner join front
    on
        complete.benchmark = front.benchmark
        and complete.method = front.method
inner join benchmark_caveats
    on complete.benchmark = benchmark_caveats.benchmark
order by
    complete.benchmark asc nulls first,
    complete.score desc nulls last,
    complete.method asc nulls first
