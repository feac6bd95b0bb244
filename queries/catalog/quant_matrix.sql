-- Question: On which quantized models can each method be trained?
-- Grain: a method, every one.
-- NULLs and ties: NULL unless known. A method that wraps no layers is NULL in every column
--     and true in works_with_any_backend.
-- Caveats: one column per registered backend; further ones are in quant_backends. The findings come
--     from which source files exist, not from trained models.
-- Source: quant_backends.
-- Columns:
--     aqlm: Whether the method trains on AQLM layers; NULL unless known
--     awq: Whether the method trains on AWQ layers; NULL unless known
--     bnb_4bit: Whether the method trains on bitsandbytes 4-bit layers; NULL unless known
--     bnb_8bit: Whether the method trains on bitsandbytes 8-bit layers; NULL unless known
--     eetq: Whether the method trains on EETQ layers; NULL unless known
--     gptq: Whether the method trains on GPTQ layers; NULL unless known
--     hqq: Whether the method trains on HQQ layers; NULL unless known
--     inc: Whether the method trains on Intel Neural Compressor layers; NULL unless known
--     torchao: Whether the method trains on torchao layers; NULL unless known
--     works_with_any_backend: Whether the method wraps no layers and so works whatever the backend; NULL where unknown
with support as (
    select
        method,
        backend,
        state,
        case when supported then 1 when not supported then 0 end as is_supported
    from quant_backends
)

select
    methods.method,
    max(case when support.backend = 'aqlm' then support.is_supported end) = 1 as aqlm,
    max(case when support.backend = 'awq' then support.is_supported end) = 1 as awq,
    max(case when support.backend = 'bnb_4bit' then support.is_supported end) = 1 as bnb_4bit,
    max(case when support.backend = 'bnb_8bit' then support.is_supported end) = 1 as bnb_8bit,
    max(case when support.backend = 'eetq' then support.is_supported end) = 1 as eetq,
    max(case when support.backend = 'gptq' then support.is_supported end) = 1 as gptq,
    max(case when support.backend = 'hqq' then support.is_supported end) = 1 as hqq,
    max(case when support.backend = 'inc' then support.is_supported end) = 1 as inc,
    max(case when support.backend = 'torchao' then support.is_supported end) = 1 as torchao,
    case
        when max(case when support.state = 'not_applicable' then 1 else 0 end) = 1 then true
        when max(case when support.state = 'known' then 1 else 0 end) = 1 then false
    end as works_with_any_backend
from methods
left join support
    on methods.method = support.method
group by methods.method
order by methods.method asc nulls first
