-- Finds: a source value that this dataset replaces, with reason and evidence in the table
--     corrections
-- Severity: info
-- Source: registry_corrections
select
    cast(null as varchar) as method,
    cast(null as varchar) as benchmark,
    path as subject,
    cast(null as double) as value
from corrections
