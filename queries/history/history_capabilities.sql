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

-- two joins rather than one over all pairs of versions: memory for the pairs would grow with the
-- number of versions, and these spill to disk
changes as (
    select
        newer.version_order,
        newer.method,
        newer.kind,
        newer.subject,
        older.answer as old_answer,
        newer.answer as new_answer
    from answers as newer
    left join answers as older
        on
            newer.version_order = older.version_order + 1
            and newer.method = older.method
            and newer.kind = older.kind
            and newer.subject = older.subject
    where
        newer.answer <> older.answer
        or (older.answer is null and newer.answer = 'yes')
    union all
    select
        older.version_order + 1 as version_order,
        older.method,
        older.kind,
        older.subject,
        older.answer as old_answer,
        cast(null as varchar) as new_answer
    from answers as older
    left join answers as newer
        on
            older.version_order + 1 = newer.version_order
            and older.method = newer.method
            and older.kind = newer.kind
            and older.subject = newer.subject
    where
        older.answer = 'yes'
        and newer.answer is null
)

select
    changes.version_order,
    versions.peft_version,
    changes.method,
    changes.kind,
    changes.subject,
    changes.old_answer,
    changes.new_answer
from changes
inner join history.dataset as versions
    on changes.version_order = versions.version_order
inner join history.methods as newer_methods
    on
        changes.version_order = newer_methods.version_order
        and changes.method = newer_methods.method
inner join history.methods as older_methods
    on
        changes.version_order = older_methods.version_order + 1
        and changes.method = older_methods.method
order by
    changes.version_order asc nulls first,
    changes.method asc nulls first,
    changes.kind asc nulls first,
    changes.subject asc nulls first
