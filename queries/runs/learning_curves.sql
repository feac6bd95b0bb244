-- Question: How did training loss and validation score develop in each run?
-- Grain: benchmark × run × step, every step that a run reports, full fine-tuning and failed runs included.
-- NULLs and ties: a value is NULL where no report of the step has it; method is NULL for full
--     fine-tuning. Reports of one step are taken together.
-- Caveats: the validation score rests on few items (50 on metamathqa, where its standard error near
--     0.5 is 7 points; 2 images on image-gen) and jumps; time includes evaluation.
-- Source: run_steps; upstream calls the validation score as the test score, but for its first word.
-- Columns:
--     method: PEFT method; NULL for full fine-tuning
--     train_loss: Mean training loss since the last report
--     valid_score [fraction]: The benchmark's headline metric on validation items
--     test_score [fraction]: The benchmark's headline metric on test items, at the end
--     elapsed_time_sec [seconds]: Wall time since the start of training, evaluations included
select
    runs.benchmark,
    runs.method,
    runs.experiment_name,
    run_steps.file,
    run_steps.step,
    max(case when run_steps.metric = 'train loss' then run_steps.value end) as train_loss,
    max(
        case
            when run_steps.metric = replace(runs.score_metric, 'test ', 'valid ')
                then run_steps.value
        end
    ) as valid_score,
    max(case when run_steps.metric = runs.score_metric then run_steps.value end) as test_score,
    max(case when run_steps.metric = 'elapsed time' then run_steps.value end) as elapsed_time_sec
from run_steps
inner join runs
    on run_steps.file = runs.file
where runs.benchmark is not null
group by
    runs.benchmark,
    runs.method,
    runs.experiment_name,
    run_steps.file,
    run_steps.step
order by
    runs.benchmark asc nulls first,
    runs.method asc nulls first,
    run_steps.file asc nulls first,
    run_steps.step asc nulls first
