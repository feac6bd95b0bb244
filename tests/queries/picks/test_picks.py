"""Who is in each pick, worked out anew from the source: known support alone."""

import pytest

from tests.queries.conftest import Case

SERVING = (
    "multiple_adapters",
    "mixed_adapter_batches",
    "hotswapping",
    "lora_conversion",
    "merging",
)


@pytest.mark.parametrize(
    ("view", "capability"), [("mergeable", "merging"), ("lora_convertible", "lora_conversion")]
)
def test_pick_holds_known_support_with_scores(case: Case, view: str, capability: str) -> None:
    language, image = (case.values(benchmark, "score") for benchmark in ("metamathqa", "image-gen"))
    expected = {
        method: (language.get(method), image.get(method))
        for method in case.methods
        if case.finding(method, capability) is True
    }
    rows = case.rows(view)
    assert {row["method"]: (row["metamathqa_score"], row["image_gen_score"]) for row in rows} == (
        expected
    )
    best_first = [-(row["metamathqa_score"] or 0) for row in rows]
    assert best_first == sorted(best_first)


def test_picks_have_the_known_sizes(case: Case) -> None:
    sizes = {
        view: len(case.rows(view)) for view in ("mergeable", "lora_convertible", "quantizable")
    }
    if case.name == "shipped":
        assert sizes == {"mergeable": 29, "lora_convertible": 14, "quantizable": 17}
    else:
        assert sizes == {"mergeable": 8, "lora_convertible": 1, "quantizable": 7}


def test_quantizable_tells_any_from_many(case: Case) -> None:
    expected = {}
    for method in case.methods:
        backends = case.finding(method, "quantization_backends")
        if backends == "not_applicable":
            expected[method] = (True, None, "any")
        elif backends != "unknown" and backends:
            expected[method] = (False, len(backends), ", ".join(sorted(backends)))
    columns = ("works_with_any_backend", "num_backends", "backends")
    rows = case.rows("quantizable")
    assert {row["method"]: tuple(row[name] for name in columns) for row in rows} == expected


def test_qlora_takes_known_4_bit_support_or_any_backend(case: Case) -> None:
    expected = {}
    for method in case.methods:
        backends = case.finding(method, "quantization_backends")
        if backends == "not_applicable" or (backends != "unknown" and "bnb_4bit" in backends):
            merging = case.finding(method, "merging")
            run = case.run(method, "metamathqa") or {}
            expected[method] = (
                backends == "not_applicable",
                merging if isinstance(merging, bool) else None,
                run.get("score"),
                run.get("peak_memory_bytes"),
            )
    columns = (
        "works_with_any_backend",
        "merging",
        "metamathqa_score",
        "metamathqa_peak_memory_bytes",
    )
    rows = case.rows("deployable_qlora")
    assert {row["method"]: tuple(row[name] for name in columns) for row in rows} == expected
    if case.name == "shipped":
        assert sum(not row["works_with_any_backend"] for row in rows) == 11


def test_serving_counts_known_support_alone(case: Case) -> None:
    rows = {row["method"]: row for row in case.rows("serving_features")}
    assert rows.keys() == case.methods.keys()
    for method, row in rows.items():
        values = [case.finding(method, feature) for feature in SERVING]
        known = [value if isinstance(value, bool) else None for value in values]
        assert [row[feature] for feature in SERVING] == known
        assert row["num_supported"] == values.count(True)
        assert row["num_unknown"] == values.count("unknown")


def test_specialists_adapt_more_than_linear(case: Case) -> None:
    layers = {method: case.finding(method, "target_layer_types") for method in case.methods}
    known = {method: value for method, value in layers.items() if isinstance(value, dict)}
    expected = {}
    for method, supported in known.items():
        others = [layer for layer, yes in supported.items() if yes and layer != "Linear"]
        for layer in others:
            answers = [value[layer] for value in known.values() if layer in value]
            expected[layer, method] = (sum(answers), len(answers), len(others))
    rows = case.rows("layer_specialists")
    columns = ("num_methods", "num_known", "num_other_layer_types")
    found = {
        (row["layer_type"], row["method"]): tuple(row[name] for name in columns) for row in rows
    }
    assert found == expected
    rarity = [row["num_methods"] for row in rows]
    assert rarity == sorted(rarity)
