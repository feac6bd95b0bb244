"""Fronts against all pairs, and front probabilities against every outcome there is."""

import itertools
import math
import random
from collections.abc import Iterable
from fractions import Fraction

import duckdb
import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from tests.queries import made_up
from tests.queries.made_up import COSTS, Row, select

FRONTS = {
    "pareto_forgetting": "forgetting",
    "pareto_memory": "peak_memory_bytes",
    "pareto_params": "num_trainable_params",
    "pareto_size": "adapter_file_size_bytes",
    "pareto_time": "train_time_sec",
}
EVERY_COST = [cost for cost in COSTS if cost != "forgetting"]


def dominates(a: Row, b: Row, costs: Iterable[str]) -> bool:
    """Whether a is at least as good as b on the score and all costs, and better on one."""
    differences = [a["score"] - b["score"], *(b[cost] - a[cost] for cost in costs)]
    return min(differences) >= 0 and max(differences) > 0


def rivals(row: Row, rows: list[Row], costs: list[str]) -> list[Row]:
    """The other methods of the benchmark that can be judged."""
    return [
        other
        for other in rows
        if other["benchmark"] == row["benchmark"]
        and other is not row
        and all(other[name] is not None for name in ("score", *costs))
    ]


def check_fronts(connection: duckdb.DuckDBPyConnection) -> None:
    """Checks every view of fronts against all pairs of the rows in benchmarks."""
    rows = select(connection, "from benchmarks")
    key = ("benchmark", "cost", "method")
    found = {tuple(row[name] for name in key): row for row in select(connection, "from dominance")}
    assert len(found) == len(rows) * len(COSTS)
    for row, cost in itertools.product(rows, COSTS):
        answer = found[row["benchmark"], cost, row["method"]]
        assert (answer["score"], answer["value"]) == (row["score"], row[cost])
        if row["score"] is None or row[cost] is None:
            assert (answer["is_on_front"], answer["dominated_by"]) == (None, None)
            continue
        better = [other for other in rivals(row, rows, [cost]) if dominates(other, row, [cost])]
        assert answer["is_on_front"] == (not better)
        better.sort(key=lambda other: (-other["score"], other[cost], other["method"]))
        assert answer["dominated_by"] == (better[0]["method"] if better else None)
    for view, cost in FRONTS.items():
        front = {(row["benchmark"], row["method"]) for row in select(connection, f"from {view}")}
        assert front == {
            (row["benchmark"], row["method"])
            for row in found.values()
            if row["cost"] == cost and row["is_on_front"]
        }
    front = {(row["benchmark"], row["method"]) for row in select(connection, "from pareto_all")}
    assert front == {
        (row["benchmark"], row["method"])
        for row in rows
        if all(row[name] is not None for name in ("score", *EVERY_COST))
        and not any(dominates(other, row, EVERY_COST) for other in rivals(row, rows, EVERY_COST))
    }


@pytest.mark.parametrize("data", ["shipped", "small"])
def test_fronts(data: str, request: pytest.FixtureRequest) -> None:
    check_fronts(request.getfixturevalue(f"{data}_connection"))


def test_fronts_of_random_results() -> None:
    """Few values give many ties and twins; one value makes all equal."""
    with made_up.database([*FRONTS, "pareto_all"]) as connection:
        for seed, values in enumerate([1, 2, 3, 5, 1000] * 3):
            generator = random.Random(seed)
            choices = [None, *range(values)] if seed % 2 else list(range(values))
            rows = [
                {"benchmark": benchmark, "method": f"M{index:02}"}
                | {name: generator.choice(choices) for name in made_up.MEASURES}
                for benchmark, number in [("a", 40), ("b", 8), ("c", 1)]
                for index in range(number)
            ]
            made_up.fill(connection, {}, rows)
            check_fronts(connection)


