"""Tables and views in the SQL of other engines, by sqlglot."""

from typing import TYPE_CHECKING

from peftshop_db.sqlfiles import SqlFile

if TYPE_CHECKING:
    from sqlglot import exp

_LARGEST_DOUBLE = "1.7976931348623157e308"


def table_sql(statement: str, dialect: str) -> str:
    """A table's CREATE TABLE, with its keys and checks.

    Args:
        statement: the one for DuckDB.
        dialect: sqlglot's name of the engine's dialect.
    """
    import sqlglot

    tree = sqlglot.parse_one(statement, dialect="duckdb").transform(_without_isfinite)
    if dialect == "sqlite":
        tree = tree.transform(_declared_boolean).transform(_without_schema)
    return _generate(tree, dialect)


def view_sql(file: SqlFile, dialect: str) -> str:
    """A view's CREATE VIEW.

    Args:
        file: a file of queries/, which keeps to the SQL that engines run alike.
        dialect: sqlglot's name of the engine's dialect.
    """
    import sqlglot

    tree = sqlglot.parse_one(file.sql, dialect="duckdb")
    if dialect == "sqlite":
        tree = tree.transform(_without_schema)
    select = _generate(tree, dialect)
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


def _without_schema(node: "exp.Expr") -> "exp.Expr":
    """A file of SQLite has no schemas: history.methods is history__methods there."""
    from sqlglot import exp

    if not isinstance(node, exp.Table) or not node.db:
        return node
    flat = exp.to_table(f"{node.db}__{node.name}")
    if isinstance(node.parent, exp.Schema):  # of CREATE TABLE
        return flat
    return exp.alias_(flat, node.alias or node.name, table=True)
