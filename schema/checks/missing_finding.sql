-- Finds: a method without a finding that every method has
-- Severity: error
-- Source: features against registry_features; a link may be absent
select
    methods.method,
    cast(null as varchar) as benchmark,
    registry_features.feature as subject,
    cast(null as double) as value
from methods
cross join registry_features
left join features
    on
        methods.method = features.method
        and registry_features.feature = features.feature
where
    registry_features.kind <> 'link'
    and features.method is null
