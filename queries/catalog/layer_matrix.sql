-- Question: Which layer types can each method adapt?
-- Grain: a method, every one.
-- NULLs and ties: NULL unless known; methods that wrap no layers are NULL in every column, and
--     layer_support.state tells not_applicable from unknown.
-- Caveats: one column per registered layer type; further ones are in layer_support.
-- Source: layer_support.
-- Columns:
--     linear: Whether the method adapts Linear layers; NULL unless known
--     embedding: Whether the method adapts Embedding layers; NULL unless known
--     conv1d: Whether the method adapts Conv1d layers; NULL unless known
--     conv2d: Whether the method adapts Conv2d layers; NULL unless known
--     conv3d: Whether the method adapts Conv3d layers; NULL unless known
--     layer_norm: Whether the method adapts LayerNorm layers; NULL unless known
--     multihead_attention: Whether the method adapts MultiheadAttention layers; NULL unless known
--     transformers_conv1d: Whether the method adapts Conv1D (transformers) layers; NULL unless known
--     nn_parameter: Whether the method adapts bare parameters; NULL unless known
with support as (
    select
        method,
        layer_type,
        case when supported then 1 when not supported then 0 end as is_supported
    from layer_support
)

select
    methods.method,
    max(case when support.layer_type = 'Linear' then support.is_supported end) = 1 as linear,
    max(case when support.layer_type = 'Embedding' then support.is_supported end) = 1 as embedding,
    max(case when support.layer_type = 'Conv1d' then support.is_supported end) = 1 as conv1d,
    max(case when support.layer_type = 'Conv2d' then support.is_supported end) = 1 as conv2d,
    max(case when support.layer_type = 'Conv3d' then support.is_supported end) = 1 as conv3d,
    max(case when support.layer_type = 'LayerNorm' then support.is_supported end) = 1 as layer_norm,
    max(case when support.layer_type = 'MultiheadAttention' then support.is_supported end)
    = 1 as multihead_attention,
    max(case when support.layer_type = 'Conv1D (transformers)' then support.is_supported end)
    = 1 as transformers_conv1d,
    max(case when support.layer_type = 'nn.Parameter' then support.is_supported end)
    = 1 as nn_parameter
from methods
left join support
    on methods.method = support.method
group by methods.method
order by methods.method asc nulls first
