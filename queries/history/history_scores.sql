-- Question: How did each method's score and forgetting move from version to version?
-- Grain: version × benchmark × method with a best run in it.
-- NULLs and ties: rank is shared among equal scores and NULL without one. Changes are against the
--     version before, NULL where that lacks the value; forgetting_change also where a caveat says that
--     one of the two must not be used.
-- Caveats: upstream ran benchmarks anew between versions, so a score moves by training noise alone;
--     is_other_run tells where another setting became the best. Where invalidated_by names a caveat,
--     forgetting must not be used: between peft 0.19.2 and 0.20 upstream mended the metric.
-- Source: history.benchmarks; history_measures.
-- Columns:
--     rank: One plus how many methods of the version and benchmark score strictly better
--     score_change [fraction]: Score minus that of the version before
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
)

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
order by
    scores.version_order asc nulls first,
    scores.benchmark asc nulls first,
    scores.score desc nulls last,
    scores.method asc nulls first
