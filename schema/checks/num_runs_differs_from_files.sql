-- Finds: a method whose number of successful raw result files (value) is not upstream's num_runs
-- Severity: info
-- Source: benchmarks.num_runs against method_runs
with counted as (
    select
        benchmark,
        method,
        count(file) as num_files
    from method_runs
    group by
        benchmark,
        method
)

select
    benchmarks.method,
    benchmarks.benchmark,
    'num_runs' as subject,
    cast(counted.num_files as double) as value
from benchmarks
inner join counted
    on
        benchmarks.benchmark = counted.benchmark
        and benchmarks.method = counted.method
where benchmarks.num_runs <> counted.num_files
