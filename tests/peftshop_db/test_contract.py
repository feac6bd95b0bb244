"""The values that the input contract refuses: each with its JSON path, what was expected and found.

A case is a place in a document that is accepted, and the JSON text that is put there.
"""

from pathlib import Path

import pytest

from peftshop_db import contract, resources
from peftshop_db.source import parse_source, read_source, shorten
from tests.peftshop_db.refusals import (
    A_DOCUMENT,
    A_METHOD,
    A_RUN,
    BACKENDS,
    BASELINES,
    BENCHMARKS,
    EXTRAS,
    FEATURES,
    FINDING,
    FINDINGS,
    LAYERS,
    METHOD,
    METHODS,
    NAME,
    RUN,
    refused,
    with_text,
)

FIVE_THOUSAND_DIGITS = "9" * 5_000
# expected, by place: texts that are refused there
WRONG_VALUES = {
    A_DOCUMENT: {"$": ["null", "[]", "1", '"x"', "NaN"]},
    "the integer 1, the only schema_version that is understood": {
        "$.schema_version": ["0", "2", "true", "1.0", '"1"', "null", "1e999"],
    },
    NAME: {
        "$.peft_version": ['""', '" 1"', "1", "null"],
        f"{METHOD}.config_class": ['"a\\nb"', '"a\\u0000"', '"e\\u0301"', '"\\ud800"', "null"],
        f"{RUN}.experiment_name": ['"\\u0085a"', '"a\\u009f"', "null", "[]"],
        f"{FEATURES}.extras.value[0]": ["1", "null", '""', "{}"],
        f"{FEATURES}.new.value[1]": ["true", '"\\u001b[2J"'],
    },
    BASELINES: {"$.baselines": ["null", "[]"]},
    METHODS: {"$.methods": ["null", "[]", '"x"']},
    A_METHOD: {METHOD: ["null", "[]", "true"]},
    FINDINGS: {FEATURES: ["null", "[]"]},
    BENCHMARKS: {f"{METHOD}.benchmarks": ["null", "[]"]},
    "the name of a class, or null": {f"{METHOD}.model_class": ['""', "false", '"a\\tb"']},
    "text without NUL characters or lone surrogates": {
        f"{METHOD}.description": ["null", "1", '"\\u0000"', '"\\udfff\\ud800"']
    },
    "a link that starts with http:// or https://": {
        f"{METHOD}.docs_url": ['""', '"ftp://x"', '"javascript:x"', "null"],
    },
    "a link that starts with http:// or https://, or null": {
        f"{METHOD}.paper_url": ['""', '"x"', '"\\nhttp://x"', "false"],
    },
    FINDING: {f"{FEATURES}.merging": ["null", "true", "[]"], f"{FEATURES}.new": ["null", '"x"']},
    "introspection, file_check, probe or error": {
        f"{FEATURES}.merging.source": ['"guess"', '"Probe"', '""', "null"],
    },
    "text that is not empty": {f"{FEATURES}.new.note": ['""', "null", "1"]},
    "adapter, prompt_learning, other or unknown": {
        f"{FEATURES}.category.value": ['"Adapter"', '"not_applicable"', "null", "[]"],
    },
    LAYERS: {f"{FEATURES}.target_layer_types.value": ["null", "[]", "true", '"x"', "1e999"]},
    BACKENDS: {f"{FEATURES}.quantization_backends.value": ["null", "{}", "false", '"none"']},
    'true, false or "unknown"': {
        f"{FEATURES}.merging.value": ["null", "1", "0", '"true"', "[]", '"not_applicable"'],
    },
    'true, false, "unknown" or "not_applicable"': {
        f"{FEATURES}.lora_conversion.value": ["null", "1", '"x"'],
    },
    'an object of true and false by auxiliary module, or "unknown"': {
        f"{FEATURES}.auxiliary_modules.value": ["null", "[]", '"not_applicable"'],
    },
    EXTRAS: {
        f"{FEATURES}.extras.value": ["null", "{}", '"not_applicable"'],
    },
    "text or null": {f"{FEATURES}.paper_url.value": ["true", "[]", '"\\u0000"']},
    "text, true, false, null, a list of names or an object of true and false": {
        f"{FEATURES}.new.value": ["1", "1.5", "NaN"],
    },
    "true or false": {f"{FEATURES}.target_layer_types.value.Linear": ["null", "1", '"true"']},
    A_RUN: {RUN: ["null", "[]"], f"{METHOD}.benchmarks.new": ["null", "1"]},
    f"{A_RUN}, or null": {"$.baselines.metamathqa": ["[]", "false"]},
    "an integer from 0 to 9223372036854775807": {
        f"{RUN}.peak_memory_bytes": ["null", "-1", "1.0", "1e3", "true", '"1"', "1e999", "NaN"],
        f"{RUN}.num_trainable_params": [
            "9223372036854775808",
            "9223372036854775809",
            FIVE_THOUSAND_DIGITS,
        ],
        "$.baselines.metamathqa.adapter_file_size_bytes": ["-9223372036854775809", "-0.0"],
    },
    "an integer from 1 to 9223372036854775807": {f"{RUN}.num_runs": ["0", "-1", "1.0", "null"]},
    "a finite number from 0, or null": {
        f"{RUN}.train_time_sec": ["-1e-300", "-1", "NaN", "Infinity", '"1"', "true"],
    },
    "a number from 0 to 1, or null": {
        f'{RUN}."test accuracy"': ["1.0000000000000002", "-0.1", '"x"', "true", "-Infinity"],
    },
    "a finite number that a double holds, or null": {
        f"{RUN}.forgetting": ["9007199254740993", "1e999", "-1e999", "NaN", "false", "[]"],
        f"{METHOD}.benchmarks.new.score": ['"1"', "{}", "1" + "0" * 309],
    },
}
FOUND = {
    "{}": "an empty object",
    "[]": "an empty list",
    "1e3": "1000.0",
    FIVE_THOUSAND_DIGITS: "a number of 5000 digits",
    **{text: f"{text}, which is not JSON" for text in ("NaN", "Infinity", "-Infinity")},
    **{text: f"{text}, which no double holds" for text in ("1e999", "-1e999")},
}


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        pytest.param(place, text, expected, id=shorten(f"{place}={text}"))
        for expected, places in WRONG_VALUES.items()
        for place, texts in places.items()
        for text in texts
    ],
)
def test_a_wrong_value(place: str, text: str, expected: str, tmp_path: Path) -> None:
    found = FOUND.get(text, shorten(text))
    error = refused(tmp_path, with_text(place, text))
    assert str(error) == f"input.json: {place}: expected {expected}, found {found}"


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        (
            '{"value": "unknown", "source": "error"}',
            ': expected the key "note", found none of that name',
        ),
        (
            '{"value": true, "source": "error", "note": "made up"}',
            '.value: expected "unknown", since the source is error, found true',
        ),
    ],
    ids=["error without note", "error with a known value"],
)
def test_a_crashed_check(finding: str, message: str, tmp_path: Path) -> None:
    error = refused(tmp_path, with_text(f"{FEATURES}.merging", finding))
    assert str(error) == f"input.json: {FEATURES}.merging{message}"


