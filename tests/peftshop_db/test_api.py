"""The Python functions, as a notebook uses them."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import peftshop_db
from peftshop_db.errors import UsageError


def test_query_gives_a_described_arrow_table(shipped: Path) -> None:
    table = peftshop_db.query("pareto_memory", benchmark="metamathqa", db=shipped)
    assert table["method"].to_pylist()[-1] == "LILY"
    assert str(table.schema.field("peak_memory_bytes").type) == "int64"
    assert table.schema.field("peak_memory_bytes").metadata[b"unit"] == b"bytes"


def test_query_takes_filters_and_parameters(shipped: Path) -> None:
    table = peftshop_db.query(
        "benchmarks",
        method=["lora", "OFT"],
        where="score > 0.6",
        columns=["method", "score"],
        order_by="score desc",
        limit=1,
        db=shipped,
    )
    assert table.to_pylist() == [{"method": "OFT", "score": 0.7077637513478597}]
    front = peftshop_db.query(
        "pareto", on_benchmark="image-gen", x="score", y="peak_memory_bytes", db=shipped
    )
    assert front["method"].to_pylist() == ["IA3", "OFT", "PEANUT"]
    picks = peftshop_db.query("recommend", backends=["gptq"], limit=1, db=shipped)
    assert picks["method"].to_pylist() == ["LORA"]


def test_an_empty_answer_keeps_its_types(shipped: Path) -> None:
    table = peftshop_db.query("leaderboard", where="score > 2", db=shipped)
    assert table.num_rows == 0
    assert str(table.schema.field("score").type) == "double"


def test_connect_is_read_only(shipped: Path) -> None:
    with peftshop_db.connect(shipped) as connection:
        assert connection.execute("select count(*) from methods").fetchone() == (39,)
        with pytest.raises(Exception, match="read-only"):
            connection.execute("delete from methods")


def test_views_and_describe_and_verify(shipped: Path) -> None:
    assert peftshop_db.views(shipped)["leaderboard"] == "Which methods score best?"
    assert peftshop_db.describe("leaderboard", shipped).startswith("leaderboard\n\nWhich methods")
    assert peftshop_db.verify(shipped) == []


def test_build_reports_what_it_made(tmp_path: Path) -> None:
    built = peftshop_db.build(out=tmp_path / "out")
    assert built.peft_version == "0.19.2.dev0"
    assert built.relations["benchmarks"] == 57


def test_errors_are_of_one_family(shipped: Path) -> None:
    with pytest.raises(UsageError, match="did you mean leaderboard"):
        peftshop_db.query("leaderbord", db=shipped)


def test_the_environment_names_the_dataset(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEFTSHOP_DB", str(small))
    assert peftshop_db.query("methods").num_rows == 9


def test_the_docstring_s_example_holds(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEFTSHOP_DB", str(shipped))
    assert doctest.testmod(peftshop_db).failed == 0


USER = """
from pathlib import Path

import peftshop_db

questions: dict[str, str] = peftshop_db.views()
text: str = peftshop_db.describe("leaderboard", Path("dataset"))
differences: list[str] = peftshop_db.verify()
rows: dict[str, int] = peftshop_db.build(["a.json"], Path("out"), results="runs").relations
with peftshop_db.connect() as connection:
    found: list[tuple[object, ...]] = connection.execute("from methods").fetchall()
peftshop_db.query("pareto", method=["LORA"], columns="score", on_benchmark="image-gen", x="score")
peftshop_db.query(1)
peftshop_db.query("leaderboard", limit="3")
"""


@pytest.mark.slow
def test_types_are_known_to_who_imports_it(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(USER)
    result = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", ".cache", "user.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.partition(": error: ")[0] for line in result.stdout.splitlines()[:-1]] == [
        f"user.py:{number}" for number in (13, 14)
    ], result.stdout


def test_importing_costs_little() -> None:
    code = (
        "import sys, peftshop_db; print(sorted({'duckdb', 'pyarrow', 'click'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"
