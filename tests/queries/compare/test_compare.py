"""Budgets and ranks across benchmarks, worked out anew from the source."""

import pytest

from tests.queries.conftest import COSTS, METRICS, Case


@pytest.mark.parametrize(
    ("view", "cost"),
    [
        ("budget_memory", "peak_memory_bytes"),
        ("budget_params", "num_trainable_params"),
        ("budget_size", "adapter_file_size_bytes"),
    ],
)
def test_budget_names_the_best_that_fits(case: Case, view: str, cost: str) -> None:
    expected = bests(case, cost)
    rows = case.rows(view)
    found = {
        (row["benchmark"], row[cost]): (row["method"], row["score"], row["num_methods"])
        for row in rows
    }
    assert found == expected
    assert len(rows) == len(expected)


def test_caps_hold_every_cost(case: Case) -> None:
    expected = {
        (benchmark, cost, value): best
        for cost in ("forgetting", *COSTS)
        for (benchmark, value), best in bests(case, cost).items()
    }
    found = {
        (row["benchmark"], row["cost"], row["value"]): (
            row["method"],
            row["score"],
            row["num_methods"],
        )
        for row in case.rows("budget_caps")
    }
    assert found == expected


def test_ranks_among_the_methods_with_both_scores(case: Case) -> None:
    language, image = (case.values(benchmark, "score") for benchmark in ("metamathqa", "image-gen"))
    both = language.keys() & image.keys()
    expected = {}
    for method in both:
        ranks = [
            1 + sum(scores[other] > scores[method] for other in both)
            for scores in (language, image)
        ]
        expected[method] = (*ranks, sum(ranks) / 2, max(ranks), len(both))
    rows = case.rows("cross_benchmark_rank")
    columns = ("metamathqa_rank", "image_gen_rank", "mean_rank", "worst_rank", "ranked_methods")
    assert {row["method"]: tuple(row[name] for name in columns) for row in rows} == expected
    order = [(row["mean_rank"], row["worst_rank"], row["method"]) for row in rows]
    assert order == sorted(order)


def bests(case: Case, cost: str) -> dict[tuple[str, float], tuple[str, float, int]]:
    """By benchmark and cap: the best, cheapest, first method, its score, and how many fit."""
    found = {}
    for benchmark in METRICS:
        scores, costs = case.values(benchmark, "score"), case.values(benchmark, cost)
        judged = scores.keys() & costs.keys()
        for cap in {costs[method] for method in judged}:
            fitting = [method for method in judged if costs[method] <= cap]
            best = min(fitting, key=lambda name: (-scores[name], costs[name], name))
            found[benchmark, cap] = (best, scores[best], len(fitting))
    return found
