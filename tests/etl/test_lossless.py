"""Nothing is lost: what the contract accepts comes back from the tables as it went in."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from peftshop_db import builder, dataset, exporting, resources
from tests import documents as d
from tests.etl import strategies
from tests.etl.rebuilding import accepted, exported, filled, strict

CRASHED = d.finding("unknown", "error", "RuntimeError: made up")
UNKNOWN = d.finding("unknown", "probe")
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
STATE_NAMES = ("unknown", "not_applicable")
STATES = "select method, feature, state, supported from features"
REGISTERED = ("category", "target_layer_types", "quantization_backends", *d.CAPABILITIES)
LISTED = ("auxiliary_modules", "extras")
PAIRS = """
    select method, 'target_layer_types', layer_type, state, supported from layer_support
    union all
    select method, 'quantization_backends', backend, state, supported from quant_backends
    union all
    select method, feature, option, state, supported from feature_options
"""


def registered(file: str) -> set[str]:
    """The names in the first column of a registry file."""
    with (resources.folder("data") / "registry" / file).open(newline="") as rows:
        return {row[0] for row in csv.reader(rows)} - {file.removesuffix("s.csv")}


OPTIONS = {
    "target_layer_types": registered("layer_types.csv"),
    "quantization_backends": registered("backends.csv"),
    "auxiliary_modules": set[str](),
    "extras": set[str](),
}


def with_method(**others: Any) -> d.Document:
    return d.document({"M": d.method("M", **others)})


def with_features(**features: Any) -> d.Document:
    """Beside a method with other findings, as options that one method names concern all."""
    return d.document({"M": d.method("M", features=features), "N": d.method("N")})


def extreme(number: float) -> d.Document:
    """A method with the largest counts, and a number wherever any is accepted."""
    counts = ("peak_memory_bytes", "num_trainable_params", "adapter_file_size_bytes", "num_runs")
    costs = {**dict.fromkeys(counts, 2**63 - 1), "train_time_sec": abs(number)}
    runs = {
        "metamathqa": d.accuracy("m/a", min(abs(number), 1), number, **costs),
        "image-gen": d.similarity("m/i", number, number, **costs),
    }
    return d.document({"LORA": d.method("LORA", runs)}, runs)


def with_run(benchmark: str, run: d.Document) -> d.Document:
    return with_method(benchmarks={benchmark: run})


def without_paper_feature() -> d.Document:
    document = with_method()
    del document["methods"]["M"]["features"]["paper_url"]
    return document


ACCEPTED = {
    "no methods": d.document({}),
    "no baselines but methods": with_method(),
    "null baselines": d.document({}, {"metamathqa": None, "image-gen": None, "new": None}),
    "every check crashed": with_features(
        **dict.fromkeys((*REGISTERED, *LISTED, "paper_url", "new"), CRASHED)
    ),
    "every probe unknown": with_features(**dict.fromkeys((*REGISTERED, *LISTED), UNKNOWN)),
    "add_weighted_adapter probed": with_features(add_weighted_adapter=d.finding(True, "probe")),
    "nothing to convert": with_features(lora_conversion=d.finding("not_applicable")),
    "wraps no layers": with_features(
        target_layer_types=d.finding("not_applicable"),
        quantization_backends=d.finding("not_applicable", note="made up"),
    ),
    "no paper feature": without_paper_feature(),
    "a paper": with_features(paper_url=d.finding("https://example.org/paper", "file_check")),
    "no model class": with_method(model_class=None),
    "null secondary metric": with_run("metamathqa", d.accuracy("m/a", 0.5, None)),
    "null headline score": with_run("image-gen", d.similarity("m/i", None, 0.5)),
    "null training time": with_run("metamathqa", d.accuracy("m/a", 0.5, train_time_sec=None)),
    "bounds of scores": d.document(
        {"M": d.method("M", {"metamathqa": d.accuracy("m/a", 1, -1e300)})},
        {"metamathqa": d.accuracy("full/a", 0, 1e300)},
    ),
    **{
        f"numbers of {number}": extreme(number)
        for number in (5e-324, -1.7976931348623157e308, 1.7976931348623157e308, -0.0, 2**64)
    },
    "another metric": with_run("metamathqa", d.accuracy("m/a", 0.5, **{"new loss": -1.5})),
    "another benchmark": with_run("new", d.run("m/n", **{"test accuracy": 99, "new": None})),
    "a benchmark without metrics": with_run("new", d.run("m/n")),
    "other layer types and backends": with_features(
        target_layer_types=d.finding({"New": True, "Linear": False}),
        quantization_backends=d.finding(["new", "awq"]),
    ),
    "other options": with_features(
        auxiliary_modules=d.finding({"new": False}), extras=d.finding(["new", "use_dora"])
    ),
    "nothing listed": with_features(
        target_layer_types=d.finding({}),
        quantization_backends=d.finding([]),
        auxiliary_modules=d.finding({}),
        extras=d.finding([]),
    ),
    **{
        f"another feature, {json.dumps(value)}": with_features(new=d.finding(value))
        for value in (True, None, "", "x", "not_applicable", [], ["a", "a"], {}, {"a": True})
    },
    **{
        f"all is named {json.dumps(name)}": d.document(
            {
                name: d.method(
                    name,
                    {name: d.run(name, **{name: 1.5})},
                    {
                        name: d.finding({name: True}, note=name),
                        "extras": d.finding([name]),
                        "auxiliary_modules": d.finding({name: True}),
                    },
                    description=name,
                )
            },
            {name: d.run(name)},
            peft_version=name,
        )
        for name in ('a".b', "[0]", "';--", "a\\b", "𝄞 שלום", "null")
    },
    "what the registry corrects, and almost": d.document(
        {
            "RANDLORA": d.method(
                "RANDLORA",
                {"image-gen": d.similarity("r/i", 0.5, adapter_file_size_bytes=99999999)},
                paper_url="https://huggingface.co/papers/2309.15223",
            ),
            "LORA": d.method(
                "LORA",
                {"image-gen": d.similarity("l/i", 0.5, adapter_file_size_bytes=99999999)},
                paper_url="https://huggingface.co/papers/2309.15223",
            ),
        }
    ),
}


@pytest.mark.parametrize("document", ACCEPTED.values(), ids=ACCEPTED)
def test_what_the_contract_accepts_comes_back(document: d.Document, tmp_path: Path) -> None:
    source = accepted(tmp_path / "input.json", json.dumps(document))
    with filled(source) as connection:
        assert exported(connection) == strict(document)


def test_all_of_it_builds_at_once(tmp_path: Path) -> None:
    document = d.document({}, {})
    for label, part in ACCEPTED.items():
        document["baselines"] |= part["baselines"]
        document["methods"] |= {f"{label} {name}": body for name, body in part["methods"].items()}
    document["methods"]["LORA"] = ACCEPTED["numbers of 5e-324"]["methods"]["LORA"]
    (tmp_path / "input.json").write_text(json.dumps(document))
    builder.build(tmp_path / "input.json", tmp_path / "out")
    with dataset.connect(tmp_path / "out" / dataset.FILE_NAME) as connection:
        assert exported(connection) == strict(document)


def test_small_comes_back_from_its_dataset(small_connection: duckdb.DuckDBPyConnection) -> None:
    assert exported(small_connection) == strict(d.small())


def test_the_shipped_file_comes_back_byte_for_byte(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    text = exporting.export_source(shipped_connection)
    assert text.encode() == resources.packaged_source().read_bytes()


def check_made_up(file: Path, examples: int, number: int) -> None:
    """Checks so many documents, always the same ones of a number."""

    @seed(number)
    @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=SLOW)
    @given(document=strategies.documents(), ensure_ascii=st.booleans())
    def check(document: d.Document, ensure_ascii: bool) -> None:
        source = accepted(file, json.dumps(document, ensure_ascii=ensure_ascii))
        with filled(source) as connection:
            assert exported(connection) == strict(document)
            assert set(connection.execute(STATES).fetchall()) == states(document)
            assert sorted(connection.execute(PAIRS).fetchall()) == sorted(pairs(document))

    check()


def states(document: d.Document) -> set[tuple[object, ...]]:
    """What must be published of each finding: its state, and for a yes or no whether it is one."""
    return {
        (
            method,
            feature,
            value if value in STATE_NAMES else "known",
            value if isinstance(value, bool) else None,
        )
        for method, feature, value in values(document)
    }


def pairs(document: d.Document) -> Iterator[tuple[object, ...]]:
    """What must be published of every method and option that is registered or that any names."""
    for name, registered in OPTIONS.items():
        found = [(method, value) for method, feature, value in values(document) if feature == name]
        named = {option for _, value in found if not isinstance(value, str) for option in value}
        for method, value in found:
            for option in registered | named:
                if isinstance(value, list):
                    yield method, name, option, "known", option in value
                elif isinstance(value, dict) and option in value:
                    yield method, name, option, "known", value[option]
                else:
                    state = "not_applicable" if value == "not_applicable" else "unknown"
                    yield method, name, option, state, None


def values(document: d.Document) -> list[tuple[str, str, Any]]:
    return [
        (method, feature, finding["value"])
        for method, body in document["methods"].items()
        for feature, finding in body["features"].items()
    ]


@pytest.mark.parametrize("number", range(2))
def test_made_up_documents_come_back(number: int, tmp_path: Path) -> None:
    check_made_up(tmp_path / "input.json", examples=25, number=number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(2, 6))
def test_many_made_up_documents_come_back(number: int, tmp_path: Path) -> None:
    check_made_up(tmp_path / "input.json", examples=500, number=number)
