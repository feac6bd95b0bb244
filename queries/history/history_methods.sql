-- Question: Which methods came and went from version to version, and what upstream says of them?
-- Grain: version × method of it or of the version before.
-- NULLs and ties: change is NULL in the oldest version; the fields are NULL for a method that was removed.
-- Caveats: a renamed method is removed and added.
-- Source: history.methods.
-- Columns:
--     change: added, removed, or kept since the version before
--     is_described_anew: Whether class, category, description or a link differ from the version before
with subjects as (
    select
        version_order,
        method
    from history.methods
    union
    select
        version_order + 1 as version_order,
        method
    from history.methods
)

select
    subjects.version_order,
    versions.peft_version,
    subjects.method,
    case
        when subjects.version_order = 1 then cast(null as varchar)
        when older.method is null then 'added'
        when newer.method is null then 'removed'
        else 'kept'
    end as change,
    case
        when newer.method is not null and older.method is not null
            then
                newer.config_class <> older.config_class
                or coalesce(newer.model_class, '') <> coalesce(older.model_class, '')
                or coalesce(newer.category, '') <> coalesce(older.category, '')
                or newer.description <> older.description
                or newer.docs_url <> older.docs_url
                or coalesce(newer.paper_url, '') <> coalesce(older.paper_url, '')
    end as is_described_anew,
    newer.category,
    newer.config_class,
    newer.description,
    newer.docs_url,
    newer.paper_url
from subjects
inner join history.dataset as versions
    on subjects.version_order = versions.version_order
left join history.methods as newer
    on
        subjects.version_order = newer.version_order
        and subjects.method = newer.method
left join history.methods as older
    on
        subjects.version_order = older.version_order + 1
        and subjects.method = older.method
order by
    subjects.version_order asc nulls first,
    subjects.method asc nulls first
