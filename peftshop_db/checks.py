"""Checks of a dataset: queries that return the rows that are in doubt."""

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peftshop_db import integrity, resources, sqlfiles
from peftshop_db.definitions import Column
from peftshop_db.errors import QueryError
from peftshop_db.selection import Result
from peftshop_db.text import visible

if TYPE_CHECKING:
    import duckdb

SEVERITIES = ("error", "warning", "info")
_HEADER = ("Finds", "Severity", "Source")


@dataclass(frozen=True)
class Finding:
    """A row that a check returned; the fields are the columns of the table check_findings."""

    check_name: str
    number: int
    severity: str
    method: str | None
    benchmark: str | None
    subject: str
    value: float | None
    finding: str


def run(connection: "duckdb.DuckDBPyConnection") -> list[Finding]:
    """Runs every check under schema/checks/ on a dataset: its findings, the gravest first.

    Raises:
        QueryError: a check fails, or its file breaks the rules for its header.
    """
    findings = []
    for file in _files():
        rows = _execute(connection, file, _select(file)).fetchall()
        findings += [Finding(*row) for row in rows]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def record(connection: "duckdb.DuckDBPyConnection") -> None:
    """Runs every check and keeps the findings in the table check_findings.

    Raises:
        QueryError: as `run`, or a finding is an error, so that the dataset must not be published.
    """
    for file in _files():
        _execute(connection, file, f"insert into check_findings {_select(file)}")
    failed = connection.execute(
        "select check_name, concat_ws(' ', method, benchmark, subject), finding "
        "from check_findings where severity = 'error' order by all limit 1"
    ).fetchone()
    if failed:
        raise QueryError("the check {} fails for {}: {}".format(*failed))


def _files() -> list[sqlfiles.SqlFile]:
    files = sqlfiles.load(resources.folder("schema"), "checks/*.sql", _HEADER)
    for file in files.values():
        if file.header["Severity"] not in SEVERITIES:
            raise QueryError(f"{file.path}: the severity is one of {', '.join(SEVERITIES)}")
    return list(files.values())


def _select(file: sqlfiles.SqlFile) -> str:
    name, severity, finding = (
        sqlfiles.literal(text)
        for text in (file.name, file.header["Severity"], file.header["Finds"])
    )
    return (
        f"select {name} as check_name, "
        "row_number() over (order by method, benchmark, subject, value) as number, "
        f"{severity} as severity, method, benchmark, subject, value, {finding} as finding "
        f"from ({file.sql}) order by number"
    )


def _execute(
    connection: "duckdb.DuckDBPyConnection", file: sqlfiles.SqlFile, sql: str
) -> "duckdb.DuckDBPyConnection":
    import duckdb

    try:
        return connection.execute(sql)
    except duckdb.Error as error:
        raise integrity.failure(str(file.path), error) from error


def render(findings: list[Finding], width: int) -> str:
    """Findings for people: a paragraph for each check, then what it found."""
    lines: list[str] = []
    for finding in findings:
        if finding.number == 1:
            head = f"{finding.severity}  {finding.check_name}: {finding.finding}"
            lines += ["", *textwrap.wrap(head, max(width, 40), subsequent_indent="    ")]
        value = "" if finding.value is None else f"{finding.value:.4g}"
        about = (finding.method, finding.benchmark, finding.subject, value)
        lines.append("    " + visible("  ".join(filter(None, about))))
    return "\n".join(lines[1:] or ["nothing found"]) + "\n"


def to_result(findings: list[Finding]) -> Result:
    """Findings as rows, with the columns of the view data_quality."""
    names = ("severity", "check_name", "method", "benchmark", "subject", "value", "finding")
    columns = [Column(name, "DOUBLE" if name == "value" else "VARCHAR", "") for name in names]
    rows = [tuple(getattr(finding, name) for name in names) for finding in findings]
    return Result(columns, rows)
