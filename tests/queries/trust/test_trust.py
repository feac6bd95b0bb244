"""What is missing and what is unknown, counted anew from the source."""

from peftshop_db import resources
from tests.queries.conftest import METRICS, Case


def test_gaps_are_the_methods_without_a_score(case: Case) -> None:
    expected = {
        (benchmark, method): (
            "no score" if case.run(method, benchmark) else "no run",
            bool(case.methods[method]["benchmarks"]),
        )
        for benchmark in METRICS
        for method in case.methods
        if method not in case.values(benchmark, "score")
    }
    rows = case.rows("coverage_gaps")
    found = {
        (row["benchmark"], row["method"]): (row["gap"], row["has_any_benchmark"]) for row in rows
    }
    assert found == expected
    if case.name == "shipped":
        assert sum(benchmark == "metamathqa" for benchmark, _ in found) == 6
        assert sum(benchmark == "image-gen" for benchmark, _ in found) == 15
        assert {row["method"] for row in rows if not row["has_any_benchmark"]} == {
            "CARTRIDGE",
            "CPT",
            "MULTITASK_PROMPT_TUNING",
            "POLY",
            "XLORA",
        }


def test_provenance_is_upstreams(case: Case) -> None:
    words = {"probe": "tried", "introspection": "inspected", "file_check": "read from files"}
    expected = {}
    for method, body in case.methods.items():
        for feature, finding in body["features"].items():
            confidence = words.get(finding["source"], "failed")
            if finding["value"] == "unknown" and confidence != "failed":
                confidence = "not established"
            expected[method, feature] = (finding["source"], finding.get("note"), confidence)
    rows = case.rows("provenance")
    found = {
        (row["method"], row["feature"]): (row["source"], row["note"], row["confidence"])
        for row in rows
    }
    assert found == expected


def test_unknowns_are_findings_or_else_options(case: Case) -> None:
    options = {
        "target_layer_types": registered("layer_types"),
        "auxiliary_modules": set(),
    }
    for feature, names in options.items():
        for method in case.methods:
            value = case.finding(method, feature)
            names.update(value if isinstance(value, dict) else ())
    expected = set()
    for method, body in case.methods.items():
        for feature, finding in body["features"].items():
            if finding["value"] == "unknown":
                expected.add((method, feature, None))
            elif isinstance(finding["value"], dict):
                untold = options[feature] - finding["value"].keys()
                expected |= {(method, feature, option) for option in untold}
    rows = case.rows("unknown_capabilities")
    assert {(row["method"], row["feature"], row["option"]) for row in rows} == expected
    if case.name == "shipped":
        assert expected == {
            ("ADAPTION_PROMPT", "quantization_backends", None),
            ("XLORA", "multiple_adapters", None),
            ("XLORA", "target_layer_types", None),
        }


def test_benchmark_caveats_are_those_of_score_and_costs(case: Case) -> None:
    shared = ["best_run_on_test_set", "costs_of_best_run", "memory_is_reserved"]
    shared += ["size_estimated_for_baseline", "time_includes_evaluation"]
    found = {row["benchmark"]: row["caveats"] for row in case.rows("benchmark_caveats")}
    assert found["metamathqa"].split(", ") == shared
    assert found["image-gen"].split(", ") == [*shared, "twelve_test_images"]


def registered(registry: str) -> set[str]:
    lines = (resources.folder("data") / "registry" / f"{registry}.csv").read_text().splitlines()
    return {line.split(",")[0] for line in lines[1:]}
