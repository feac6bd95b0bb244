"""The commands, as a user runs them: output, messages and exit statuses."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from peftshop_db import resources

COMMAND = [sys.executable, "-m", "peftshop_db"]
FRONT = ["TINYLORA", "BEFT", "ADAMSS", "PREFIX_TUNING", "SHIRA", "LORA", "LILY"]


def peftshop(*arguments: object, db: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"PEFTSHOP_DB": str(db)} if db else {})
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def on_terminal(*arguments: object, db: Path, columns: int) -> str:
    """What a command shows on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"PEFTSHOP_DB": str(db), "COLUMNS": str(columns)}
    with subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=theirs, env=environment) as run:
        os.close(theirs)
        shown = b""
        while chunk := read(ours):
            shown += chunk
    os.close(ours)
    assert run.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""


def test_the_first_query_builds_into_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = peftshop("query", "pareto_memory", "--benchmark", "metamathqa")
    assert [line.split(",")[1] for line in first.stdout.splitlines()] == ["method", *FRONT]
    assert first.stderr.startswith(
        "peftshop-db: building the dataset from peft-shop-0.19.2.dev0.json into "
    )
    second = peftshop("query", "pareto_memory", "--benchmark", "metamathqa")
    assert (second.stdout, second.stderr) == (first.stdout, "")


def test_a_pipe_gets_csv_and_a_terminal_a_table(shipped: Path) -> None:
    arguments = ("query", "pareto_memory", "--benchmark", "image-gen")
    assert (
        peftshop(*arguments, db=shipped)
        .stdout.splitlines()[1]
        .startswith("image-gen,IA3,0.6476706067721049,9586081792,1,")
    )
    shown = on_terminal(*arguments, db=shipped, columns=80)
    assert "image-gen  IA3     0.6477   8.93 GiB" in shown
    assert "Which methods give the best score for their memory?" in shown
    assert "- Scores rest on 12 images" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_formats(shipped: Path, tmp_path: Path) -> None:
    arguments = ("query", "leaderboard", "--benchmark", "metamathqa", "--limit", 2)
    rows = json.loads(peftshop(*arguments, "--format", "json", db=shipped).stdout)
    assert [row["method"] for row in rows] == ["LILY", "LORA"]
    assert rows[0]["score"] == 724 / 1319
    lines = peftshop(*arguments, "--format", "jsonl", db=shipped).stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    markdown = peftshop(*arguments, "--format", "markdown", db=shipped).stdout.splitlines()
    assert markdown[0].startswith("| benchmark | rank | method |")
    assert markdown[1].startswith("| --- | ---: | --- |")
    assert len(markdown) == 4
    file = tmp_path / "rows.parquet"
    peftshop(*arguments, "--format", "parquet", "-o", file, db=shipped)
    table = pq.read_table(file)
    assert table.to_pylist() == rows
    assert b"fraction" in table.schema.field("score").metadata[b"description"]


def test_booleans_and_nulls_in_csv_and_json(small: Path) -> None:
    rows = json.loads(peftshop("query", "quant_matrix", "--format", "json", db=small).stdout)
    by_method = {row["method"]: row for row in rows}
    assert by_method["EQUAL"]["bnb_4bit"] is None
    assert by_method["EQUAL"]["works_with_any_backend"] is True
    assert by_method["MIDDLE"]["bnb_4bit"] is False
    assert by_method["UNSCORED"]["works_with_any_backend"] is None
    lines = peftshop("query", "quant_matrix", db=small).stdout.splitlines()
    assert lines[3] == "EQUAL,,,,,,,,,,true"


