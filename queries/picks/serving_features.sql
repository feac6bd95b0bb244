-- Question: Which methods suit a server with many adapters on one base model?
-- Grain: a method, every one, those with the most of the five features first.
-- NULLs and ties: NULL unless known, and only known support counts; num_unknown tells how many could
--     still be added. Equal counts are ordered by the fewer unknowns, then by name.
-- Caveats: the features don't weigh the same: which one you need decides. Some findings are conditional:
--     multiple_adapters_note holds upstream's remark, such as that several adapters work in
--     inference alone. The features are those of the peft package, not of a serving engine; engines
--     that know LoRA alone need lora_conversion.
-- Source: feature_matrix and capabilities.
-- Columns:
--     multiple_adapters: Several adapters of this method can be loaded on one model and switched; NULL unless known
--     mixed_adapter_batches: One inference batch can use a different adapter for each sample; NULL unless known
--     hotswapping: A loaded adapter's weights can be replaced in place, without reloading or recompiling; NULL unless known
--     lora_conversion: A trained adapter can be converted to a LoRA adapter, for tools that only serve LoRA; NULL unless known
--     merging: Trained weights can be merged into the base model, so that inference costs nothing extra; NULL unless known
--     num_supported [features]: How many of the five are known to be supported
--     num_unknown [features]: Of how many of the five it is unknown
--     multiple_adapters_note: Upstream's remark on multiple_adapters
with counts as (
    select
        method,
        count(case when supported then 1 end) as num_supported,
        count(case when state = 'unknown' then 1 end) as num_unknown,
        max(case when capability = 'multiple_adapters' then note end) as multiple_adapters_note
    from capabilities
    where
        capability in (
            'multiple_adapters', 'mixed_adapter_batches', 'hotswapping', 'lora_conversion',
            'merging'
        )
    group by method
)

select
    feature_matrix.method,
    feature_matrix.multiple_adapters,
    feature_matrix.mixed_adapter_batches,
    feature_matrix.hotswapping,
    feature_matrix.lora_conversion,
    feature_matrix.merging,
    counts.num_supported,
    counts.num_unknown,
    counts.multiple_adapters_note
from feature_matrix
inner join counts
    on feature_matrix.method = counts.method
order by
    counts.num_supported desc nulls last,
    counts.num_unknown asc nulls first,
    feature_matrix.method asc nulls first
