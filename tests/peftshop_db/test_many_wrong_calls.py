"""Two hundred wrong calls: each ends in one line on stderr and the exit status of its kind."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import invoke, peftshop

RELATION = ("query", "describe")
METHOD = ("explain", "compare", "snippet")
PLAIN = ("list", "check", "verify", "path", "export-source", "recommend")
READING = {
    "query": ["leaderboard"],
    "describe": ["leaderboard"],
    "explain": ["LORA"],
    "compare": ["LORA"],
    "snippet": ["LORA"],
    **{name: [] for name in PLAIN},
}
NAMES = (
    "",
    "x",
    "leaderbord",
    "Leaderboard;",
    "../methods",
    "pareto_",
    "méthodes",
    "select 1",
    "'",
)
PREDICATES = ("scor > 1", "score >", "(select 1)", "1; 2", "getenv('HOME') = ''", "*", "score(1)")

Call = tuple[list[str], int]


def calls() -> Iterator[Call]:
    for command in RELATION:
        for name in NAMES:
            yield [command, name], 2
    for command in METHOD:
        for name in ("", "LORRA", "no such method", "LORA;", "lora lora", "*", "%"):
            yield [command, name], 2
    for command, arguments in READING.items():
        yield [command, *arguments, "--nope"], 2
        yield [command, *arguments, "--db"], 2
        for place in ("nowhere", "empty", "loop"):
            yield [command, *arguments, "--db", place], 4
        if command != "path":  # which opens nothing
            for place in ("text", "truncated"):
                yield [command, *arguments, "--db", place], 1 if command == "verify" else 4
        if command not in ("verify", "path"):
            yield [command, *arguments, "-o", "no/such/folder/file"], 4
            yield [command, *arguments, "-o", "empty"], 2
            yield [command, *arguments, "-o", ""], 2
        if command not in ("verify", "path", "export-source", "describe", "snippet"):
            for wrong in ("xml", "", "TABLE "):
                yield [command, *arguments, "--format", wrong], 2
    for command in (*RELATION, *METHOD):
        yield [command], 2
    for command in ("list", "check", "verify", "path", "export-source", "recommend"):
        yield [command, "extra"], 2
    for wrong in ("x=scor", "x=", "on_benchmark=nope", "z=1"):
        yield ["query", "pareto", "-p", "y=score", "-p", wrong], 2
    for wrong in ("sort_by=best", "on_benchmark=", "text"):
        yield ["query", "shop", "-p", wrong], 2
    yield ["query", "recommend", "-p", "max_params=many"], 2
    yield ["query", "recommend", "-p", "objective=best"], 2
    yield ["query", "leaderboard", "--where", "method > 3"], 2
    yield ["query", "leaderboard", "--where", "(" * 3000 + "score > 1" + ")" * 3000], 2
    yield ["query", "leaderboard", "--limit", "1" + "0" * 30], 2
    yield ["build", "number"], 2
    for predicate in PREDICATES:
        yield ["query", "leaderboard", "--where", predicate], 2
    for option, wrong in {
        "--benchmark": ("", "metamath", "x"),
        "--method": ("", "LORRA", "LORA,OFT"),
        "--columns": ("scor", "score,,method", "score;method", "*"),
        "--order-by": ("scor", "score up", "score desc nulls", ","),
        "--limit": ("-1", "x", "1.5", ""),
        "-p": ("", "x", "x=1", "=1"),
    }.items():
        for value in wrong:
            yield ["query", "leaderboard", option, value], 2
    for option, wrong in {
        "--benchmark": ("", "metamath"),
        "--best": ("", "scor", "Score."),
        "--can": ("", "mergin", "bnb_4bit"),
        "--backend": ("", "bnb4", "Linear"),
        "--layer": ("", "linea", "gptq"),
        "--category": ("", "adaptor"),
        "--max-memory": ("", "x", "-1GiB", "1XB", "1e9", "nan", "inf", "5M"),
        "--max-time": ("", "5 weeks", "GiB"),
        "--max-params": ("", "ten", "10MiB"),
    }.items():
        for value in wrong:
            yield ["recommend", option, value], 2
    for name in NAMES:
        yield ["plot", name, "-o", "x.svg"], 2
    for wrong in ([], ["-o", ""], ["-o", "x"], ["-o", "x.pdf"], ["-o", "empty"], ["-o", ".svg"]):
        yield ["plot", "leaderboard", *wrong], 2
    for wrong in (["--highlight", "LORRA"], ["--benchmark", "x"], ["--where", "1; 2"]):
        yield ["plot", "leaderboard", *wrong, "-o", "x.svg"], 2
    for command in (
        ["plot", "leaderboard", "-o", "no/such/x.json"],
        ["report", "--no-plots", "-o", "no/such/x"],
    ):
        yield command, 4
        yield [*command, "--db", "text"], 4
    for wrong in (["-o", "empty"], ["-o", ""], ["extra"]):
        yield ["report", "--no-plots", *wrong], 2
    for wrong in ([], ["number"], ["number", "list", "extra"], ["0.1", "0.2"]):
        yield ["diff", *wrong], 2
    for wrong in ([], ["out", "--format", "xml"], ["out", "nosuch"], ["out", "--method", "LORRA"]):
        yield ["export", *wrong], 2
    yield ["export", "out", "--format", "sqlite", "--benchmark", "metamathqa"], 2
    for name in ("history.features", "run_spread", "caveats"):
        yield ["plot", name, "-o", "x.json"], 2
    for wrong in (["nosuch"], ["pareto_memory", "nosuch"], [""], ["-o", "."], ["--db", "x"]):
        yield ["schema", *wrong], 2
    for wrong in ("nowhere", "empty", "text", "gzip", "list", "number", "pipe", "blank"):
        yield ["build", wrong, "--out", "out"], 3
    yield ["build", "number", "--out", "text"], 2
    yield ["build", "number", "--max-bytes", "0"], 2
    yield ["build", "number", "--max-bytes", "x"], 2
    yield ["build", "a", "b"], 2
    yield ["build", "--out", ""], 2
    yield ["query", "leaderboard", "-o", "loop"], 4
    yield ["query", "leaderboard", "--db", "pipe"], 4
    yield ["query", "leaderboard", "--db", ""], 2
    for wrong in (["--format", "json"], ["--limit", "0", "--columns", "score"]):
        yield ["query", "leaderboard", "--raw", *wrong], 2
    for wrong in (["--raw"], ["--raw", "--format", "csv"], ["--memory", "1B"], ["-p", "x=1"]):
        yield ["sql", "select 1 as a, 2 as b", *wrong], 2
    for command in ("qery", "QUERY", "-", "", "--nope", "help", "build ", "sqll"):
        yield [command], 2


CALLS = list(calls())
IDS = [" ".join(call)[:60] for call, _ in CALLS]


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory, shipped: Path) -> Path:
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "empty").mkdir()
    (folder / "text").write_text("neither JSON nor a database")
    (folder / "truncated").write_bytes((shipped / "peftshop.duckdb").read_bytes()[:5000])
    (folder / "loop").symlink_to("loop")
    (folder / "gzip").write_bytes(gzip.compress(b"{}"))
    (folder / "list").write_text("[]")
    (folder / "number").write_text("1")
    (folder / "blank").write_text(" \n")
    os.mkfifo(folder / "pipe")
    return folder


def test_there_are_two_hundred() -> None:
    assert len({tuple(arguments) for arguments, _ in CALLS}) >= 200


@pytest.mark.parametrize(("arguments", "status"), CALLS, ids=IDS)
def test_a_wrong_call_ends_in_one_line(
    arguments: list[str],
    status: int,
    surroundings: Path,
    shipped: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(surroundings)
    before = sorted(path.name for path in surroundings.rglob("*"))
    result = invoke(*arguments, db=shipped)
    assert result.exit_code == status, result.stderr
    (line,) = (line for line in result.stderr.splitlines() if line.startswith("Error: "))
    assert len(line) > len("Error: ") + 10
    assert "Traceback" not in result.stderr
    if status != 1:
        assert result.stdout == ""
    assert sorted(path.name for path in surroundings.rglob("*")) == before


def test_a_full_disk_is_reported(shipped: Path) -> None:
    result = peftshop("query", "dominance", "-o", "/dev/full", db=shipped)
    assert (result.returncode, result.stderr) == (
        4,
        "Error: /dev/full: can't be written: No space left on device\n",
    )
    assert Path("/dev/full").is_char_device()


def test_a_full_disk_behind_stdout_is_reported(shipped: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "peftshop_db", "query", "dominance"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=os.environ | {"PEFTSHOP_DB": str(shipped)},
        )
    assert (result.returncode, result.stderr) == (
        4,
        "Error: the output can't be written: No space left on device\n",
    )
