-- Question: Which methods give the best score for what the model forgets?
-- Grain: benchmark × method, the Pareto front alone, least forgetting first.
-- NULLs and ties: methods without a score or without the measure are left out; methods with equal
--     score and forgetting are all on the front.
-- Caveats: where metric_is_valid is false the front must not be used: forgetting on metamathqa is
--     invalid in peft 0.19.2.dev0. Forgetting is nats/token on metamathqa and drift on image-gen,
--     and never compares across benchmarks; a negative value means that the model improved.
-- Source: dominance, in which forgetting counts as a cost.
select
    dominance.benchmark,
    dominance.method,
    dominance.score,
    benchmarks.forgetting,
    benchmarks.num_runs,
    front_caveats.caveats,
    front_caveats.metric_is_valid
from dominance
inner join benchmarks
    on
        dominance.benchmark = benchmarks.benchmark
        and dominance.method = benchmarks.method
inner join front_caveats
    on
        dominance.benchmark = front_caveats.benchmark
        and dominance.cost = front_caveats.cost
where
    dominance.cost = 'forgetting'
    and dominance.is_on_front
order by
    dominance.benchmark asc nulls first,
    benchmarks.forgetting asc nulls first,
    dominance.method asc nulls first
