"""What a column means: in the database a comment, in Parquet a field's metadata."""

from dataclasses import dataclass


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
