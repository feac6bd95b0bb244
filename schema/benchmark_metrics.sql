-- Grain: subject × benchmark × metric, verbatim; the subject is a method or 'full fine-tuning'.
-- NULLs: value where upstream reports null.
-- Source: methods.*.benchmarks.* and baselines.*, every metric, registered or not, uncorrected.
create table benchmark_metrics (
    subject varchar not null,
    benchmark varchar not null,
    metric varchar not null,
    value double check (isfinite(value)),
    primary key (subject, benchmark, metric)
);
