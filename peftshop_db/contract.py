"""The input contract: a document is checked against schema/source.schema.json.

The schema says what is accepted; its `description`s say it in words, and become the "expected" of
a message. Two things JSON Schema can't say are said here: which Python values are its types (an
integer isn't 1.0, a number is one that a double holds exactly, text holds no lone surrogate), and
the format `name`.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from peftshop_db import resources
from peftshop_db.errors import SourceError
from peftshop_db.source import Source, Unacceptable, shorten

MAX_PROBLEMS = 20

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def check(source: Source) -> None:
    """Checks a document against the contract.

    Raises:
        SourceError: it breaks the contract; names every problem's file, JSON path, what was
            expected and what was found (the first 20, and the count).
    """
    problems = sorted(
        (_path(error), _describe(source.document, error)) for error in _errors(source.document)
    )
    if problems:
        lines = [f"{source.file}: {path}: {text}" for path, text in problems[:MAX_PROBLEMS]]
        raise SourceError(lines, len(problems))


def _errors(document: Any) -> Iterator[ValidationError]:
    schema = json.loads((resources.folder("schema") / "source.schema.json").read_bytes())
    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
            "number": lambda _, value: _is_number(value),
            "string": lambda _, value: isinstance(value, str) and not _UNSTORABLE.search(value),
        }
    )
    formats = FormatChecker(formats=())
    formats.checks("name")(_is_name)
    validator = extend(Draft202012Validator, type_checker=types)
    yield from validator(schema, format_checker=formats).iter_errors(document)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return float(value) == value
    except OverflowError:
        return False


def _is_name(value: Any) -> bool:
    """Whether a text can name something: visible, without control characters, in NFC."""
    return not isinstance(value, str) or (
        value.strip() == value != ""
        and unicodedata.is_normalized("NFC", value)
        and not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
    )


def _path(error: ValidationError) -> str:
    path = "$"
    for part in error.absolute_path:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _IDENTIFIER.fullmatch(part):
            path += f".{part}"
        else:
            path += "." + json.dumps(part)
    return path


def _describe(document: Any, error: ValidationError) -> str:
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        names = ", ".join(map(json.dumps, missing))
        return f"expected the key {names}, found none of that name"
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        extra = [key for key in error.instance if key not in known]
        names = ", ".join(json.dumps(key) for key in extra)
        return f"expected no other key than {', '.join(known)}, found {shorten(names, 200)}"
    return f"expected {_expected(error)}, found {_found(error.instance)}"


def _expected(error: ValidationError) -> str:
    if "description" in error.schema:
        return str(error.schema["description"])
    if error.validator == "type":
        types = error.validator_value
        return " or ".join([types] if isinstance(types, str) else types)
    return f"{error.validator} {json.dumps(error.validator_value)}"


def _found(value: Any) -> str:
    if isinstance(value, Unacceptable):
        return value.found
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return shorten(json.dumps(value, default=lambda unacceptable: unacceptable.found))
