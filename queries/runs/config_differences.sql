-- Question: In which settings do a method's runs differ?
-- Grain: benchmark × method × setting × run, the settings alone that are not alike in all counted runs.
-- NULLs and ties: value is NULL where the run's configuration lacks the setting, which counts as a
--     difference.
-- Caveats: a list is one value; lists that differ in order alone are alike, since peft keeps sets of
--     module names. peft's version is left out; runs of another version may lack settings. That
--     runs differ in a setting doesn't say that their scores differ by it: several settings differ
--     at once, and runs of one setting differ, too (score_noise).
-- Source: run_configs, the training and the PEFT configuration.
-- Columns:
--     setting: Path of the setting within the run's configuration: train_config or peft_config
--     value: The setting as JSON text
with settings as (
    select
        method_runs.benchmark,
        method_runs.method,
        method_runs.file,
        replace(run_configs.path, '$.run_info.', '') as setting,
        run_configs.value,
        run_configs.unordered_value
    from run_configs
    inner join method_runs
        on run_configs.file = method_runs.file
    where
        (
            lower(run_configs.path) like '$.run_info.train_config.%'
            or lower(run_configs.path) like '$.run_info.peft_config.%'
        )
        and run_configs.path <> '$.run_info.peft_config.peft_version'
),

run_counts as (
    select
        benchmark,
        method,
        count(file) as num_runs
    from method_runs
    group by
        benchmark,
        method
),

setting_counts as (
    select
        benchmark,
        method,
        setting,
        count(file) as num_runs,
        min(unordered_value) as lowest,
        max(unordered_value) as highest
    from settings
    group by
        benchmark,
        method,
        setting
),

differing as (
    select
        setting_counts.benchmark,
        setting_counts.method,
        setting_counts.setting
    from setting_counts
    inner join run_counts
        on
            setting_counts.benchmark = run_counts.benchmark
            and setting_counts.method = run_counts.method
    where
        setting_counts.lowest <> setting_counts.highest
        or setting_counts.num_runs < run_counts.num_runs
)

select
    differing.benchmark,
    differing.method,
    differing.setting,
    method_runs.experiment_name,
    method_runs.file,
    settings.value
from differing
inner join method_runs
    on
        differing.benchmark = method_runs.benchmark
        and differing.method = method_runs.method
left join settings
    on
        method_runs.file = settings.file
        and differing.setting = settings.setting
order by
    differing.benchmark asc nulls first,
    differing.method asc nulls first,
    differing.setting asc nulls first,
    method_runs.file asc nulls first
