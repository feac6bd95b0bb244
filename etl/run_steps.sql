-- The step metrics of raw result files.
select
    file,
    position,
    step,
    metric,
    value
from result_metrics
order by
    file,
    position,
    metric
