-- Auxiliary modules and config options, every pair.
select
    source_support.method,
    source_support.feature,
    source_support.option,
    source_support.supported,
    source_support.state
from source_support
inner join registry_features
    on source_support.feature = registry_features.feature
where registry_features.kind = 'options'
order by
    source_support.method,
    source_support.feature,
    source_support.option
