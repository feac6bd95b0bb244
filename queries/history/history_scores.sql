-- Question: How did each method's score and forgetting move from version to version?
-- Grain: version × benchmark × method with a best run in it.
-- NULLs and ties: rank is shared among equal scores and NULL without one. Changes are against the
--     version before, NULL where that lacks the value; forgetting_change also where a caveat says that
--     one of the two must not be used. exceeds_noise is NULL where the noise of training was not
--     measured, and common_change where no method kept its experiment.
-- Caveats: upstream ran benchmarks anew between versions, so a score moves by training noise, and
--     all scores of a benchmark together where its environment changed: common_change tells by how
--     much. exceeds_noise sets that apart, and of twenty methods one exceeds the noise by chance.
--     is_other_run tells where another setting became the best. Where invalidated_by names a caveat,
--     forgetting must not be used: between peft 0.19.2 and 0.20 upstream mended the metric.
-- Source: history.benchmarks; history_measures; score_noise.
-- Columns:
--     rank: One plus how many methods of the version and benchmark score strictly better
--     score_change [fraction]: Score minus that of the version before
--     common_change [fraction]: Median score_change of the benchmark's methods whose best run is the same experiment in both versions
--     exceeds_noise: Whether score_change is further from common_change than 95 of 100 pairs of runs of one setting lie apart
--     is_other_run: Whether the version before shows another experiment as the method's best
--     forgetting_change: Forgetting minus that of the version before, where both may be used
--     invalidated_by: Caveat that says that this version's forgetting must not be used; NULL where none does
with scores as (
    select
        best_runs.version_order,
        versions.peft_version,
        best_runs.benchmark,
        best_runs.method,
        best_runs.experiment_name,
        best_runs.score,
        best_runs.forgetting,
        case
            when best_runs.score is not null
                then
                    rank() over (
                        partition by best_runs.version_order, best_runs.benchmark
                        order by best_runs.score desc nulls last
                    )
        end as rank,
        history_measures.invalidated_by
    from history.benchmarks as best_runs
    inner join history.dataset as versions
        on best_runs.version_order = versions.version_order
    inner join history_measures
        on
            best_runs.version_order = history_measures.version_order
            and best_runs.benchmark = history_measures.benchmark
            and best_runs.method = history_measures.subject
            and history_measures.measure = 'forgetting'
),

changes as (
    select
        scores.version_order,
        scores.peft_version,
        scores.benchmark,
        scores.method,
        scores.experiment_name,
        scores.rank,
        scores.score,
        scores.score - older.score as score_change,
        scores.experiment_name <> older.experiment_name as is_other_run,
        scores.forgetting,
        case
            when scores.invalidated_by is null and older.invalidated_by is null
                then scores.forgetting - older.forgetting
        end as forgetting_change,
        scores.invalidated_by
    from scores
    left join scores as older
        on
            scores.version_order = older.version_order + 1
            and scores.benchmark = older.benchmark
            and scores.method = older.method
),

placed_changes as (
    select
        version_order,
        benchmark,
        score_change,
        2 * row_number() over (
            partition by version_order, benchmark
            order by score_change asc nulls first, method asc nulls first
        ) as twice_place,
        count(score_change) over (partition by version_order, benchmark) as num_changes
    from changes
    where
        score_change is not null
        and not is_other_run
),

common_changes as (
    select
        version_order,
        benchmark,
        avg(score_change) as common_change
    from placed_changes
    where
        twice_place >= num_changes
        and twice_place <= num_changes + 2
    group by
        version_order,
        benchmark
)

select
    changes.version_order,
    changes.peft_version,
    changes.benchmark,
    changes.method,
    changes.experiment_name,
    changes.rank,
    changes.score,
    changes.score_change,
    common_changes.common_change,
    abs(changes.score_change - common_changes.common_change) > score_noise.rerun_difference
        as exceeds_noise,
    changes.is_other_run,
    changes.forgetting,
    changes.forgetting_change,
    changes.invalidated_by
from changes
left join common_changes
    on
        changes.version_order = common_changes.version_order
        and changes.benchmark = common_changes.benchmark
left join score_noise
    on changes.benchmark = score_noise.benchmark
order by
    changes.version_order asc nulls first,
    changes.benchmark asc nulls first,
    changes.score desc nulls last,
    changes.method asc nulls first
