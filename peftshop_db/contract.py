"""The input contracts: documents are checked against schema/*.schema.json.

A schema says what is accepted; its `description`s say it in words, and become the "expected" of
a message. Two things JSON Schema can't say are said here: which Python values are its types (an
integer isn't 1.0, text holds no lone surrogate), and the formats `name`, `double` and
`int64`.

Two libraries read a schema: jsonschema-rs decides, fifty times as fast, and only what it doesn't
accept goes to jsonschema, whose word is final and which can say what is wrong where.
"""

import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from peftshop_db import resources
from peftshop_db.errors import SourceError
from peftshop_db.source import Source, Unacceptable, repeated, shorten

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

MAX_PROBLEMS = 20
SOURCE = "source.schema.json"
RESULTS = "results.schema.json"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# JSON text without them: of escapes it has pairs of surrogates, and any other than of these
_STORABLE = re.compile(
    r"(?:[^\\]++|\\u[dD][89abAB]..\\u[dD][c-fC-F]|\\(?!u0000|u[dD][89a-fA-F]).)*+", re.DOTALL
)
_IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def check(source: Source, schema: str = SOURCE) -> None:
    """Checks a document against a contract, a file under schema/.

    Raises:
        SourceError: it breaks the contract; names every problem's file, JSON path, what was
            expected and what was found (the first 20, and the count).
    """
    problems = [] if accepts(source, schema) else _problems(source.document, schema)
    if problems:
        lines = [f"{source.file}: {problem}" for problem in problems[:MAX_PROBLEMS]]
        raise SourceError(lines, len(problems))


def accepts(source: Source, schema: str = SOURCE) -> bool:
    """Whether a document surely keeps a contract; where it isn't sure, `check` tells."""
    if not _STORABLE.fullmatch(source.text):
        return False
    try:
        return _decider(schema).is_valid(source.document)
    except ValueError:  # an Unacceptable, which is of no type that JSON has
        return False


@cache
def _decider(name: str) -> jsonschema_rs.Draft202012Validator:
    def mark(part: dict[str, Any]) -> dict[str, Any]:
        # the library knows formats of text alone, and takes 1.0 for an integer
        is_number = part.get("format") in _NUMBERS or "integer" in part.get("type", ())
        return part | {_Number.KEYWORD: True} if is_number else part

    schema = json.loads((resources.folder("schema") / name).read_bytes(), object_hook=mark)
    return jsonschema_rs.Draft202012Validator(
        schema,
        formats={"name": _is_name},
        validate_formats=True,
        keywords={_Number.KEYWORD: _Number},
    )


class _Number:
    """A keyword for jsonschema-rs: numbers are of the Python type and the format that are said."""

    KEYWORD = "number"

    def __init__(self, schema: dict[str, Any], _value: Any, _path: Any) -> None:
        self._is_integer = "integer" in schema.get("type", ())
        self._has_format = _NUMBERS.get(schema.get("format", ""), lambda value: True)

    def validate(self, value: Any) -> None:
        if (self._is_integer and isinstance(value, float)) or not self._has_format(value):
            raise ValueError


def _problems(document: Any, schema: str) -> list[str]:
    """What is wrong, by path, each once.

    Where a general and a particular part of the schema refuse one value, the particular one says
    what is expected: a general part is referred to, so its own path is longer.
    """
    problems: dict[tuple[str, str], str] = {}
    errors = sorted(
        _validator(schema).iter_errors(document), key=lambda error: len(error.absolute_schema_path)
    )
    for error in sorted(errors, key=lambda error: list(error.absolute_path)):
        path, expected, found = _path(error), _expected(error), _found(error)
        about = expected if error.validator == "required" else found
        problems.setdefault((path, about), f"{path}: expected {expected}, found {found}")
    return list(problems.values())


@cache
def _validator(name: str) -> "Validator":
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    schema = json.loads((resources.folder("schema") / name).read_bytes())
    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
            "string": lambda _, value: isinstance(value, str) and not _UNSTORABLE.search(value),
        }
    )
    formats = FormatChecker(formats=())
    formats.checks("name")(_is_name)
    for name, has_format in _NUMBERS.items():
        formats.checks(name)(has_format)
    validator = extend(Draft202012Validator, type_checker=types)
    return validator(schema, format_checker=formats)


def _is_double(value: Any) -> bool:
    """Whether a number is one that a double holds exactly."""
    try:
        return not isinstance(value, int) or float(value) == value
    except OverflowError:
        return False


def _is_int64(value: Any) -> bool:
    """Whether a number, if it is an integer, fits 64 bits."""
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _is_name(value: Any) -> bool:
    """Whether a text can name something: visible, without control characters, in NFC."""
    return not isinstance(value, str) or (
        value.strip() == value != ""
        and unicodedata.is_normalized("NFC", value)
        and (
            value.isprintable()
            or not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
        )
    )


_NUMBERS = {"double": _is_double, "int64": _is_int64}


def _path(error: "ValidationError") -> str:
    path = "$"
    for part in error.absolute_path:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _IDENTIFIER.fullmatch(part):
            path += f".{part}"
        else:
            path += "." + json.dumps(part)
    return path


def _expected(error: "ValidationError") -> str:
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"the key{'s' * (len(missing) > 1)} {', '.join(map(json.dumps, missing))}"
    if error.validator == "additionalProperties":
        return f"no other key than {', '.join(error.schema['properties'])}"
    return str(error.schema["description"])


def _found(error: "ValidationError") -> str:
    value = error.instance
    if error.validator == "required":
        return "none of that name"
    if error.validator == "additionalProperties":
        extra = [json.dumps(key) for key in value if key not in error.schema["properties"]]
        return shorten(", ".join(extra), 200)
    if error.validator == "uniqueItems":
        texts = [item for item in value if isinstance(item, str)]
        return f"a list that repeats {repeated(texts) or 'a value'}"
    if isinstance(value, Unacceptable):
        return value.found
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    key = "the key " if "propertyNames" in error.absolute_schema_path else ""
    return key + shorten(json.dumps(value))
