-- Every finding, verbatim, with its state: upstream writes "unknown" and "not_applicable" as values.
select
    method,
    feature,
    cast(value as varchar) as value,
    case cast(value as varchar)
        when '"unknown"' then 'unknown'
        when '"not_applicable"' then 'not_applicable'
        else 'known'
    end as state,
    case cast(value as varchar)
        when 'true' then true
        when 'false' then false
    end as supported,
    source,
    note
from source_findings
order by
    method,
    feature
