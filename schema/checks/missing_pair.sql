-- Finds: a method that lacks a row for a layer type, backend or option that other methods have:
--     every pair must be there
-- Severity: error
-- Source: layer_support, quant_backends and feature_options
with pairs as (
    select
        method,
        'layer_support' as subject
    from layer_support
    union all
    select
        method,
        'quant_backends' as subject
    from quant_backends
    union all
    select
        method,
        'feature_options ' || feature as subject
    from feature_options
),

counts as (
    select
        method,
        subject,
        count(method) as num_pairs
    from pairs
    group by
        method,
        subject
),

largest as (
    select
        subject,
        max(num_pairs) as num_pairs
    from counts
    group by subject
)

select
    methods.method,
    cast(null as varchar) as benchmark,
    largest.subject,
    cast(coalesce(counts.num_pairs, 0) as double) as value
from methods
cross join largest
left join counts
    on
        methods.method = counts.method
        and largest.subject = counts.subject
where coalesce(counts.num_pairs, 0) < largest.num_pairs
