-- Question: Which caveats hold for a front of score against a cost?
-- Grain: benchmark × cost; forgetting counts as a cost.
-- NULLs and ties: caveats is NULL where none is known.
-- Caveats: none of its own.
-- Source: measure_caveats, the score's and the cost's together.
select
    cost_caveats.benchmark,
    cost_caveats.measure as cost,
    case
        when cost_caveats.caveats is null then score_caveats.caveats
        else coalesce(score_caveats.caveats || ', ', '') || cost_caveats.caveats
    end as caveats,
    cost_caveats.metric_is_valid and score_caveats.metric_is_valid as metric_is_valid
from measure_caveats as cost_caveats
inner join measure_caveats as score_caveats
    on
        cost_caveats.benchmark = score_caveats.benchmark
        and score_caveats.measure = 'score'
where
    cost_caveats.measure <> 'score'
    and cost_caveats.measure <> 'baseline'
order by
    cost_caveats.benchmark asc nulls first,
    cost_caveats.measure asc nulls first
