"""The commands, as a user runs them: output, messages and exit statuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from peftshop_db import resources
from peftshop_db.cli import main
from tests.commands import invoke, on_terminal, peftshop

FRONT = ["TINYLORA", "BEFT", "ADAMSS", "PREFIX_TUNING", "SHIRA", "LORA", "LILY"]


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
    assert "image-gen  IA3     0.6477           8.93 GiB         1" in shown
    assert "Which methods give the best score for their memory?" in shown
    assert "- Scores rest on 12 images" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_formats(shipped: Path, tmp_path: Path) -> None:
    arguments = ("query", "leaderboard", "--benchmark", "metamathqa", "--limit", 2)
    rows = json.loads(invoke(*arguments, "--format", "json", db=shipped).stdout)
    assert [row["method"] for row in rows] == ["LILY", "LORA"]
    assert rows[0]["score"] == 724 / 1319
    lines = invoke(*arguments, "--format", "jsonl", db=shipped).stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    markdown = invoke(*arguments, "--format", "markdown", db=shipped).stdout.splitlines()
    assert markdown[0].startswith("| benchmark | rank | method |")
    assert markdown[1].startswith("|---|---:|---|")
    assert len(markdown) == 4
    tabs = invoke(*arguments, "--format", "tsv", db=shipped).stdout.splitlines()
    assert tabs[1].split("\t")[:3] == ["metamathqa", "1", "LILY"]
    stream = tmp_path / "rows.arrow"
    invoke(*arguments, "--format", "arrow", "-o", stream, db=shipped)
    assert pa.ipc.open_stream(stream.read_bytes()).read_all().to_pylist() == rows
    file = tmp_path / "rows.parquet"
    invoke(*arguments, "--format", "parquet", "-o", file, db=shipped)
    table = pq.read_table(file)
    assert table.to_pylist() == rows
    assert table.schema.field("score").metadata[b"unit"] == b"fraction"


def test_booleans_and_nulls_in_csv_and_json(small: Path) -> None:
    rows = json.loads(invoke("query", "quant_matrix", "--format", "json", db=small).stdout)
    by_method = {row["method"]: row for row in rows}
    assert by_method["EQUAL"]["bnb_4bit"] is None
    assert by_method["EQUAL"]["works_with_any_backend"] is True
    assert by_method["MIDDLE"]["bnb_4bit"] is False
    assert by_method["UNSCORED"]["works_with_any_backend"] is None
    lines = invoke("query", "quant_matrix", db=small).stdout.splitlines()
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
    fine = invoke("verify", "--db", small)
    assert (fine.exit_code, fine.stdout) == (0, "")
    (tmp_path / "peftshop.duckdb").touch()
    broken = invoke("verify", "--db", tmp_path)
    assert broken.exit_code == 1
    assert broken.stdout == "manifest.json: missing or changed since the build\n"
    assert broken.stderr == f"Error: {tmp_path}: 1 differences from what was built\n"


def test_describe_tells_what_a_view_means(shipped: Path) -> None:
    shown = invoke("describe", "pareto_memory", db=shipped).stdout
    assert "Which methods give the best score for their memory?" in shown
    assert "\nGrain: benchmark × method, the Pareto front alone, cheapest first." in shown
    assert "  peak_memory_bytes  BIGINT   Largest accelerator memory reserved" in shown
    assert "  twelve_test_images: Scores rest on 12 images" in shown
    assert "unequal_budgets" not in shown
    table = invoke("describe", "layer_support", db=shipped).stdout
    assert "method × layer type, every pair" in table


def test_the_caveats_themselves_have_none(shipped: Path) -> None:
    shown = invoke("describe", "caveats", db=shipped).stdout
    assert "  statement " in shown
    assert "Caveats that hold for its numbers" not in shown


def test_explain_tells_value_state_source_note_and_meaning(shipped: Path) -> None:
    shown = on_terminal("explain", "adalora", "multiple_adapters", db=shipped, columns=100)
    lines = dict(line.split(maxsplit=1) for line in shown.splitlines() if line[0] != " ")
    assert lines["reading"] == "no"
    assert lines["state"] == "known"
    assert lines["source"] == "probe"
    assert lines["note"].startswith("ValueError: AdaLoraModel supports only 1 trainable adapter.")
    assert lines["meaning"].startswith("Several adapters of this method can be loaded")
    backend = invoke("explain", "PREFIX_TUNING", "gptq", "--format", "json", db=shipped).stdout
    assert json.loads(backend)[0]["reading"].startswith("works with any backend")
    everything = invoke("explain", "LORA", db=shipped).stdout.splitlines()
    assert len(everything) == 1 + 7 + 2 + 9 + 9 + 5


def test_recommend_shows_picks_and_on_request_all(shipped: Path) -> None:
    wish = ("recommend", "--can", "merging", "--backend", "bnb_4bit", "--max-memory", "22GiB")
    picks = invoke(*wish, db=shipped).stdout.splitlines()
    assert picks[0].startswith("rank,method,score,score_low,score_high,is_tied_with_best,")
    assert [line.split(",")[1] for line in picks[1:5]] == ["LORA", "HIRA", "OFT", "RANDLORA"]
    everything = invoke(*wish, "--all", db=shipped).stdout.splitlines()
    assert len(everything) == 1 + 39
    assert next(line for line in everything if ",SHIRA," in line).endswith("lacks bnb_4bit")
    shown = on_terminal(*wish, db=shipped, columns=120)
    assert "9 methods meet every requirement, 30 are known not to, 0 may or may not" in shown


def test_filters_narrow_a_view(shipped: Path) -> None:
    filtered = invoke(
        "query",
        "benchmarks",
        "--where",
        "num_runs > 2 and not method like 'P%'",
        "--columns",
        "method, num_runs",
        "--order-by",
        "num_runs desc, method",
        db=shipped,
    )
    assert filtered.stdout == "method,num_runs\nLORA,7\nMISS,3\n"
    raw = ("query", "leaderboard", "--method", "lora", "--columns", "score", "--raw")
    assert invoke(*raw, "--benchmark", "metamathqa", db=shipped).stdout == f"{702 / 1319}\n"
    front = ("query", "pareto", "-p", "on_benchmark=metamathqa", "-p", "x=score")
    rows = invoke(*front, "-p", "y=peak_memory_bytes", "--columns", "method", db=shipped)
    assert rows.stdout.split() == ["method", *FRONT]


def test_compare_puts_methods_side_by_side(shipped: Path) -> None:
    rows = invoke("compare", "lora", "OFT", "--only-differences", db=shipped).stdout.splitlines()
    assert rows[0] == "section,attribute,LORA,OFT"
    assert "capabilities,hotswapping,yes,no" in rows
    assert not any(line.startswith("capabilities,merging,") for line in rows)
    assert "capabilities,merging,yes,yes" in invoke("compare", "LORA", "OFT", db=shipped).stdout


def test_snippet_is_python_and_its_remark_is_not_in_it(shipped: Path) -> None:
    plain = peftshop("snippet", "LORA", db=shipped)
    assert "config = LoraConfig(" in plain.stdout
    assert plain.stderr == ""
    remarked = peftshop("snippet", "XLORA", db=shipped)
    assert remarked.stderr.startswith("Note: ")
    compile(remarked.stdout, "snippet", "exec")


def test_check_shows_findings_by_severity(shipped: Path) -> None:
    result = invoke("check", "--format", "json", db=shipped)
    assert result.exit_code == 0
    findings = json.loads(result.stdout)
    assert {finding["severity"] for finding in findings} == {"warning", "info"}
    assert ("score_near_zero", "TINYLORA") in {
        (finding["check_name"], finding["method"]) for finding in findings
    }


def test_path_is_a_file_that_opens(shipped: Path) -> None:
    assert invoke("path", db=shipped).stdout == f"{shipped}/peftshop.duckdb\n"


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
    assert (
        result.stdout
        == "benchmark,cost,method,score,value,is_on_front,dominated_by,metric_is_valid\n"
    )
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--help"], {}),
        (["query", "--help"], {}),
        (["plot", "--help"], {}),
        (["report", "--help"], {}),
        (["export", "--help"], {}),
        (["diff", "--help"], {}),
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
        "heavy = {'duckdb', 'pyarrow', 'sqlglot', 'jsonschema', 'vl_convert'} & set(sys.modules)\n"
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


def test_help_says_in_a_line_what_each_command_does() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "peftshop_db", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"COLUMNS": "80"},
    )
    _, *sections = result.stdout.split("\n\nOptions:")[1].split("\n\n")
    lines = [line for section in sections for line in section.splitlines()[1:]]
    names = {line.split()[0] for line in lines}
    assert {"query", "sql", "shell", "recommend", "plot", "build", "export-source"} <= names
    assert len(names) == len(lines) == 20
    assert all(line.endswith(".") and not line.endswith("...") for line in lines)


@pytest.mark.parametrize("command", main.list_commands(click.Context(main)))
def test_every_command_s_help_has_examples_of_it(command: str) -> None:
    shown = peftshop(command, "--help").stdout
    examples = shown.partition("\n  Examples:\n")[2].partition("\n\n")[0]
    assert f"peftshop-db {command}" in examples


def test_schema_is_sql_that_makes_the_tables_and_views() -> None:
    script = invoke("schema").stdout
    with duckdb.connect() as connection:
        connection.execute(script)
        made = connection.execute(
            "select count(*) from duckdb_tables() where table_name = 'benchmarks' "
            "and schema_name = 'main' union all "
            "select count(*) from duckdb_views() where view_name = 'pareto_memory' union all "
            "select count(*) from duckdb_functions() where function_name = 'recommend'"
        ).fetchall()
    assert made == [(1,), (1,), (1,)]


def test_schema_of_named_relations() -> None:
    result = invoke("schema", "pareto_memory", "quant_backends")
    assert result.exit_code == 0
    assert result.stdout.count("create table ") == 1
    assert result.stdout.count("create view pareto_memory as\nselect") == 1
    assert "-- Question: Which methods give the best score for their memory?" in result.stdout


def test_schema_suggests_names() -> None:
    result = invoke("schema", "paretomemory")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: no view or table is named 'paretomemory'; did you mean pareto_memory or "
        "runs_pareto_memory or pareto_time?\n"
    )


def test_recommend_takes_names_in_any_case(shipped: Path) -> None:
    wishes = ("--can", "MERGING", "--backend", "BNB_4BIT", "--benchmark", "MetaMathQA")
    names = [name.lower() for name in wishes]
    assert invoke("recommend", *wishes, db=shipped).stdout.count("\n") > 5
    assert invoke("recommend", *wishes, db=shipped).stdout == (
        invoke("recommend", *names, db=shipped).stdout
    )


def test_compare_shows_units_and_sections_to_people(shipped: Path) -> None:
    shown = invoke("compare", "LORA", "OFT", "--format", "table", db=shipped).stdout
    rows = [line.split() for line in shown.splitlines()]
    assert ["peak_memory_bytes", "21.01", "GiB", "20.78", "GiB"] in rows
    assert {"identity", "backends", "metamathqa"} <= {row[0] for row in rows if len(row) == 1}


def test_a_build_of_no_bytes_is_refused(tmp_path: Path) -> None:
    result = invoke("build", "--max-bytes", "0", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (2, "Error: --max-bytes takes more than 0\n")
