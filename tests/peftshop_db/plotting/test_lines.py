"""Lines over versions and over steps: the view's own numbers, broken where they don't compare."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from peftshop_db import plotting
from peftshop_db.errors import UsageError
from peftshop_db.plotting import labels
from peftshop_db.selection import Filters

Spec = dict[str, Any]


def panels(spec: Any) -> Iterator[Spec]:
    """The panels of a picture, the key and the caption aside."""
    if "axis" in spec.get("encoding", {}).get("x", {}):
        yield spec
    for part in (*spec.get("vconcat", ()), *spec.get("hconcat", ())):
        yield from panels(part)


def lines(panel: Spec) -> list[list[Spec]]:
    return [
        layer["data"]["values"]
        for layer in panel["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "line"
    ]


@pytest.mark.parametrize(
    "name", ["history_scores", "learning_curves", "runs_pareto_memory", "runs_pareto_time"]
)
def test_it_compiles_without_a_warning(
    small_connection: duckdb.DuckDBPyConnection, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    spec = plotting.draw(small_connection, name, highlight=["CHEAP"]).specification()
    vega = vl_convert.vegalite_to_vega(json.dumps(spec), vl_version="6.1", show_warnings=True)
    assert vega["marks"]
    assert capfd.readouterr() == ("", "")


def test_history_has_a_line_for_each_method_in_versions(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(small_connection, "history_scores", only).specification()
    score, *_ = panels(spec)
    drawn = {(line[0]["method"], *((p["at"], p["value"]) for p in line)) for line in lines(score)}
    wanted = small_connection.execute(
        "select method, list((version_order, score) order by version_order) from history_scores "
        "where benchmark = 'metamathqa' and score is not null group by method"
    ).fetchall()
    assert drawn == {(method, *points) for method, points in wanted}
    assert any(len(points) > 1 for _, points in wanted)
    assert "9.9.9" in json.dumps(score["encoding"]["x"]["axis"])


def test_no_line_crosses_where_a_metric_was_mended(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(small_connection, "history_scores", only).specification()
    _, forgetting = panels(spec)
    valid = dict(
        small_connection.execute(
            "select distinct version_order, metric_is_valid from history_measures "
            "where benchmark = 'metamathqa' and measure = 'forgetting'"
        ).fetchall()
    )
    assert set(valid.values()) == {True, False}
    for line in lines(forgetting):
        assert len({valid[point["at"]] for point in line}) == 1
    assert "not comparable across this line" in json.dumps(forgetting)


def test_costs_of_versions_break_where_the_metric_was_mended_too(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    only = Filters(benchmark="metamathqa")
    drawn = panels(plotting.draw(small_connection, "history.benchmarks", only).specification())
    titles = [panel["encoding"]["y"]["axis"]["title"] for panel in drawn]
    broken = [
        panel["encoding"]["y"]["axis"]["title"]
        for panel in panels(
            plotting.draw(small_connection, "history.benchmarks", only).specification()
        )
        if "not comparable across this line" in json.dumps(panel)
    ]
    assert len(titles) > 2
    assert broken == ["Forgetting (nats/token)"]


def test_a_spread_goes_from_the_lowest_to_the_highest_run(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    figure = plotting.draw(small_connection, "run_spread")
    assert "median, lowest to highest" in [entry.text for entry in figure.key]
    drawn = json.dumps(figure.specification())
    (highest,) = small_connection.execute(
        "select max(highest) from run_spread where measure = 'score'"
    ).fetchone() or (None,)
    assert f'"highest": {highest}' in drawn


def test_curves_are_the_steps_of_each_run(small_connection: duckdb.DuckDBPyConnection) -> None:
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(small_connection, "learning_curves", only).specification()
    loss, *_ = panels(spec)
    drawn = sorted(tuple((p["at"], p["value"]) for p in line) for line in lines(loss))
    wanted = small_connection.execute(
        "select list((step, train_loss) order by step) from learning_curves "
        "where benchmark = 'metamathqa' and train_loss is not null group by file"
    ).fetchall()
    assert drawn == sorted(tuple(points) for (points,) in wanted)


def test_one_version_makes_no_line(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError) as raised:
        plotting.draw(shipped_connection, "history_scores")
    assert str(raised.value) == (
        "the rows are of one version alone, which makes no line; "
        "several come from: peftshop-db build OLD.json NEW.json --out DIR"
    )


def test_a_front_of_runs_has_the_front_of_best_runs_beside_it(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(small_connection, "runs_pareto_memory", only).specification()
    (panel,) = panels(spec)
    steps = [[(point["score"], point["value"]) for point in line[:-1]] for line in lines(panel)]
    wanted = [
        small_connection.execute(
            "select distinct score, value from run_dominance where benchmark = 'metamathqa' "
            "and cost = 'peak_memory_bytes' and is_on_front and candidates = ? order by value",
            [candidates],
        ).fetchall()
        for candidates in ("all runs", "best runs")
    ]
    assert steps == wanted
    assert wanted[0] != wanted[1]


@given(
    st.lists(st.floats(-50, 150), min_size=1, max_size=12).map(sorted),
    st.floats(0.5, 8),
)
def test_spread_keeps_order_gaps_and_bounds(positions: list[float], gap: float) -> None:
    placed = labels.spread(positions, gap, 100)
    assert len(placed) == len(positions)
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in placed)
    assert all(after - before >= gap - 1e-9 for before, after in itertools.pairwise(placed))


@pytest.mark.parametrize(
    ("positions", "placed"),
    [
        ([10, 40, 90], [10, 40, 90]),
        ([50, 50], [45, 55]),
        ([50, 50, 54], [41, 51, 61]),
        ([0, 0, 80], [0, 10, 80]),
        ([99, 100], [90, 100]),
    ],
)
def test_spread_moves_as_little_as_it_can(positions: list[float], placed: list[float]) -> None:
    assert labels.spread(positions, 10, 100) == pytest.approx(placed, abs=0.7)
