-- Finds: a link that holds a space, doesn't start with http, or ends in punctuation of the
--     sentence that it was taken from
-- Severity: warning
-- Source: the shape of a URL, RFC 3986
with links as (
    select
        method,
        'docs_url' as subject,
        docs_url as link
    from methods
    union all
    select
        method,
        'paper_url' as subject,
        paper_url as link
    from methods
)

select
    method,
    cast(null as varchar) as benchmark,
    subject,
    cast(null as double) as value
from links
where
    link like '% %'
    or link like '%.'
    or link like '%,'
    or link like '%)'
    or not (lower(link) like 'http://_%' or lower(link) like 'https://_%')
