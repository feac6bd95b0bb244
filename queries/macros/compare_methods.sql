-- Question: How do two methods differ?
-- Grain: an attribute in which the two methods differ, or one of them has no value.
-- NULLs and ties: a missing value differs from any other.
-- Caveats: as in comparison.
-- Source: comparison.
-- Parameters: method_a, method_b
select
    first.section,
    first.attribute,
    first.value as value_a,
    second.value as value_b
from comparison as first
inner join comparison as second
    on
        first.section = second.section
        and first.attribute = second.attribute
where
    first.method = method_a
    and second.method = method_b
    and first.value is distinct from second.value
order by first.position
