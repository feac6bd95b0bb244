"""The statistics against scipy, statsmodels, and arithmetic in more digits."""

import itertools
import math
import random
from collections import defaultdict
from decimal import Decimal, localcontext

import duckdb
import numpy as np
import pytest
from scipy import integrate, special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

from tests.queries import made_up
from tests.queries.made_up import Row, select

TIED_WITH_LILY = {
    *("LILY", "LORA", "SHIRA", "MISS", "HIRA", "OFT", "C3A", "DELORA", "GRALORA", "RANDLORA")
}


@pytest.fixture(params=["shipped", "small"])
def connection(request: pytest.FixtureRequest) -> duckdb.DuckDBPyConnection:
    return request.getfixturevalue(f"{request.param}_connection")


def families(tests: list[Row]) -> list[list[Row]]:
    grouped = defaultdict(list)
    for test in tests:
        if test["p_value"] is not None:
            grouped[test["benchmark"], test["comparison"]].append(test)
    return list(grouped.values())


def check_tests(tests: list[Row], items: dict[str, int]) -> None:
    """Checks p-values against statsmodels, and their adjustment."""
    for family in families(tests):
        for test in family:
            if test["score"] == test["reference_score"]:
                assert test["p_value"] == 1
            else:
                n = items[test["benchmark"]]
                counts = [test["score"] * n, test["reference_score"] * n]
                _, expected = proportions_ztest(counts, [n, n])
                assert test["p_value"] == pytest.approx(expected, rel=1e-11, abs=1e-303)
        _, holm, _, _ = multipletests([test["p_value"] for test in family], method="holm")
        for test, expected in zip(family, holm, strict=True):
            assert test["p_value_holm"] == pytest.approx(expected, rel=1e-12, abs=1e-303)


def test_tests_of_shipped_and_small(connection: duckdb.DuckDBPyConnection) -> None:
    tests = select(connection, "from score_tests")
    assert {test["comparison"] for test in tests} == {"best", "baseline", "memory_dominator"}
    check_tests(tests, {"metamathqa": 1319})
    assert {test["benchmark"] for test in tests} == {"metamathqa"}


def test_noise_of_pairs_of_runs(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    """Against pairs of runs that are drawn at random: answers, training, both."""
    found = {row["benchmark"]: row for row in select(shipped_connection, "from score_noise")}
    noise = found["metamathqa"]
    generator = np.random.default_rng(1)
    trained = generator.normal(0, noise["training_noise_sd"], (2, 400_000))
    answered = generator.binomial(noise["test_items"], 0.5, (2, 400_000)) / noise["test_items"]
    for name, runs in (("rerun", trained), ("setting", trained + answered)):
        within = np.abs(runs[0] - runs[1]) <= noise[f"{name}_difference"]
        assert within.mean() == pytest.approx(0.95, abs=0.002)
    assert found["image-gen"]["rerun_difference"] is None
    assert found["image-gen"]["setting_difference"] is None


def test_nine_methods_are_tied_with_lily(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    rows = select(shipped_connection, "from leaderboard_ties where benchmark = 'metamathqa'")
    assert {row["method"] for row in rows if row["is_tied_with_best"]} == TIED_WITH_LILY
    assert rows[0]["method"] == "LILY" and rows[0]["p_value"] is None
    assert round(rows[0]["score"] * 1319, 9) == 724


def test_image_generation_has_no_tests(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    for view in ("leaderboard_ties", "baseline_ties"):
        rows = select(shipped_connection, f"from {view} where benchmark = 'image-gen'")
        assert len(rows) == 24
        for row in rows:
            tied = [row[name] for name in row if name.startswith("is_tied")]
            assert [row["p_value"], row["p_value_holm"], *tied] == [None, None, None]


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 10))]
)
def test_tests_of_random_scores(seed: int) -> None:
    """Few items give many ties, zeros and ones; many items give p-values far into the tail."""
    generator = random.Random(seed)
    items = {"tiny": 4, "all equal": 9, "alone": 20, "some": 300, "many": 100_000}
    rows, baselines = [], []
    for benchmark, n in items.items():
        number = {"alone": 1, "all equal": 6}.get(benchmark, generator.randint(2, 30))
        counts = [3 if benchmark == "all equal" else generator.randint(0, n) for _ in range(number)]
        for index, count in enumerate([*counts, None]):
            score = None if count is None else count / n
            memory = generator.choice([None, 1, 2, 3, 4])
            row = {"benchmark": benchmark, "score": score, "peak_memory_bytes": memory}
            rows.append({"method": f"M{index:02}", **row})
        baseline = None if benchmark == "some" else generator.randint(0, n) / n
        baselines.append({"benchmark": benchmark, "score": baseline})
    with made_up.database(["leaderboard_ties", "baseline_ties"]) as connection:
        made_up.fill(connection, items, rows, baselines[1:])
        tests = select(connection, "from score_tests")
        ties = select(connection, "from leaderboard_ties")
        baseline_ties = select(connection, "from baseline_ties")
    check_tests(tests, items)
    assert len(ties) == len(baseline_ties) == sum(row["score"] is not None for row in rows)
    best = [next(group) for _, group in itertools.groupby(ties, lambda row: row["benchmark"])]
    assert all(row["p_value"] is None and row["is_tied_with_best"] for row in best)
    others = [row for row in ties if row not in best]
    assert all(row["is_tied_with_best"] == (row["p_value_holm"] >= 0.05) for row in others)
    undefined = {row["benchmark"] for row in baseline_ties if row["p_value"] is None}
    assert undefined == {"tiny", "some"}


