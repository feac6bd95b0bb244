-- Question: Which methods can adapt layers other than Linear, and how rare is that?
-- Grain: layer type × method that is known to adapt it, other than Linear; the rarest layer type first.
-- NULLs and ties: known support alone is listed and counted; methods that wrap no layers, or of which
--     it is unknown, are neither listed nor counted in num_known. Equally rare layer types and
--     their methods are ordered by name. meaning is NULL where the registry lacks the layer type.
-- Caveats: upstream tried each layer type on a tiny model, but for nn.Parameter only looked whether the
--     config class has a target_parameters option, which ADALORA has and doesn't serve. That a
--     layer can be wrapped does not say that training it is useful.
-- Source: layer_support.
-- Columns:
--     num_methods [methods]: How many methods are known to adapt this layer type
--     num_known [methods]: Of how many methods it is known whether they do
--     num_other_layer_types [layer types]: How many layer types other than Linear this method is known to adapt
with rarity as (
    select
        layer_type,
        count(case when supported then 1 end) as num_methods,
        count(case when state = 'known' then 1 end) as num_known
    from layer_support
    group by layer_type
),

specialists as (
    select
        layer_type,
        method,
        count(*) over (partition by method) as num_other_layer_types
    from layer_support
    where
        supported
        and layer_type <> 'Linear'
)

select
    specialists.layer_type,
    specialists.method,
    rarity.num_methods,
    rarity.num_known,
    specialists.num_other_layer_types,
    registry_layer_types.meaning
from specialists
inner join rarity
    on specialists.layer_type = rarity.layer_type
left join registry_layer_types
    on specialists.layer_type = registry_layer_types.layer_type
order by
    rarity.num_methods asc nulls first,
    specialists.layer_type asc nulls first,
    specialists.method asc nulls first
