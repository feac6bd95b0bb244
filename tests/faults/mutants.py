"""Bytes of the packaged input, changed at random: each mutant is refused, or comes back whole.

    python -m tests.faults.mutants SEED COUNT [FOLDER]

prints what became of them as JSON. FOLDER takes one mutant of each hundred as a file, and its
verdict in the name.
"""

import json
import random
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from peftshop_db import contract, resources
from peftshop_db.errors import SourceError
from peftshop_db.source import Source, parse_source
from tests.etl.rebuilding import exported, filled, strict

MEMORY = 4 * 1024**3
SECONDS = 60  # of one mutant, which takes milliseconds
BATCH = 200
PIECES = (
    *b'{}[]",:\\0-.eE \n\t\x00\x1f\x7f\xc0\xff',
    *(b"true false null NaN -Infinity 1e999 99999999999999999999 -1 1.0 0.5 [] {} unknown".split()),
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\\u0000",
    "e\u0301".encode(),
    "é".encode(),
    b"not_applicable",
    b'"a":1,"a":1',
)
WHOLE = resources.packaged_source().read_bytes()
DOCUMENT = json.loads(WHOLE)
REST = {key: value for key, value in DOCUMENT.items() if key != "methods"}
METHODS = {name: repr(method) for name, method in DOCUMENT["methods"].items()}


def mutate(chance: random.Random, data: bytes) -> bytes:
    """Changes one to three places."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        place = chance.randrange(len(data))
        data = chance.choice(MUTATIONS)(chance, data, place)
    return data


def _flip(chance: random.Random, data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def _replace(chance: random.Random, data: bytes, place: int) -> bytes:
    return data[:place] + chance.randbytes(1) + data[place + 1 :]


def _letter(chance: random.Random, data: bytes, place: int) -> bytes:
    """Another digit for a digit, another letter for a letter: what often leaves JSON valid."""
    for at in range(place, min(place + 200, len(data))):
        if data[at : at + 1].isdigit():
            return data[:at] + b"%d" % chance.randrange(10) + data[at + 1 :]
        if data[at : at + 1].isalpha():
            return data[:at] + bytes([chance.randrange(97, 123)]) + data[at + 1 :]
    return data


def _insert(chance: random.Random, data: bytes, place: int) -> bytes:
    return data[:place] + _piece(chance) + data[place:]


def _overwrite(chance: random.Random, data: bytes, place: int) -> bytes:
    piece = _piece(chance)
    return data[:place] + piece + data[place + len(piece) :]


def _value(chance: random.Random, data: bytes, place: int) -> bytes:
    """Another value after the next colon."""
    start = data.find(b": ", place) + 2
    end = data.find(b"\n", start)
    if start < 2 or end < 0:
        return data
    comma = b"," * data[start:end].endswith(b",")
    return data[:start] + _piece(chance) + comma + data[end:]


def _delete(chance: random.Random, data: bytes, place: int) -> bytes:
    return data[:place] + data[place + chance.choice((1, 1, 2, 40)) :]


def _repeat(chance: random.Random, data: bytes, place: int) -> bytes:
    end = place + chance.choice((1, 10, 100))
    return data[:end] + data[place:end] + data[end:]


def _cut(chance: random.Random, data: bytes, place: int) -> bytes:
    return data[:place] if chance.random() < 0.2 else _delete(chance, data, place)


def _piece(chance: random.Random) -> bytes:
    piece = chance.choice(PIECES)
    return piece if isinstance(piece, bytes) else bytes([piece])


MUTATIONS: tuple[Callable[[random.Random, bytes, int], bytes], ...] = (
    _flip,
    _replace,
    _letter,
    _letter,
    _letter,
    _insert,
    _overwrite,
    _value,
    _delete,
    _repeat,
    _cut,
)


def mutants(seed: int, count: int) -> Iterator[bytes]:
    chance = random.Random(seed)
    for _ in range(count):
        yield mutate(chance, WHOLE)


def accepted(data: bytes, is_whole: bool) -> Source | None:
    """The mutant as a source, without the methods that are as they were, unless it is refused.

    The contract says of each method the same, whatever the others are; `is_whole` has it read all.
    """
    try:
        source = parse_source("mutant.json", data)
        if not is_whole and isinstance(source.document, dict):
            source = _reduce(source)
        contract.check(source)
    except SourceError as error:
        assert error.exit_status == 3
        assert error.problems
        assert all(problem.startswith("mutant.json:") for problem in error.problems)
        assert not any("\n" in problem for problem in error.problems)
        return None
    return source


def _reduce(source: Source) -> Source:
    methods = source.document.get("methods")
    if not isinstance(methods, dict):
        return source
    changed = {
        name: method for name, method in methods.items() if METHODS.get(name) != repr(method)
    }
    return _source(source.document | {"methods": changed})


def _source(document: Any) -> Source:
    text = repr(document) if not _is_json(document) else json.dumps(document)
    return Source("mutant.json", "0" * 64, max(len(text), 1), text, document)


def _is_json(document: Any) -> bool:
    try:
        json.dumps(document)
    except TypeError:  # holds what the contract refuses
        return False
    return True


def lost(documents: list[Any]) -> list[Any]:
    """The documents that don't come back from the tables; those that changed methods alone are
    filled in together, each method under a name of its own."""
    together = [document for document in documents if _rest(document) == strict(REST)]
    methods = {
        f"{name} {number}": method
        for number, document in enumerate(together)
        for name, method in document["methods"].items()
    }
    whole = {**REST, "methods": methods}
    alone = [document for document in documents if _rest(document) != strict(REST)]
    return [document for document in (whole, *alone) if _back(document) != strict(document)]


def _rest(document: Any) -> Any:
    return strict({key: value for key, value in document.items() if key != "methods"})


def _back(document: Any) -> Any:
    with filled(_source(document)) as connection:
        return exported(connection)


def main(seed: int, count: int, folder: Path | None) -> dict[str, int]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    kept: list[Any] = []
    counts = {"mutants": 0, "refused": 0, "accepted and lossless": 0}
    for number, data in enumerate(mutants(seed, count)):
        signal.alarm(SECONDS)
        source = accepted(data, is_whole=False)
        if number % 100 == 0:
            assert (accepted(data, is_whole=True) is None) == (source is None)
            if folder:
                verdict = "refused" if source is None else "accepted"
                (folder / f"{seed}-{number}-{verdict}.json").write_bytes(data)
        signal.alarm(0)
        counts["mutants"] += 1
        counts["refused" if source is None else "accepted and lossless"] += 1
        if source is not None:
            kept.append(source.document)
        if len(kept) == BATCH or (kept and number == count - 1):
            assert lost(kept) == []
            kept = []
    counts["peak_memory_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return counts


if __name__ == "__main__":
    print(
        json.dumps(
            main(
                int(sys.argv[1]),
                int(sys.argv[2]),
                Path(sys.argv[3]) if len(sys.argv) > 3 else None,
            )
        )
    )
