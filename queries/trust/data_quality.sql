-- Question: Which values of this dataset should I look at twice?
-- Grain: check × finding: the rows that the checks under schema/checks/ returned at the build.
-- NULLs and ties: method and benchmark are NULL where the finding is about none, value where the
--     check has no number to show.
-- Caveats: a finding is a reason to look, not always a defect. One of severity error stops the
--     build, so none is here.
-- Source: check_findings; `peftshop-db check` runs the checks again.
-- Columns:
--     subject: Column, feature or name that the finding is about
--     value: The number that the finding is about, as the finding's text says
select
    check_findings.severity,
    check_findings.check_name,
    check_findings.method,
    check_findings.benchmark,
    check_findings.subject,
    check_findings.value,
    check_findings.finding
from check_findings
order by
    case check_findings.severity when 'error' then 1 when 'warning' then 2 else 3 end
    asc nulls first,
    check_findings.check_name asc nulls first,
    check_findings.number asc nulls first
