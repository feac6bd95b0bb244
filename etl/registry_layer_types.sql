-- data/registry/layer_types.csv as it is.
select
    layer_type,
    column_name,
    meaning
from
    read_csv(
        getvariable('registry') || '/layer_types.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'layer_type': 'varchar',
            'column_name': 'varchar',
            'meaning': 'varchar'
        }
    )
order by layer_type
