-- Finds: a name of the source that the registry doesn't know; the view unregistered has the row
--     to add
-- Severity: warning
-- Source: unregistered
select
    cast(null as varchar) as method,
    cast(null as varchar) as benchmark,
    registry || ': ' || name as subject,
    cast(null as double) as value
from unregistered