@pytest.mark.parametrize(
    ("feature", "expected"), [("quantization_backends", BACKENDS), ("extras", EXTRAS)]
)
def test_a_list_that_repeats(feature: str, expected: str, tmp_path: Path) -> None:
    place = f"{FEATURES}.{feature}.value"
    error = refused(tmp_path, with_text(place, '["b", "a", "c", "a", "b"]'))
    found = 'a list that repeats "b", "a"'
    assert str(error) == f"input.json: {place}: expected {expected}, found {found}"


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        (r"\ud835\udc58, \uD835\uDC58\n", True),  # what upstream writes of a letter beyond 16 bits
        (r"\\u0000 \\ud800", True),
        (r"\u0000", False),
        (r"\\\u0000", False),
        (r"\ud835", False),
        (r"\udc58\ud835", False),
        (r"\ud835\ud835\udc58", False),
        (r"\\ud835\udc58", False),
    ],
)
def test_text_that_is_sure_to_be_storable(text: str, is_sure: bool) -> None:
    document = with_text(f"{METHOD}.description", f'"{text}"').encode()
    assert contract.accepts(parse_source("input.json", document)) == is_sure


def test_the_packaged_input_is_accepted_at_once() -> None:
    assert contract.accepts(read_source(resources.packaged_source()))