def test_p_values_are_right_far_into_the_tail() -> None:
    """Within 1e-12 of the complementary error function, relative to it: z from 0.0001 to 37."""
    n = 1_000_000
    steps = {step for power in range(5) for step in range(10**power, 10 ** (power + 1), 10**power)}
    scores = [0.5 + step / 10 * 2e-6 for step in steps if step / 10 * 2e-6 < 0.0137]
    rows = [{"benchmark": "b", "method": f"{score}", "score": score} for score in [*scores, 0.4863]]
    with made_up.database(["score_tests"]) as connection:
        made_up.fill(connection, {"b": n}, rows, [{"benchmark": "b", "score": 0.5}])
        baseline = select(connection, "from score_tests where comparison = 'baseline'")
        best = select(connection, "from score_tests where comparison = 'best' and score < 0.49")
    assert len(baseline) == len(rows)
    for test in [*baseline, *best]:
        first, second = test["score"], test["reference_score"]
        x = math.sqrt(n * (first - second) ** 2 / ((first + second) * (2 - first - second)))
        assert test["p_value"] == pytest.approx(special.erfc(x), rel=1e-12, abs=0)
    assert min(test["p_value"] for test in best) < 1e-250
    assert max(test["p_value"] for test in baseline) > 0.999


def test_wilson_intervals(connection: duckdb.DuckDBPyConnection) -> None:
    rows = select(connection, "from score_intervals where benchmark = 'metamathqa'")
    for row in rows:
        low, high = proportion_confint(row["score"] * 1319, 1319, method="wilson")
        assert row["score_low"] == pytest.approx(low, rel=1e-12, abs=1e-15)
        assert row["score_high"] == pytest.approx(high, rel=1e-12)


