-- Finds: support of a layer type, backend or option that is not what the method's finding says
-- Severity: error
-- Source: layer_support, quant_backends and feature_options against features; a value with an
--     escaped character is left out, as its text doesn't spell the names
with pairs as (
    select
        method,
        'target_layer_types' as feature,
        layer_type as option,
        supported
    from layer_support
    union all
    select
        method,
        'quantization_backends' as feature,
        backend as option,
        supported
    from quant_backends
    union all
    select
        method,
        feature,
        option,
        supported
    from feature_options
),

compared as (
    select
        pairs.method,
        pairs.feature,
        pairs.option,
        coalesce(cast(pairs.supported as varchar), '') as support,
        case
            when
                features.value like '[%'
                and replace(features.value, '"' || pairs.option || '"', '') = features.value
                then 'false'
            when features.value like '[%'
                then 'true'
            when replace(features.value, '"' || pairs.option || '":true', '') <> features.value
                then 'true'
            when replace(features.value, '"' || pairs.option || '":false', '') <> features.value
                then 'false'
            else ''
        end as expected
    from pairs
    inner join features
        on
            pairs.method = features.method
            and pairs.feature = features.feature
    where replace(features.value, '\', '') = features.value
)

select
    method,
    cast(null as varchar) as benchmark,
    feature || ': ' || option as subject,
    cast(null as double) as value
from compared
where support <> expected
