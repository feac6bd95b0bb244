-- Finds: a finding that is unknown because its check crashed or its trial was not made
-- Severity: warning
-- Source: features.state and features.source
select
    method,
    cast(null as varchar) as benchmark,
    feature as subject,
    cast(null as double) as value
from features
where state = 'unknown'
