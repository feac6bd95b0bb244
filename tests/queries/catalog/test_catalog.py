"""Cards, capabilities and side-by-side tables, worked out anew from the source."""

import csv

import pytest

from peftshop_db import resources
from tests.queries.conftest import COSTS, METRICS, Case

CAPABILITIES = (
    "multiple_adapters",
    "mixed_adapter_batches",
    "merging",
    "peft_mixed_model",
    "lora_conversion",
    "add_weighted_adapter",
    "hotswapping",
    "modules_to_save",
    "trainable_token_indices",
)


def test_capabilities_keep_what_upstream_found(case: Case) -> None:
    expected = {}
    for method in case.methods:
        for capability in CAPABILITIES:
            value = case.capability(method, capability)
            known = isinstance(value, bool)
            expected[method, capability] = (value, "known") if known else (None, value)
    rows = case.rows("capabilities")
    found = {(row["method"], row["capability"]): (row["supported"], row["state"]) for row in rows}
    assert found == expected
    assert all(row["label"] and row["meaning"] for row in rows)


def test_card_lists_known_support(case: Case) -> None:
    layer_types = {
        layer
        for method in case.methods
        if isinstance(value := case.finding(method, "target_layer_types"), dict)
        for layer in value
    } | registered("layer_types")
    rows = {row["method"]: row for row in case.rows("catalog")}
    assert rows.keys() == case.methods.keys()
    for method, row in rows.items():
        values = {name: case.capability(method, name) for name in CAPABILITIES}
        assert row["capabilities"] == listed(values, "not_applicable", ordered=False)

        layers = case.finding(method, "target_layer_types")
        told = layers if isinstance(layers, dict) else {}
        untold = "unknown" if told else layers
        values = {layer: told.get(layer, untold) for layer in layer_types}
        assert row["layer_types"] == listed(values, "not_applicable")

        backends = case.finding(method, "quantization_backends")
        words = {"not_applicable": "any", "unknown": None}
        names = None if isinstance(backends, str) else ", ".join(sorted(backends)) or "none"
        assert row["backends"] == (names or words[backends])


def test_card_shows_each_benchmarks_run(case: Case) -> None:
    for row in case.rows("catalog"):
        method = row["method"]
        assert row["num_benchmarks"] == len(case.methods[method]["benchmarks"])
        for benchmark in METRICS:
            run = case.run(method, benchmark) or {}
            prefix = benchmark.replace("-", "_")
            for measure in ("score", *COSTS):
                assert row[f"{prefix}_{measure}"] == run.get(measure)
            assert (row[f"{prefix}_caveats"] is None) == (not run)


def test_comparison_holds_every_attribute_of_every_method(case: Case) -> None:
    rows = case.rows("comparison")
    attributes = {(row["section"], row["attribute"], row["position"]) for row in rows}
    assert {position for _, _, position in attributes} == set(range(1, len(attributes) + 1))
    pairs = {(row["method"], row["position"]) for row in rows}
    assert len(pairs) == len(rows) == len(attributes) * len(case.methods)


def test_comparison_says_findings_in_words(case: Case) -> None:
    words = {True: "yes", False: "no", "unknown": "unknown", "not_applicable": "not applicable"}
    answers = {
        (row["method"], row["section"], row["attribute"]): row["value"]
        for row in case.rows("comparison")
    }
    for method in case.methods:
        for capability in CAPABILITIES:
            expected = words[case.capability(method, capability)]
            assert answers[method, "capabilities", capability] == expected
        layers = case.finding(method, "target_layer_types")
        linear = layers["Linear"] if isinstance(layers, dict) else layers
        assert answers[method, "layers", "Linear"] == words[linear]
        backends = case.finding(method, "quantization_backends")
        if isinstance(backends, list):
            assert answers[method, "backends", "bnb_4bit"] == words["bnb_4bit" in backends]
        else:
            expected = "any" if backends == "not_applicable" else "unknown"
            assert answers[method, "backends", "bnb_4bit"] == expected


@pytest.mark.parametrize(
    ("measure", "size", "unit"),
    [
        ("score", 1, ""),
        ("forgetting", 1, ""),
        ("peak_memory_bytes", 2**30, " GiB"),
        ("train_time_sec", 60, " min"),
        ("adapter_file_size_bytes", 2**20, " MiB"),
    ],
)
def test_comparison_rounds_numbers(case: Case, measure: str, size: int, unit: str) -> None:
    rows = [row for row in case.rows("comparison") if row["attribute"] == measure]
    assert rows
    for row in rows:
        run = case.run(row["method"], row["section"]) or {}
        value = run.get(measure)
        assert row["number"] == value
        if value is None:
            assert row["value"] is None
        else:
            printed, name = row["value"].removesuffix(unit), row["value"].endswith(unit)
            assert name
            assert float(printed) == pytest.approx(value / size, abs=0.000501)
            assert len(printed.partition(".")[2]) == 3


def test_comparison_ranks_among_the_rated(case: Case) -> None:
    for row in case.rows("comparison"):
        if row["attribute"] == "score_rank":
            scores = case.values(row["section"], "score") if row["section"] in METRICS else {}
            score = scores.get(row["method"])
            better = sum(other > score for other in scores.values()) if score is not None else 0
            expected = None if score is None else f"{better + 1} of {len(scores)}"
            assert row["value"] == expected


def listed(values: dict[str, object], without_sense: str, *, ordered: bool = True) -> str | None:
    """The names of what is supported, or the word for there being none."""
    names = [name for name, value in values.items() if value is True]
    if names:
        return ", ".join(sorted(names) if ordered else names)
    if "unknown" in values.values():
        return None
    return "none" if False in values.values() else without_sense


def registered(registry: str) -> set[str]:
    path = resources.folder("data") / "registry" / f"{registry}.csv"
    with path.open(newline="") as file:
        return {next(iter(row.values())) for row in csv.DictReader(file)}
