"""Raw result files: what is refused, what is allowed, and that nothing of them is lost."""

import json
import math
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from peftshop_db import builder, dataset, results, staging
from peftshop_db.errors import SourceError, StorageError
from tests import documents
from tests.commands import peftshop
from tests.etl.rebuilding import strict
from tests.results import Document, result, small, write


def source(folder: Path) -> Path:
    path = folder / "source.json"
    path.write_text(json.dumps(documents.document({"M": documents.method("M")})))
    return path


def built(folder: Path, files: dict[str, Document]) -> Path:
    write(folder / "results", files)
    builder.build(source(folder), folder / "dataset", results=[folder / "results"])
    return folder / "dataset" / dataset.FILE_NAME


def rebuilt(connection: duckdb.DuckDBPyConnection, file: str) -> Any:
    """A result file's document from the tables."""
    document: dict[str, Any] = {}
    paths = "select path, value from run_configs where file = ?"
    for path, value in connection.execute(paths, [file]).fetchall():
        keys, place = split(path), document
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = json.loads(value)
    reports: dict[int, dict[str, Any]] = {}
    steps = "select position, step, metric, value from run_steps where file = ?"
    for position, step, metric, value in connection.execute(steps, [file]).fetchall():
        reports.setdefault(position, {"step": step})[metric] = value
    document["train_info"]["metrics"] = [reports[number + 1] for number in range(len(reports))]
    return document


def split(path: str) -> list[str]:
    """The keys of a path such as $.a."b.c"."""
    keys, rest = [], path.removeprefix("$")
    while rest:
        rest = rest.removeprefix(".")
        if rest.startswith('"'):
            key, end = json.JSONDecoder().raw_decode(rest)
        else:
            key, end = rest.partition(".")[0], len(rest.partition(".")[0])
        keys.append(key)
        rest = rest[end:]
    return keys


def without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nan(member) for key, member in value.items()}
    if isinstance(value, list):
        return [without_nan(member) for member in value]
    return None if isinstance(value, float) and math.isnan(value) else value


HARD = result(
    "M",
    "hard",
    0.5,
    peft_config={
        'a."b".c': {"d e": {"f": []}},
        "empty": {},
        "large": 2**63 - 1,
        "least": -(2**63),
        "tiny": 5e-324,
        "huge": 1.7976931348623157e308,
        "mixed": [1, 1.0, True, None, "x\n", {"y": [[]]}],
        "text": 'quote " and \\ and \u2028 and 𝒳',
        "é": "é",
    },
    extra={"kept": 1},
)


def test_nothing_is_lost_but_that_nan_was_not_null(tmp_path: Path) -> None:
    files = {**small(), "hard.json": HARD}
    with dataset.connect(built(tmp_path, files)) as connection:
        for file, document in files.items():
            assert strict(rebuilt(connection, file)) == strict(without_nan(document)), file


def test_batches_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = ("runs", "run_steps", "run_configs")
    answers = []
    for size in (1, 5000, 10**9):
        monkeypatch.setattr(staging, "_BATCH_SIZE", size)
        folder = tmp_path / str(size)
        folder.mkdir()
        with dataset.connect(built(folder, small())) as connection:
            answers.append([connection.execute(f"from {name}").fetchall() for name in tables])
    assert answers[0] == answers[1] == answers[2]


