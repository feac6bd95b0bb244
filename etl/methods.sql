-- A method's own fields, corrected, and its category from the finding of that name.
select
    source_fields.method,
    max(case when source_fields.field = 'config_class' then source_fields.value end)
        as config_class,
    max(case when source_fields.field = 'model_class' then source_fields.value end) as model_class,
    nullif(max(source_findings.value ->> '$'), 'unknown') as category,
    max(case when source_fields.field = 'description' then source_fields.value end) as description,
    max(case when source_fields.field = 'docs_url' then source_fields.value end) as docs_url,
    max(case when source_fields.field = 'paper_url' then source_fields.value end) as paper_url
from source_fields
left join source_findings
    on
        source_fields.method = source_findings.method
        and source_findings.feature = 'category'
where
    source_fields.method is not null
    and source_fields.benchmark is null
group by source_fields.method
order by source_fields.method
