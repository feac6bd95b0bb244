-- Question: Which methods do well on every benchmark, and which on one alone?
-- Grain: a method with a score on both registered benchmarks, best mean rank first.
-- NULLs and ties: methods that lack either score are left out, and the ranks are those among the
--     methods that stay; equal scores share a rank, and the next is left out (1, 1, 3).
-- Caveats: ranks drop the distances, and near-equal scores are ranked apart. The benchmarks differ in
--     model, modality and training budget, so a mean rank is a summary, not a measurement; methods
--     that only work on language models are not in it.
-- Source: benchmarks.
-- Columns:
--     metamathqa_rank: Rank by metamathqa score among the methods with both scores
--     image_gen_rank: Rank by image-gen score among the methods with both scores
--     mean_rank: Mean of the two ranks
--     worst_rank: The larger of the two ranks
--     ranked_methods [methods]: How many methods have both scores
with language_runs as (
    select
        method,
        score
    from benchmarks
    where
        benchmark = 'metamathqa'
        and score is not null
),

image_runs as (
    select
        method,
        score
    from benchmarks
    where
        benchmark = 'image-gen'
        and score is not null
),

ranks as (
    select
        language_runs.method,
        rank() over (order by language_runs.score desc nulls last) as metamathqa_rank,
        rank() over (order by image_runs.score desc nulls last) as image_gen_rank
    from language_runs
    inner join image_runs
        on language_runs.method = image_runs.method
),

summaries as (
    select
        method,
        metamathqa_rank,
        image_gen_rank,
        (cast(metamathqa_rank as double) + cast(image_gen_rank as double)) / cast(2 as double)
            as mean_rank,
        case
            when metamathqa_rank > image_gen_rank then metamathqa_rank
            else image_gen_rank
        end as worst_rank,
        count(*) over () as ranked_methods
    from ranks
)

select
    summaries.method,
    summaries.metamathqa_rank,
    summaries.image_gen_rank,
    summaries.mean_rank,
    summaries.worst_rank,
    summaries.ranked_methods,
    language_caveats.caveats as metamathqa_caveats,
    image_caveats.caveats as image_gen_caveats
from summaries
left join measure_caveats as language_caveats
    on
        language_caveats.benchmark = 'metamathqa'
        and language_caveats.measure = 'score'
left join measure_caveats as image_caveats
    on
        image_caveats.benchmark = 'image-gen'
        and image_caveats.measure = 'score'
order by
    summaries.mean_rank asc nulls first,
    summaries.worst_rank asc nulls first,
    summaries.method asc nulls first
