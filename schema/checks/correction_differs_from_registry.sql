-- Finds: a correction that is not the registry's
-- Severity: error
-- Source: corrections against registry_corrections
select
    cast(null as varchar) as method,
    cast(null as varchar) as benchmark,
    corrections.path as subject,
    cast(null as double) as value
from corrections
left join registry_corrections
    on
        corrections.path = registry_corrections.path
        and corrections.source_value = registry_corrections.source_value
        and coalesce(corrections.value, '') = coalesce(registry_corrections.value, '')
        and corrections.reason = registry_corrections.reason
        and corrections.evidence = registry_corrections.evidence
where registry_corrections.path is null
