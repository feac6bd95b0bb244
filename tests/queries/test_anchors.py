"""Facts about the shipped file that were established apart from this package."""

import duckdb
import pytest

TIED = {"LORA", "SHIRA", "MISS", "HIRA", "OFT", "C3A", "DELORA", "GRALORA", "RANDLORA"}


@pytest.mark.parametrize(
    ("view", "benchmark", "methods"),
    [
        ("pareto_memory", "metamathqa", "TINYLORA BEFT ADAMSS PREFIX_TUNING SHIRA LORA LILY"),
        ("pareto_memory", "image-gen", "IA3 OFT PEANUT"),
        ("pareto_time", "metamathqa", "PREFIX_TUNING IA3 LORA LILY"),
    ],
)
def test_fronts(
    shipped_connection: duckdb.DuckDBPyConnection, view: str, benchmark: str, methods: str
) -> None:
    rows = shipped_connection.execute(
        f"select method from {view} where benchmark = ?", [benchmark]
    ).fetchall()
    assert " ".join(method for (method,) in rows) == methods


def test_the_best_and_what_is_tied_with_it(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    best = shipped_connection.execute(
        "select method, score * 1319, round(score_low, 3), round(score_high, 3) "
        "from leaderboard where benchmark = 'metamathqa' and rank = 1"
    ).fetchall()
    assert best == [("LILY", pytest.approx(724), 0.522, 0.576)]
    tied = shipped_connection.execute(
        "select method from leaderboard_ties "
        "where benchmark = 'metamathqa' and is_tied_with_best and method <> 'LILY'"
    ).fetchall()
    assert {method for (method,) in tied} == TIED


def test_counts_of_findings(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    layers = shipped_connection.execute(
        "select count(*), count(*) filter (supported) from layer_support where state = 'known'"
    ).fetchone()
    assert layers == (279, 74)
    backends = shipped_connection.execute(
        "select backend, count(*) from quant_backends where supported group by backend"
    ).fetchall()
    counts = dict.fromkeys(("aqlm", "awq", "eetq", "hqq", "inc"), 5)
    assert dict(backends) == counts | {"bnb_4bit": 11, "bnb_8bit": 11, "gptq": 6, "torchao": 4}


def test_methods_without_any_benchmark(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    rows = shipped_connection.execute(
        "select method from coverage_gaps group by method having count(*) = 2"
    ).fetchall()
    assert {method for (method,) in rows} == {
        "CARTRIDGE",
        "CPT",
        "MULTITASK_PROMPT_TUNING",
        "POLY",
        "XLORA",
    }
