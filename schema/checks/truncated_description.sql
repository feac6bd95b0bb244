-- Finds: a description that breaks off: it doesn't end like a sentence, or ends in e.g.
-- Severity: warning
-- Source: upstream takes the first paragraph of a documentation page
select
    method,
    cast(null as varchar) as benchmark,
    'description' as subject,
    cast(null as double) as value
from methods
where
    not (description like '%.' or description like '%!' or description like '%.)')
    or lower(description) like '%e.g.'
    or lower(description) like '%i.e.'
