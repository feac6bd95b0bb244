"""The report page without a browser: what it is made of, and that it is made alike every time."""

import re
import sys
from pathlib import Path

import duckdb
import pytest

from peftshop_db import report
from peftshop_db.plotting import theme
from tests.commands import peftshop
from tests.conftest import Shared

STYLE = (Path(report.__file__).parent / "style.css").read_text()


@pytest.fixture(scope="module")
def page(shipped: Path, shared: Shared) -> str:
    """The report of the packaged source's dataset, as the command writes it."""

    def write(folder: Path) -> None:
        folder.mkdir()
        result = peftshop("report", "-o", folder / "1.html", db=shipped, PYTHONHASHSEED="1")
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")

    return (shared("report", write) / "1.html").read_text()


def test_it_is_made_alike_every_time(
    page: str, shipped_connection: duckdb.DuckDBPyConnection
) -> None:
    assert report.page(shipped_connection) == page
    assert len(page.encode()) < 3_000_000


def test_it_needs_no_network(page: str) -> None:
    loaded = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?!#|data:)([^"')\s>]+)""", page)
    assert {url for url in loaded if not url.startswith("https://")} == set()
    assert not re.search(r"<(?:link|img|iframe|script[^>]+src|image)[^>]+https?:", page)
    assert "@import" not in page


def test_every_colour_of_a_picture_has_a_dark_twin(page: str) -> None:
    colours = {value for value in vars(theme).values() if re.fullmatch("#[0-9a-f]{6}", str(value))}
    dark = STYLE.partition("@media (prefers-color-scheme: dark)")[2]
    for kind in ("fill", "stroke"):
        rule = rf'svg \[{kind}="(#\w+)"\] \{{ {kind}: (#\w+)'
        twins = dict(re.findall(rule, dark))
        assert set(twins) == colours
        assert all(light != twin for light, twin in twins.items())
    drawn = set(re.findall(r'(?:fill|stroke)="(#\w+)"', page))
    assert drawn <= colours


def test_a_missing_extra_is_one_line_and_tables_need_none(
    shipped_connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(Exception, match=r"run pip install 'peftshop-db\[plot\]'") as raised:
        report.page(shipped_connection)
    assert "\n" not in str(raised.value)
    page = report.page(shipped_connection, with_plots=False)
    assert "<svg" not in page
    assert "Table of 39 rows" in page
