"""Views of history against the documents of the versions."""

import itertools
import random
import statistics
from typing import Any

import duckdb
import pytest

from tests import documents
from tests.queries import made_up
from tests.queries.conftest import COSTS, METRICS, Row
from tests.queries.made_up import select

Document = dict[str, Any]
MEASURES = ("score", "forgetting", *COSTS)


@pytest.fixture(scope="module")
def past() -> list[Document]:
    return [*documents.past(), documents.small()]


def measured(document: Document) -> dict[tuple[str, str, str], Any]:
    """Every measure by benchmark, subject and measure."""
    runs = [
        (benchmark, method, run)
        for method, body in document["methods"].items()
        for benchmark, run in body["benchmarks"].items()
    ]
    baselines = document["baselines"].items()
    runs += [(benchmark, "full fine-tuning", run) for benchmark, run in baselines if run]
    found = {}
    for benchmark, subject, run in runs:
        names = dict(zip(("score", "forgetting"), METRICS.get(benchmark, ("", "")), strict=True))
        for measure in MEASURES:
            found[benchmark, subject, measure] = run.get(names.get(measure, measure))
    return found


def of_version(rows: list[Row], order: int) -> list[Row]:
    return [row for row in rows if row["version_order"] == order]


def test_scores_and_their_changes(
    small_connection: duckdb.DuckDBPyConnection, past: list[Document]
) -> None:
    rows = select(small_connection, "from history_scores")
    before: dict[tuple[str, str, str], Any] = {}
    for order, document in enumerate(past, 1):
        values = {key: value for key, value in measured(document).items() if "full" not in key[1]}
        found = of_version(rows, order)
        assert len(found) == len(values) / len(MEASURES)
        for row in found:
            key = (row["benchmark"], row["method"])
            score, old = values[*key, "score"], before.get((*key, "score"))
            assert row["score"] == score
            assert row["score_change"] == (None if None in (score, old) else score - old)
            rivals = [
                value
                for (benchmark, _, measure), value in values.items()
                if (benchmark, measure) == (key[0], "score") and value is not None
            ]
            better = [value for value in rivals if score is not None and value > score]
            assert row["rank"] == (None if score is None else len(better) + 1)
            assert row["is_other_run"] == other_run(row, past, order)
            is_invalid = order == 1 and key[0] == "metamathqa"
            assert row["invalidated_by"] == ("forgetting_metric_invalid" if is_invalid else None)
            if order == 2 and key[0] == "metamathqa":
                assert row["forgetting_change"] is None
        before = values


def other_run(row: Row, past: list[Document], order: int) -> bool | None:
    """Whether the version before has another experiment as the method's best."""
    before = past[order - 2]["methods"].get(row["method"], {}) if order > 1 else {}
    run = before.get("benchmarks", {}).get(row["benchmark"])
    return None if run is None else run["experiment_name"] != row["experiment_name"]


def check_common_changes(connection: duckdb.DuckDBPyConnection) -> int:
    """Checks what all scores have in common; gives how many exceed the noise."""
    rows = select(connection, "from history_scores")
    noise = select(connection, "from score_noise")
    rerun = {row["benchmark"]: row["rerun_difference"] for row in noise}
    for row in rows:
        changes = [
            other["score_change"]
            for other in rows
            if (other["version_order"], other["benchmark"])
            == (row["version_order"], row["benchmark"])
            and other["score_change"] is not None
            and other["is_other_run"] is False
        ]
        common = statistics.median(changes) if changes else None
        assert row["common_change"] == pytest.approx(common)
        if None in (row["score_change"], common, rerun.get(row["benchmark"])):
            assert row["exceeds_noise"] is None
        else:
            further = abs(row["score_change"] - common) > rerun[row["benchmark"]]
            assert row["exceeds_noise"] == further
    return sum(bool(row["exceeds_noise"]) for row in rows)


def test_what_all_scores_have_in_common(small_connection: duckdb.DuckDBPyConnection) -> None:
    check_common_changes(small_connection)


def test_what_random_scores_have_in_common() -> None:
    """Few values give ties, few methods even and odd numbers of them, and none."""
    with made_up.database(["history_scores"]) as connection:
        noise = {"benchmark": "a", "test_items": 100, "training_noise_sd": 0.5}
        made_up.insert(connection, "registry_benchmarks", [noise])
        exceeding = 0
        for seed in range(12):
            generator = random.Random(seed)
            versions = [{"version_order": order, "peft_version": "1"} for order in (1, 2, 3)]
            made_up.insert(connection, "history.dataset", versions)
            rows = [
                {"version_order": order, "benchmark": benchmark, "method": method}
                | {"experiment_name": generator.choice(["x", "x", "y"])}
                | {"score": generator.choice([None, 0.0, 1.0, 2.0, 4.0])}
                for order, benchmark, method in itertools.product((1, 2, 3), "ab", "JKLMNO")
                if generator.random() < 0.8
            ]
            made_up.insert(connection, "history.benchmarks", rows)
            exceeding += check_common_changes(connection)
        assert exceeding > 10


def test_methods_that_come_and_go(
    small_connection: duckdb.DuckDBPyConnection, past: list[Document]
) -> None:
    rows = select(small_connection, "from history_methods")
    assert [row["change"] for row in of_version(rows, 1)] == [None] * len(past[0]["methods"])
    for order, (old, new) in enumerate(itertools.pairwise(past), 2):
        names, others = set(new["methods"]), set(old["methods"])
        changes = {row["method"]: row["change"] for row in of_version(rows, order)}
        assert {name for name in changes if changes[name] == "added"} == names - others
        assert {name for name in changes if changes[name] == "removed"} == others - names
        assert {name for name in changes if changes[name] == "kept"} == names & others
    anew = {(row["version_order"], row["method"]) for row in rows if row["is_described_anew"]}
    assert anew == {(2, "EQUAL")}


def test_measures_that_changed(
    small_connection: duckdb.DuckDBPyConnection, past: list[Document]
) -> None:
    rows = select(small_connection, "from history_changes where section = 'measure'")
    for order, (old, new) in enumerate(itertools.pairwise(past), 2):
        before, after = measured(old), measured(new)
        expected = {
            key: (before[key], after[key])
            for key in before.keys() & after.keys()
            if before[key] != after[key]
        }
        found = of_version(rows, order)
        assert expected == {
            (row["benchmark"], row["method"], row["subject"]): (
                row["old_measure"],
                row["new_measure"],
            )
            for row in found
        }
        for row in found:
            old_value, new_value = row["old_measure"], row["new_measure"]
            if not old_value or new_value is None:
                assert row["relative_change"] is None
            else:
                change = (new_value - old_value) / abs(old_value)
                assert row["relative_change"] == pytest.approx(change)
            invalid = order == 2 and row["subject"] == "forgetting"
            assert row["is_comparable"] == (not invalid)


def test_a_dataset_of_one_version_has_no_changes(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    for view in ("history_changes", "history_capabilities"):
        assert select(shipped_connection, f"from {view}") == []
    assert {row["change"] for row in select(shipped_connection, "from history_methods")} == {None}
