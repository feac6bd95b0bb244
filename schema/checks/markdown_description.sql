-- Finds: a description with Markdown in it: emphasis, code or headings, to be taken out before
--     it is shown as text
-- Severity: info
-- Source: upstream takes the first paragraph of a documentation page
select
    method,
    cast(null as varchar) as benchmark,
    'description' as subject,
    cast(null as double) as value
from methods
where
    description like '%**%'
    or description like '%`%'
    or description like '#%'
