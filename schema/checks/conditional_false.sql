-- Finds: a capability that is reported as lacking although its trial crashed or was not made:
--     the note may say otherwise
-- Severity: warning
-- Source: features.note of findings from a probe, or after one that failed
select
    features.method,
    cast(null as varchar) as benchmark,
    features.feature as subject,
    cast(null as double) as value
from features
inner join registry_features
    on
        features.feature = registry_features.feature
        and registry_features.kind = 'capability'
where
    not features.supported
    and features.note is not null
    and not lower(features.note) like 'notimplementederror%'
    and (features.source = 'probe' or lower(features.note) like '%probing failed%')
