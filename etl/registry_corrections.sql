-- data/registry/corrections.csv as it is.
select
    path,
    source_value,
    value,
    reason,
    evidence
from
    read_csv(
        getvariable('registry') || '/corrections.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'path': 'varchar',
            'source_value': 'varchar',
            'value': 'varchar',
            'reason': 'varchar',
            'evidence': 'varchar'
        }
    )
order by path
