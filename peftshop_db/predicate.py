"""`--where`: one predicate over the columns of a view, and nothing else.

It is parsed, checked node by node against what is known to be harmless, and written anew from the
tree, so that no text that was typed reaches the database.
"""

from collections.abc import Sequence

import sqlglot
from sqlglot import exp

from peftshop_db.dataset import suggest
from peftshop_db.errors import UsageError
from peftshop_db.text import cells, visible

_AROUND = 60  # characters
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
            points at the place.
    """
    tree = _parse(text)
    for node in tree.walk():
        if isinstance(node, exp.Column):
            _check_column(text, node, columns)
        elif not isinstance(node, _ALLOWED):
            what = f"--where takes comparisons of columns, without {_name(node)}"
            raise UsageError(what + _point(text, _start(node)))
    return tree.sql(dialect="duckdb", comments=False)


def _parse(text: str) -> exp.Expr:
    what = "--where is not a predicate: "
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except sqlglot.errors.TokenError:
        raise UsageError(what + "a quote or comment has no end" + _point(text, len(text))) from None
    except sqlglot.errors.ParseError as error:
        first = error.errors[0]
        is_missing = first["description"].startswith("Required keyword")
        reason = "something is missing" if is_missing else first["description"].rstrip(".")
        lines = text.splitlines(keepends=True)[: first["line"] - 1]
        end = sum(map(len, lines)) + first["col"]
        raise UsageError(what + reason + _point(text, end - len(first["highlight"]))) from None
    except RecursionError:
        raise UsageError("--where is nested too deeply") from None
    if len(trees) != 1 or trees[0] is None:
        raise UsageError(f'--where takes one predicate, such as "score > 0.5", not {text!r}')
    return trees[0]


def _check_column(text: str, column: exp.Column, columns: Sequence[str]) -> None:
    name = column.name
    if column.table or name not in columns:
        named = ".".join(part.name for part in column.parts)
        hint = suggest(name, columns) or f"; there are {', '.join(columns)}"
        place = _point(text, _start(column))
        raise UsageError(f"--where: no column is named {named!r}{hint}{place}")
    column.set("this", exp.to_identifier(name, quoted=True))


def _start(node: exp.Expr) -> int:
    """Where the first word of a node is that the parser kept the place of."""
    return min((part.meta["start"] for part in node.walk() if "start" in part.meta), default=0)


def _point(text: str, place: int) -> str:
    """A line with the text around a place, and a line with a caret below it."""
    before = visible(text[max(place - _AROUND, 0) : place])
    return f"\n  {before}{visible(text[place : place + _AROUND])}\n  {' ' * cells(before)}^"


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return f"the function {node.name}"
    if isinstance(node, exp.Func):
        return f"the function {node.sql_name().lower()}"
    return type(node).__name__.lower()
