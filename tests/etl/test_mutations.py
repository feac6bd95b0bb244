"""Every node of the shipped file deleted, retyped, repeated and added to: each mutant is refused at
the place where it is wrong, or accepted and lossless.

A mutation of a method is made in a document that has no other, as checking takes time by size.
"""

import copy
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from peftshop_db import resources
from peftshop_db.errors import SourceError
from tests.documents import Document
from tests.etl.rebuilding import accepted, exported, filled, strict

Steps = tuple[str | int, ...]

SHIPPED = json.loads(resources.packaged_source().read_bytes())
METHODS = {
    name: SHIPPED | {"baselines": {}, "methods": {name: method}}
    for name, method in SHIPPED["methods"].items()
}
BASELINES = SHIPPED | {"methods": {}}
VALUES = (None, True, 1, 1.5, "other", [], {})
# a key for the second member of a name, which no dict holds
AGAIN = "again"
# an object that has one of these keys allows no others than the contract's
CLOSED = {"schema_version", "config_class", "value"}


class Mutation(NamedTuple):
    """A changed document's text, what was done, and where a refusal must say that it is wrong."""

    text: str
    what: str
    place: Steps


def nodes(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """The way to each node below a value."""
    if isinstance(value, dict | list):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*steps, step)
            yield from nodes(member, (*steps, step))


def at(document: Any, steps: Steps) -> Any:
    for step in steps:
        document = document[step]
    return document


def mutations(document: Document, steps: Steps) -> Iterator[Mutation]:
    """All mutations of a node. That a member is missing or there twice is its object's fault."""
    *above, step = steps
    parent = tuple(above)
    node = at(document, steps)

    def mutation(what: str, value: Any, place: Steps) -> Mutation:
        mutant = copy.deepcopy(document)
        at(mutant, parent)[step] = value
        return Mutation(json.dumps(mutant), f"{path(steps)} {what}", place)

    mutant = copy.deepcopy(document)
    del at(mutant, parent)[step]
    yield Mutation(json.dumps(mutant), f"{path(steps)} deleted", parent)
    if isinstance(step, str):
        mutant = copy.deepcopy(document)
        at(mutant, parent)[AGAIN] = node
        text = json.dumps(mutant).replace(f'"{AGAIN}":', f"{json.dumps(step)}:")
        yield Mutation(text, f"{path(steps)} repeated", parent)
    for value in VALUES:
        if strict(value) != strict(node):
            yield mutation(f"= {json.dumps(value)}", value, steps)
        if isinstance(node, list):
            yield mutation(f"and {json.dumps(value)}", [*node, value], (*steps, len(node)))
        if isinstance(node, dict):
            place = steps if CLOSED & node.keys() else (*steps, "more")
            yield mutation(f"and {json.dumps(value)}", node | {"more": value}, place)


def path(steps: Steps) -> str:
    parts = (
        f"[{step}]"
        if isinstance(step, int)
        else f".{step if step.isidentifier() else json.dumps(step)}"
        for step in steps
    )
    return "".join(["$", *parts])


def survivors(file: Path, document: Document, chosen: Iterable[Steps]) -> dict[str, Document]:
    """The mutants of these nodes that the contract accepts; it must refuse the others in place."""
    found = {}
    for steps in chosen:
        for text, what, place in mutations(document, steps):
            try:
                found[what] = accepted(file, text).document
            except SourceError as error:
                places = {problem.split(": ")[1] for problem in error.problems}
                assert places == {path(place)}, f"{what}: {error}"
    return found


def lost(file: Path, mutants: dict[str, Document]) -> list[str]:
    """The mutants whose methods don't come back from the tables; they are built as one document."""
    methods = {
        f"{what} of {name}": method
        for what, mutant in mutants.items()
        for name, method in mutant["methods"].items()
    }
    text = json.dumps(SHIPPED | {"baselines": {}, "methods": methods})
    with filled(accepted(file, text)) as connection:
        back = exported(connection)["methods"]
    return [what for what, method in methods.items() if back[what] != strict(method)]


def shape(steps: Steps, node: Any) -> tuple[object, ...]:
    """What nodes of several methods have in common: where they are, and their type."""
    place = re.sub(r"^\$\.methods\.\w+|(?<=value)[.[].*", "*", path(steps))
    return place, type(node)


def test_a_node_of_each_shape(tmp_path: Path) -> None:
    file, seen, mutants = tmp_path / "input.json", set(), {}
    for document in METHODS.values():
        new = []
        for steps in nodes(document["methods"], ("methods",)):
            if (key := shape(steps, at(document, steps))) not in seen:
                seen.add(key)
                new.append(steps)
        mutants |= survivors(file, document, new)
    assert lost(file, mutants) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", METHODS)
def test_every_node_of_a_method(name: str, tmp_path: Path) -> None:
    document = METHODS[name]
    chosen = nodes(document["methods"], ("methods",))
    mutants = survivors(tmp_path / "input.json", document, chosen)
    assert lost(tmp_path / "input.json", mutants) == []


@pytest.mark.slow
def test_every_node_of_the_baselines(tmp_path: Path) -> None:
    mutants = survivors(tmp_path / "input.json", BASELINES, nodes(BASELINES))
    for what, mutant in mutants.items():
        with filled(accepted(tmp_path / "input.json", json.dumps(mutant))) as connection:
            assert exported(connection) == strict(mutant), what
