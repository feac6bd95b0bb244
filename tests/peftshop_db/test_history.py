"""Many inputs, one dataset: their order, what is kept of each, and what isn't done twice."""

import json
import os
import pty
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from packaging.version import Version

from peftshop_db import builder, dataset, exporting, history, manifest, resources
from peftshop_db.errors import SourceError, StorageError, UsageError
from peftshop_db.history import version_key
from peftshop_db.verification import verify
from tests import documents
from tests.commands import COMMAND, peftshop, read
from tests.conftest import Shared
from tests.etl.rebuilding import accepted, filled, strict

ORDERED = [
    *("0.19.2.dev0", "0.19.2.dev1", "0.19.2a1", "0.19.2a1.post1", "0.19.2b2.dev1", "0.19.2b2"),
    *("0.19.2rc1", "0.19.2", "0.19.2+abc", "0.19.2+abc.5", "0.19.2+5", "0.19.2.post1.dev3"),
    *("0.19.2.post1", "0.19.10", "0.20.0", "1!0.1"),
]


def document(version: str, *methods: str) -> documents.Document:
    return documents.document(
        {name: documents.method(name) for name in methods}, peft_version=version
    )


def write(folder: Path, **inputs: documents.Document) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, content in inputs.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return [folder / f"{name}.json" for name in inputs]


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with dataset.connect(folder / dataset.FILE_NAME) as connection:
        return connection.execute(sql).fetchall()


def versions(folder: Path) -> list[tuple[Any, ...]]:
    return rows(folder, "select version_order, peft_version, source_file from history.dataset")


def hashes(folder: Path) -> dict[str, Any]:
    content = manifest.read(folder)
    assert content
    return {name: part["sha256"] for name, part in content["files"].items()}


def test_versions_are_ordered_as_pep_440_has_it() -> None:
    assert sorted(ORDERED, key=Version) == ORDERED
    for seed in range(20):
        shuffled = random.Random(seed).sample(ORDERED, len(ORDERED))
        assert sorted(shuffled, key=version_key) == ORDERED
    for same in [("1.0", "1", "1.0.0"), ("1.0RC1", "1.0-c.1", "v1.0_pre1"), ("1-2", "1.rev2")]:
        assert len({version_key(text) for text in same}) == 1
        assert len({Version(text) for text in same}) == 1
    assert sorted(["1.0", "main", "0.1", "2.x"], key=version_key) == ["2.x", "main", "0.1", "1.0"]


def test_the_newest_fills_the_plain_tables_and_history_holds_all(tmp_path: Path) -> None:
    inputs = write(
        tmp_path / "in",
        a=document("0.20.0", "NEW"),
        b=document("0.19.2", "OLD"),
        c=document("0.19.2.dev0", "OLDER"),
    )
    built = builder.build(inputs, tmp_path / "out")
    assert (built.peft_version, built.source, built.versions) == ("0.20.0", "a.json", 3)
    assert versions(tmp_path / "out") == [
        (1, "0.19.2.dev0", "c.json"),
        (2, "0.19.2", "b.json"),
        (3, "0.20.0", "a.json"),
    ]
    assert rows(tmp_path / "out", "select method from methods") == [("NEW",)]
    names = "select version_order, method from history.methods"
    assert rows(tmp_path / "out", names) == [(1, "OLDER"), (2, "OLD"), (3, "NEW")]
    assert verify(tmp_path / "out") == []


def test_each_version_has_the_rows_of_its_own_tables(small: Path, tmp_path: Path) -> None:
    for order, content in enumerate([*documents.past(), documents.small()], 1):
        source = accepted(tmp_path / "alone.json", json.dumps(content))
        with filled(source) as connection:
            for table in ("methods", "features", "layer_support", "benchmarks"):
                origin = "version_order, peft_version, source_sha256"
                kept = f"select * exclude ({origin}) from history.{table} "
                own = connection.execute(f"from {table}").fetchall()
                assert rows(small, f"{kept} where version_order = {order}") == own, (order, table)


def test_every_version_comes_back_as_it_went_in(small: Path) -> None:
    for order, content in enumerate([*documents.past(), documents.small()], 1):
        with dataset.connect(small / dataset.FILE_NAME, sealed=True) as connection:
            exported = json.loads(exporting.export_source(connection, str(order)))
        assert strict(exported) == strict(content)


