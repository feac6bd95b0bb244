"""A document that the contract accepts, changes that it refuses, and the problems that it names."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from peftshop_db import builder
from peftshop_db.errors import SourceError
from tests import documents

DOCUMENT = documents.document(
    {
        "M": documents.method(
            "M",
            {
                "metamathqa": documents.accuracy("m/a", 0.5),
                "image-gen": documents.similarity("m/i", 0.5),
                "new": documents.run("m/n", score=1),
            },
            {"new": documents.finding(["a", "b"], "probe", "made up")},
        )
    },
    {"metamathqa": documents.accuracy("full/a", 0.5), "image-gen": None},
)
METHOD = "$.methods.M"
FEATURES = f"{METHOD}.features"
RUN = f"{METHOD}.benchmarks.metamathqa"

# what is expected at the places that several cases are about
A_DOCUMENT = "an object with schema_version, peft_version, baselines and methods"
BASELINES = "an object of full fine-tuning runs by benchmark"
METHODS = "an object of methods by name"
A_METHOD = "an object that describes a method"
BENCHMARKS = "an object of best runs by benchmark"
A_RUN = "an object that describes a run"
FINDINGS = "an object of findings by feature"
FINDING = "an object with value, source and maybe note"
LAYERS = 'an object of true and false by layer type, "unknown" or "not_applicable"'
BACKENDS = 'a list of different backends, "unknown" or "not_applicable"'
EXTRAS = 'a list of different config options, or "unknown"'
NAME = "a name: text that is not empty, without control characters or outer spaces, in Unicode NFC"


def at(place: str) -> Any:
    """The document's value at a JSON path."""
    node: Any = DOCUMENT
    for step in _steps(place):
        node = node[step]
    return node


def with_text(place: str, text: str) -> str:
    """The document's JSON, with another text at a JSON path."""
    if place == "$":
        return text
    document = json.loads(json.dumps(DOCUMENT))
    *parents, last = _steps(place)
    node = document
    for step in parents:
        node = node[step]
    node[last] = "@"
    return json.dumps(document).replace('"@"', text)


def refused(folder: Path, text: str) -> SourceError:
    """The error of building from a text, which must write nothing."""
    file = folder / "input.json"
    file.write_text(text)
    with pytest.raises(SourceError) as caught:
        builder.build(file, folder / "out")
    assert list(folder.iterdir()) == [file]
    return caught.value


def _steps(place: str) -> list[str | int]:
    parts = re.findall(r'\."([^"]+)"|\.(\w+)|\[(\d+)\]', place)
    return [quoted or key or int(index) for quoted, key, index in parts]
