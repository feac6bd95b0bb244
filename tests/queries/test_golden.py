"""Every view's answer on the shipped file and on small made-up data, beside golden CSV files.

A view `queries/<topic>/<name>.sql` has its case in `tests/queries/<topic>/<name>/`: shipped.csv and
small.csv. `pytest tests/queries --update-golden` writes them, to be reviewed as a diff.
"""

import csv
import io
import math
from pathlib import Path

import pytest

from peftshop_db import dataset, formats, selection, sqlfiles

CASES = Path(__file__).parent
VIEWS = sqlfiles.views()


@pytest.mark.parametrize("data", ["shipped", "small"])
@pytest.mark.parametrize("name", VIEWS)
def test_answer(name: str, data: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(data) / dataset.FILE_NAME
    golden = CASES / VIEWS[name].topic / name / f"{data}.csv"
    with dataset.connect(path) as connection:
        answer = formats.to_csv(selection.select(connection, name))
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(answer)
    assert golden.exists(), f"{golden} is missing: run pytest tests/queries --update-golden"
    expected, found = rows(golden.read_text()), rows(answer)
    assert len(found) == len(expected)
    for wanted, got in zip(expected, found, strict=True):
        assert all(map(same, wanted, got)), f"expected {wanted}, found {got}"


def test_every_case_has_a_view() -> None:
    cases = {path.parent.relative_to(CASES) for path in CASES.glob("*/*/*.csv")}
    assert cases == {Path(view.topic) / name for name, view in VIEWS.items()}


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def same(expected: str, found: str) -> bool:
    """Whether two values are the same, but for the last digits of a double."""
    if expected == found:
        return True
    try:
        return math.isclose(float(expected), float(found), rel_tol=1e-12)
    except ValueError:
        return False
