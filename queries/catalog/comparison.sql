-- Question: How do methods compare, attribute by attribute?
-- Grain: method × section × attribute, every method with every attribute. A side-by-side table has a
--     row for each position and a column for each method.
-- NULLs and ties: value is NULL where there is nothing to tell, such as a benchmark that the method has
--     no run on. Findings are never NULL: yes, no, unknown or not applicable, and for backends any
--     where the method works with every one. Equal measures share a rank.
-- Caveats: a benchmark's attributes are of the method's best run on it; caveats names what to know,
--     and where metric_is_valid is false the number must not be used. value is rounded to three
--     decimals, number is exact.
-- Source: methods, capabilities, layer_support, quant_backends, feature_options, benchmarks and
--     measure_ranks. 1 GiB is 1024³ bytes, 1 MiB is 1024² bytes.
-- Columns:
--     section: What the attribute belongs to: identity, capabilities, layers, backends, options or a benchmark
--     attribute: Name of the attribute; <measure>_rank is the method's rank by that measure
--     position: Place of the attribute in a side-by-side table
--     value: The attribute in words, or as a rounded number with its unit
--     number [of the measure]: The exact number; NULL unless the attribute is one
--     metric_is_valid: Whether no caveat says that the number must not be used; NULL unless it is a measure's
with identities as (
    select
        method,
        'category' as attribute,
        1 as attribute_place,
        category as value
    from methods
    union all
    select
        method,
        'config_class' as attribute,
        2 as attribute_place,
        config_class as value
    from methods
    union all
    select
        method,
        'model_class' as attribute,
        3 as attribute_place,
        model_class as value
    from methods
    union all
    select
        method,
        'description' as attribute,
        4 as attribute_place,
        description as value
    from methods
    union all
    select
        method,
        'paper_url' as attribute,
        5 as attribute_place,
        paper_url as value
    from methods
    union all
    select
        method,
        'docs_url' as attribute,
        6 as attribute_place,
        docs_url as value
    from methods
),

findings as (
    select
        method,
        'capabilities' as section,
        2 as section_place,
        capability as attribute,
        position as attribute_place,
        supported,
        replace(state, '_', ' ') as otherwise,
        note
    from capabilities
    union all
    select
        layer_support.method,
        'layers' as section,
        3 as section_place,
        layer_support.layer_type as attribute,
        0 as attribute_place,
        layer_support.supported,
        replace(layer_support.state, '_', ' ') as otherwise,
        features.note
    from layer_support
    inner join features
        on
            layer_support.method = features.method
            and features.feature = 'target_layer_types'
    union all
    select
        quant_backends.method,
        'backends' as section,
        4 as section_place,
        quant_backends.backend as attribute,
        0 as attribute_place,
        quant_backends.supported,
        case quant_backends.state when 'not_applicable' then 'any' else quant_backends.state end
            as otherwise,
        features.note
    from quant_backends
    inner join features
        on
            quant_backends.method = features.method
            and features.feature = 'quantization_backends'
    union all
    select
        feature_options.method,
        'options' as section,
        5 as section_place,
        feature_options.option as attribute,
        0 as attribute_place,
        feature_options.supported,
        replace(feature_options.state, '_', ' ') as otherwise,
        features.note
    from feature_options
    inner join features
        on
            feature_options.method = features.method
            and feature_options.feature = features.feature
    where feature_options.feature = 'extras'
),

units as (
    select
        'score' as measure,
        10 as measure_place,
        cast(1 as double) as unit_size,
        '' as unit_name
    union all
    select
        'forgetting' as measure,
        20 as measure_place,
        cast(1 as double) as unit_size,
        '' as unit_name
    union all
    select
        'peak_memory_bytes' as measure,
        30 as measure_place,
        cast(1073741824 as double) as unit_size,
        ' GiB' as unit_name
    union all
    select
        'train_time_sec' as measure,
        40 as measure_place,
        cast(60 as double) as unit_size,
        ' min' as unit_name
    union all
    select
        'num_trainable_params' as measure,
        50 as measure_place,
        cast(1 as double) as unit_size,
        '' as unit_name
    union all
    select
        'adapter_file_size_bytes' as measure,
        60 as measure_place,
        cast(1048576 as double) as unit_size,
        ' MiB' as unit_name
),

