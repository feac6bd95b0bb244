-- data/registry/benchmarks.csv as it is.
select
    benchmark,
    label,
    base_model,
    score_metric,
    forgetting_metric,
    test_items,
    training_noise_sd,
    method_max_steps,
    baseline_max_steps,
    evidence
from
    read_csv(
        getvariable('registry') || '/benchmarks.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'benchmark': 'varchar',
            'label': 'varchar',
            'base_model': 'varchar',
            'score_metric': 'varchar',
            'forgetting_metric': 'varchar',
            'test_items': 'bigint',
            'training_noise_sd': 'double',
            'method_max_steps': 'bigint',
            'baseline_max_steps': 'bigint',
            'evidence': 'varchar'
        }
    )
order by benchmark
