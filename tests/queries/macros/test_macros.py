"""The table macros, beside plain Python over the source JSON."""

import json
from typing import Any

import duckdb
import pytest

from peftshop_db import recommendation, resources, sqlfiles
from peftshop_db.errors import UsageError
from peftshop_db.recommendation import Wish

METHODS: dict[str, Any] = json.loads(resources.packaged_source().read_bytes())["methods"]
COSTS = {
    "max_memory_bytes": "peak_memory_bytes",
    "max_params": "num_trainable_params",
    "max_size_bytes": "adapter_file_size_bytes",
    "max_time_sec": "train_time_sec",
}
SCORES = {"metamathqa": "test accuracy", "image-gen": "test dino_similarity"}

WISHES = [
    Wish(),
    Wish(capabilities=("merging", "lora_conversion"), backends=("bnb_4bit",)),
    Wish(capabilities=("trainable_token_indices",), max_memory_bytes=22 * 2**30),
    Wish(on_benchmark="image-gen", layer_types=("Conv2d",), objective="peak_memory_bytes"),
    Wish(on_benchmark="image-gen", max_size_bytes=50_000_000, max_time_sec=900),
    Wish(categories=("prompt_learning", "other"), backends=("gptq",), max_params=1e6),
    Wish(capabilities=("multiple_adapters",), layer_types=("Linear",)),
]


def verdict(method: str, wish: Wish) -> str:
    """What follows from the source for one method: True, False or None (unknown) for each need."""
    features = {name: found["value"] for name, found in METHODS[method]["features"].items()}
    met: list[bool | None] = []
    for name in wish.capabilities:
        value = features.get(name, features["auxiliary_modules"].get(name))
        met.append(value if isinstance(value, bool) else None)
    for name in wish.backends:
        value = features["quantization_backends"]
        met.append(None if value == "unknown" else value == "not_applicable" or name in value)
    for name in wish.layer_types:
        value = features["target_layer_types"]
        met.append(None if value == "unknown" else value != "not_applicable" and value[name])
    if wish.categories:
        met.append(features["category"] in wish.categories)
    run = METHODS[method]["benchmarks"].get(wish.on_benchmark)
    if run is None:
        met.append(None)
    else:
        run = run | ({"adapter_file_size_bytes": None} if is_placeholder(run) else {})
        for budget, cost in COSTS.items():
            if (limit := getattr(wish, budget)) is not None:
                met.append(None if run[cost] is None else run[cost] <= limit)
    if False in met:
        return "ruled out"
    return "unknown" if None in met else "recommended"


def is_placeholder(run: dict[str, Any]) -> bool:
    return run["adapter_file_size_bytes"] == 99_999_999


@pytest.mark.parametrize("wish", WISHES)
def test_recommend_judges_as_the_source_says(
    shipped_connection: duckdb.DuckDBPyConnection, wish: Wish
) -> None:
    result = recommendation.recommend(shipped_connection, wish)
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    assert {row["method"]: row["status"] for row in rows} == {
        method: verdict(method, wish) for method in METHODS
    }
    picks = [row for row in rows if row["status"] == "recommended"]
    assert rows[: len(picks)] == picks
    sign = -1 if wish.objective == "score" else 1
    values = [sign * row[wish.objective] for row in picks]
    assert values == sorted(values)
    assert [row["rank"] for row in picks] == [1 + sum(v < w for v in values) for w in values]
    assert all((row["reasons"] is None) == (row["status"] == "recommended") for row in rows)


def test_recommend_gives_every_reason(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    wish = Wish(
        capabilities=("merging", "multiple_adapters"), backends=("gptq",), max_memory_bytes=1
    )
    result = recommendation.recommend(shipped_connection, wish)
    reasons = {row[1]: row[-1] for row in result.rows}
    assert reasons["LILY"] == "lacks gptq; lacks merging; peak_memory_bytes over budget"
    assert reasons["XLORA"] == ("lacks gptq; lacks merging; no result; unknown: multiple_adapters")
    assert reasons["ADAPTION_PROMPT"] == (
        "lacks merging; peak_memory_bytes over budget; unknown: gptq"
    )


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish(capabilities=("mergin",)), "no capability is named 'mergin'; did you mean merging?"),
        (Wish(backends=("bnb4bit",)), "no backend is named 'bnb4bit'; did you mean bnb_4bit"),
        (Wish(layer_types=("qqq",)), "no layer type is named 'qqq'; there are Conv1D (transf"),
        (Wish(on_benchmark="x"), "no benchmark is named 'x'; there are image-gen, metamathqa"),
    ],
)
def test_recommend_suggests_names(
    shipped_connection: duckdb.DuckDBPyConnection, wish: Wish, message: str
) -> None:
    with pytest.raises(UsageError, match="^" + message.replace("(", r"\(").replace("?", r"\?")):
        recommendation.as_spelled(shipped_connection, wish)


