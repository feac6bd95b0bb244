"""Tables and views in the SQL of other engines, by sqlglot."""

from typing import TYPE_CHECKING

from peftshop_db.sqlfiles import SqlFile

if TYPE_CHECKING:
    from sqlglot import exp

_LARGEST_DOUBLE = "1.7976931348623157e308"


def table_sql(file: SqlFile, dialect: str) -> str:
    """A table's CREATE TABLE, with its keys and checks.

    Args:
        file: a file of schema/.
        dialect: sqlglot's name of the engine's dialect.
    """
    import sqlglot

    tree = sqlglot.parse_one(file.sql, dialect="duckdb").transform(_without_isfinite)
    return tree.sql(dialect, unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)


def view_sql(file: SqlFile, dialect: str) -> str:
    """A view's CREATE VIEW.

    Args:
        file: a file of queries/, which keeps to the SQL that engines run alike.
        dialect: sqlglot's name of the engine's dialect.
    """
    import sqlglot

    tree = sqlglot.parse_one(file.sql, dialect="duckdb")
    select = tree.sql(dialect, unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)
    return f'CREATE VIEW "{file.name}" AS\n{select}'


def _without_isfinite(node: "exp.Expression") -> "exp.Expression":
    import sqlglot
    from sqlglot import exp

    if isinstance(node, exp.Anonymous) and node.name.lower() == "isfinite":
        column = node.expressions[0].sql("duckdb")
        return sqlglot.parse_one(f"abs({column}) <= {_LARGEST_DOUBLE}", dialect="duckdb")
    return node
