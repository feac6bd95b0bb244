"""The macro `shop` beside the shop's rules in plain Python over the source JSON."""

import json
from typing import Any

import duckdb
import pytest

from peftshop_db import resources

METHODS: dict[str, Any] = json.loads(resources.packaged_source().read_bytes())["methods"]
COSTS = {
    "memory": "peak_memory_bytes",
    "params": "num_trainable_params",
    "size": "adapter_file_size_bytes",
    "time": "train_time_sec",
}


def shop(
    on_benchmark: str = "metamathqa",
    text: str = "",
    categories: list[str] | None = None,
    capabilities: list[str] | None = None,
    layer_types: list[str] | None = None,
    backends: list[str] | None = None,
    min_stars: int = 0,
    benchmarked_only: bool = False,
    sort_by: str = "name",
) -> list[str]:
    score = {"metamathqa": "test accuracy", "image-gen": "test dino_similarity"}[on_benchmark]
    runs = {
        name: run
        for name, method in METHODS.items()
        if (run := method["benchmarks"].get(on_benchmark))
    }
    scores = [run[score] for run in runs.values()]

    def stars(name: str) -> int:
        if name not in runs:
            return 0
        better = sum(other > runs[name][score] for other in scores)
        return 5 - int(5 * better / len(scores))

    def passes(name: str) -> bool:
        method = METHODS[name]
        values = {key: found["value"] for key, found in method["features"].items()}
        known = values | values["auxiliary_modules"]
        layers = values["target_layer_types"]
        trained = values["quantization_backends"]
        return all(
            (
                text.lower()
                in f"{name}\n{method['config_class']}\n{method['description']}".lower(),
                not categories or values["category"] in categories,
                all(known[capability] is True for capability in capabilities or ()),
                all(isinstance(layers, dict) and layers[layer] for layer in layer_types or ()),
                not backends
                or trained == "not_applicable"
                or (isinstance(trained, list) and bool(set(backends) & set(trained))),
                stars(name) >= min_stars,
                not benchmarked_only or name in runs,
            )
        )

    def place(name: str) -> tuple[bool, float, str]:
        if sort_by == "name" or name not in runs:
            return sort_by != "name", 0, name
        if sort_by == "score":
            return False, -runs[name][score], name
        value = runs[name][COSTS[sort_by]]
        return value == 99_999_999, value, name

    return sorted(filter(passes, METHODS), key=place)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"text": "orthogonal", "sort_by": "score"},
        {"categories": ["prompt_learning", "other"], "sort_by": "memory"},
        {"capabilities": ["merging", "trainable_token_indices"], "sort_by": "params"},
        {"capabilities": ["multiple_adapters"], "layer_types": ["Linear", "Embedding"]},
        {"backends": ["gptq", "torchao"], "sort_by": "time"},
        {"backends": ["bnb_4bit"], "categories": ["adapter"], "min_stars": 4},
        {"on_benchmark": "image-gen", "benchmarked_only": True, "sort_by": "time"},
        {"on_benchmark": "image-gen", "min_stars": 5, "sort_by": "score"},
        {"on_benchmark": "image-gen", "layer_types": ["Conv2d"], "sort_by": "score"},
        {"text": "no such text"},
    ],
)
def test_the_shop_s_filters_and_orders(
    shipped_connection: duckdb.DuckDBPyConnection, filters: dict[str, Any]
) -> None:
    arguments = ", ".join(f"{name} := ?" for name in filters)
    rows = shipped_connection.execute(
        f"select method from shop({arguments})", list(filters.values())
    ).fetchall()
    assert [method for (method,) in rows] == shop(**filters)
