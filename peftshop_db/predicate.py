"""`--where`: one predicate over the columns of a view, and nothing else.

It is parsed, checked node by node against what is known to be harmless, and written anew from the
tree, so that no text that was typed reaches the database.
"""

from collections.abc import Sequence

import sqlglot
from sqlglot import exp

from peftshop_db.dataset import suggest
from peftshop_db.errors import UsageError

_ALLOWED = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.Boolean,
    exp.Null,
    exp.Paren,
    exp.And,
    exp.Or,
    exp.Not,
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.Is,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.Between,
    exp.In,
    exp.Like,
    exp.ILike,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.Div,
    exp.Mod,
    exp.Neg,
    exp.DPipe,
    exp.Lower,
    exp.Upper,
    exp.Length,
    exp.Abs,
    exp.Round,
    exp.Coalesce,
    exp.Contains,
    exp.StartsWith,
)


def check(text: str, columns: Sequence[str]) -> str:
    """The predicate as SQL.

    Args:
        text: what was typed, such as `score > 0.5 and method <> 'LORA'`.
        columns: the columns that it may name.

    Raises:
        UsageError: it isn't one predicate, names another column, or does more than to compare;
            says where.
    """
    tree = _parse(text)
    for node in tree.walk():
        if isinstance(node, exp.Column):
            _check_column(text, node, columns)
        elif not isinstance(node, _ALLOWED):
            raise UsageError(
                f"--where takes comparisons of columns, without {_name(node)}: {text!r}"
            )
    return tree.sql(dialect="duckdb", comments=False)


def _parse(text: str) -> exp.Expr:
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise UsageError(f"--where is not a predicate: {_locate(error)} in {text!r}") from None
    except RecursionError:
        raise UsageError("--where is nested too deeply") from None
    if len(trees) != 1 or trees[0] is None:
        raise UsageError(f'--where takes one predicate, such as "score > 0.5", not {text!r}')
    return trees[0]


def _check_column(text: str, column: exp.Column, columns: Sequence[str]) -> None:
    name = column.name
    if column.table or name not in columns:
        place = text.find(name) + 1
        hint = suggest(name, columns) or f"; there are {', '.join(columns)}"
        raise UsageError(f"--where: no column is named {name!r} (at {place} in {text!r}){hint}")
    column.set("this", exp.to_identifier(name, quoted=True))


def _locate(error: sqlglot.errors.SqlglotError) -> str:
    details = getattr(error, "errors", None)
    if not details:
        return str(error).splitlines()[0]
    first = details[0]
    missing = first["description"].startswith("Required keyword")
    reason = "something is missing" if missing else first["description"].rstrip(".")
    return f"{reason} at {first['col']}"


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return f"the function {node.name}"
    if isinstance(node, exp.Func):
        return f"the function {node.sql_name().lower()}"
    return type(node).__name__.lower()
