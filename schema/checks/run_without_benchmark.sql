-- Finds: a raw run on a base model (subject) of no benchmark that the registry knows; a row in
--     registry_benchmarks makes it count
-- Severity: warning
-- Source: runs
select
    runs.method,
    runs.benchmark,
    run_configs.value as subject,
    cast(null as double) as value
from runs
inner join run_configs
    on
        runs.file = run_configs.file
        and run_configs.path = '$.run_info.train_config.model_id'
where runs.benchmark is null
