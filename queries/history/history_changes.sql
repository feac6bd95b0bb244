-- Question: What changed from each version to the next: methods, capabilities, best runs, measures, caveats?
-- Grain: version × section × method × benchmark × subject that differs from the version before.
-- NULLs and ties: texts are NULL for measures and measures for texts; relative_change is NULL where there
--     is no old measure or it is zero. A measure of a method or baseline that one version lacks is no
--     row of its own: the method, or its best run, is.
-- Caveats: where is_comparable is false, a caveat says that a measure must not be used on one of the two
--     sides, so that the change means nothing. A changed score of the same experiment is a new run.
-- Source: history_methods, history_capabilities, history_measures, history_caveats, history.methods.
-- Columns:
--     version_order: Place of the newer of the two versions among those of the dataset, from 2
--     section: method, capability, best run, measure or caveat
--     change: added, removed or changed
--     method: PEFT method or full fine-tuning; NULL for a caveat
--     subject: What changed: a method's field, a capability, a measure's column or a caveat
--     old_value: What it was, if it is text
--     new_value: What it is, if it is text
--     old_measure: What it was, if it is a measure, in its own unit
--     new_measure: What it is, if it is a measure, in its own unit
--     relative_change [ratio]: Change of the measure as a part of what it was
--     is_comparable: Whether both measures may be used; NULL if it isn't a measure
with measures as (
    select
        newer.version_order,
        newer.benchmark,
        newer.subject as method,
        newer.measure,
        older.value as old_measure,
        newer.value as new_measure,
        newer.metric_is_valid and older.metric_is_valid as is_comparable
    from history_measures as newer
    inner join history_measures as older
        on
            newer.version_order = older.version_order + 1
            and newer.benchmark = older.benchmark
            and newer.measure = older.measure
            and newer.subject = older.subject
),

best_runs as (
    select
        version_order,
        benchmark,
        subject as method,
        experiment_name
    from history_measures
    where measure = 'score'
),

tried as (
    select
        version_order,
        benchmark,
        method
    from best_runs
    union
    select
        version_order + 1 as version_order,
        benchmark,
        method
    from best_runs
),

fields as (
    select
        version_order,
        method,
        'config_class' as subject,
        config_class as value
    from history.methods
    union all
    select
        version_order,
        method,
        'model_class' as subject,
        model_class as value
    from history.methods
    union all
    select
        version_order,
        method,
        'description' as subject,
        description as value
    from history.methods
    union all
    select
        version_order,
        method,
        'docs_url' as subject,
        docs_url as value
    from history.methods
    union all
    select
        version_order,
        method,
        'paper_url' as subject,
        paper_url as value
    from history.methods
),

changes as (
    select
        version_order,
        'method' as section,
        change,
        method,
        cast(null as varchar) as benchmark,
        'method' as subject,
        cast(null as varchar) as old_value,
        cast(null as varchar) as new_value,
        cast(null as double) as old_measure,
        cast(null as double) as new_measure,
        cast(null as boolean) as is_comparable
    from history_methods
    where change in ('added', 'removed')
    union all
    select
        newer.version_order,
        'method' as section,
        'changed' as change,
        newer.method,
        cast(null as varchar) as benchmark,
        newer.subject,
        older.value as old_value,
        newer.value as new_value,
        cast(null as double) as old_measure,
        cast(null as double) as new_measure,
        cast(null as boolean) as is_comparable
    from fields as newer
    inner join fields as older
        on
            newer.version_order = older.version_order + 1
            and newer.method = older.method
            and newer.subject = older.subject
    where
        newer.value <> older.value
        or (newer.value is null and older.value is not null)
        or (newer.value is not null and older.value is null)
    union all
    select
        version_order,
        'capability' as section,
        case
            when old_answer is null then 'added'
            when new_answer is null then 'removed'
            else 'changed'
        end as change,
        method,
        cast(null as varchar) as benchmark,
        case when kind = 'feature' then subject else kind || ': ' || subject end as subject,
        old_answer as old_value,
        new_answer as new_value,
        cast(null as double) as old_measure,
        cast(null as double) as new_measure,
        cast(null as boolean) as is_comparable
    from history_capabilities
    union all
    select
        tried.version_order,
        'best run' as section,
        case
            when older.method is null then 'added'
            when newer.method is null then 'removed'
            else 'changed'
        end as change,
        tried.method,
        tried.benchmark,
        'experiment_name' as subject,
        older.experiment_name as old_value,
        newer.experiment_name as new_value,
        cast(null as double) as old_measure,
        cast(null as double) as new_measure,
        cast(null as boolean) as is_comparable
    from tried
    left join best_runs as newer
        on
            tried.version_order = newer.version_order
            and tried.benchmark = newer.benchmark
            and tried.method = newer.method
    left join best_runs as older
        on
            tried.version_order = older.version_order + 1
            and tried.benchmark = older.benchmark
            and tried.method = older.method
    where
        newer.experiment_name <> older.experiment_name
        or newer.method is null
        or older.method is null
    union all
    select
        version_order,
        'measure' as section,
        'changed' as change,
        method,
        benchmark,
        measure as subject,
        cast(null as varchar) as old_value,
        cast(null as varchar) as new_value,
        old_measure,
        new_measure,
        is_comparable
    from measures
    where
        new_measure <> old_measure
        or (new_measure is null and old_measure is not null)
        or (new_measure is not null and old_measure is null)
    union all
    select
        version_order,
        'caveat' as section,
        'added' as change,
        cast(null as varchar) as method,
        benchmark,
        caveat as subject,
        cast(null as varchar) as old_value,
        statement as new_value,
        cast(null as double) as old_measure,
        cast(null as double) as new_measure,
        cast(null as boolean) as is_comparable
    from history_caveats
    where begins
    union all
    select
        version_order + 1 as version_order,
        'caveat' as section,
        'removed' as change,
        cast(null as varchar) as method,
        benchmark,
        caveat as subject,
        statement as old_value,
        cast(null as varchar) as new_value,
        cast(null as double) as old_measure,
        cast(null as double) as new_measure,
        cast(null as boolean) as is_comparable
    from history_caveats
    where ends
)

select
    changes.version_order,
    versions_before.peft_version as old_peft_version,
    versions.peft_version,
    changes.section,
    changes.change,
    changes.method,
    changes.benchmark,
    changes.subject,
    changes.old_value,
    changes.new_value,
    changes.old_measure,
    changes.new_measure,
    (changes.new_measure - changes.old_measure)
    / nullif(abs(changes.old_measure), cast(0 as double)) as relative_change,
    changes.is_comparable
from changes
inner join history.dataset as versions
    on changes.version_order = versions.version_order
inner join history.dataset as versions_before
    on changes.version_order = versions_before.version_order + 1
order by
    changes.version_order asc nulls first,
    changes.section asc nulls first,
    changes.method asc nulls first,
    changes.benchmark asc nulls first,
    changes.subject asc nulls first
