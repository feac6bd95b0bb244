-- Grain: one row, the source document rebuilt from the tables: what the build did, undone.
--     Objects keep upstream's order of keys where it is known. A correction gives back the source
--     value that it replaced.
with findings as (
    select
        features.method,
        string_agg(
            to_json(features.feature) || ':{"value":' || features.value
            || ',"source":' || to_json(features.source)
            || coalesce(',"note":' || to_json(features.note), '') || '}',
            ',' order by registry_features.position asc nulls last, features.feature asc
        ) as members
    from features
    left join registry_features
        on features.feature = registry_features.feature
    group by features.method
),

metrics as (
    select
        benchmark_metrics.subject,
        benchmark_metrics.benchmark,
        string_agg(
            to_json(benchmark_metrics.metric) || ':'
            || coalesce(cast(to_json(benchmark_metrics.value) as varchar), 'null') || ',',
            '' order by registry_metrics.position asc nulls last, benchmark_metrics.metric asc
        ) as members
    from benchmark_metrics
    left join registry_metrics
        on benchmark_metrics.metric = registry_metrics.metric
    group by
        benchmark_metrics.subject,
        benchmark_metrics.benchmark
),

runs as (
    select
        method as subject,
        benchmark,
        experiment_name,
        peak_memory_bytes,
        train_time_sec,
        num_trainable_params,
        adapter_file_size_bytes,
        num_runs,
        '$.methods."' || method || '".benchmarks."' || benchmark || '".' as path
    from benchmarks
    union all
    select
        'full fine-tuning' as subject,
        benchmark,
        experiment_name,
        peak_memory_bytes,
        train_time_sec,
        num_trainable_params,
        adapter_file_size_bytes,
        num_runs,
        '$.baselines."' || benchmark || '".' as path
    from baselines
),

costs as (
    unpivot (
        select
            subject,
            benchmark,
            path,
            coalesce(cast(peak_memory_bytes as varchar), 'null') as peak_memory_bytes,
            coalesce(cast(to_json(train_time_sec) as varchar), 'null') as train_time_sec,
            coalesce(cast(num_trainable_params as varchar), 'null') as num_trainable_params,
            coalesce(cast(adapter_file_size_bytes as varchar), 'null') as adapter_file_size_bytes,
            coalesce(cast(num_runs as varchar), 'null') as num_runs
        from runs
    )
    on peak_memory_bytes, train_time_sec, num_trainable_params, adapter_file_size_bytes, num_runs
    into name field value value
),

cost_members as (
    select
        costs.subject,
        costs.benchmark,
        string_agg(
            to_json(costs.field) || ':' || coalesce(corrections.source_value, costs.value),
            ',' order by registry_metrics.position asc nulls last, costs.field asc
        ) as members
    from costs
    left join corrections
        on costs.path || '"' || costs.field || '"' = corrections.path
    left join registry_metrics
        on costs.field = registry_metrics.metric
    group by
        costs.subject,
        costs.benchmark
),

run_documents as (
    select
        runs.subject,
        runs.benchmark,
        to_json(runs.benchmark) || ':'
        || case
            when runs.experiment_name is null then 'null'
            else
                '{"experiment_name":' || to_json(runs.experiment_name) || ','
                || coalesce(metrics.members, '') || cost_members.members || '}'
        end as member
    from runs
    inner join cost_members
        on
            runs.subject = cost_members.subject
            and runs.benchmark = cost_members.benchmark
    left join metrics
        on
            runs.subject = metrics.subject
            and runs.benchmark = metrics.benchmark
),

run_members as (
    select
        subject,
        -- upstream lists its two benchmarks in the order in which they came to be
        string_agg(member, ',' order by benchmark desc) as members
    from run_documents
    group by subject
),

method_documents as (
    select
        methods.method,
        to_json(methods.method)
        || ':{"config_class":' || to_json(methods.config_class)
        || ',"model_class":' || coalesce(to_json(methods.model_class), 'null')
        || ',"features":{' || coalesce(findings.members, '')
        || '},"description":' || to_json(coalesce(description.source_value, methods.description))
        || ',"docs_url":' || to_json(coalesce(docs.source_value, methods.docs_url))
        || ',"paper_url":'
        || coalesce(to_json(coalesce(paper.source_value, methods.paper_url)), 'null')
        || ',"benchmarks":{' || coalesce(run_members.members, '') || '}}' as member
    from methods
    left join findings
        on methods.method = findings.method
    left join run_members
        on methods.method = run_members.subject
    left join corrections as description
        on '$.methods."' || methods.method || '".description' = description.path
    left join corrections as docs
        on '$.methods."' || methods.method || '".docs_url' = docs.path
    left join corrections as paper
        on '$.methods."' || methods.method || '".paper_url' = paper.path
),

method_members as (
    select string_agg(member, ',' order by method) as members
    from method_documents
)

select
    '{"schema_version":' || dataset.schema_version
    || ',"peft_version":' || to_json(dataset.peft_version)
    || ',"baselines":{' || coalesce(baseline_members.members, '')
    || '},"methods":{' || coalesce(method_members.members, '') || '}}' as document
from dataset
left join run_members as baseline_members
    on baseline_members.subject = 'full fine-tuning'
cross join method_members