measures as (
    select
        methods.method,
        measure_caveats.benchmark,
        measure_caveats.measure,
        measure_caveats.caveats,
        measure_caveats.metric_is_valid,
        units.measure_place,
        units.unit_name,
        benchmarks.num_trainable_params,
        measure_ranks.value,
        measure_ranks.rank,
        measure_ranks.rated_methods,
        floor(
            abs(measure_ranks.value) / units.unit_size * cast(1000 as double) + cast(0.5 as double)
        ) as thousandths
    from methods
    cross join measure_caveats
    inner join units
        on measure_caveats.measure = units.measure
    left join benchmarks
        on
            methods.method = benchmarks.method
            and measure_caveats.benchmark = benchmarks.benchmark
    left join measure_ranks
        on
            methods.method = measure_ranks.method
            and measure_caveats.benchmark = measure_ranks.benchmark
            and measure_caveats.measure = measure_ranks.measure
),

split_measures as (
    select
        method,
        benchmark,
        measure,
        measure_place,
        num_trainable_params,
        value,
        unit_name,
        caveats,
        metric_is_valid,
        case when value < 0 and thousandths > 0 then '-' else '' end as sign,
        floor(thousandths / cast(1000 as double)) as whole,
        thousandths - floor(thousandths / cast(1000 as double)) * cast(1000 as double) as fraction
    from measures
),

-- engines print a whole double with or without '.0', and a leading 1 keeps the fraction's zeros
printed_measures as (
    select
        method,
        benchmark,
        measure,
        measure_place,
        value as exact,
        caveats,
        metric_is_valid,
        case
            when measure = 'num_trainable_params' then cast(num_trainable_params as varchar)
            else
                sign
                || replace(cast(whole as varchar), '.0', '')
                || '.'
                || substring(
                    replace(cast(fraction + cast(1000 as double) as varchar), '.0', ''), 2, 3
                )
                || unit_name
        end as printed
    from split_measures
),

run_facts as (
    select
        methods.method,
        benchmark_caveats.benchmark,
        benchmarks.num_runs,
        benchmarks.experiment_name
    from methods
    cross join benchmark_caveats
    left join benchmarks
        on
            methods.method = benchmarks.method
            and benchmark_caveats.benchmark = benchmarks.benchmark
),

all_attributes as (
    select
        method,
        'identity' as section,
        1 as section_place,
        attribute,
        attribute_place,
        value,
        cast(null as double) as number,
        cast(null as varchar) as note,
        cast(null as varchar) as caveats,
        cast(null as boolean) as metric_is_valid
    from identities
    union all
    select
        method,
        section,
        section_place,
        attribute,
        attribute_place,
        case when supported then 'yes' when not supported then 'no' else otherwise end as value,
        cast(null as double) as number,
        note,
        cast(null as varchar) as caveats,
        cast(null as boolean) as metric_is_valid
    from findings
    union all
    select
        method,
        benchmark as section,
        6 as section_place,
        measure as attribute,
        measure_place as attribute_place,
        printed as value,
        exact as number,
        cast(null as varchar) as note,
        caveats,
        metric_is_valid
    from printed_measures
    union all
    select
        method,
        benchmark as section,
        6 as section_place,
        measure || '_rank' as attribute,
        measure_place + 1 as attribute_place,
        cast(rank as varchar) || ' of ' || cast(rated_methods as varchar) as value,
        cast(rank as double) as number,
        cast(null as varchar) as note,
        caveats,
        metric_is_valid
    from measures
    union all
    select
        method,
        benchmark as section,
        6 as section_place,
        'num_runs' as attribute,
        70 as attribute_place,
        cast(num_runs as varchar) as value,
        cast(num_runs as double) as number,
        cast(null as varchar) as note,
        cast(null as varchar) as caveats,
        cast(null as boolean) as metric_is_valid
    from run_facts
    union all
    select
        method,
        benchmark as section,
        6 as section_place,
        'experiment_name' as attribute,
        71 as attribute_place,
        experiment_name as value,
        cast(null as double) as number,
        cast(null as varchar) as note,
        cast(null as varchar) as caveats,
        cast(null as boolean) as metric_is_valid
    from run_facts
),

attributes as (
    select distinct
        section_place,
        section,
        attribute_place,
        attribute
    from all_attributes
),

positions as (
    select
        section_place,
        section,
        attribute_place,
        attribute,
        row_number() over (
            order by
                section_place asc nulls first,
                section asc nulls first,
                attribute_place asc nulls first,
                attribute asc nulls first
        ) as position
    from attributes
)

select
    all_attributes.method,
    all_attributes.section,
    all_attributes.attribute,
    positions.position,
    all_attributes.value,
    all_attributes.number,
    all_attributes.note,
    all_attributes.caveats,
    all_attributes.metric_is_valid
from all_attributes
inner join positions
    on
        all_attributes.section_place = positions.section_place
        and all_attributes.section = positions.section
        and all_attributes.attribute_place = positions.attribute_place
        and all_attributes.attribute = positions.attribute
order by
    all_attributes.method asc nulls first,
    positions.position asc nulls first
