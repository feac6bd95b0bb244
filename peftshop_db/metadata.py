"""What a dataset says of itself, for the descriptions that other tools read.

Everything stands in the database's catalog already: comments on tables, views and columns, keys,
and the table `dataset`. Here it is read once; datapackage.py, croissant.py, dataset_card.py and
datasette.py write it in the forms of the Data Package, Croissant, Hugging Face and Datasette.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from peftshop_db.definitions import Column

if TYPE_CHECKING:
    import duckdb

NAME = "peftshop"
TITLE = "PEFT Shop: parameter-efficient fine-tuning methods as a database"
KEYWORDS = ("peft", "lora", "fine-tuning", "benchmark", "pareto", "duckdb", "parquet")
LICENCE = "Apache-2.0"
LICENCE_TITLE = "Apache License 2.0"
LICENCE_URL = "https://www.apache.org/licenses/LICENSE-2.0"
SOURCE_URL = "https://github.com/huggingface/peft/tree/main/method_comparison"
UPSTREAM = "Hugging Face"
CITATION = (
    "@misc{peftshop, title = {{PEFT Shop}: parameter-efficient fine-tuning methods as a database}, "
    "author = {{Hugging Face} and {peftshop-db contributors}}, year = {2026}, "
    "howpublished = {https://github.com/huggingface/peft/tree/main/method_comparison}}"
)


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table whose values are keys of another table."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True)
class Relation:
    """A table or view, with its columns and keys.

    Attributes:
        name: its name, with its schema before a dot where that is not the main one.
        kind: "table" or "view".
        comment: its question or grain, then a line for each field of its header.
        columns: its columns in order.
        required: the names of columns that are never NULL.
        primary_key: the names of the columns that tell rows apart; none for a view.
        foreign_keys: its references to other tables.
    """

    name: str
    kind: str
    comment: str
    columns: tuple[Column, ...]
    required: frozenset[str] = frozenset()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def title(self) -> str:
        """The question that a view answers, or what a table's row is."""
        return self.comment.partition("\n")[0]

    @property
    def flat_name(self) -> str:
        """Its name where there are no schemas, as in file names and in SQLite."""
        return self.name.replace(".", "__")

    @property
    def parquet_path(self) -> str:
        """Where its file is in a folder of Parquet files."""
        return f"{'views/' * (self.kind == 'view')}{self.flat_name}.parquet"


@dataclass(frozen=True)
class Catalog:
    """A dataset as its catalog describes it.

    Attributes:
        origin: the one row of the table `dataset`, by column.
        relations: its tables and then its views by name.
    """

    origin: Mapping[str, Any]
    relations: Mapping[str, Relation] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return str(self.origin["package_version"])

    @property
    def description(self) -> str:
        """What the dataset is and where it comes from, in two sentences."""
        return (
            "What each parameter-efficient fine-tuning method of Hugging Face's peft can do, and "
            "how it did on two benchmarks, as tables and as named views that carry every number's "
            "uncertainty and caveats. "
            f"Built by peftshop-db {self.version} from {self.origin['source_file']} of peft "
            f"{self.origin['peft_version']} (SHA-256 {self.origin['source_sha256']})."
        )

    @property
    def by_flat_name(self) -> dict[str, Relation]:
        """The relations by their names where there are no schemas."""
        return {relation.flat_name: relation for relation in self.relations.values()}

    @property
    def parquet_metadata(self) -> dict[str, str]:
        """The origin as the file metadata of a Parquet file."""
        return {
            "peftshop_db_version": self.version,
            "peft_version": str(self.origin["peft_version"]),
            "source_file": str(self.origin["source_file"]),
            "source_sha256": str(self.origin["source_sha256"]),
        }

    def only(self, names: Iterable[str]) -> "Catalog":
        """The catalog of some relations alone."""
        kept = set(names)
        relations = {name: item for name, item in self.relations.items() if name in kept}
        return Catalog(self.origin, relations)


def read_catalog(connection: "duckdb.DuckDBPyConnection") -> Catalog:
    """Reads the catalog of the connection's current database."""
    cursor = connection.execute("from dataset")
    names = [name for name, *_ in cursor.description or ()]
    row = cursor.fetchone()
    assert row is not None, "the table dataset has one row"
    schema = "case schema_name when 'main' then '' else schema_name || '.' end"
    relations = connection.execute(
        f"select {schema} || table_name, 'table', coalesce(comment, '') from duckdb_tables() "
        "where not internal and database_name = current_database() "
        f"union all select {schema} || view_name, 'view', coalesce(comment, '') "
        "from duckdb_views() "
        "where not internal and database_name = current_database() order by 2, 1"
    ).fetchall()
    columns: dict[str, list[Column]] = {name: [] for name, *_ in relations}
    required: dict[str, set[str]] = {name: set() for name, *_ in relations}
    for name, is_nullable, *column in connection.execute(
        f"select {schema} || table_name, is_nullable, column_name, data_type, "
        "coalesce(comment, '') "
        "from duckdb_columns() where not internal and database_name = current_database() "
        "order by schema_name, table_name, column_index"
    ).fetchall():
        columns[name].append(Column(*column))
        if not is_nullable:
            required[name].add(column[0])
    primary, foreign = _keys(connection)
    return Catalog(
        dict(zip(names, row, strict=True)),
        {
            name: Relation(
                name,
                kind,
                comment,
                tuple(columns[name]),
                frozenset(required[name]),
                primary.get(name, ()),
                tuple(foreign.get(name, ())),
            )
            for name, kind, comment in relations
        },
    )


def _keys(
    connection: "duckdb.DuckDBPyConnection",
) -> tuple[dict[str, tuple[str, ...]], dict[str, list[ForeignKey]]]:
    primary: dict[str, tuple[str, ...]] = {}
    foreign: dict[str, list[ForeignKey]] = {}
    for table, kind, own, other, referenced in connection.execute(
        "select table_name, constraint_type, constraint_column_names, referenced_table, "
        "referenced_column_names from duckdb_constraints() "
        "where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') "
        "and database_name = current_database() order by table_name, constraint_index"
    ).fetchall():
        if kind == "PRIMARY KEY":
            primary[table] = tuple(own)
        else:
            key = ForeignKey(tuple(own), other, tuple(referenced))
            foreign.setdefault(table, []).append(key)
    return primary, foreign


def to_json(document: Mapping[str, Any]) -> str:
    """A description as text, the same bytes for the same content."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
