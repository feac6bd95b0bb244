-- Finds: a method for which upstream found no paper
-- Severity: info
-- Source: methods.paper_url
select
    method,
    cast(null as varchar) as benchmark,
    'paper_url' as subject,
    cast(null as double) as value
from methods
where paper_url is null
