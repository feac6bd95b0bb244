"""Views over raw runs against all pairs and Python's own statistics."""

import itertools
import random
import statistics
from collections import defaultdict

import duckdb
import pytest

from tests.queries import made_up
from tests.queries.made_up import Row, select

COSTS = [cost for cost in made_up.COSTS if cost != "forgetting"]
MEASURES = ["score", *COSTS]


def best_runs(rows: list[Row]) -> list[Row]:
    """Each method's run of the highest score; of equals the last file."""
    runs = defaultdict(list)
    for row in rows:
        if row["score"] is not None:
            runs[row["benchmark"], row["method"]].append(row)
    return [max(group, key=lambda row: (row["score"], row["file"])) for group in runs.values()]


def dominators(row: Row, rows: list[Row], cost: str) -> list[Row]:
    return [
        other
        for other in rows
        if other["benchmark"] == row["benchmark"]
        and None not in (other["score"], other[cost])
        and other["score"] >= row["score"]
        and other[cost] <= row[cost]
        and (other["score"], other[cost]) != (row["score"], row[cost])
    ]


def check_runs(connection: duckdb.DuckDBPyConnection) -> None:
    rows = select(
        connection,
        "from runs where status = 'success' and method is not null and benchmark is not null",
    )
    best = best_runs(rows)
    found = {
        (row["candidates"], row["cost"], row["file"]): row
        for row in select(connection, "from run_dominance")
    }
    assert len(found) == len(COSTS) * (len(rows) + len(best))
    sets = {"all runs": rows, "best runs": best}
    for (candidates, runs), cost in itertools.product(sets.items(), COSTS):
        for row in runs:
            answer = found[candidates, cost, row["file"]]
            if None in (row["score"], row[cost]):
                assert (answer["is_on_front"], answer["dominated_by"]) == (None, None)
                continue
            better = dominators(row, runs, cost)
            better.sort(key=lambda other: (-other["score"], other[cost], other["file"]))
            assert answer["is_on_front"] == (not better)
            assert answer["dominated_by"] == (better[0]["file"] if better else None)
    for row in select(connection, "from run_spread"):
        group = [
            other
            for other in rows
            if (other["benchmark"], other["method"]) == (row["benchmark"], row["method"])
        ]
        values = [other[row["measure"]] for other in group if other[row["measure"]] is not None]
        expected = [len(values), min(values), statistics.median(values), max(values)]
        assert [row[name] for name in ("num_runs", "lowest", "median", "highest")] == expected
        shown = [other[row["measure"]] for other in best_runs(group)] or [None]
        assert row["best_run_value"] == shown[0]


@pytest.mark.parametrize("data", ["shipped", "small"])
def test_runs(data: str, request: pytest.FixtureRequest) -> None:
    check_runs(request.getfixturevalue(f"{data}_connection"))


def test_random_runs() -> None:
    """Few values give many ties and twins; one value makes all equal."""
    with made_up.database(["run_dominance", "run_spread"]) as connection:
        for seed, values in enumerate([1, 2, 4, 1000] * 3):
            generator = random.Random(seed)
            choices = [None, *range(values)] if seed % 2 else list(range(values))
            rows = [
                {
                    "benchmark": generator.choice(["a", "b", None]),
                    "file": f"{index:02}.json",
                    "method": generator.choice(["M", "N", "O", None]),
                    "status": generator.choice(["success", "success", "success", "failed"]),
                }
                | {name: generator.choice(choices) for name in MEASURES}
                for index in range(60)
            ]
            made_up.insert(connection, "runs", rows)
            check_runs(connection)


def test_bias_is_the_difference_of_the_fronts(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    fronts = {
        candidates: {
            (row["cost"], row["file"])
            for row in select(small_connection, "from run_dominance")
            if row["candidates"] == candidates and row["is_on_front"]
        }
        for candidates in ("all runs", "best runs")
    }
    files = {
        (row["method"], row["experiment_name"]): row["file"]
        for row in select(small_connection, "from method_runs")
    }
    runs = select(small_connection, "from method_runs where benchmark = 'metamathqa'")
    scores = {row["experiment_name"]: row["score"] for row in runs}
    found = defaultdict(set)
    for row in select(small_connection, "from best_run_bias"):
        file = files[row["method"], row["experiment_name"]]
        found[row["change"]].add((row["cost"], file))
        assert (row["displaced_by"] is None) == (row["change"] != "leaves")
        if row["displaced_by"] is None:
            assert row["score_margin"] is None
        else:
            margin = scores[row["displaced_by"]] - scores[row["experiment_name"]]
            assert row["score_margin"] == margin >= 0
    assert found["stays"] == fronts["all runs"] & fronts["best runs"]
    assert found["joins"] == fronts["all runs"] - fronts["best runs"]
    assert found["leaves"] == fronts["best runs"] - fronts["all runs"]
    assert found["joins"] and found["leaves"]
