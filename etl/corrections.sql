-- The registry's corrections that apply: the source has exactly the value that is known to be wrong.
select
    registry_corrections.path,
    registry_corrections.source_value,
    registry_corrections.value,
    registry_corrections.reason,
    registry_corrections.evidence
from registry_corrections
inner join source_fields
    on
        registry_corrections.path = source_fields.path
        and registry_corrections.source_value = source_fields.source_value
order by registry_corrections.path