def test_unknown_and_not_applicable_on_made_up_data(
    small_connection: duckdb.DuckDBPyConnection,
) -> None:
    def statuses(**wish: Any) -> dict[str, str]:
        rows = recommendation.recommend(small_connection, Wish(**wish)).rows
        return {row[1]: row[2] for row in rows}

    by_backend = statuses(backends=("bnb_4bit",))
    assert by_backend["EQUAL"] == "recommended"  # wraps no layers: any backend
    assert by_backend["MIDDLE"] == "ruled out"  # an empty list: known none
    assert by_backend["UNSCORED"] == "unknown"
    by_layer = statuses(layer_types=("Linear",))
    assert by_layer["EQUAL"] == "ruled out"  # never matches a layer
    assert by_layer["CHEAP"] == "recommended"
    assert statuses(layer_types=("NewLayer",))["CHEAP"] == "unknown"
    assert statuses(capabilities=("lora_conversion",))["EQUAL"] == "ruled out"
    assert statuses(on_benchmark="new bench", objective="peak_memory_bytes")["BEST"] == (
        "recommended"
    )
    assert statuses(on_benchmark="new bench")["BEST"] == "unknown"  # no registered score


@pytest.mark.parametrize("cost", [*COSTS.values(), "forgetting"])
@pytest.mark.parametrize("benchmark", SCORES)
def test_pareto_of_score_and_a_cost_is_the_front(
    shipped_connection: duckdb.DuckDBPyConnection, benchmark: str, cost: str
) -> None:
    front = shipped_connection.execute(
        "select method from pareto(?, 'score', ?)", [benchmark, cost]
    ).fetchall()
    expected = shipped_connection.execute(
        "select method from dominance where benchmark = ? and cost = ? and is_on_front "
        "order by value, method",
        [benchmark, cost],
    ).fetchall()
    assert front == expected


def test_pareto_of_two_costs(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    rows = shipped_connection.execute(
        "select method from pareto('metamathqa', 'peak_memory_bytes', 'train_time_sec')"
    ).fetchall()
    runs = {
        name: (run["peak_memory_bytes"], run["train_time_sec"])
        for name, method in METHODS.items()
        if (run := method["benchmarks"].get("metamathqa"))
    }
    front = {
        name
        for name, (memory, time) in runs.items()
        if not any(m <= memory and t <= time and (m, t) != (memory, time) for m, t in runs.values())
    }
    assert {name for (name,) in rows} == front


@pytest.mark.parametrize("text", ["", "ORTHOGONAL", "loraconfig", "nothing holds this", "%"])
def test_search_finds_what_the_shop_finds(
    shipped_connection: duckdb.DuckDBPyConnection, text: str
) -> None:
    rows = shipped_connection.execute("select method from search(?)", [text]).fetchall()
    assert [name for (name,) in rows] == [
        name
        for name, method in METHODS.items()
        if any(
            text.lower() in part.lower()
            for part in (name, method["config_class"], method["description"])
        )
    ]


def test_compare_methods_shows_differences_alone(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = shipped_connection.execute("from compare_methods('LORA', 'OFT')").fetchall()
    values = {attribute: (a, b) for _, attribute, a, b in rows}
    assert values["config_class"] == ("LoraConfig", "OFTConfig")
    assert all(a != b for a, b in values.values())
    assert shipped_connection.execute("from compare_methods('LORA', 'LORA')").fetchall() == []


def test_macros_are_described(shipped_connection: duckdb.DuckDBPyConnection) -> None:
    rows = shipped_connection.execute(
        "select function_name, comment from duckdb_functions() where function_type = 'table_macro' "
        "and not internal"
    ).fetchall()
    assert dict(rows) == {name: file.comment for name, file in sqlfiles.macros().items()}
