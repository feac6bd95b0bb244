"""What a column means: in the database a comment, in Parquet a field's metadata."""

import csv
from dataclasses import dataclass
from functools import cache

from peftshop_db import resources
from peftshop_db.errors import QueryError

OF_THE_MEASURE = "of the measure"  # the unit of a value whose row names the measure


@dataclass(frozen=True)
class ColumnDefinition:
    """What a column means, and its unit ("" where it has none)."""

    description: str
    unit: str = ""

    @classmethod
    def from_comment(cls, comment: str) -> "ColumnDefinition":
        """The definition that a column's comment spells."""
        description, bracket, unit = comment.rpartition(" [")
        if bracket and unit.endswith("]"):
            return cls(description, unit[:-1])
        return cls(comment)

    @property
    def comment(self) -> str:
        """The definition as a comment, the unit in brackets at its end."""
        return f"{self.description} [{self.unit}]" if self.unit else self.description

    @property
    def metadata(self) -> dict[str, str]:
        """The definition as the metadata of a Parquet field."""
        unit = {"unit": self.unit} if self.unit else {}
        return {"description": self.description, **unit}


@dataclass(frozen=True)
class Column:
    """A column of a table or view, as the catalog describes it."""

    name: str
    type: str
    comment: str

    @property
    def definition(self) -> ColumnDefinition:
        return ColumnDefinition.from_comment(self.comment)

    @property
    def unit(self) -> str:
        """The unit; "" where there is none."""
        return self.definition.unit


@cache
def shared_definitions() -> dict[tuple[str, str], ColumnDefinition]:
    """schema/columns.csv: definitions by relation ("" for all relations) and column.

    Raises:
        QueryError: a row has not four values.
    """
    path = resources.folder("schema") / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if None in row or None in row.values():
            raise QueryError(
                f"{path}: the row of {row['column']} has not four values; quote commas"
            )
    return {
        (row["relation"], row["column"]): ColumnDefinition(row["description"], row["unit"])
        for row in rows
    }


def unit_of(measure: str) -> str:
    """The unit of a measure, such as bytes for peak_memory_bytes; "" where it has none."""
    return shared_definitions().get(("", measure), ColumnDefinition("")).unit
