-- Grain: method × feature × option, every pair, for the features whose finding says which options
--     are supported: layer types, backends, auxiliary modules and config options. The options are
--     those that the registry knows or that any method of the source names.
with choices as (
    select
        'target_layer_types' as feature,
        layer_type as option
    from registry_layer_types
    union
    select
        'quantization_backends' as feature,
        backend as option
    from registry_backends
    union
    select
        source_options.feature,
        source_options.option
    from source_options
    inner join registry_features
        on source_options.feature = registry_features.feature
    where registry_features.kind in ('layer_types', 'backends', 'options')
),

pairs as (
    select
        source_findings.method,
        source_findings.feature,
        choices.option,
        case
            when source_options.supported is not null then source_options.supported
            -- a list names all that is supported; an object says nothing about what it leaves out
            when json_type(source_findings.value) = 'ARRAY' then false
        end as supported,
        source_findings.value ->> '$' = 'not_applicable' as is_not_applicable
    from source_findings
    inner join choices
        on source_findings.feature = choices.feature
    left join source_options
        on
            source_findings.method = source_options.method
            and source_findings.feature = source_options.feature
            and choices.option = source_options.option
)

select
    method,
    feature,
    option,
    supported,
    case
        when supported is not null then 'known'
        when is_not_applicable then 'not_applicable'
        else 'unknown'
    end as state
from pairs
