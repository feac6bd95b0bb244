"""Completion, as the shells ask for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import invoke

LIGHT = """
import sys
from peftshop_db.cli import main
try: main(prog_name="peftshop-db")
except SystemExit: pass
print(sorted({"duckdb", "pyarrow", "sqlglot"} & set(sys.modules)), file=sys.stderr)
"""


def asking(words: str) -> dict[str, str]:
    return {
        "_PEFTSHOP_DB_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }


def complete(words: str, **environment: str) -> list[str]:
    """What bash would offer for the last of the words."""
    result = invoke(**asking(words), **environment)
    assert (result.exit_code, result.stderr) == (0, "")
    return [line.removeprefix("plain,") for line in result.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("peftshop-db sch", ["schema"]),
        ("peftshop-db query budget_p", ["budget_params"]),
        ("peftshop-db query quant_b", ["quant_backends"]),
        ("peftshop-db query rec", ["recommend"]),
        ("peftshop-db query leaderboard --benchmark i", ["image-gen"]),
        ("peftshop-db query leaderboard --method LO", ["LOHA", "LOKR", "LORA"]),
        ("peftshop-db compare LORA VBL", ["VBLORA"]),
        ("peftshop-db recommend --backend bnb_", ["bnb_4bit", "bnb_8bit"]),
        ("peftshop-db recommend --layer Conv3", ["Conv3d"]),
        ("peftshop-db explain LORA modules", ["modules_to_save"]),
        ("peftshop-db query pareto -p on_", ["on_benchmark="]),
        ("peftshop-db query shop -p s", ["sort_by="]),
        ("peftshop-db query leaderboard -p x", []),
        ("peftshop-db query leaderboard --columns score_", ["score_low", "score_high"]),
        (
            "peftshop-db query leaderboard --columns method,score_",
            ["method,score_low", "method,score_high"],
        ),
        ("peftshop-db query benchmarks --order-by num_r", ["num_runs"]),
        ("peftshop-db query history.benchmarks --order-by num_r", ["num_runs"]),
        ("peftshop-db query no_such_view --columns s", []),
    ],
)
def test_names_are_offered(words: str, offered: list[str], shipped: Path) -> None:
    assert complete(words, PEFTSHOP_DB=str(shipped)) == offered


def test_a_missing_dataset_offers_no_columns_and_none_is_built(tmp_path: Path) -> None:
    words = "peftshop-db query leaderboard --columns s"
    assert complete(words, XDG_CACHE_HOME=str(tmp_path)) == []
    assert complete(words, PEFTSHOP_DB=str(tmp_path / "none")) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("shell", "marks"),
    [
        ("bash", ["complete -o nosort -F _peftshop_db_completion peftshop-db"]),
        ("zsh", ["#compdef peftshop-db", "compdef _peftshop_db_completion peftshop-db"]),
        ("fish", ["complete --no-files --command peftshop-db"]),
    ],
)
def test_each_shell_has_its_script(shell: str, marks: list[str]) -> None:
    script = invoke(_PEFTSHOP_DB_COMPLETE=f"{shell}_source").stdout
    assert all(mark in script for mark in marks)


@pytest.mark.parametrize("words", ["query leaderboard --columns sc", "query pareto -p on_", "sch"])
def test_what_is_offered_is_found_without_the_heavy_libraries(words: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", LIGHT],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | asking(f"peftshop-db {words}"),
    )
    assert (result.stdout != "", result.stderr) == (True, "[]\n")
