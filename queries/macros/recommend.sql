-- Question: Which method should I take, given what I need and what I can spend?
-- Grain: a method, every one: recommended ones first, by the objective; then those that only lack
--     knowledge; then those that are ruled out.
-- NULLs and ties: rank is NULL unless recommended; equals share a rank. A need counts as met only
--     where support is known, or where a method that wraps no layers is asked for a backend; a budget
--     only where the cost is known. is_tied_with_best is NULL where the score is not a share of test
--     items.
-- Caveats: costs are those of each method's best-scoring run on this benchmark's model and hardware;
--     another model needs other amounts, in a similar order at best. Where metric_is_valid is
--     false, the objective must not be used.
-- Source: explanations, benchmarks, score_intervals, and leaderboard_ties, whose best is that of the
--     whole benchmark.
-- Parameters: on_benchmark := 'metamathqa', objective := 'score', capabilities := [], backends := [],
--     layer_types := [], categories := [], max_memory_bytes := null, max_params := null,
--     max_size_bytes := null, max_time_sec := null
with needs as (
    select
        'capability' as need,
        unnest(cast(capabilities as varchar[])) as subject
    union all
    select
        'backend' as need,
        unnest(cast(backends as varchar[])) as subject
    union all
    select
        'layer type' as need,
        unnest(cast(layer_types as varchar[])) as subject
),

support as (
    select
        method,
        case subject_kind when 'auxiliary module' then 'capability' else subject_kind end as need,
        subject,
        case
            when subject_kind = 'backend' and state = 'not_applicable' then true
            when state = 'not_applicable' then false
            else supported
        end as is_met
    from explanations
),

candidates as (
    select
        methods.method,
        methods.category,
        benchmarks.method is not null as has_run,
        benchmarks.score,
        benchmarks.forgetting,
        benchmarks.peak_memory_bytes,
        benchmarks.num_trainable_params,
        benchmarks.adapter_file_size_bytes,
        benchmarks.train_time_sec,
        benchmarks.num_runs,
        case objective
            when 'score' then -benchmarks.score
            when 'forgetting' then benchmarks.forgetting
            when 'peak_memory_bytes' then benchmarks.peak_memory_bytes
            when 'num_trainable_params' then benchmarks.num_trainable_params
            when 'adapter_file_size_bytes' then benchmarks.adapter_file_size_bytes
            when 'train_time_sec' then benchmarks.train_time_sec
        end as badness
    from methods
    left join benchmarks
        on
            methods.method = benchmarks.method
            and benchmarks.benchmark = on_benchmark
),

budgets as (
    select
        method,
        'peak_memory_bytes' as cost,
        peak_memory_bytes as spent,
        max_memory_bytes as budget
    from candidates
    where has_run
    union all
    select
        method,
        'num_trainable_params' as cost,
        num_trainable_params as spent,
        max_params as budget
    from candidates
    where has_run
    union all
    select
        method,
        'adapter_file_size_bytes' as cost,
        adapter_file_size_bytes as spent,
        max_size_bytes as budget
    from candidates
    where has_run
    union all
    select
        method,
        'train_time_sec' as cost,
        train_time_sec as spent,
        max_time_sec as budget
    from candidates
    where has_run
),

obstacles as (
    select
        methods.method,
        support.is_met is null as is_unknown,
        case when support.is_met is null then 'unknown: ' else 'lacks ' end
        || needs.subject as reason
    from methods
    cross join needs
    left join support
        on
            methods.method = support.method
            and needs.need = support.need
            and needs.subject = support.subject
    where support.is_met is distinct from true
    union all
    select
        method,
        category is null as is_unknown,
        case when category is null then 'unknown: category' else 'is ' || category end as reason
    from methods
    where
        len(categories) > 0
        and list_contains(categories, category) is distinct from true
    union all
    select
        method,
        spent is null as is_unknown,
        case when spent is null then 'unknown: ' || cost else cost || ' over budget' end as reason
    from budgets
    where
        budget is not null
        and (spent is null or spent > cast(budget as double))
    union all
    select
        method,
        true as is_unknown,
        case when has_run then 'unknown: ' || objective else 'no result' end as reason
    from candidates
    where badness is null
),

verdicts as (
    select
        method,
        bool_and(is_unknown) as is_only_unknown,
        string_agg(reason, '; ' order by reason) as reasons
    from obstacles
    group by method
),

judged as (
    select
        candidates.method,
        candidates.score,
        candidates.peak_memory_bytes,
        candidates.num_trainable_params,
        candidates.adapter_file_size_bytes,
        candidates.train_time_sec,
        candidates.num_runs,
        candidates.badness,
        case
            when verdicts.method is null then 'recommended'
            when verdicts.is_only_unknown then 'unknown'
            else 'ruled out'
        end as status,
        verdicts.reasons
    from candidates
    left join verdicts
        on candidates.method = verdicts.method
)

select
    case
        when judged.status = 'recommended'
            then rank() over (partition by judged.status order by judged.badness)
    end as rank,
    judged.method,
    judged.status,
    judged.score,
    score_intervals.score_low,
    score_intervals.score_high,
    leaderboard_ties.is_tied_with_best,
    judged.peak_memory_bytes,
    judged.num_trainable_params,
    judged.adapter_file_size_bytes,
    judged.train_time_sec,
    judged.num_runs,
    measure_caveats.metric_is_valid,
    judged.reasons
from judged
left join measure_caveats
    on
        measure_caveats.benchmark = on_benchmark
        and measure_caveats.measure = objective
left join score_intervals
    on
        judged.method = score_intervals.method
        and score_intervals.benchmark = on_benchmark
left join leaderboard_ties
    on
        judged.method = leaderboard_ties.method
        and leaderboard_ties.benchmark = on_benchmark
order by
    case judged.status when 'recommended' then 1 when 'unknown' then 2 else 3 end,
    judged.badness asc nulls last,
    judged.method asc
