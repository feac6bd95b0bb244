"""The picture in the README is what its command draws; `--update-golden` draws it anew."""

import re
import shlex
from pathlib import Path

import pytest

from tests.commands import peftshop

TOP = Path(__file__).parent.parent.parent
IMAGE = TOP / "docs" / "images" / "pareto_memory.svg"


def test_the_picture_is_current(shipped: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (command,) = re.findall(r"^peftshop-db (plot .*)$", (TOP / "README.md").read_text(), re.M)
    drawn = tmp_path / "picture.svg"
    *arguments, name = shlex.split(command)
    assert name == IMAGE.name
    result = peftshop(*arguments, drawn, db=shipped)
    assert result.returncode == 0, result.stderr
    if pytestconfig.getoption("--update-golden"):
        IMAGE.parent.mkdir(exist_ok=True)
        IMAGE.write_bytes(drawn.read_bytes())
    # another vl-convert or another font places things elsewhere, but writes the same words
    assert words(drawn) == words(IMAGE), "draw it with pytest tests/docs --update-golden"


def words(svg: Path) -> list[str]:
    return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg.read_text())