def test_an_output_file_is_complete_or_not_there(shipped: Path, tmp_path: Path) -> None:
    file = tmp_path / "front.csv"
    assert peftshop("query", "pareto_time", "-o", file, db=shipped).stdout == ""
    assert file.read_text().startswith("benchmark,method,score,train_time_sec")
    failed = peftshop("query", "pareto_time", "-o", tmp_path / "no" / "f.csv", db=shipped)
    assert failed.returncode == 4
    assert failed.stderr == (
        f"Error: {tmp_path}/no/f.csv: can't be written: No such file or directory\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["front.csv"]


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
            "methods has no column benchmark; leave out --benchmark",
        ),
        (["query", "leaderboard", "--limit", "-1"], 2, "Invalid value for '--limit'"),
        (["query", "leaderboard", "--format", "xml"], 2, "'xml' is not one of"),
        (["query", "leaderboard", "--db", "/nowhere"], 4, "/nowhere: no dataset there; "),
        (["query", "leaderboard", "--db", __file__], 4, "test_cli.py: can't be opened: "),
        (["path", "--db", "/nowhere"], 4, "/nowhere: no dataset there; "),
        (["build", "/nowhere.json"], 3, "/nowhere.json: no such file"),
        (["build", "--out", __file__], 2, "is a file"),
    ],
)
def test_wrong_calls_end_in_one_line(
    shipped: Path, arguments: list[str], status: int, message: str
) -> None:
    result = peftshop(*arguments, db=shipped)
    assert result.returncode == status
    assert result.stdout == ""
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert message in last
    assert "Traceback" not in result.stderr


def test_build_names_what_it_made_and_warns_of_what_is_not_registered(tmp_path: Path) -> None:
    from tests import documents

    source = tmp_path / "small.json"
    source.write_text(json.dumps(documents.small()))
    result = peftshop("build", source, "--out", tmp_path / "out")
    assert result.returncode == 0
    *warnings, last = result.stderr.splitlines()
    assert last.startswith(f"{tmp_path}/out: 9 methods of peft 9.9.9 in ")
    assert warnings[0] == (
        "Warning: small.json: 'new_backend' is not in registry_backends; a row to add there: "
        "new_backend,<label>,<meaning>"
    )
    assert len(warnings) == 5


def test_export_source_gives_back_the_input_byte_for_byte(shipped: Path) -> None:
    result = peftshop("export-source", db=shipped)
    assert result.stdout == resources.packaged_source().read_text(encoding="utf-8")


def test_verify_tells_by_its_exit_status(small: Path, tmp_path: Path) -> None:
    fine = peftshop("verify", "--db", small)
    assert (fine.returncode, fine.stdout) == (0, "")
    (tmp_path / "peftshop.duckdb").touch()
    broken = peftshop("verify", "--db", tmp_path)
    assert broken.returncode == 1
    assert broken.stdout == "manifest.json: missing or changed since the build\n"
    assert broken.stderr == f"Error: {tmp_path}: 1 differences from what was built\n"


def test_path_is_a_file_that_opens(shipped: Path) -> None:
    assert peftshop("path", db=shipped).stdout == f"{shipped}/peftshop.duckdb\n"


def test_a_closed_pipe_is_no_error(shipped: Path) -> None:
    command = f"{sys.executable} -m peftshop_db query dominance | head -n 1"
    result = subprocess.run(
        command,
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PEFTSHOP_DB": str(shipped)},
    )
    assert result.stdout == "benchmark,cost,method,score,value,is_on_front,dominated_by\n"
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--help"], {}),
        (["query", "--help"], {}),
        (["--version"], {}),
        ([], {"_PEFTSHOP_DB_COMPLETE": "bash_source"}),
        (
            [],
            {
                "_PEFTSHOP_DB_COMPLETE": "bash_complete",
                "COMP_WORDS": "peftshop-db query par",
                "COMP_CWORD": "2",
            },
        ),
    ],
)
def test_help_and_completion_are_light(arguments: list[str], environment: dict[str, str]) -> None:
    code = (
        "import sys\nfrom peftshop_db.cli import main\n"
        "try: main(prog_name='peftshop-db')\n"
        "except SystemExit: pass\n"
        "heavy = {'duckdb', 'pyarrow', 'sqlglot', 'jsonschema'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    assert result.stderr == "[]\n"
    assert result.stdout
    if "COMP_WORDS" in environment:
        assert "plain,pareto_memory" in result.stdout.splitlines()
