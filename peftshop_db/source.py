"""Reading the input strictly: bytes to a document, without the standard library's leniencies.

What JSON can spell and the contract can't hold (NaN, 1e999, an object with a repeated key) becomes
an `Unacceptable`, which no type of the contract matches: so it is reported with its path, like
any other wrong value. What isn't JSON at all is reported with line and column.
"""

import gc
import hashlib
import json
import math
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peftshop_db.errors import SourceError, StorageError

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32
# The longest number that a 64-bit integer or a double needs is far below; Python's int() refuses
# 4,301 digits.
_MAX_DIGITS = 400
# A string without an end is one token too, and none is tried twice: time and memory stay linear.
_NO_STRUCTURE = bytes(set(range(256)) - set(b'"[]{}'))
_AS_OBJECTS = bytes.maketrans(b"[]", b"{}")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{\]}]', re.DOTALL)


@dataclass(frozen=True)
class Source:
    """One input: its name, its exact bytes' digest and size, its text and its parsed document."""

    file: str
    sha256: str
    size: int
    text: str
    document: Any


@dataclass(frozen=True)
class Unacceptable:
    """A value that the contract has no type for; `found` says what it is."""

    found: str


def read_source(
    path: Path,
    max_bytes: int = MAX_BYTES,
    *,
    name: str | None = None,
    nan_is_null: bool = False,
) -> Source:
    """Reads one input file.

    Args:
        path: a regular file with one JSON document in UTF-8.
        max_bytes: the largest size in bytes that is read.
        name: what messages and tables call it; None for the file's own name.
        nan_is_null: whether a bare NaN is read as null rather than refused.

    Raises:
        SourceError: it isn't such a file, or isn't JSON; with line and column.
        StorageError: it can't be read.
    """
    data = read_bytes(path, max_bytes)
    return parse_source(name or printable(path.name), data, nan_is_null)


def parse_source(file: str, data: bytes, nan_is_null: bool = False) -> Source:
    """Parses the bytes of an input file of that name; as `read_source`."""
    text = _decode(file, data)
    _refuse_depth(file, data, text)
    document = _parse(file, text, nan_is_null)
    return Source(file, fingerprint(data), len(data), text, document)


def fingerprint(data: bytes) -> str:
    """What tells one input from another: the SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def printable(name: str) -> str:
    """A file's name for tables and messages, which hold neither its control characters nor bytes
    that are not UTF-8."""
    return name if name.isprintable() else json.dumps(name)[1:-1]


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file, of at most so many.

    Raises:
        SourceError: it is no such file, or larger.
        StorageError: it can't be read.
    """
    place = printable(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError([f"{place}: expected a JSON file, found a directory"])
        if not stat.S_ISREG(mode):
            raise SourceError([f"{place}: expected a regular file, found a pipe or a device"])
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise SourceError([f"{place}: no such file"]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError(f"{place}: can't be read: {reason}") from None
    if len(data) > max_bytes:
        raise SourceError(
            [f"{place}: expected at most {max_bytes} bytes, found more; see --max-bytes"]
        )
    return data


def _decode(file: str, data: bytes) -> str:
    if not data.strip():
        raise SourceError([f"{file}: expected a JSON document, found an empty file"])
    if data.startswith(b"\x1f\x8b"):
        raise SourceError([f"{file}: expected JSON text, found gzip data; decompress it first"])
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            [f"{file}:1:1: expected UTF-8 without a byte order mark, found a byte order mark"]
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        raise SourceError(
            [f"{file}:{line}:{column}: expected UTF-8, found the byte 0x{data[error.start]:02x}"]
        ) from None


def _refuse_depth(file: str, data: bytes, text: str) -> None:
    if _is_surely_shallow(data):
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                place = _place(text, token.start())
                raise SourceError(
                    [f"{file}:{place}: expected at most {MAX_DEPTH} levels of nesting, found more"]
                )
        elif token[0] in "]}":
            depth -= 1


def _is_surely_shallow(data: bytes) -> bool:
    """Whether brackets outside of text surely nest no deeper than allowed, by a few fast passes."""
    data = data.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _NO_STRUCTURE)
    # most texts are without brackets: nothing is left of them but two quotes
    data = data.replace(b'""', b"")
    brackets = re.sub(rb'"[^"]*+"?', b"", data).translate(_AS_OBJECTS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"{}", b"")
    return not brackets


def _parse(file: str, text: str, nan_is_null: bool) -> Any:
    def constant(name: str) -> Unacceptable | None:
        if name == "NaN" and nan_is_null:
            return None
        return Unacceptable(f"{name}, which is not JSON")

    try:
        with _uncollected():
            return json.loads(
                text,
                object_pairs_hook=_object,
                parse_int=_integer,
                parse_float=_float,
                parse_constant=constant,
            )
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise SourceError(
            [f"{file}:{place}: expected JSON, found a syntax error: {error.msg}"]
        ) from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which would walk a growing document again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Unacceptable:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    return Unacceptable(f"an object that repeats the key {repeated(key for key, _ in pairs)}")


def _integer(digits: str) -> int | Unacceptable:
    if len(digits) > _MAX_DIGITS:
        return Unacceptable(f"a number of {len(digits)} digits")
    return int(digits)


def _float(digits: str) -> float | Unacceptable:
    value = float(digits)
    if math.isinf(value):
        return Unacceptable(f"{shorten(digits)}, which no double holds")
    return value


def _place(text: str, position: int) -> str:
    line_start = text.rfind("\n", 0, position) + 1
    return f"{text.count(chr(10), 0, position) + 1}:{position - line_start + 1}"


def repeated(texts: Iterable[str]) -> str:
    """The texts that occur more than once, quoted, in their first order."""
    several = [json.dumps(text) for text, count in Counter(texts).items() if count > 1]
    return shorten(", ".join(several), 200)


def shorten(text: str, width: int = 60) -> str:
    """The text, cut with an ellipsis where it is longer than `width` characters."""
    return text if len(text) <= width else text[: width - 1] + "…"
