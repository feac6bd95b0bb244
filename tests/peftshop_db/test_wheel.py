"""The wheel holds all that an installed package reads: code, SQL, data and the report's files."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent.parent
# where the folders of the repository are in the wheel
FOLDERS = {
    "peftshop_db": "peftshop_db",
    **{name: f"peftshop_db/{name}" for name in ("schema", "etl", "queries")},
    **{name: f"peftshop_db/{name}" for name in ("data/source", "data/registry")},
}


@pytest.mark.slow
def test_the_wheel_holds_what_the_package_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path)]
    subprocess.run([*command, str(TOP)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {
        f"{place}/{file.relative_to(TOP / folder).as_posix()}"
        for folder, place in FOLDERS.items()
        for file in (TOP / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc" and not file.name.startswith(".")
    }
    assert {"peftshop_db/report/page.html", "peftshop_db/py.typed"} <= wanted
    assert {name for name in held if not Path(name).name.startswith(".")} == wanted