def test_runs_that_failed_are_kept_with_their_status(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = small_connection.execute(
        "select file, method, score, error_message from runs where status <> 'success'"
    ).fetchall()
    assert rows == [
        ("MetaMathQA/broken.json", "WORSE", None, "RuntimeError: made up"),
        ("MetaMathQA/canceled.json", "EQUAL", 0.5, "RuntimeError: made up"),
    ]


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([], "$: expected an object with run_info, train_info and meta_info, found an empty list"),
        (result(None, " a", 0.5), "$.run_info.experiment_name: expected a name: text that is not"),
        (result("", "a", 0.5), "$.run_info.peft_config: expected an object with the method's"),
        (
            result("M", "a", math.inf),
            '$.train_info.metrics[2]."test accuracy": expected a finite number that a double holds',
        ),
        (result("M", "a", 0.5, 1.0), "$.train_info.accelerator_memory_max: expected an integer"),
        (result("M", "a", 0.5, train_time=-1), "$.train_info.train_time: expected a number of"),
        (
            result("M", "a", 0.5, metrics=[{"step": 1}]),
            "$.train_info.metrics[0]: expected an object with the step of the report and at least",
        ),
        (
            result("M", "a", 0.5, metrics=[{"loss": 1}]),
            '$.train_info.metrics[0]: expected the key "step", found none of that name',
        ),
        (
            result("M", "a", 0.5, peft_config={"r": 2**63}),
            "$.run_info.peft_config.r: expected a JSON value whose keys are names",
        ),
        (
            result("M", "a", 0.5, peft_config={"a\n": 1}),
            "$.run_info.peft_config: expected a name: text that is not empty",
        ),
    ],
)
def test_a_file_that_breaks_the_contract_is_refused(
    tmp_path: Path, document: Any, problem: str
) -> None:
    write(tmp_path / "results", {"M/a.json": document})
    with pytest.raises(SourceError) as raised:
        builder.build(source(tmp_path), tmp_path / "dataset", results=[tmp_path / "results"])
    assert str(raised.value).startswith(f"{tmp_path}/results/M/a.json: {problem}")
    assert not (tmp_path / "dataset" / dataset.FILE_NAME).exists()


def test_only_a_bare_nan_is_read_as_null(tmp_path: Path) -> None:
    text = json.dumps(HARD).replace('"r": 8', "").replace('"tiny": 5e-324', '"tiny": Infinity')
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(SourceError, match="found Infinity, which is not JSON"):
        list(results.read([tmp_path]))
    (tmp_path / "a.json").write_text(text.replace("Infinity", "NaN"))
    (file,) = results.read([tmp_path])
    assert json.loads(file.text)["run_info"]["peft_config"]["tiny"] is None


def test_a_folder_without_result_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.json").write_text("{}")
    for name, problem in [
        ("empty", "expected a folder of result files (*.json), found none"),
        ("file.json", "expected a folder of result files, found a file"),
        ("absent", "expected a folder of result files, found none of that name"),
    ]:
        run = peftshop("build", "--results", tmp_path / name, "--out", tmp_path / "dataset")
        assert (run.returncode, run.stderr) == (3, f"Error: {tmp_path / name}: {problem}\n")
        assert not (tmp_path / "dataset").exists()


def test_a_folder_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than passed over: its runs would be missing without a word."""
    write(tmp_path, {"a.json": HARD, "locked/b.json": HARD})
    scan = os.scandir

    def refuse(path: str) -> Any:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StorageError) as raised:
        results.read([tmp_path])
    assert str(raised.value) == f"{tmp_path}/locked: can't be read: Permission denied"


def test_links_make_no_loop_and_a_dangling_one_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": HARD})
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [file.file for file in results.read([tmp_path])] == ["a.json"]
    (tmp_path / "b.json").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SourceError, match=r"/b\.json: no such file"):
        list(results.read([tmp_path]))


def test_files_of_several_folders_are_named_from_what_they_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["MetaMathQA/results/a", "MetaMathQA/results/more/b", "image-gen/results/a"]
    runs = {f"{name}.json": result("M", name, 0.5) for name in names}
    write(tmp_path, runs)
    monkeypatch.chdir(tmp_path / "image-gen")
    folders = [tmp_path / "MetaMathQA" / "results", Path("results")]
    assert [file.file for file in results.read([*folders, folders[0] / "more"])] == list(runs)


def test_files_of_equal_bytes_are_one_run(tmp_path: Path) -> None:
    write(tmp_path, {"copy/a.json": HARD, "a.json": HARD, "b.json": result("M", "b", 0.5)})
    assert [file.file for file in results.read([tmp_path])] == ["a.json", "b.json"]


def test_the_cache_holds_no_runs(tmp_path: Path) -> None:
    run = peftshop("build", "--results", tmp_path)
    assert run.returncode == 2
    assert "--out" in run.stderr
