-- Finds: a table dataset that has not the one row that says where all others come from
-- Severity: error
-- Source: dataset
select
    cast(null as varchar) as method,
    cast(null as varchar) as benchmark,
    'dataset' as subject,
    cast(count(source_sha256) as double) as value
from dataset
having count(source_sha256) <> 1
