"""Every wrong call ends in one line that says what to do, and in the status of its kind."""

from pathlib import Path

import pytest

from tests.commands import invoke


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["qery"], 2, "no command is named 'qery'; did you mean query or verify?"),
        (["query", "pareto_memry"], 2, "no view or table is named 'pareto_memry'; did you mean "),
        (["query", "x"], 2, "no view or table is named 'x'; `peftshop-db list` shows all"),
        (["query", "methods; drop table x"], 2, "no view or table is named 'methods; drop table"),
        (
            ["query", "leaderboard", "--benchmark", "nope"],
            2,
            "no benchmark is named 'nope'; there are image-gen, metamathqa",
        ),
        (
            ["query", "methods", "--benchmark", "metamathqa"],
            2,
            "methods has no column 'benchmark'; there are method, config_class",
        ),
        (["query", "leaderboard", "--limit", "-1"], 2, "Invalid value for '--limit'"),
        (["query", "leaderboard", "--format", "xml"], 2, "'xml' is not one of"),
        (["query", "leaderboard", "--db", "/nowhere"], 4, "/nowhere: no dataset there; "),
        (["query", "leaderboard", "--db", __file__], 4, "test_wrong_calls.py: can't be opened: "),
        (["query", "leaderboard", "--method", "LORRA"], 2, "no method is named 'LORRA'; did you"),
        (["query", "leaderboard", "--columns", "scor"], 2, "has no column 'scor'; did you mean"),
        (["query", "leaderboard", "--order-by", "score up"], 2, "--order-by takes a column"),
        (["query", "leaderboard", "--raw"], 2, "--raw takes an answer of one value, not 57 rows"),
        (["query", "leaderboard", "-p", "x=1"], 2, "leaderboard has no parameters; leave out -p"),
        (["query", "pareto"], 2, "-p NAME=VALUE for the parameters on_benchmark, x, y"),
        (["query", "pareto", "-p", "z=1"], 2, "pareto has no parameter 'z'; there are on_bench"),
        (["query", "pareto", "-p", "z"], 2, "-p takes NAME=VALUE, not 'z'"),
        (["compare", "LORA", "OFFT"], 2, "no method is named 'OFFT'; did you mean OFT"),
        (["snippet", "LORRA"], 2, "no method is named 'LORRA'; did you mean LORA"),
        (["describe", "leaderbord"], 2, "'leaderbord'; did you mean leaderboard"),
        (["explain", "LORRA"], 2, "no method is named 'LORRA'; did you mean LORA"),
        (["explain", "LORA", "mergin"], 2, "no subject is named 'mergin'; did you mean merging?"),
        (["recommend", "--best", "scor"], 2, "no measure is named 'scor'; did you mean score?"),
        (["recommend", "--max-memory", "22gigs"], 2, "'22gigs' is not a number with one of the"),
        (["export-sql", "--dialect", "mysql"], 2, "'mysql' is not one of 'bigquery'"),
        (
            ["export-sql", "--dialect", "trino"],
            2,
            "trino reads files of a store; name it with",
        ),
        (
            ["export-sql", "--dialect", "sqlite", "--parquet", "s3://bucket"],
            2,
            "the script for sqlite holds the data; leave out --parquet",
        ),
        (
            ["export-sql", "--dialect", "spark", "--parquet", "/nowhere"],
            2,
            "/nowhere: holds no baselines.parquet; `peftshop-db export /nowhere` writes all",
        ),
        (["path", "--db", "/nowhere"], 4, "/nowhere: no dataset there; "),
        (["build", "/nowhere.json", "--out", "/nowhere"], 3, "/nowhere.json: no such file"),
        (["build", "--out", __file__], 2, "is a file"),
    ],
)
def test_wrong_calls_end_in_one_line(
    shipped: Path, arguments: list[str], status: int, message: str
) -> None:
    result = invoke(*arguments, db=shipped)
    assert result.exit_code == status
    assert result.stdout == ""
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert message in last
    assert "Traceback" not in result.stderr
