"""`diff`: files, datasets and versions, in the order that is asked for."""

import csv
import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from peftshop_db import difference
from tests import documents
from tests.commands import peftshop

CAVEAT = "forgetting_metric_invalid"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("inputs")
    inputs = [*documents.past(), documents.small()]
    for name, document in zip(("first", "second", "third"), inputs, strict=True):
        (folder / f"{name}.json").write_text(json.dumps(document))
    return {path.stem: path for path in folder.iterdir()}


def shown(run: CompletedProcess[str]) -> set[tuple[str, ...]]:
    """Section, change, method and subject of each row of an answer in CSV."""
    rows = csv.DictReader(run.stdout.splitlines())
    return {(row["section"], row["change"], row["method"], row["subject"]) for row in rows}


def changes(
    old: object, new: object, db: Path | None = None, tolerance: float = difference.TOLERANCE
) -> set[tuple[str, ...]]:
    """Section, change, method and subject of each row."""
    found = difference.diff(str(old), str(new), str(db) if db else None, tolerance).changes
    names = [column.name for column in found.columns]
    assert names[:5] == ["section", "change", "method", "benchmark", "subject"]
    return {(row[0], row[1], row[2] or "", row[4]) for row in found.rows}


FORWARD = {
    ("method", "added", "BEST", "method"),
    ("method", "removed", "GONE", "method"),
    ("method", "changed", "EQUAL", "description"),
    ("method", "changed", "EQUAL", "paper_url"),
    ("capability", "changed", "CHEAP", "hotswapping"),
    ("capability", "changed", "TWIN", "merging"),
    ("capability", "changed", "WORSE", "backend: bnb_4bit"),
    ("capability", "added", "WORSE", "backend: new_backend"),
    ("best run", "added", "BEST", "experiment_name"),
    ("best run", "removed", "GONE", "experiment_name"),
    ("best run", "changed", "MIDDLE", "experiment_name"),
    ("best run", "removed", "full fine-tuning", "experiment_name"),
    ("measure", "changed", "MIDDLE", "forgetting"),
    ("measure", "changed", "MIDDLE", "score"),
    ("measure", "changed", "TWIN", "train_time_sec"),
    ("measure", "changed", "WORSE", "forgetting"),
    ("caveat", "removed", "", CAVEAT),
    ("caveat", "removed", "", "adalora_fails_when_tried"),
}
SWAPPED = {"added": "removed", "removed": "added", "changed": "changed"}


def test_what_changed_between_two_files(files: dict[str, Path]) -> None:
    assert changes(files["first"], files["second"]) == FORWARD
    assert changes(files["second"], files["first"]) == {
        (section, SWAPPED[change], *rest) for section, change, *rest in FORWARD
    }


def test_versions_of_a_dataset_are_named_by_number_or_peft_version(small: Path) -> None:
    assert changes("1", "9.9.8", small) == FORWARD
    not_adjacent = changes("0.19.1", "3", small, 0)
    assert not_adjacent == FORWARD - {
        ("measure", "changed", "TWIN", "train_time_sec"),
        ("measure", "changed", "WORSE", "forgetting"),
    }


def test_the_tolerance_is_a_part_of_the_old_value(files: dict[str, Path]) -> None:
    row = ("measure", "changed", "CHEAP", "peak_memory_bytes")  # from 100 to 101
    for tolerance, is_shown in [(0.0099, True), (0.01, False), (0, True), (0.5, False)]:
        found = changes(files["first"], files["second"], tolerance=tolerance)
        assert (row in found) == is_shown


def test_the_exit_code_tells_on_demand(files: dict[str, Path], small: Path) -> None:
    differs = peftshop("diff", "1", "2", "--exit-code", db=small)
    assert (differs.returncode, shown(differs)) == (1, FORWARD)
    assert peftshop("diff", "1", "2", db=small).returncode == 0
    same = peftshop("diff", small, files["third"], "--exit-code")
    assert (same.returncode, shown(same)) == (0, set()), same.stderr


def test_a_dataset_stands_for_its_newest_version(files: dict[str, Path], small: Path) -> None:
    assert changes(small, small / "peftshop.duckdb") == set()
    assert changes(files["second"], small) == changes("2", "3", small) != set()


def test_people_see_the_boundary(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    arguments = ["diff", files["first"], files["second"], "--format", "table"]
    text = " ".join(peftshop(*arguments).stdout.split())
    assert "What changed from peft 0.19.1 to 9.9.8?" in text
    assert f"{CAVEAT} holds only before: Forgetting on metamathqa is invalid" in text
    assert "Measures that a caveat invalidates on one side don't compare." in text
    assert "measure on metamathqa method" in text
    assert "MIDDLE score 0.4500 0.5000 0.1111" in text
    nothing = peftshop("diff", files["third"], files["third"], "--format", "table").stdout
    assert "Nothing beyond the tolerance." in nothing


@pytest.mark.parametrize(
    ("old", "status", "message"),
    [
        ("0.18", 2, "0.18: no such file or dataset, and no version is '0.18'; the newest are 0.19"),
        (__file__, 3, "test_diff.py:1:3: expected JSON, found a syntax error"),
        (Path(__file__).parent, 4, "peftshop.duckdb: no dataset there; `peftshop-db build"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    small: Path, old: object, status: int, message: str
) -> None:
    run = peftshop("diff", old, small, db=small)
    assert (run.returncode, run.stdout) == (status, "")
    assert message in run.stderr
