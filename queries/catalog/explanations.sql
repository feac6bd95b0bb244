-- Question: What can a method do, how did upstream find out, and what does it mean?
-- Grain: method × subject: every capability, layer type, quantization backend, auxiliary module and
--     config option.
-- NULLs and ties: supported is NULL unless state is known; note is NULL where upstream has none.
-- Caveats: a trial on a tiny model shows that something runs, not that it learns; a finding from files
--     shows that code for it exists.
-- Source: features, feature_options, layer_support and quant_backends; meanings from the registry.
-- Columns:
--     subject: The capability, layer type, backend, auxiliary module or config option
--     subject_kind: capability, layer type, backend, auxiliary module or config option
--     reading: What the finding amounts to, in plain words
with findings as (
    select
        features.method,
        features.feature as subject,
        'capability' as subject_kind,
        1 as place,
        features.feature,
        features.supported,
        features.state,
        registry_features.meaning
    from features
    inner join registry_features
        on
            features.feature = registry_features.feature
            and registry_features.kind = 'capability'
    union all
    select
        feature_options.method,
        feature_options.option as subject,
        case feature_options.feature
            when 'auxiliary_modules' then 'auxiliary module' else 'config option'
        end as subject_kind,
        case feature_options.feature when 'auxiliary_modules' then 2 else 5 end as place,
        feature_options.feature,
        feature_options.supported,
        feature_options.state,
        registry_features.meaning
    from feature_options
    inner join registry_features
        on feature_options.feature = registry_features.feature
    union all
    select
        layer_support.method,
        layer_support.layer_type as subject,
        'layer type' as subject_kind,
        3 as place,
        'target_layer_types' as feature,
        layer_support.supported,
        layer_support.state,
        registry_layer_types.meaning
    from layer_support
    left join registry_layer_types
        on layer_support.layer_type = registry_layer_types.layer_type
    union all
    select
        quant_backends.method,
        quant_backends.backend as subject,
        'backend' as subject_kind,
        4 as place,
        'quantization_backends' as feature,
        quant_backends.supported,
        quant_backends.state,
        registry_backends.meaning
    from quant_backends
    left join registry_backends
        on quant_backends.backend = registry_backends.backend
)

select
    findings.method,
    findings.subject_kind,
    findings.subject,
    findings.supported,
    findings.state,
    case
        when findings.supported then 'yes'
        when not findings.supported then 'no'
        when findings.state = 'not_applicable' and findings.subject_kind = 'backend'
            then 'works with any backend, since the method wraps no layers'
        when findings.state = 'not_applicable'
            then 'the question makes no sense for this method'
        when features.source = 'error' then 'unknown: the check crashed'
        when features.source = 'probe' then 'unknown: the trial was not made, or failed'
        else 'unknown'
    end as reading,
    features.source,
    features.note,
    findings.meaning
from findings
inner join features
    on
        findings.method = features.method
        and findings.feature = features.feature
order by
    findings.method asc nulls first,
    findings.place asc nulls first,
    findings.subject asc nulls first
