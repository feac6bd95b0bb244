-- Question: Which methods lack which benchmark, and which have none at all?
-- Grain: registered benchmark × method that has no score on it; methods without any benchmark first.
-- NULLs and ties: category is NULL where upstream's check crashed. Methods are ordered by name.
-- Caveats: a gap says nothing about the method's quality; some methods make no sense on some benchmarks,
--     as prompt learning on an image model.
-- Source: methods and registry_benchmarks, against benchmarks.
-- Columns:
--     gap: no run, or no score where there is a run without one
--     has_any_benchmark: Whether the method has a run on any benchmark, registered or not
with coverage as (
    select
        method,
        count(*) as num_benchmarks
    from benchmarks
    group by method
)

select
    registry_benchmarks.benchmark,
    methods.method,
    methods.category,
    case when benchmarks.method is null then 'no run' else 'no score' end as gap,
    coverage.num_benchmarks is not null as has_any_benchmark
from methods
cross join registry_benchmarks
left join benchmarks
    on
        methods.method = benchmarks.method
        and registry_benchmarks.benchmark = benchmarks.benchmark
left join coverage
    on methods.method = coverage.method
where benchmarks.score is null
order by
    registry_benchmarks.benchmark asc nulls first,
    case when coverage.num_benchmarks is null then 0 else 1 end asc nulls first,
    methods.method asc nulls first
