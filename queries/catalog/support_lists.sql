-- Question: What is each method known to support, in one line per kind?
-- Grain: method × kind: capabilities, layer_types or backends.
-- NULLs and ties: supported_list names what is known to be supported. Where nothing is, it is NULL if
--     anything is unknown, 'any' for backends and 'not_applicable' otherwise if the question makes
--     no sense for the method, and else 'none'.
-- Caveats: at most twelve names fit in a list; a longer one ends in ', ...'.
-- Source: capabilities, layer_support and quant_backends. Capabilities are in upstream's order, the
--     others by name.
-- Columns:
--     kind: capabilities, layer_types or backends
--     supported_list: Names of what the method is known to support; any, not_applicable, none or NULL as the header says
--     num_supported: How many of the kind the method is known to support
--     num_unsupported: How many it is known not to support
--     num_unknown: Of how many it is unknown
--     num_not_applicable: For how many the question makes no sense for the method
with facts as (
    select
        method,
        'capabilities' as kind,
        capability as item,
        position,
        supported,
        state
    from capabilities
    union all
    select
        method,
        'layer_types' as kind,
        layer_type as item,
        0 as position,
        supported,
        state
    from layer_support
    union all
    select
        method,
        'backends' as kind,
        backend as item,
        0 as position,
        supported,
        state
    from quant_backends
),

counts as (
    select
        method,
        kind,
        count(case when supported then 1 end) as num_supported,
        count(case when not supported then 1 end) as num_unsupported,
        count(case when state = 'unknown' then 1 end) as num_unknown,
        count(case when state = 'not_applicable' then 1 end) as num_not_applicable
    from facts
    group by
        method,
        kind
),

numbered_items as (
    select
        method,
        kind,
        item,
        row_number() over (
            partition by method, kind
            order by position asc nulls first, item asc nulls first
        ) as place
    from facts
    where supported
),

lists as (
    select
        method,
        kind,
        max(case when place = 1 then item end)
        || coalesce(', ' || max(case when place = 2 then item end), '')
        || coalesce(', ' || max(case when place = 3 then item end), '')
        || coalesce(', ' || max(case when place = 4 then item end), '')
        || coalesce(', ' || max(case when place = 5 then item end), '')
        || coalesce(', ' || max(case when place = 6 then item end), '')
        || coalesce(', ' || max(case when place = 7 then item end), '')
        || coalesce(', ' || max(case when place = 8 then item end), '')
        || coalesce(', ' || max(case when place = 9 then item end), '')
        || coalesce(', ' || max(case when place = 10 then item end), '')
        || coalesce(', ' || max(case when place = 11 then item end), '')
        || coalesce(', ' || max(case when place = 12 then item end), '')
        || case when count(*) > 12 then ', ...' else '' end
            as items
    from numbered_items
    group by
        method,
        kind
)

select
    counts.method,
    counts.kind,
    case
        when counts.num_supported > 0 then lists.items
        when counts.num_unknown > 0 then null
        when counts.num_unsupported > 0 then 'none'
        when counts.kind = 'backends' then 'any'
        else 'not_applicable'
    end as supported_list,
    counts.num_supported,
    counts.num_unsupported,
    counts.num_unknown,
    counts.num_not_applicable
from counts
left join lists
    on
        counts.method = lists.method
        and counts.kind = lists.kind
order by
    counts.method asc nulls first,
    counts.kind asc nulls first