def test_front_of_many_results() -> None:
    """So many that candidates are found among neighbours first, with ties across neighbourhoods."""
    generator = random.Random(7)
    rows = [
        {"benchmark": "a", "method": f"M{index:03}"}
        | {name: generator.randrange(values) for name in made_up.MEASURES}
        for index, values in enumerate([30] * 400 + [3] * 300)
    ]
    with made_up.database([*FRONTS, "pareto_all"]) as connection:
        made_up.fill(connection, {}, rows)
        found = [row["method"] for row in select(connection, "from pareto_all order by method")]
    assert found == [
        row["method"]
        for row in rows
        if not any(dominates(other, row, EVERY_COST) for other in rows)
    ]
    assert len(found) > 1


def test_front_of_forgetting_is_marked_invalid(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = select(shipped_connection, "from pareto_forgetting")
    assert {(row["benchmark"], row["metric_is_valid"]) for row in rows} == {
        ("metamathqa", False),
        ("image-gen", True),
    }


def is_on_front(index: int, scores: tuple[int, ...], memory: list[int]) -> bool:
    return not any(
        other <= memory[index]
        and score >= scores[index]
        and (other < memory[index] or score > scores[index])
        for score, other in zip(scores, memory, strict=True)
    )


def enumerated(counts: list[int], memory: list[int], items: int) -> list[Fraction]:
    """Each method's probability of being on the front, summed over every outcome."""
    mass = [
        [
            math.comb(items, k)
            * Fraction(count, items) ** k
            * (1 - Fraction(count, items)) ** (items - k)
            for k in range(items + 1)
        ]
        for count in counts
    ]
    totals = [Fraction(0)] * len(counts)
    for scores in itertools.product(range(items + 1), repeat=len(counts)):
        probability = math.prod(mass[index][score] for index, score in enumerate(scores))
        if probability:
            for index in range(len(counts)):
                totals[index] += probability * is_on_front(index, scores, memory)
    return totals


def test_front_probability_of_few_items() -> None:
    """Against all outcomes of up to 4 methods, exactly; rows that can't be judged don't count."""
    with made_up.database(["pareto_memory_confidence"]) as connection:
        for seed in range(20):
            generator = random.Random(seed)
            number, items = generator.choice([(1, 1), (2, 7), (3, 5), (4, 4)])
            counts = [generator.randint(0, items) for _ in range(number)]
            memory = [generator.randint(0, 2) for _ in range(number)]
            points = [(count / items, cost) for count, cost in zip(counts, memory, strict=True)]
            rows = [
                {"benchmark": "b", "method": f"M{index}", "score": score, "peak_memory_bytes": cost}
                for index, (score, cost) in enumerate([*points, (None, 0), (1.0, None)])
            ]
            made_up.fill(connection, {"b": items, "no proportion": None, "empty": 3}, rows)
            found = select(connection, "from pareto_memory_confidence order by method")
            expected = enumerated(counts, memory, items)
            assert len(found) == number + 2
            for row, probability in zip(found[:number], expected, strict=True):
                assert row["front_probability"] == pytest.approx(float(probability), abs=6e-10)
            for row in found[number:]:
                names = ("is_on_front", "front_status", "front_probability")
                assert [row[name] for name in names] == [None] * 3


def test_front_probability_of_many_with_few_scores() -> None:
    """Against scipy's binomial distribution: many that share a score, some the memory as well."""
    generator = np.random.default_rng(1)
    scores = generator.choice(
        [0, 0.5, 0.52, 0.54, 0.55, 1], 400, p=[0.1, 0.3, 0.2, 0.2, 0.19, 0.01]
    )
    memory = generator.integers(0, 150, 400) + (scores == 1) * 100
    rows = [
        {"benchmark": "b", "method": f"M{index:03}", "score": score, "peak_memory_bytes": int(cost)}
        for index, (score, cost) in enumerate(zip(scores.tolist(), memory, strict=True))
    ]
    with made_up.database(["pareto_memory_confidence"]) as connection:
        made_up.fill(connection, {"b": 300}, rows)
        found = select(connection, "from pareto_memory_confidence order by method")
    k = np.arange(301)
    fewer, at_most = (stats.binom.logcdf(k - less, 300, scores[:, None]) for less in (1, 0))
    probable = stats.binom.logpmf(k, 300, scores[:, None])
    for index, row in enumerate(found):
        equal = memory == memory[index]
        equal[index] = False
        terms = probable[index] + fewer[memory < memory[index]].sum(0) + at_most[equal].sum(0)
        assert row["front_probability"] == pytest.approx(np.exp(terms).sum(), abs=6e-10)


def test_front_probability_needs_a_countable_share() -> None:
    rows = [
        {"benchmark": name, "method": "M", "score": 0.5, "peak_memory_bytes": 1}
        for name in ("most", "too many", "no share")
    ]
    with made_up.database(["pareto_memory_confidence"]) as connection:
        made_up.fill(connection, {"most": 9999, "too many": 10_000, "no share": None}, rows)
        (found,) = select(connection, "from pareto_memory_confidence")
    assert (found["benchmark"], found["front_probability"]) == ("most", 1)


@pytest.fixture
def confident(shipped_connection: duckdb.DuckDBPyConnection) -> list[Row]:
    return select(shipped_connection, "from pareto_memory_confidence")


def test_front_probability_of_shipped(confident: list[Row]) -> None:
    """Against scipy's binomial distribution, method by method."""
    assert [row["benchmark"] for row in confident] == ["metamathqa"] * 33
    k = np.arange(1320)
    for row in confident:
        terms = stats.binom.pmf(k, 1319, row["score"])
        for other in confident:
            if other["peak_memory_bytes"] < row["peak_memory_bytes"]:
                terms = terms * stats.binom.cdf(k - 1, 1319, other["score"])
            elif other is not row and other["peak_memory_bytes"] == row["peak_memory_bytes"]:
                terms = terms * stats.binom.cdf(k, 1319, other["score"])
        assert row["front_probability"] == pytest.approx(terms.sum(), abs=6e-10)


def test_front_probability_of_shipped_by_simulation(confident: list[Row]) -> None:
    draws = 20_000
    scores = np.array([row["score"] for row in confident])
    memory = np.array([row["peak_memory_bytes"] for row in confident])
    drawn = np.random.default_rng(1).binomial(1319, scores, size=(draws, len(scores)))
    for index, row in enumerate(confident):
        own = drawn[:, index, None]
        is_beaten = (drawn[:, memory < memory[index]] >= own).any(axis=1)
        is_beaten |= (drawn[:, memory == memory[index]] > own).any(axis=1)
        error = math.sqrt(row["front_probability"] * (1 - row["front_probability"]) / draws)
        assert row["front_probability"] == pytest.approx(1 - is_beaten.mean(), abs=5 * error + 1e-4)


def test_front_status_of_shipped(
    confident: list[Row], shipped_connection: duckdb.DuckDBPyConnection
) -> None:
    """Against a test of each dominated method with the best score that is as cheap or cheaper."""
    assert {row["method"] for row in confident if row["front_status"] == "on_front"} == {
        row["method"]
        for row in select(shipped_connection, "from pareto_memory where benchmark = 'metamathqa'")
    }
    dominated = [row for row in confident if not row["is_on_front"]]
    p_values = []
    for row in dominated:
        best = max(
            other["score"]
            for other in confident
            if other["peak_memory_bytes"] <= row["peak_memory_bytes"]
        )
        p_values.append(proportions_ztest([row["score"] * 1319, best * 1319], [1319, 1319])[1])
    is_clear, *_ = multipletests(p_values, alpha=0.05, method="holm")
    expected = ["clearly_dominated" if clear else "not_clearly_dominated" for clear in is_clear]
    assert [row["front_status"] for row in dominated] == expected
    assert {"clearly_dominated", "not_clearly_dominated"} == set(expected)
