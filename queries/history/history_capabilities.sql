-- Question: Which capabilities changed from version to version?
-- Grain: version × method × subject whose answer differs from the version before.
-- NULLs and ties: an answer is NULL where the version doesn't name the subject, which differs from a
--     known support alone; methods that one of the two versions lacks are left out.
-- Caveats: a finding changes when the method does, and when upstream looks anew; source tells how.
-- Source: history.features, history.layer_support, history.quant_backends, history.feature_options.
-- Columns:
--     kind: What the subject is: feature, layer type, backend, or the feature whose option it is
--     subject: Feature, layer type, quantization backend or option
--     old_answer: yes, no, unknown, not_applicable or upstream's value, in the version before
--     new_answer: yes, no, unknown, not_applicable or upstream's value, in this version
with answers as (
    select
        features.version_order,
        features.method,
        'feature' as kind,
        features.feature as subject,
        case
            when features.supported then 'yes'
            when features.supported is not null then 'no'
            when features.state <> 'known' then features.state
            else features.value
        end as answer
    from history.features as features
    left join registry_features
        on
            features.feature = registry_features.feature
            and registry_features.kind in ('layer_types', 'backends', 'options', 'link')
    where registry_features.feature is null
    union all
    select
        version_order,
        method,
        'layer type' as kind,
        layer_type as subject,
        case when supported then 'yes' when supported is not null then 'no' else state end as answer
    from history.layer_support
    union all
    select
        version_order,
        method,
        'backend' as kind,
        backend as subject,
        case when supported then 'yes' when supported is not null then 'no' else state end as answer
    from history.quant_backends
    union all
    select
        version_order,
        method,
        feature as kind,
        option as subject,
        case when supported then 'yes' when supported is not null then 'no' else state end as answer
    from history.feature_options
),

subjects as (
    select
        version_order,
        method,
        kind,
        subject
    from answers
    union
    select
        version_order + 1 as version_order,
        method,
        kind,
        subject
    from answers
)

select
    subjects.version_order,
    versions.peft_version,
    subjects.method,
    subjects.kind,
    subjects.subject,
    older.answer as old_answer,
    newer.answer as new_answer
from subjects
inner join history.dataset as versions
    on subjects.version_order = versions.version_order
inner join history.methods as newer_methods
    on
        subjects.version_order = newer_methods.version_order
        and subjects.method = newer_methods.method
inner join history.methods as older_methods
    on
        subjects.version_order = older_methods.version_order + 1
        and subjects.method = older_methods.method
left join answers as newer
    on
        subjects.version_order = newer.version_order
        and subjects.method = newer.method
        and subjects.kind = newer.kind
        and subjects.subject = newer.subject
left join answers as older
    on
        subjects.version_order = older.version_order + 1
        and subjects.method = older.method
        and subjects.kind = older.kind
        and subjects.subject = older.subject
where
    newer.answer <> older.answer
    or (newer.answer is null and older.answer = 'yes')
    or (older.answer is null and newer.answer = 'yes')
order by
    subjects.version_order asc nulls first,
    subjects.method asc nulls first,
    subjects.kind asc nulls first,
    subjects.subject asc nulls first
