"""Views and checks keep to the SQL that engines run alike, as far as a syntax tree can tell."""

import re

import pytest
import sqlglot
from sqlglot import exp

from peftshop_db import resources, sqlfiles

VIEWS = sqlfiles.views()
CHECKS = sqlfiles.load(resources.folder("schema"), "checks/*.sql")
FILES = {**VIEWS, **CHECKS}

# what engines lack, drop without a word, or answer differently
UNPORTABLE: dict[str, type[exp.Expression] | tuple[type[exp.Expression], ...]] = {
    "*": exp.Star,
    "qualify": exp.Qualify,
    "filter": exp.Filter,
    "pivot": exp.Pivot,
    "values": exp.Values,
    "round": exp.Round,
    "log": exp.Log,
    "//": exp.IntDiv,
    "regular expressions": (exp.RegexpLike, exp.RegexpExtract, exp.RegexpReplace),
    "string_agg": exp.GroupConcat,
    "lists and structs": (exp.Array, exp.Struct, exp.Lambda, exp.Bracket, exp.Unnest),
    "ilike": exp.ILike,
    "quantiles": (exp.Median, exp.PercentileCont, exp.Quantile, exp.ArgMax, exp.ArgMin),
    "standard deviation": (exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance),
    "generated series": exp.GenerateSeries,
    "boolean aggregates": (exp.LogicalAnd, exp.LogicalOr),
    "is distinct from": (exp.NullSafeEQ, exp.NullSafeNEQ),
}


def tree(name: str) -> exp.Expression:
    return sqlglot.parse_one(FILES[name].sql, dialect="duckdb")


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_engines_lack(name: str) -> None:
    parsed = tree(name)
    counted = {star for count in parsed.find_all(exp.Count) for star in count.find_all(exp.Star)}
    for what, kinds in UNPORTABLE.items():
        found = [node for node in parsed.find_all(kinds) if node not in counted]
        assert not found, f"{what}: {found[0].sql('duckdb')}"


@pytest.mark.parametrize("name", FILES)
def test_every_order_says_where_nulls_go(name: str) -> None:
    code = re.sub("--.*", "", FILES[name].sql)
    said = re.findall(r"nulls\s+(?:first|last)", code)
    assert len(said) == len(list(tree(name).find_all(exp.Ordered)))
    for order in tree(name).find_all(exp.Ordered):
        direction = "desc nulls last" if order.args.get("desc") else "asc nulls first"
        assert direction in " ".join(FILES[name].sql.split()), order.sql("duckdb")
        assert bool(order.args.get("desc")) != bool(order.args.get("nulls_first")), order.sql()


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_an_order_of_its_own(name: str) -> None:
    assert tree(name).args.get("order") is not None


@pytest.mark.parametrize("name", FILES)
def test_joins_are_explicit_and_conditions_are_named(name: str) -> None:
    for join in tree(name).find_all(exp.Join):
        assert not join.args.get("using"), join.sql()
        kind = (join.side or join.kind or "").upper()
        assert kind in ("LEFT", "INNER", "CROSS"), join.sql()
        assert (kind == "CROSS") == (join.args.get("on") is None), join.sql()


@pytest.mark.parametrize("name", FILES)
def test_fractions_are_doubles(name: str) -> None:
    """A bare 0.4 is a decimal of few digits on some engines."""
    for literal in tree(name).find_all(exp.Literal):
        if not literal.is_string and "." in literal.this:
            cast = literal.find_ancestor(exp.Cast)
            assert cast is not None and cast.to.is_type("double"), literal.sql()


@pytest.mark.parametrize("name", FILES)
def test_a_column_is_not_sought_in_a_set_that_may_hold_null(name: str) -> None:
    for negation in tree(name).find_all(exp.Not):
        if isinstance(negation.this, exp.In):
            assert negation.this.args.get("query") is None, negation.sql()


@pytest.mark.parametrize("name", FILES)
def test_frames_start_at_the_beginning(name: str) -> None:
    for frame in tree(name).find_all(exp.WindowSpec):
        assert frame.args["start"] == "UNBOUNDED"
        assert frame.args["start_side"].upper() == "PRECEDING"


@pytest.mark.parametrize("name", FILES)
def test_patterns_of_letters_are_met_in_lower_case(name: str) -> None:
    """SQLite's LIKE ignores case."""
    for like in tree(name).find_all(exp.Like):
        pattern = like.expression.name
        if any(character.isalpha() for character in pattern):
            assert pattern == pattern.lower(), like.sql()
            assert isinstance(like.this, exp.Lower), like.sql()
