"""The specifications: valid, with the view's own numbers, and free of collisions."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import vl_convert

from peftshop_db import dataset, plotting
from peftshop_db.errors import UsageError
from peftshop_db.plotting import labels, rendering, scales, theme
from peftshop_db.selection import Filters
from tests.commands import invoke

DRAWN = (
    "pareto_memory",
    "pareto_params",
    "pareto_size",
    "pareto_time",
    "pareto_forgetting",
    "pareto_memory_confidence",
    "budget_memory",
    "dominance",
    "leaderboard",
    "leaderboard_ties",
    "score_intervals",
    "efficiency",
    "star_ratings",
    "cross_benchmark_rank",
    "vs_baseline",
    "vs_lora",
    "mergeable",
    "quant_matrix",
    "layer_matrix",
    "feature_matrix",
)


def parts(spec: Any) -> Iterator[dict[str, Any]]:
    """Every object in a specification."""
    for one in spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ():
        yield from parts(one)
    if isinstance(spec, dict):
        yield spec


def rows(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """The rows of data that have all the fields, of all panels."""
    return [
        value
        for part in parts(spec)
        if isinstance(part.get("values"), list)
        for value in part["values"]
        if isinstance(value, dict) and set(fields) <= set(value)
    ]


@pytest.mark.parametrize("name", DRAWN)
def test_it_compiles_without_a_warning(
    shipped_connection: duckdb.DuckDBPyConnection, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    spec = plotting.draw(shipped_connection, name).specification()
    vega = vl_convert.vegalite_to_vega(json.dumps(spec), vl_version="6.1", show_warnings=True)
    assert vega["marks"]
    assert capfd.readouterr() == ("", "")
    question = dataset.comment(shipped_connection, name).partition("\n")[0]
    assert " ".join(spec["title"]["text"]) == question


@pytest.mark.parametrize("name", ["pareto_memory", "leaderboard", "quant_matrix", "vs_baseline"])
def test_small_data_of_ties_and_nulls_is_drawn(
    small_connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    spec = plotting.draw(small_connection, name).specification()
    assert rendering.to_svg(spec) == rendering.to_svg(spec)


def test_a_front_shows_every_method_and_steps_through_the_view_s_rows(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    only = Filters(benchmark="metamathqa")
    spec = plotting.draw(shipped_connection, "pareto_memory", only).specification()
    panel = next(part for part in parts(spec) if "layer" in part and "title" in part)
    points = [(row["method"], row["score"], row["value"]) for row in panel["data"]["values"]]
    benchmarks = shipped_connection.execute(
        "select method, score, peak_memory_bytes from benchmarks "
        "where benchmark = 'metamathqa' and score is not null"
    ).fetchall()
    assert sorted(points) == sorted(benchmarks)
    line = next(layer for layer in panel["layer"] if layer["mark"]["type"] == "line")
    assert line["mark"]["interpolate"] == "step-after"
    steps = [(row["score"], row["value"]) for row in line["data"]["values"]]
    front = shipped_connection.execute(
        "select score, peak_memory_bytes from pareto_memory where benchmark = 'metamathqa'"
    ).fetchall()
    assert steps[:-1] == front
    assert steps[-1] == (724 / 1319, panel["encoding"]["x"]["scale"]["domain"][1])


def test_a_ranking_shows_the_view_s_scores_intervals_and_ties(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    spec = plotting.draw(shipped_connection, "leaderboard").specification()
    shown = [
        (row["method"], row["score"], row.get("score_low"), row.get("score_high"))
        for row in rows(spec, "method", "score")
    ]
    wanted = shipped_connection.execute(
        "select method, score, score_low, score_high from leaderboard"
    ).fetchall()
    assert shown == wanted
    assert '"=7\u2002C3A"' in json.dumps(spec, ensure_ascii=False).replace('\\"', '"')


@pytest.mark.parametrize("name", ["quant_matrix", "layer_matrix", "feature_matrix"])
def test_a_matrix_tells_four_states_apart(
    shipped_connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    states = {
        (row["method"], row["column"]): row["state"]
        for row in rows(plotting.draw(shipped_connection, name).specification(), "state")
    }
    supported = shipped_connection.execute(
        f"unpivot (from {name}) on columns(* exclude (method)) into name column_name value answer"
    ).fetchall()
    for state, answer in (("yes", True), ("no", False)):
        assert list(states.values()).count(state) == [row[2] for row in supported].count(answer)
    if name == "quant_matrix":
        assert states["PREFIX_TUNING", "AWQ"] == "not applicable"
        assert states["ADAPTION_PROMPT", "AWQ"] == "unknown"
    if name == "layer_matrix":
        assert states["PREFIX_TUNING", "Linear"] == "not applicable"


def test_scales_that_span_decades_are_logarithmic(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    def kinds(name: str) -> set[str]:
        spec = plotting.draw(shipped_connection, name).specification()
        return {
            part["x"]["scale"]["type"]
            for part in parts(spec)
            if isinstance(part.get("x"), dict) and "scale" in part["x"]
        }

    assert kinds("pareto_params") == kinds("pareto_size") == {"log"}
    assert kinds("pareto_memory") == {"linear"}


def test_an_invalid_measure_is_marked(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    spec = plotting.draw(shipped_connection, "pareto_forgetting").specification()
    titles = [part["title"] for part in parts(spec) if "layer" in part and "title" in part]
    assert ["subtitle" in title for title in titles] == [False, True]
    assert titles[1]["subtitle"].startswith("Invalid: this measure must not be used")
    assert "Forgetting on metamathqa is invalid in this version" in json.dumps(spec)


def test_caveats_are_complete(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    figure = plotting.draw(shipped_connection, "pareto_memory", Filters(benchmark="image-gen"))
    texts = [layer["mark"]["text"] for layer in figure.specification()["vconcat"][-1]["layer"]]
    shown = " ".join(line for lines in texts if lines != ["•"] for line in lines)
    (statements,) = zip(
        *shipped_connection.execute(
            "select statement from caveats where caveat in ('best_run_on_test_set', "
            "'costs_of_best_run', 'memory_is_reserved', 'twelve_test_images')"
        ).fetchall(),
        strict=True,
    )
    assert len(statements) == 4
    assert all(statement in shown for statement in statements)


@pytest.mark.parametrize("name", ["pareto_memory", "pareto_params", "pareto_size", "pareto_time"])
def test_every_method_on_a_front_has_its_label(
    shipped_connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    for benchmark in ("image-gen", "metamathqa"):
        spec = plotting.draw(shipped_connection, name, Filters(benchmark=benchmark)).specification()
        shown = {row["text"] for row in rows(spec, "text")}
        methods = shipped_connection.execute(
            f"select method from {name} where benchmark = ?", [benchmark]
        ).fetchall()
        assert {method for (method,) in methods} <= shown
        assert "full fine-tuning" in shown


def test_who_was_not_tested_is_not_called_untied(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    figure = plotting.draw(shipped_connection, "leaderboard_ties")
    assert [entry.text for entry in figure.key][:3] == [
        "tied with best",
        "not tied with best",
        "not tested",
    ]
    looks = {json.dumps(entry.mark, sort_keys=True) for entry in figure.key[:3]}
    assert len(looks) == 3
    panel = figure.rows[0][0]
    assert {row["is_tied_with_best"] for row in panel["data"]["values"]} == {None}
    tests = [layer["transform"][1]["filter"] for layer in panel["layer"] if "transform" in layer]
    assert "datum['is_tied_with_best'] === null" in tests


def test_another_budget_is_told_beside_the_benchmark(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    images, maths = (row[0] for row in plotting.draw(shipped_connection, "vs_baseline").rows)
    assert images["title"]["subtitle"].startswith("Another number of training steps")
    assert "subtitle" not in maths["title"]


def test_a_measure_of_a_named_benchmark_has_both_names(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    spec = plotting.draw(shipped_connection, "mergeable").specification()
    titles = [
        " ".join(part["axis"]["title"])
        for part in parts(spec)
        if part.get("type") == "quantitative" and part["axis"].get("labelFlush")
    ]
    assert {"MetaMathQA: Test accuracy", "Image generation: DINO similarity (cosine)"} <= {*titles}


def test_highlighted_methods_differ_in_weight_and_in_their_dots(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    for name in ("leaderboard", "leaderboard_ties", "quant_matrix"):
        text = json.dumps(
            plotting.draw(shipped_connection, name, highlight=["oft"]).specification()
        )
        assert '"value": "bold"}' in text
        assert (f'"value": "{theme.HIGHLIGHT}"}}, "value": "{theme.FRONT}"' in text) is (
            name != "quant_matrix"
        )


@pytest.mark.parametrize(
    ("segment", "is_crossed"),
    [
        ((0, 0, 10, 10), True),
        ((0, 0, 4, 4), False),
        ((5, 7, 7, 5), True),
        ((0, 4, 20, 4), False),
        ((0, 6, 20, 6), True),
        ((7, 0, 7, 20), True),
        ((0, 0, 20, 1), False),
        ((6, 6, 7, 7), True),
    ],
)
def test_whether_a_line_crosses_a_box(segment: labels.Segment, is_crossed: bool) -> None:
    backwards = (*segment[2:], *segment[:2])
    assert labels.crosses(segment, (5, 5, 9, 8)) is is_crossed
    assert labels.crosses(backwards, (5, 5, 9, 8)) is is_crossed


def test_a_line_to_a_label_goes_round_what_is_in_its_way() -> None:
    """A point in a narrow yard that is open below: every nearer place lies behind a wall."""
    yard = [(88, 88, 112, 92), (84, 88, 92, 130), (108, 88, 116, 130)]
    (placed,) = labels.place([labels.Wanted(100, 100, 40, 12, True)], yard, 400, 300)
    assert placed is not None
    assert placed.leader is not None
    assert placed.box[1] > 130
    assert not any(labels.crosses(placed.leader, wall) for wall in yard)
    closed = [*yard, (84, 126, 116, 134)]
    (placed,) = labels.place([labels.Wanted(100, 100, 40, 12, True)], closed, 400, 300)
    assert placed is not None  # rather than none, one whose line crosses a wall
    assert not any(labels.overlap(placed.box, wall) for wall in closed)


def test_labels_stay_off_points_lines_and_each_other() -> None:
    points = [(10.0 * i, 40.0 + 3 * (i % 4)) for i in range(1, 30)]
    obstacles = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    wanted = [labels.Wanted(x, y, 40, 12, i % 2 == 0) for i, (x, y) in enumerate(points)]
    placed = labels.place(wanted, obstacles, 320, 120)
    boxes = [place.box for place in placed if place]
    assert len(boxes) >= 10
    for i, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= 320
        assert 0 <= one[1] < one[3] <= 120
        for other in [*obstacles, *boxes[i + 1 :]]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1]
            assert apart or other[3] <= one[1]


@pytest.mark.parametrize(
    ("values", "unit", "title", "is_log", "ticks"),
    [
        ([2.0 * 2**30, 10.0 * 2**30], "bytes", "x (GiB)", False, [2, 4, 6, 8, 10]),
        ([1e3, 1e8], "parameters", "x", True, [1e3, 1e4, 1e5, 1e6, 1e7, 1e8]),
        ([-1.0, 500.0], "nats/token", "x (nats/token)", False, [0, 100, 200, 300, 400, 500]),
        ([5.0], "fraction", "x", False, [4.7, 4.8, 4.9, 5, 5.1, 5.2, 5.3]),
        ([0.0, 0.0], "", "x", False, None),
    ],
)
def test_scales(
    values: list[float], unit: str, title: str, is_log: bool, ticks: list[float] | None
) -> None:
    scale = scales.choose("x", "x", unit, values, 100)
    assert (scale.title, scale.is_log) == (title, is_log)
    assert all(0 < scale.position(value) < 100 for value in values)
    factor = 2**30 if unit == "bytes" else 1
    assert ticks is None or [tick / factor for tick in scale.values] == ticks


def test_a_view_without_a_picture_names_those_with_one(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(UsageError) as raised:
        plotting.draw(shipped_connection, "caveats")
    text, _, names = str(raised.value).partition("; these have: ")
    assert text == "caveats has no sensible picture"
    assert set(DRAWN) <= set(names.split(", "))
    for name in set(names.split(", ")) - set(DRAWN):
        if shipped_connection.execute(f"select count(*) from {name}").fetchone() != (0,):
            plotting.draw(shipped_connection, name)


def test_the_command_writes_every_format(shipped: Path, tmp_path: Path) -> None:
    starts = {"svg": b"<svg ", "png": b"\x89PNG", "html": b"<!DOCTYPE html>", "json": b"{\n"}
    for suffix, start in starts.items():
        path = tmp_path / f"x.{suffix}"
        result = invoke("plot", "quant_matrix", "--highlight", "lora", "-o", path, db=shipped)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
        assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["leaderboard"], "name the picture's file with -o FILE; it ends in .svg, .png, "),
        (["leaderboard", "-o", "x.pdf"], "it ends in .svg, .png, .html or .json"),
        (["leaderbord", "-o", "x.svg"], "'leaderbord'; did you mean leaderboard"),
        (["leaderboard", "--highlight", "LORRA", "-o", "x.svg"], "did you mean LORA"),
        (["leaderboard", "--limit", "0", "-o", "x.svg"], "leaderboard: no rows are left to draw"),
        (["methods", "-o", "x.svg"], "methods has no sensible picture; these have: "),
        (["history.features", "-o", "x.svg"], "history.features has no sensible picture; "),
        (["history_methods", "-o", "x.svg"], "history_methods has no sensible picture; "),
        (["run_spread", "-o", "x.svg"], "run_spread has no rows in this dataset; "),
    ],
)
def test_wrong_calls(
    shipped: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("plot", *arguments, db=shipped)
    assert result.exit_code == 2
    assert message in result.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_is_one_line(
    shipped_connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    spec = plotting.draw(shipped_connection, "leaderboard").specification()
    with pytest.raises(UsageError, match=r"run pip install 'peftshop-db\[plot\]'"):
        rendering.to_svg(spec)
    assert json.loads(rendering.to_json(spec)) == spec
