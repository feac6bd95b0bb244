-- data/registry/metrics.csv as it is.
select
    metric,
    label,
    unit,
    higher_is_better,
    role,
    position,
    meaning
from
    read_csv(
        getvariable('registry') || '/metrics.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'metric': 'varchar',
            'label': 'varchar',
            'unit': 'varchar',
            'higher_is_better': 'boolean',
            'role': 'varchar',
            'position': 'bigint',
            'meaning': 'varchar'
        }
    )
order by position
