-- Question: How does upstream know each finding, and how far can I trust it?
-- Grain: method × feature, every finding, also of features that the registry lacks.
-- NULLs and ties: note where upstream has none.
-- Caveats: confidence says how the finding was made, not whether it is right: a trial on a tiny model can
--     fail for its own reasons, and an option that a class has may not work. The note tells more.
-- Source: features.
-- Columns:
--     value: The finding as upstream wrote it, in JSON
--     confidence: tried (on a tiny model), inspected (classes and their options), read from files (source or documentation), not established (could not tell) or failed (the check crashed)
select
    features.method,
    features.feature,
    features.value,
    features.state,
    features.source,
    case
        when features.source = 'error' then 'failed'
        when features.state = 'unknown' then 'not established'
        when features.source = 'probe' then 'tried'
        when features.source = 'introspection' then 'inspected'
        when features.source = 'file_check' then 'read from files'
    end as confidence,
    features.note
from features
left join registry_features
    on features.feature = registry_features.feature
order by
    features.method asc nulls first,
    case when registry_features.position is null then 1 else 0 end asc nulls first,
    registry_features.position asc nulls first,
    features.feature asc nulls first
