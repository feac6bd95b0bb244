-- Question: Which methods can be served by tools that know LoRA alone?
-- Grain: a method for which conversion to LoRA is known to be supported, best metamathqa score first.
-- NULLs and ties: a method for which it is unknown is left out (see unknown_capabilities), as is one
--     that is known to lack it. A score is NULL without a run; such methods come last. Equal scores
--     are ordered by the image-gen score, then by name.
-- Caveats: a conversion can be approximate, and scores are of the method itself. LoRA is one of
--     them: its note says that it needs no conversion.
-- Source: capabilities and benchmarks.
with best_runs as (
    select
        benchmarks.method,
        benchmarks.benchmark,
        benchmarks.score,
        measure_caveats.caveats
    from benchmarks
    inner join measure_caveats
        on
            benchmarks.benchmark = measure_caveats.benchmark
            and measure_caveats.measure = 'score'
    where benchmarks.score is not null
)

select
    capabilities.method,
    capabilities.source,
    capabilities.note,
    language_runs.score as metamathqa_score,
    image_runs.score as image_gen_score,
    language_runs.caveats as metamathqa_caveats,
    image_runs.caveats as image_gen_caveats
from capabilities
left join best_runs as language_runs
    on
        capabilities.method = language_runs.method
        and language_runs.benchmark = 'metamathqa'
left join best_runs as image_runs
    on
        capabilities.method = image_runs.method
        and image_runs.benchmark = 'image-gen'
where
    capabilities.capability = 'lora_conversion'
    and capabilities.supported
order by
    language_runs.score desc nulls last,
    image_runs.score desc nulls last,
    capabilities.method asc nulls first
