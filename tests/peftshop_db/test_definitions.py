"""Definitions of columns, of which schema/columns.csv has a row each."""

from pathlib import Path

import pytest

from peftshop_db import definitions, resources
from peftshop_db.errors import QueryError


@pytest.mark.parametrize("row", ['x,"a",unit,A bug, of commas', "x,a"])
def test_a_row_of_another_length_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    (tmp_path / "columns.csv").write_text(f"relation,column,unit,description\n{row}\n")
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path)
    with pytest.raises(QueryError, match=r"columns\.csv: the row of a has not four values; quote"):
        definitions.shared_definitions.__wrapped__()


@pytest.mark.parametrize(("measure", "unit"), [("peak_memory_bytes", "bytes"), ("unheard_of", "")])
def test_a_measure_has_its_unit(measure: str, unit: str) -> None:
    assert definitions.unit_of(measure) == unit
