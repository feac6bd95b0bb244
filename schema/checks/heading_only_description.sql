-- Finds: a description that is a heading
-- Severity: warning
-- Source: upstream takes the first paragraph of a documentation page
select
    method,
    cast(null as varchar) as benchmark,
    'description' as subject,
    cast(null as double) as value
from methods
where description like '#%'
