-- Finds: a method whose category is not the finding of that name
-- Severity: error
-- Source: methods.category against features
select
    methods.method,
    cast(null as varchar) as benchmark,
    'category' as subject,
    cast(null as double) as value
from methods
left join features
    on
        methods.method = features.method
        and features.feature = 'category'
where
    features.method is null
    or coalesce('"' || methods.category || '"', '"unknown"') <> features.value
