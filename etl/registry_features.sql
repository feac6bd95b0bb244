-- data/registry/features.csv as it is.
select
    feature,
    label,
    kind,
    position,
    meaning
from
    read_csv(
        getvariable('registry') || '/features.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'feature': 'varchar',
            'label': 'varchar',
            'kind': 'varchar',
            'position': 'bigint',
            'meaning': 'varchar'
        }
    )
order by position