def test_a_version_is_named_by_number_or_by_peft_version(tmp_path: Path) -> None:
    inputs = write(tmp_path, a=document("1.0", "A"), b=document("1.0", "B"), c=document("3", "C"))
    builder.build(inputs, tmp_path / "out")
    with dataset.connect(tmp_path / "out" / dataset.FILE_NAME) as connection:
        assert exporting.find_version(connection, "2") == 2
        assert exporting.find_version(connection, "3") == 3
        with pytest.raises(UsageError, match=r"several versions are of peft 1\.0; .*number: 1, 2"):
            exporting.find_version(connection, "1.0")
        with pytest.raises(UsageError, match=r"no version is '4'; the newest are 1\.0, 3"):
            exporting.find_version(connection, "4")


def test_a_folder_stands_for_its_files_and_equal_bytes_count_once(tmp_path: Path) -> None:
    write(tmp_path / "in", b=document("1", "B"), a=document("1", "A"), c=document("1", "A"))
    (tmp_path / "in" / "note.txt").write_text("no input")
    builder.build(tmp_path / "in", tmp_path / "out")
    assert versions(tmp_path / "out") == [(1, "1", "a.json"), (2, "1", "b.json")]
    with pytest.raises(SourceError, match="expected a folder of JSON files, found none"):
        builder.build(tmp_path, tmp_path / "none")


def test_a_pattern_that_no_shell_expanded_stands_for_what_it_matches(tmp_path: Path) -> None:
    """As in a shell that expands none, or in quotes."""
    folder = tmp_path / "in [1]"
    paths = write(folder, **{name: document("1", name) for name in ("b", "a-2026", "a", "note")})
    assert history.expand([tmp_path / "in*" / "[ab]*.json"]) == [paths[2], paths[1], paths[0]]
    assert history.expand([folder, paths[0]])[-2:] == [paths[3], paths[0]]
    strange = folder / "[a].json"
    strange.write_text(paths[0].read_text())
    assert history.expand([strange]) == [strange]
    with pytest.raises(SourceError, match=r"x\*\.json: expected a pattern that matches JSON files"):
        history.expand([tmp_path / "x*.json"])
    with pytest.raises(SourceError, match=r"x\*\*\.json: Invalid pattern"):
        history.expand([tmp_path / "x**.json"])


