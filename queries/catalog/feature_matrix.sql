-- Question: Which capabilities does each method have?
-- Grain: a method, every one.
-- NULLs and ties: NULL unless known; features.state tells unknown from not_applicable.
-- Caveats: some findings are conditional: features.note holds upstream's remark on each.
-- Source: features and feature_options.
-- Columns:
--     multiple_adapters: Several adapters of this method can be loaded on one model and switched; NULL unless known
--     mixed_adapter_batches: One inference batch can use a different adapter for each sample; NULL unless known
--     merging: Trained weights can be merged into the base model, so that inference costs nothing extra; NULL unless known
--     peft_mixed_model: Adapters of this and of other methods can be active together in a PeftMixedModel; NULL unless known
--     lora_conversion: A trained adapter can be converted to a LoRA adapter, for tools that only serve LoRA; NULL unless known
--     add_weighted_adapter: Several adapters can be combined into a new one with weights; NULL unless known
--     hotswapping: A loaded adapter's weights can be replaced in place, without reloading or recompiling; NULL unless known
--     modules_to_save: Whole modules can be trained beside the adapter; NULL unless known
--     trainable_token_indices: Single token embeddings can be trained beside the adapter; NULL unless known
with support as (
    select
        method,
        feature as capability,
        case when supported then 1 when not supported then 0 end as is_supported
    from features
    union all
    select
        method,
        option as capability,
        case when supported then 1 when not supported then 0 end as is_supported
    from feature_options
    where feature = 'auxiliary_modules'
)

select
    methods.method,
    max(case when support.capability = 'multiple_adapters' then support.is_supported end)
    = 1 as multiple_adapters,
    max(case when support.capability = 'mixed_adapter_batches' then support.is_supported end)
    = 1 as mixed_adapter_batches,
    max(case when support.capability = 'merging' then support.is_supported end) = 1 as merging,
    max(case when support.capability = 'peft_mixed_model' then support.is_supported end)
    = 1 as peft_mixed_model,
    max(case when support.capability = 'lora_conversion' then support.is_supported end)
    = 1 as lora_conversion,
    max(case when support.capability = 'add_weighted_adapter' then support.is_supported end)
    = 1 as add_weighted_adapter,
    max(case when support.capability = 'hotswapping' then support.is_supported end)
    = 1 as hotswapping,
    max(case when support.capability = 'modules_to_save' then support.is_supported end)
    = 1 as modules_to_save,
    max(case when support.capability = 'trainable_token_indices' then support.is_supported end)
    = 1 as trainable_token_indices
from methods
left join support
    on methods.method = support.method
group by methods.method
order by methods.method asc nulls first
