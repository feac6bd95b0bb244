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
    if dialect == "sqlite":
        tree = tree.transform(_declared_boolean)
    return _generate(tree, dialect)


def view_sql(file: SqlFile, dialect: str) -> str:
    """A view's CREATE VIEW.

    Args:
        file: a file of queries/, which keeps to the SQL that engines run alike.
        dialect: sqlglot's name of the engine's dialect.
    """
    import sqlglot

    select = _generate(sqlglot.parse_one(file.sql, dialect="duckdb"), dialect)
    return f'CREATE VIEW "{file.name}" AS\n{select}'


def _generate(tree: "exp.Expr", dialect: str) -> str:
    from sqlglot import ErrorLevel

    raised = ErrorLevel.RAISE
    return tree.sql(dialect, pretty=True, comments=False, unsupported_level=raised)


def _without_isfinite(node: "exp.Expr") -> "exp.Expr":
    import sqlglot
    from sqlglot import exp

    if isinstance(node, exp.Anonymous) and node.name.lower() == "isfinite":
        column = node.expressions[0].sql("duckdb")
        return sqlglot.parse_one(f"abs({column}) <= {_LARGEST_DOUBLE}", dialect="duckdb")
    return node


def _declared_boolean(node: "exp.Expr") -> "exp.Expr":
    """SQLite stores 1 and 0 either way; readers tell by the declaration what they mean."""
    from sqlglot import exp

    if isinstance(node, exp.DataType) and node.is_type("boolean"):
        return exp.DataType(this=exp.DataType.Type.USERDEFINED, kind="BOOLEAN")
    return node
