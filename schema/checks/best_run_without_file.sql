-- Finds: a best run that no raw result file belongs to, though there are files of its benchmark
-- Severity: info
-- Source: benchmarks against runs of the same benchmark, method and experiment
with tried_benchmarks as (
    select distinct benchmark
    from runs
)

select
    benchmarks.method,
    benchmarks.benchmark,
    'experiment_name' as subject,
    cast(null as double) as value
from benchmarks
inner join tried_benchmarks
    on benchmarks.benchmark = tried_benchmarks.benchmark
left join runs
    on
        benchmarks.benchmark = runs.benchmark
        and benchmarks.method = runs.method
        and benchmarks.experiment_name = runs.experiment_name
        and runs.status = 'success'
where runs.file is null
