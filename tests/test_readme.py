"""The README shows what the commands print and the tables that there are."""

import re
import shlex
from pathlib import Path
from typing import Any

import duckdb
import pytest

from peftshop_db import answers, dataset, selection, sqlfiles, table
from tests.commands import peftshop

README = Path(__file__).parent.parent / "README.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)


def test_the_first_line_s_output_is_shown(shipped: Path) -> None:
    with dataset.connect(shipped / dataset.FILE_NAME) as connection:
        front = selection.select(connection, "pareto_memory")
        caption = answers.caption(connection, "pareto_memory", front)
    assert blocks("text")[0] == table.render(front, 100, caption)


def test_both_lines_are_there() -> None:
    first, second = (line for line in blocks("sh") if line.startswith("python3 -m venv"))
    assert shlex.split(first)[-2:] == ["query", "pareto_memory"]
    assert shlex.split(second)[-1] == ".venv/bin/pytest"


@pytest.mark.parametrize(
    "line",
    [
        line.partition("#")[0].strip()
        for block in blocks("sh")
        for line in block.splitlines()
        if line.startswith("peftshop-db ")
    ],
)
def test_the_commands_run(shipped: Path, line: str, tmp_path: Path) -> None:
    arguments = shlex.split(line)[1:]
    if "-o" in arguments:
        arguments[-1] = str(tmp_path / arguments[-1])
    result = peftshop(*arguments, db=shipped)
    assert result.returncode == 0, result.stderr
    written = [path.read_text() for path in tmp_path.iterdir()]
    assert written or len(result.stdout.splitlines()) > 1


def test_the_python_runs(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEFTSHOP_DB", str(shipped))
    code = next(block for block in blocks("python") if "peftshop_db" in block)
    names: dict[str, Any] = {}
    exec(code, names)
    assert names["front"].num_rows == 7


def test_the_sql_runs(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    (sql,) = blocks("sql")
    rows = shipped_connection.execute(sql).fetchall()
    assert rows[0][:2] == ("LORA", pytest.approx(702 / 1319))


def test_every_table_is_at_a_glance() -> None:
    shown = re.findall(r"^\| `([a-z_]+)` \| (.*?) \|$", README.read_text(), re.MULTILINE)
    own = {name: file for name, file in sqlfiles.tables().items() if "registry_" not in name}
    assert dict(shown) == {name: file.header["Grain"].rstrip(".") for name, file in own.items()}
