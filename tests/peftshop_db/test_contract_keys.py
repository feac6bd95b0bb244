"""The keys that the input contract refuses or misses, and how it tells of many problems at once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from peftshop_db import resources
from tests import documents
from tests.peftshop_db.refusals import (
    A_DOCUMENT,
    A_METHOD,
    A_RUN,
    BASELINES,
    BENCHMARKS,
    DOCUMENT,
    FEATURES,
    FINDING,
    FINDINGS,
    LAYERS,
    METHOD,
    METHODS,
    NAME,
    RUN,
    at,
    refused,
    with_text,
)

KEYS = {
    "$": "schema_version, peft_version, baselines, methods",
    METHOD: "config_class, model_class, features, description, docs_url, paper_url, benchmarks",
    f"{FEATURES}.merging": "value, source, note",
}
REQUIRED = {
    **{place: KEYS[place].split(", ") for place in ("$", METHOD)},
    FEATURES: [key for key in at(FEATURES) if key not in ("paper_url", "new")],
    f"{FEATURES}.new": ["value", "source"],
    RUN: list(documents.accuracy("", 0)),
    f'{METHOD}.benchmarks."image-gen"': list(documents.similarity("", 0)),
    f"{METHOD}.benchmarks.new": list(documents.run("")),
    "$.baselines.metamathqa": list(documents.accuracy("", 0)),
}
OBJECTS = {
    "$": A_DOCUMENT,
    "$.baselines": BASELINES,
    "$.baselines.metamathqa": f"{A_RUN}, or null",
    "$.methods": METHODS,
    METHOD: A_METHOD,
    FEATURES: FINDINGS,
    f"{FEATURES}.merging": FINDING,
    f"{FEATURES}.target_layer_types.value": LAYERS,
    f"{METHOD}.benchmarks": BENCHMARKS,
    RUN: A_RUN,
    f"{METHOD}.benchmarks.new": A_RUN,
}
NO_NAMES = ['""', '" x"', '"x\\u0000"', '"x\\u001b"', '"e\\u0301"', '"\\ud800"']


@pytest.mark.parametrize(
    ("place", "key"), [(place, key) for place, keys in REQUIRED.items() for key in keys]
)
def test_a_missing_key(place: str, key: str, tmp_path: Path) -> None:
    rest = {name: value for name, value in at(place).items() if name != key}
    error = refused(tmp_path, with_text(place, json.dumps(rest)))
    assert str(error) == f'input.json: {place}: expected the key "{key}", found none of that name'


@pytest.mark.parametrize("place", KEYS)
def test_a_misspelt_key(place: str, tmp_path: Path) -> None:
    key, *others = at(place)
    renamed = {key.title(): at(place)[key], **{name: at(place)[name] for name in others}}
    error = refused(tmp_path, with_text(place, json.dumps(renamed)))
    assert error.problems == [
        f'input.json: {place}: expected the key "{key}", found none of that name',
        f'input.json: {place}: expected no other key than {KEYS[place]}, found "{key.title()}"',
    ]


@pytest.mark.parametrize("place", OBJECTS)
def test_a_repeated_key(place: str, tmp_path: Path) -> None:
    key = next(iter(at(place)))
    text = json.dumps(at(place)).replace("{", f'{{"{key}": null, ', 1)
    error = refused(tmp_path, with_text(place, text))
    found = f'an object that repeats the key "{key}"'
    assert str(error) == f"input.json: {place}: expected {OBJECTS[place]}, found {found}"


@pytest.mark.parametrize("key", NO_NAMES)
@pytest.mark.parametrize("place", [place for place in OBJECTS if place not in KEYS])
def test_a_key_that_is_no_name(place: str, key: str, tmp_path: Path) -> None:
    *_, value = at(place).values()
    text = json.dumps(at(place)).replace("{", f"{{{key}: {json.dumps(value)}, ", 1)
    error = refused(tmp_path, with_text(place, text))
    assert str(error) == f"input.json: {place}: expected {NAME}, found the key {key}"


def test_a_method_that_has_the_baseline_s_name(tmp_path: Path) -> None:
    methods = {"full fine-tuning": at(METHOD)}
    error = refused(tmp_path, with_text("$.methods", json.dumps(methods)))
    assert str(error) == (
        "input.json: $.methods: expected a method's name: not empty, no control characters, NFC, "
        'and not "full fine-tuning", found the key "full fine-tuning"'
    )


def test_all_problems_are_told_at_once_by_path(tmp_path: Path) -> None:
    run = {**documents.run("a"), "num_runs": 0, 'a "b"': "1"}
    del run["train_time_sec"]
    error = refused(tmp_path, with_text(RUN, json.dumps(run)))
    assert error.problems == [
        f'input.json: {RUN}: expected the keys "test accuracy", "forgetting", '
        "found none of that name",
        f'input.json: {RUN}: expected the key "train_time_sec", found none of that name',
        f'input.json: {RUN}."a \\"b\\"": '
        'expected a finite number that a double holds, or null, found "1"',
        f"input.json: {RUN}.num_runs: expected an integer from 1 to 9223372036854775807, found 0",
    ]


def test_many_problems_are_cut_at_20_and_counted(tmp_path: Path) -> None:
    methods = {f"M{number:02}": documents.method("M", extra=1) for number in range(25)}
    file = tmp_path / "input.json"
    file.write_text(json.dumps(DOCUMENT | {"methods": methods}))
    command = [sys.executable, "-m", "peftshop_db", "build", str(file), "--out", "out"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    first, *others, last = run.stderr.splitlines()
    message = f'expected no other key than {KEYS[METHOD]}, found "extra"'
    assert first == f"Error: input.json: $.methods.M00: {message}"
    assert others == [f"input.json: $.methods.M{n:02}: {message}" for n in range(1, 20)]
    assert last == "… and 5 more"
    assert (run.returncode, run.stdout, list(tmp_path.iterdir())) == (3, "", [file])


def test_every_rule_of_the_schema_says_what_it_expects() -> None:
    schema = json.loads((resources.folder("schema") / "source.schema.json").read_bytes())
    rules = {"type", "enum", "const", "minimum", "pattern", "format", "uniqueItems", "not"}
    silent = [
        place for place, part in parts(schema) if rules & part.keys() and "description" not in part
    ]
    assert silent == []


def parts(schema: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a JSON Schema that can refuse a value, by where they stand."""
    if isinstance(schema, dict):
        yield place, schema
    items = schema.items() if isinstance(schema, dict) else enumerate(schema)
    for key, part in items:
        # a condition refuses nothing, and what `not` refuses its parent tells
        if key not in ("if", "not") and isinstance(part, dict | list):
            yield from parts(part, f"{place}/{key}")
