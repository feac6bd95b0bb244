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
select
    methods.method,
    max(
        case
            when quant_backends.backend = 'aqlm'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as aqlm,
    max(
        case
            when quant_backends.backend = 'awq'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as awq,
    max(
        case
            when quant_backends.backend = 'bnb_4bit'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as bnb_4bit,
    max(
        case
            when quant_backends.backend = 'bnb_8bit'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as bnb_8bit,
    max(
        case
            when quant_backends.backend = 'eetq'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as eetq,
    max(
        case
            when quant_backends.backend = 'gptq'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as gptq,
    max(
        case
            when quant_backends.backend = 'hqq'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as hqq,
    max(
        case
            when quant_backends.backend = 'inc'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as inc,
    max(
        case
            when quant_backends.backend = 'torchao'
                then case when quant_backends.supported then 1 when not quant_backends.supported then 0 end
        end
    ) = 1 as torchao,
    case
        when max(case when quant_backends.state = 'not_applicable' then 1 else 0 end) = 1 then true
        when max(case when quant_backends.state = 'known' then 1 else 0 end) = 1 then false
    end as works_with_any_backend
from methods
left join quant_backends
    on methods.method = quant_backends.method
group by methods.method
order by methods.method asc nulls first
