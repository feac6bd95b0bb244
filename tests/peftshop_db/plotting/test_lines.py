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
from peftshop_db.plotting import labels, looks
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


def test_what_a_caveat_invalidates_is_shaded_and_not_drawn(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(small_connection, "history_scores", only).specification()
    score, forgetting = panels(spec)
    valid = dict(
        small_connection.execute(
            "select distinct version_order, metric_is_valid from history_measures "
            "where benchmark = 'metamathqa' and measure = 'forgetting'"
        ).fetchall()
    )
    assert valid == {1: False, 2: True, 3: True}
    assert {point["at"] for line in lines(forgetting) for point in line} == {2, 3}
    (band,) = bands(forgetting)
    assert band["at"] < 1 and band["end"] == 1.5
    low, high = forgetting["encoding"]["y"]["scale"]["domain"]
    assert low < -0.5 and 0.6 < high < 1.3  # MIDDLE's invalid 1.3 sets no scale
    assert bands(score) == []
    assert "invalid: not to be used, and not drawn" in json.dumps(spec["vconcat"][0])


def bands(panel: Spec) -> list[Spec]:
    return [
        layer["data"]["values"][0]
        for layer in panel["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "rect"
    ]


def look(panel: Spec, method: str) -> str:
    """What the look of a method's line says."""
    (found,) = {
        layer["mark"]["description"]
        for layer in panel["layer"]
        if layer["mark"]["type"] == "line" and layer["data"]["values"][0]["method"] == method
    }
    return str(found)


def test_a_score_stands_out_beyond_the_noise_and_a_cost_beyond_one_part_in_a_hundred(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    """CHEAP's memory went from 100 to 101 and back: by 1% of 100, and by less of 101."""
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(small_connection, "history_scores", only).specification()
    score, _ = panels(spec)
    assert (look(score, "MIDDLE"), look(score, "CHEAP")) == ("moved", "still")
    small_connection.execute("create temp table history_odd as from history_measures")
    small_connection.execute(
        "update history_odd set value = 102 where value = 101 and subject = 'CHEAP'"
    )
    for name, expected in [("history_measures", "still"), ("history_odd", "moved")]:
        spec = plotting.draw(small_connection, name, only).specification()
        titled = {panel["encoding"]["y"]["axis"]["title"]: panel for panel in panels(spec)}
        assert look(titled["Peak memory (B)"], "CHEAP") == expected


def test_every_measure_has_a_panel_and_full_fine_tuning_its_line(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    spec = plotting.draw(small_connection, "history_measures").specification()
    found = list(panels(spec))
    wanted = small_connection.execute(
        "select count(*) from (select distinct benchmark, measure from history_measures "
        "where value is not null group by benchmark, measure, subject having count(*) > 1)"
    ).fetchone()
    assert (len(found),) == wanted
    assert max(len(row.get("hconcat", [row])) for row in spec["vconcat"][1:-1]) == 3
    baselines = [
        [point["value"] for point in line]
        for panel in found
        for line in lines(panel)
        if line[0]["method"] == "full fine-tuning"
    ]
    assert [0.45, 0.45, 0.45] in baselines


def test_a_line_breaks_where_a_version_lacks_the_method(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    where = "version_order <> 2 or method <> 'CHEAP'"
    only = Filters(benchmark="metamathqa", where=where)
    spec = plotting.draw(small_connection, "history_scores", only).specification()
    score, _ = panels(spec)
    cheap = [line for line in lines(score) if line[0]["method"] == "CHEAP"]
    assert [[point["at"] for point in line] for line in cheap] == [[1], [3]]


def curves(start: float) -> list[tuple[object, ...]]:
    """Eight runs of which the first begins elsewhere, and full fine-tuning."""
    return [
        ("metamathqa", method, f"{method}/a", f"{method}.json", step, loss, number / 10)
        for number, method in enumerate([*"ABCDEFGH", None])
        for step in range(1, 11)
        for loss in [start if number == 0 and step == 1 else 1 - number / 100 - step / 100]
    ]


@pytest.mark.parametrize(("start", "is_cut"), [(50.0, True), (1.0, False)])
def test_a_start_far_from_the_rest_is_cut_off(
    small_connection: duckdb.DuckDBPyConnection, start: float, is_cut: bool
) -> None:
    small_connection.execute(
        "create temp table curves (benchmark varchar, method varchar, experiment_name varchar, "
        "file varchar, step bigint, train_loss double, test_score double)"
    )
    rows = curves(start)
    small_connection.executemany("insert into curves values (?, ?, ?, ?, ?, ?, ?)", rows)
    spec = plotting.draw(small_connection, "curves").specification()
    loss = next(panels(spec))
    title = loss["encoding"]["y"]["axis"]["title"]
    assert title == "Training loss" + ", the start cut off" * is_cut
    assert loss["encoding"]["y"]["scale"]["domain"][1] < 2
    assert (look(loss, "H"), look(loss, "A")) == ("best run", "run")
    assert look(loss, "full fine-tuning") == "full fine-tuning"
    few = Filters(where="method in ('A', 'B')")
    spec = plotting.draw(small_connection, "curves", few).specification()
    assert "A/a" in json.dumps(spec) and "a run" not in json.dumps(spec)


@pytest.mark.parametrize("data", ["shipped", "small"])
def test_every_view_that_has_a_picture_is_drawn(data: str, request: pytest.FixtureRequest) -> None:
    connection = request.getfixturevalue(f"{data}_connection")
    with pytest.raises(UsageError) as raised:
        plotting.draw(connection, "methods")
    names = str(raised.value).partition("these have: ")[2].split(", ")
    assert len(names) > 30
    for name in names:
        try:
            assert plotting.draw(connection, name).rows, name
        except UsageError as error:
            assert str(error) == "the rows hold no number to draw", name


def test_tables_of_history_shade_what_a_caveat_invalidates_too(
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
        if looks.described(looks.INVALID) in str(panel)
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
