-- Question: Which methods can be trained on a 4-bit bitsandbytes model, as QLoRA does, and then deployed?
-- Grain: a method that is known to train on bnb_4bit, or that works with every backend; best metamathqa
--     score first.
-- NULLs and ties: methods of which it is unknown are left out (see unknown_capabilities), as are those
--     known to lack it. merging is NULL unless known. Score and memory are NULL without a run; such
--     methods come last. Equal scores are ordered by memory, then by name.
-- Caveats: score and memory were measured on the base model in bfloat16, not in 4 bits: with a 4-bit
--     model expect less memory and another score; use them to order the methods only. Merging
--     into 4-bit weights rounds: to deploy, merge into the model before its quantization, or keep
--     the adapter apart. 4-bit support comes from which source files exist, not from trained models.
-- Source: quant_backends, capabilities and benchmarks.
-- Columns:
--     works_with_any_backend: Whether the method wraps no layers and so works whatever the backend, rather than on 4-bit layers
--     merging: Whether trained weights can be merged into the base model; NULL unless known
with merging_facts as (
    select
        method,
        supported
    from capabilities
    where capability = 'merging'
)

select
    quant_backends.method,
    quant_backends.state = 'not_applicable' as works_with_any_backend,
    merging_facts.supported as merging,
    benchmarks.score as metamathqa_score,
    benchmarks.peak_memory_bytes as metamathqa_peak_memory_bytes,
    front_caveats.caveats as metamathqa_caveats
from quant_backends
left join merging_facts
    on quant_backends.method = merging_facts.method
left join benchmarks
    on
        quant_backends.method = benchmarks.method
        and benchmarks.benchmark = 'metamathqa'
left join front_caveats
    on
        benchmarks.benchmark = front_caveats.benchmark
        and front_caveats.cost = 'peak_memory_bytes'
where
    quant_backends.backend = 'bnb_4bit'
    and (quant_backends.supported or quant_backends.state = 'not_applicable')
order by
    benchmarks.score desc nulls last,
    case when benchmarks.peak_memory_bytes is null then 1 else 0 end asc nulls first,
    benchmarks.peak_memory_bytes asc nulls first,
    quant_backends.method asc nulls first
