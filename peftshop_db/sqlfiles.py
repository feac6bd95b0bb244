"""The files of SQL: which there are, what their headers say, and in which order they run.

A file's stem is the name of its relation. Its header is the comment at its top: fields such as
`-- Question: …`, whose text goes on in the lines that follow, and last `-- Columns:` with a line
for each column that schema/columns.csv doesn't define for all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from peftshop_db import resources
from peftshop_db.definitions import ColumnDefinition
from peftshop_db.errors import QueryError

VIEW_HEADER = ("Question", "Grain", "NULLs and ties", "Caveats", "Source")
MACROS = "macros"
HISTORY = "history"
# the tables that hold an input, from which etl/ makes the others
SOURCE = ("source_document", "source_methods")
TABLE_HEADER = ("Grain", "NULLs", "Source")

_FIELD = re.compile(r"-- ([A-Z][A-Za-z ]*):(?: (.*))?$")
_COLUMN = re.compile(r"--     ([a-z_0-9]+)(?: \[([^\]]+)\])?: (.+)$")


@dataclass(frozen=True)
class SqlFile:
    """One file of SQL: the relation that it makes, its text, and what its header says."""

    path: Path
    sql: str
    header: Mapping[str, str] = field(compare=False)
    columns: Mapping[str, ColumnDefinition] = field(compare=False)

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def topic(self) -> str:
        return self.path.parent.name

    @property
    def comment(self) -> str:
        """The header as one comment: the question or grain first, then a line for each field."""
        first, *rest = self.header.items()
        return "\n".join([first[1], *(f"{name}: {text}" for name, text in rest)])

    @property
    def parameters(self) -> list[str]:
        """The names of a macro's parameters."""
        listed = self.header.get("Parameters", "")
        return [item.split()[0] for item in listed.split(", ") if item]

    @property
    def statement(self) -> str:
        """The statement that makes the relation, below its header."""
        lines = self.sql.splitlines()
        body = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
        if self.topic == MACROS:
            lines.insert(body, f"create macro {self.name}({self.header['Parameters']}) as table")
        elif self.topic != "schema":
            lines.insert(body, f"create view {self.name} as")
        return "\n".join(lines).rstrip(";\n") + ";\n"

    @cached_property
    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        import sqlglot
        from sqlglot import exp

        try:
            tree = sqlglot.parse_one(self.sql, dialect="duckdb")
        except sqlglot.errors.ParseError as error:
            raise QueryError(f"{self.path}: not valid SQL: {str(error).splitlines()[0]}") from None
        tables = frozenset(
            f"{table.db}.{table.name}" if table.db else table.name
            for table in tree.find_all(exp.Table)
        ) - {"", self.name}
        steps = frozenset(step.alias for step in tree.find_all(exp.CTE))
        return tables, steps

    @property
    def references(self) -> frozenset[str]:
        """The relations that the SQL reads or refers to, other than its own."""
        tables, steps = self._names
        return tables - steps

    @property
    def steps(self) -> frozenset[str]:
        """The names of its common table expressions."""
        return self._names[1]


def literal(text: str) -> str:
    """A text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def load(folder: Path, pattern: str, required: Iterable[str] = ()) -> dict[str, SqlFile]:
    """The SQL files of a folder that match a pattern, by name.

    Raises:
        QueryError: two files have one name, or a header lacks a field or repeats one.
    """
    files: dict[str, SqlFile] = {}
    for path in sorted(folder.glob(pattern)):
        if path.stem in files:
            raise QueryError(f"{path}: the name is taken by {files[path.stem].path}; rename one")
        files[path.stem] = _read(path, required)
    return files


@cache
def tables() -> dict[str, SqlFile]:
    """schema/*.sql: a CREATE TABLE each."""
    return load(resources.folder("schema"), "*.sql", TABLE_HEADER)


@cache
def inserts() -> dict[str, SqlFile]:
    """etl/: a SELECT each, which fills the table of its name, or is a step on the way there."""
    etl = resources.folder("etl")
    return {**load(etl, "*.sql"), **load(etl / "source", "*.sql", ["Grain"])}


@cache
def views() -> dict[str, SqlFile]:
    """queries/<topic>/*.sql: a SELECT each, but for macros."""
    files = load(resources.folder("queries"), "*/*.sql", VIEW_HEADER)
    return {name: file for name, file in files.items() if file.topic != MACROS}