def test_a_build_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected at least one input, found none"):
        builder.build([], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_inputs_of_one_version_keep_their_order_which_is_told(tmp_path: Path) -> None:
    inputs = write(
        tmp_path / "in", z=document("1.0", "Z"), b=document("2", "B"), a=document("1", "A")
    )
    built = builder.build(inputs, tmp_path / "out")
    assert [file for *_, file in versions(tmp_path / "out")] == ["z.json", "a.json", "b.json"]
    told = "2 inputs are of peft 1.0: they stand in the order that they were given in, "
    assert built.warnings == [f"{told}the oldest z.json, the newest a.json"]


def test_one_bad_input_stops_the_build(tmp_path: Path) -> None:
    inputs = write(tmp_path, a=document("1", "A"), b=document("2", "B") | {"schema_version": 2})
    problem = f"^{inputs[1]}: \\$\\.schema_version: expected the integer 1"
    with pytest.raises(SourceError, match=problem):
        builder.build(inputs, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def count_parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    parsed: list[str] = []
    parse: Callable[..., Any] = history.parse_source

    def record(file: str, data: bytes) -> Any:
        parsed.append(Path(file).name)
        return parse(file, data)

    monkeypatch.setattr(history, "parse_source", record)
    return parsed


def test_what_the_dataset_holds_is_taken_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = {
        name: document(version, name.upper(), f"{name.upper()}2")
        for name, version in [("a", "1"), ("b", "2"), ("d", "4"), ("e", "5")]
    }
    write(tmp_path / "in", **inputs)
    builder.build(tmp_path / "in", tmp_path / "out")
    parsed = count_parsed(monkeypatch)
    before = hashes(tmp_path / "out")
    write(tmp_path / "in", c=document("3", "C"), f=document("6", "F"), e2=inputs["e"])
    builder.build(tmp_path / "in", tmp_path / "out")
    assert parsed == ["c.json", "f.json"]
    after = hashes(tmp_path / "out")
    older = ("peft_version=1/", "peft_version=2/")  # than what came in between
    kept = {name: part for name, part in before.items() if any(folder in name for folder in older)}
    assert kept == {name: after[name] for name in kept}
    builder.build(tmp_path / "in", tmp_path / "fresh")
    assert len(versions(tmp_path / "out")) == 6
    assert verify(tmp_path / "out") == []
    assert {name: part for name, part in after.items() if "parquet" in name} == {
        name: part for name, part in hashes(tmp_path / "fresh").items() if "parquet" in name
    }


@pytest.fixture(scope="module")
def two_versions(shared: Shared) -> Path:
    """A folder with two inputs and the dataset that they make."""

    def make(folder: Path) -> None:
        inputs = write(folder, a=document("1", "A"), b=document("2", "B"))
        builder.build(inputs, folder / "out")

    return shared("two versions", make)


@pytest.mark.parametrize("spoiled", ["recipe", "bytes", "name", "file"])
def test_what_may_differ_is_parsed_again(
    two_versions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: str
) -> None:
    shutil.copytree(two_versions, tmp_path, symlinks=True, dirs_exist_ok=True)
    inputs = [tmp_path / "a.json", tmp_path / "b.json"]
    if spoiled == "recipe":
        monkeypatch.setattr(resources, "recipe", lambda: "another")
    elif spoiled == "bytes":
        path = (tmp_path / "out" / dataset.FILE_NAME).resolve()
        path.write_bytes(path.read_bytes() + b"\0")
    elif spoiled == "file":
        (tmp_path / "out" / dataset.FILE_NAME).resolve().unlink()
    else:
        inputs[0] = inputs[0].rename(tmp_path / "z.json")
    parsed = count_parsed(monkeypatch)
    builder.build(inputs, tmp_path / "out")
    assert "b.json" in parsed or spoiled == "name"
    assert inputs[0].name in parsed
    assert [file for _, _, file in versions(tmp_path / "out")] == [inputs[0].name, "b.json"]


def test_an_input_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, a=document("1", "A"), b=document("2", "B"))
    older, _ = history.gather(paths, 10**6)
    paths[0].write_text(paths[0].read_text().replace("A is", "B is"))
    with pytest.raises(SourceError, match=r"a\.json: changed while it was read; build again"):
        older.read()


def test_an_only_input_is_read_once_and_then_let_go(tmp_path: Path, monkeypatch) -> None:
    (path,) = write(tmp_path, a=document("1", "A"))
    parsed = count_parsed(monkeypatch)
    (version,) = history.gather([path], 10**6)
    path.unlink()
    assert list(version.read().document["methods"]) == ["A"]
    assert parsed == ["a.json"]
    with pytest.raises(SourceError, match=r"a\.json: no such file"):
        version.read()


def test_parquet_is_partitioned_by_version_whatever_its_name(tmp_path: Path) -> None:
    names = ["0.19.2", "../../up", "a/b=c %2F", "ü 'quoted'"]
    inputs = write(
        tmp_path, **{f"i{number}": document(name, "M") for number, name in enumerate(names)}
    )
    builder.build(inputs, tmp_path / "out")
    assert verify(tmp_path / "out") == []
    pattern = str(tmp_path / "out" / "parquet" / "history" / "methods" / "*" / "*.parquet")
    found = duckdb.execute(
        "select distinct peft_version from read_parquet(?, hive_partitioning = true)", [pattern]
    ).fetchall()
    assert {name for (name,) in found} == set(names)


def test_history_views_work_under_another_name(small: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{small / dataset.FILE_NAME}' as other (read_only)")
        changes = connection.execute("from other.history_changes").fetchall()
        scores = connection.execute("from other.history_scores").fetchall()
    assert changes == rows(small, "from history_changes")
    assert scores == rows(small, "from history_scores")
    assert len(changes) > 20


def test_a_table_of_history_is_queried_and_described_by_its_name(small: Path) -> None:
    shown = peftshop("query", "history.dataset", "--columns", "peft_version", db=small)
    assert shown.stdout == "peft_version\n0.19.1\n9.9.8\n9.9.9\n"
    described = peftshop("describe", "history.methods", db=small)
    assert "version × a PEFT method, by upstream's name (LORA)." in described.stdout
    assert "version_order  BIGINT" in described.stdout


def test_many_inputs_move_a_bar_on_a_terminal(tmp_path: Path) -> None:
    inputs = {f"i{number}": document(str(number), "M") for number in range(5)}
    paths = write(tmp_path, **inputs)
    command = ["build", *paths, "--out", tmp_path / "out"]
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, *map(str, command)], stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        while chunk := read(ours):
            shown += chunk
    os.close(ours)
    assert run.returncode == 0
    assert b"Building" in shown and b"100%" in shown
    assert shown.endswith(b" tables and views, 5 versions\r\n")


def test_a_folder_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StorageError, match="can't be read: Permission denied"):
        history.expand([tmp_path])