@pytest.mark.parametrize("n", [1, 7, 1319, 10**6, 10**9])
def test_wilson_intervals_at_the_ends(n: int) -> None:
    rows = [{"benchmark": "b", "method": str(k), "score": k / n} for k in {0, 1, n // 2, n - 1, n}]
    with made_up.database(["score_intervals"]) as connection, localcontext(prec=60):
        made_up.fill(connection, {"b": n}, rows)
        for row in select(connection, "from score_intervals"):
            p, z2 = Decimal(row["score"]), Decimal("1.959963984540054") ** 2
            centre = p + z2 / (2 * n)
            half_width = (z2 / n * (p * (1 - p) + z2 / (4 * n))).sqrt()
            low = (centre - half_width) / (1 + z2 / n)
            high = (centre + half_width) / (1 + z2 / n)
            assert row["score_low"] == pytest.approx(float(low), rel=1e-13, abs=1e-55)
            assert row["score_high"] == pytest.approx(float(high), rel=1e-13)
            assert 0 <= row["score_low"] <= row["score"] <= row["score_high"] <= 1


def check_agreement(agreements: list[Row], rows: list[Row]) -> None:
    """Checks every pair of measures of every benchmark against scipy."""
    pairs = list(itertools.combinations(made_up.MEASURES, 2))
    benchmarks = {row["benchmark"] for row in rows}
    assert len(agreements) == len(pairs) * len(benchmarks)
    for agreement in agreements:
        a, b = agreement["measure_a"], agreement["measure_b"]
        assert (a, b) in pairs
        points = [
            (row[a], row[b])
            for row in rows
            if row["benchmark"] == agreement["benchmark"] and None not in (row[a], row[b])
        ]
        assert agreement["num_methods"] == len(points)
        left, right = [point[0] for point in points], [point[1] for point in points]
        if len(points) < 3 or len(set(left)) == 1 or len(set(right)) == 1:
            assert agreement["spearman_rho"] is None
        else:
            expected = stats.spearmanr(left, right).statistic
            assert agreement["spearman_rho"] == pytest.approx(expected, abs=1e-12)


def test_rank_agreement(connection: duckdb.DuckDBPyConnection) -> None:
    agreements = select(connection, "from rank_agreement")
    check_agreement(agreements, select(connection, "from benchmarks"))
    assert all(
        row["metric_is_valid"] or "forgetting" in (row["measure_a"], row["measure_b"])
        for row in agreements
    )


@pytest.mark.parametrize("seed", range(5))
def test_rank_agreement_of_random_results(seed: int) -> None:
    generator = random.Random(seed)
    rows = [
        {"benchmark": benchmark, "method": f"M{index}"}
        | {name: generator.choice([None, *range(values)]) for name in made_up.MEASURES}
        for benchmark, number, values in [("a", 40, 1000), ("b", 40, 4), ("c", 4, 2), ("d", 9, 1)]
        for index in range(number)
    ]
    with made_up.database(["rank_agreement"]) as connection:
        made_up.fill(connection, {}, rows)
        check_agreement(select(connection, "from rank_agreement"), rows)


def test_selection_bias_is_bounded() -> None:
    """By the expected maximum of n normal errors, and for few runs of n binomial ones, exactly."""
    runs = [1, 2, 3, 7, 11, 12, 40, 1000]
    rows = [
        {"benchmark": "metamathqa", "method": f"{n} {score}", "score": score, "num_runs": n}
        for n in runs
        for score in (0.002, 0.5, 0.999)
    ]
    with made_up.database(["selection_bias"]) as connection:
        made_up.fill(connection, {"metamathqa": 1319}, rows)
        found = select(connection, "from selection_bias")
    for row in found:
        n, score = row["num_runs"], row["score"]
        sampling_sd = math.sqrt(score * (1 - score) / 1319)
        run_sd = math.hypot(sampling_sd, 0.0093)
        assert (row["sampling_sd"], row["run_sd"]) == pytest.approx(
            (sampling_sd, run_sd), rel=1e-12
        )
        normal, _ = integrate.quad(
            lambda x, n=n: x * n * stats.norm.pdf(x) * stats.norm.cdf(x) ** (n - 1), -10, 10
        )
        assert normal * run_sd - 1e-12 <= row["bias_bound"] <= 1.4 * normal * run_sd + 1e-12
        assert row["sampling_bias_bound"] * run_sd == pytest.approx(row["bias_bound"] * sampling_sd)
        if n == 1:
            assert row["bias_bound"] == row["sampling_bias_bound"] == 0
        elif n <= 11:
            below = stats.binom.cdf(range(1319), 1319, score)
            assert sum(1 - below**n) / 1319 - score <= row["sampling_bias_bound"]
