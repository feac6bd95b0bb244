-- Grain: check × finding: a row that a check returned when this dataset was built.
-- NULLs: method and benchmark where the finding is about none; value where the check has no number.
-- Source: schema/checks/, a query each.
create table check_findings (
    check_name varchar not null,
    number bigint not null,
    severity varchar not null check (severity in ('error', 'warning', 'info')),
    method varchar,
    benchmark varchar,
    subject varchar not null,
    value double,
    finding varchar not null,
    primary key (check_name, number)
);