@cache
def macros() -> dict[str, SqlFile]:
    """queries/macros/*.sql: a SELECT each, with the parameters that its header names."""
    return load(resources.folder("queries"), f"{MACROS}/*.sql", (*VIEW_HEADER, "Parameters"))


def script(names: Iterable[str] = ()) -> str:
    """The statements that make tables, views and macros, each after those that it needs.

    Args:
        names: only these, which must exist; none for all.
    """
    files = {**tables(), **views(), **macros()}
    statements: dict[str, str] = {name: file.statement for name, file in files.items()}
    order = [*build_order(tables().values()), *past()]
    order += build_order([*views().values(), *macros().values()], given=order)
    statements |= past()
    wanted = [name for name in order if not names or name in names]
    head = [f"create schema {HISTORY};\n"] if any(name in past() for name in wanted) else []
    return "\n".join([*head, *(statements[name] for name in wanted)])


@cache
def past() -> dict[str, str]:
    """The statements that make the tables of the schema history, by the tables' names.

    They have no keys, whose indexes would grow with the number of versions.
    """
    own = "columns(lambda name: name not in ('version_order', 'peft_version', 'source_sha256'))"
    return {
        f"{HISTORY}.{table}": f"create table {HISTORY}.{table} as\n"
        "select\n    cast(null as bigint) as version_order,\n"
        "    cast(null as varchar) as peft_version,\n"
        f"    cast(null as varchar) as source_sha256,\n    {own}\nfrom {table}\nlimit 0;\n"
        for table in versioned()
    }


@cache
def versioned() -> list[str]:
    """The tables that are filled from the source, whose every version the schema history holds."""
    return [name for name in derived(*SOURCE) if name in tables()]


@cache
def derived(*staged: str) -> list[str]:
    """What etl/ makes of staged tables, the files that need others after those."""
    files = inserts()
    needed = {name: file.references for name, file in files.items()}
    names = set(staged)
    while more := {name for name in needed if needed[name] & names} - names:
        names |= more
    graph = {name: needed[name] & names - set(staged) for name in names - set(staged)}
    for name in graph.keys() & tables().keys():
        graph[name] |= tables()[name].references & graph.keys()  # foreign keys
    return list(TopologicalSorter(graph).static_order())


def build_order(files: Iterable[SqlFile], given: Iterable[str] = ()) -> list[str]:
    """The names of the relations that files make, each after those that it refers to.

    Args:
        files: any number of files; those with one name make one relation together.
        given: names of relations that exist already.

    Raises:
        QueryError: a file refers to what doesn't exist, hides a relation behind a step of the same
            name, or files refer to each other in a circle.
    """
    files = list(files)
    relations = {file.name for file in files} | set(given)
    graph: dict[str, set[str]] = {}
    for file in files:
        if unknown := sorted(file.references - relations):
            raise QueryError(f"{file.path}: refers to {', '.join(unknown)}, which doesn't exist")
        if hidden := sorted(file.steps & relations):
            raise QueryError(f"{file.path}: {', '.join(hidden)} is a relation; rename the step")
        graph.setdefault(file.name, set()).update(file.references - set(given))
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise QueryError(f"the SQL files need each other in a circle: {circle}") from None


def _read(path: Path, required: Iterable[str]) -> SqlFile:
    sql = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    columns: dict[str, ColumnDefinition] = {}
    current = ""
    for number, line in enumerate(sql.splitlines(), 1):
        if not line.startswith("--"):
            break
        if match := _FIELD.match(line):
            current = match[1]
            if current in header:
                raise QueryError(f"{path}:{number}: the header repeats {current}")
            header[current] = (match[2] or "").strip()
        elif current == "Columns" and (match := _COLUMN.match(line)):
            columns[match[1]] = ColumnDefinition(match[3].strip(), match[2] or "")
        elif current:
            header[current] = f"{header[current]} {line[2:].strip()}".strip()
    header.pop("Columns", None)
    missing = [name for name in required if not header.get(name)]
    if missing:
        raise QueryError(
            f"{path}:1: the header lacks {', '.join(missing)}; start with `-- {missing[0]}: …`"
        )
    return SqlFile(path, sql, header, columns)
