"""docs/benchmarks.md and its plots are what the recorded measurements give."""

import pytest

from peftshop_db.plotting import rendering
from tests.bench import page, plots, recording
from tests.docs.test_images import words


def test_the_page_and_its_plots_are_current(pytestconfig: pytest.Config, tmp_path) -> None:
    if pytestconfig.getoption("--update-golden"):
        page.main()
    assert page.PAGE.read_text() == page.render(), "write it with python -m tests.bench.page"
    for name in plots.PLOTS:
        drawn = tmp_path / name
        drawn.write_bytes(rendering.to_svg(plots.plot(name)))
        assert words(drawn) == words(page.DOCS / "images" / name)


def test_a_row_takes_the_place_of_the_one_with_its_key(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(recording, "RESULTS", tmp_path)
    for number, seconds in ((100, 2.0), (20, 1.25), (100, 3.00004)):
        recording.keep("x", {"number": number, "seconds": seconds}, ["number"])
    assert recording.read("x") == [
        {"number": "20", "seconds": "1.25"},
        {"number": "100", "seconds": "3"},
    ]
