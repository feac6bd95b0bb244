"""Documents that the input contract accepts, of every shape, for hypothesis."""

import operator
import unicodedata
from typing import Any

from hypothesis import strategies as st

from tests.documents import CAPABILITIES

Strategy = st.SearchStrategy[Any]

NAMES = (
    *(
        'a".b',
        'X".benchmarks."metamathqa',
        "a'b",
        "a\\b",
        "[0]",
        "$",
        "a.b",
        "a/b",
        "{}",
        "%s",
        "--",
    ),
    *("null", "true", "1", "1.0", "method", "METHOD", "select", "value", "unknown"),
    *("𝄞 😀", "שלום", "\u202eabc", "ÿ", "x\u2028y", "a\ufeffb", "\ufdd0", "ﬁ"),
    *("LORA", "RANDLORA", "Linear", "NewLayer", "bnb_4bit", "use_dora", "forgetting", "metamathqa"),
)
TEXTS = (
    *("", '"', "\\", "'; drop table methods; --", "\t\n\r\b\f", "\x01\x1f\x7f\x9f", "\u2028\u2029"),
    *("𝄞\U0010ffff", "\ufffe\ufeff", "e\u0301", "unknown", "null", "1e999", "\\u0000", "\\ud800"),
)
NUMBERS = (
    *(0, 1, -1, 0.0, -0.0, 1.0, 0.1, 0.1 + 0.2, 123456789.12345679, 1e22, 1e23, 10**22),
    *(5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308),
    *(2**53, 2**63, 2**64, -(2**64), 2**1000),
)
COUNTS = (0, 1, 99999999, 2**31, 2**53 + 1, 2**63 - 1)

texts = st.sampled_from(TEXTS) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
names = st.sampled_from(NAMES) | (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(bool)
)
links = texts.map("https://".__add__)
numbers = (
    st.sampled_from(NUMBERS)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**53), 2**53)
)
counts = st.sampled_from(COUNTS) | st.integers(0, 2**63 - 1)
switches = st.dictionaries(names, st.booleans(), max_size=3)
lists = st.lists(names, max_size=3, unique=True)


def documents() -> Strategy:
    return st.fixed_dictionaries(
        {
            "schema_version": st.just(1),
            "peft_version": names,
            "baselines": _benchmarks(or_null=st.none()),
            "methods": st.dictionaries(
                names.filter("full fine-tuning".__ne__), _methods(), max_size=4
            ),
        }
    )


def _methods() -> Strategy:
    return st.fixed_dictionaries(
        {
            "config_class": names,
            "model_class": names | st.none(),
            "features": _features(),
            "description": texts,
            "docs_url": links,
            "paper_url": links | st.none(),
            "benchmarks": _benchmarks(or_null=st.nothing()),
        }
    )


def _features() -> Strategy:
    state = st.just("unknown")
    absent = state | st.just("not_applicable")
    known = {
        "category": st.sampled_from(("adapter", "prompt_learning", "other", "unknown")),
        "target_layer_types": switches | absent,
        "quantization_backends": lists | absent,
        **{name: st.booleans() | state for name in CAPABILITIES},
        "lora_conversion": st.booleans() | absent,
        "auxiliary_modules": switches | state,
        "extras": lists | state,
    }
    others = st.none() | texts | st.booleans() | st.lists(names, max_size=2) | switches
    return _open_object(
        {name: _findings(values) for name, values in known.items()},
        {"paper_url": _findings(links | st.none())},
        _findings(others),
    )


def _findings(values: Strategy) -> Strategy:
    sources = st.sampled_from(("introspection", "file_check", "probe"))
    notes = texts.filter(bool)
    return st.fixed_dictionaries(
        {"value": values, "source": sources}, optional={"note": notes}
    ) | st.fixed_dictionaries(
        {"value": st.just("unknown"), "source": st.just("error"), "note": notes}
    )


def _benchmarks(or_null: Strategy) -> Strategy:
    metric = numbers | st.none()
    fraction = st.floats(0, 1) | st.sampled_from((0, 1, -0.0)) | st.none()
    registered = {
        "metamathqa": _runs({"test accuracy": fraction, "forgetting": metric}),
        "image-gen": _runs({"test dino_similarity": metric, "drift": metric}),
    }
    return _open_object(
        {}, {name: run | or_null for name, run in registered.items()}, _runs({}) | or_null
    )


def _runs(metrics: dict[str, Strategy]) -> Strategy:
    fields = {
        "experiment_name": names,
        "peak_memory_bytes": counts,
        "train_time_sec": numbers.map(abs) | st.sampled_from((-0.0, None)),
        "num_trainable_params": counts,
        "adapter_file_size_bytes": counts,
        "num_runs": counts.filter(bool),
    }
    return _open_object(fields | metrics, {}, numbers | st.none())


def _open_object(
    required: dict[str, Strategy], optional: dict[str, Strategy], others: Strategy
) -> Strategy:
    """An object of known members and of some that have other names."""
    known = {**required, **optional}
    new_names = names.filter(lambda name: name not in known)
    return st.builds(
        operator.or_,
        st.fixed_dictionaries(required, optional=optional),
        st.dictionaries(new_names, others, max_size=2),
    )
