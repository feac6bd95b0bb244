"""Stars, ranks and ratios, worked out anew from the source."""

import math

import duckdb
import pytest

from tests.queries.conftest import COSTS, METRICS, Case

STARRED = (
    "score",
    "forgetting",
    "peak_memory_bytes",
    "adapter_file_size_bytes",
    "train_time_sec",
)


@pytest.mark.parametrize(
    ("benchmark", "method", "stars"),
    [
        ("metamathqa", "LORA", [5, 1, 3, 1, 5]),
        ("metamathqa", "LILY", [5, 5, 1, 1, 3]),
        ("metamathqa", "VERA", [2, 4, 4, 4, 4]),
        ("image-gen", "OFT", [5, 3, 5, 3, 5]),
        ("image-gen", "IA3", [3, 4, 5, 5, 5]),
    ],
)
def test_stars_of_the_shop(
    shipped_connection: duckdb.DuckDBPyConnection, benchmark: str, method: str, stars: list[int]
) -> None:
    found = dict(
        shipped_connection.execute(
            "select measure, stars from star_ratings where benchmark = ? and method = ?",
            [benchmark, method],
        ).fetchall()
    )
    assert [found[measure] for measure in STARRED] == stars


def test_stars_follow_the_rule(case: Case) -> None:
    expected = {}
    for benchmark in benchmarks(case):
        for measure in STARRED:
            values = case.values(benchmark, measure)
            for method, value in values.items():
                better = sum(is_better(measure, other, value) for other in values.values())
                stars = 5 - math.floor(5 * better / len(values))
                expected[benchmark, measure, method] = (value, stars, len(values))
    found = {
        (row["benchmark"], row["measure"], row["method"]): (
            row["value"],
            row["stars"],
            row["rated_methods"],
        )
        for row in case.rows("star_ratings")
    }
    assert found == expected


def test_stars_warn_of_an_invalid_metric(case: Case) -> None:
    invalid = {
        (row["benchmark"], row["measure"])
        for row in case.rows("star_ratings")
        if not row["metric_is_valid"]
    }
    assert invalid == ({("metamathqa", "forgetting")} if case.name == "shipped" else set())


def test_ranks_count_the_better_ones(case: Case) -> None:
    expected = {}
    for benchmark in benchmarks(case):
        for measure in ("score", "forgetting", *COSTS):
            values = case.values(benchmark, measure)
            for method, value in values.items():
                better = sum(is_better(measure, other, value) for other in values.values())
                expected[benchmark, measure, method] = better + 1
    rows = case.rows("measure_ranks")
    assert {(row["benchmark"], row["measure"], row["method"]): row["rank"] for row in rows} == (
        expected
    )


def test_efficiency_divides_by_readable_units(case: Case) -> None:
    rows = {(row["benchmark"], row["method"]): row for row in case.rows("efficiency")}
    assert set(rows) == {
        (benchmark, method) for benchmark in METRICS for method in case.values(benchmark, "score")
    }
    for (benchmark, method), row in rows.items():
        run = case.run(method, benchmark)
        assert run is not None
        for column, cost, unit in (
            ("score_per_memory_gib", "peak_memory_bytes", 2**30),
            ("score_per_million_params", "num_trainable_params", 10**6),
            ("score_per_file_mib", "adapter_file_size_bytes", 2**20),
            ("score_per_hour", "train_time_sec", 3600),
        ):
            expected = run["score"] / (run[cost] / unit) if run[cost] else None
            assert row[column] == (expected and pytest.approx(expected, rel=1e-12)), column


def benchmarks(case: Case) -> set[str]:
    return {benchmark for method in case.methods.values() for benchmark in method["benchmarks"]}


def is_better(measure: str, one: float, other: float) -> bool:
    return one > other if measure == "score" else one < other
