-- data/registry/caveats.csv as it is.
select
    caveat,
    benchmark,
    measure,
    peft_version,
    invalidates,
    statement,
    evidence
from
    read_csv(
        getvariable('registry') || '/caveats.csv',
        auto_detect = false,
        header = true,
        quote = '"',
        escape = '"',
        columns = {
            'caveat': 'varchar',
            'benchmark': 'varchar',
            'measure': 'varchar',
            'peft_version': 'varchar',
            'invalidates': 'boolean',
            'statement': 'varchar',
            'evidence': 'varchar'
        }
    )
order by caveat
