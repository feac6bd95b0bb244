-- Finds: a finding whose state or support is not what its value says
-- Severity: error
-- Source: features
select
    method,
    cast(null as varchar) as benchmark,
    feature as subject,
    cast(null as double) as value
from features
where
    state <> case value
        when '"unknown"' then 'unknown'
        when '"not_applicable"' then 'not_applicable'
        else 'known'
    end
    or coalesce(cast(supported as varchar), '') <> case value
        when 'true' then 'true'
        when 'false' then 'false'
        else ''
    end
