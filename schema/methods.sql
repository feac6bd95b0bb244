-- Grain: a PEFT method, by upstream's name (LORA).
-- NULLs: model_class where upstream names none; category where the check crashed; paper_url where
--     upstream knows no paper or points at a wrong one.
-- Source: methods.*; links that are wrong upstream are replaced, see corrections.
create table methods (
    method varchar not null primary key,
    config_class varchar not null,
    model_class varchar,
    category varchar check (category in ('adapter', 'prompt_learning', 'other')),
    description varchar not null,
    docs_url varchar not null,
    paper_url varchar
);
