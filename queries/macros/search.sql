-- Question: Which methods mention a text?
-- Grain: a method whose name, config class or description holds the text, in any case.
-- NULLs and ties: an empty text finds every method.
-- Caveats: descriptions are upstream's; some break off or are headings only.
-- Source: methods.
-- Parameters: text
select
    methods.method,
    methods.category,
    methods.config_class,
    methods.description
from methods
where
    contains(lower(methods.method), lower(text))
    or contains(lower(methods.config_class), lower(text))
    or contains(lower(methods.description), lower(text))
order by methods.method
