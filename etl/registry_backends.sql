-- data/registry/backends.csv as it is.
select
    backend,
    label,
    meaning
from
    read_csv(
        getvariable('registry') || '/backends.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'backend': 'varchar',
            'label': 'varchar',
            'meaning': 'varchar'
        }
    )
order by backend
