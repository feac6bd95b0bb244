"""Where and how a build runs changes no byte of Parquet and no row of the database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from peftshop_db import manifest, resources
from peftshop_db.verification import verify
from tests.faults.builds import CHECKOUT
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

THREADS = (1, 2, 3, 8)
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns")
LOCALES = ("C", "tr_TR.UTF-8", "de_DE.ISO-8859-1", "fa_IR.UTF-8")
SEEDS = ("0", "1", "4294967295")
FOLDERS = ("a folder", "größe/次")
BUILD = """\
import locale, os, sys
locale.setlocale(locale.LC_ALL, "")
from pathlib import Path
import duckdb
threads, connect = int(sys.argv[1]), duckdb.connect
duckdb.connect = lambda *a, **k: connect(*a, **{"config": {"threads": threads}, **k})
os.cpu_count = lambda: threads
from peftshop_db import builder
builder.build(Path(sys.argv[2]), Path(sys.argv[3]))
"""
# every value of each, in different company, in few builds
CHOSEN = [
    (
        THREADS[number % 4],
        ZONES[number % 3],
        LOCALES[(number + number // 4) % 4],
        SEEDS[(number + number // 3) % 3],
        FOLDERS[(number + number // 2) % 2],
    )
    for number in range(12)
]


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The locales, from the sources that Debian's package of that name brings."""
    folder = tmp_path_factory.mktemp("locales")
    for name in LOCALES[1:]:
        language, _, encoding = name.partition(".")
        command = ["localedef", "-i", language, "-f", encoding, folder / name]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            assert "CI" not in os.environ, made.stderr
            pytest.skip(f"locales can't be made: {made.stderr}")
    return folder


def hashes(folder: Path) -> dict[str, Any]:
    """What the manifest says of all files but the database, whose rows `verify` compares."""
    assert verify(folder) == []
    files = json.loads((folder / manifest.NAME).read_text())["files"]
    return {name: file for name, file in files.items() if not name.endswith(".duckdb")}


@pytest.mark.parametrize("part", range(2))
def test_builds_are_the_same_anywhere(
    part: int, shipped: Path, locales: Path, tmp_path: Path, record: Record
) -> None:
    expected, source = hashes(shipped), str(resources.packaged_source())
    assert sum("rows_sha256" in file for file in expected.values()) > 90
    for number, (threads, zone, locale, seed, name) in enumerate(CHOSEN[part::2]):
        out = tmp_path / str(number) / name
        subprocess.run(
            [sys.executable, "-c", BUILD, str(threads), source, str(out)],
            check=True,
            cwd=tmp_path,
            env=os.environ
            | {"PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
            | {"LOCPATH": str(locales), "LC_ALL": locale, "LANG": locale}
            | {"TZ": zone, "PYTHONHASHSEED": seed},
        )
        assert hashes(out) == expected
    record(
        "surroundings",
        {"builds": len(CHOSEN[part::2]), "files each": len(expected) * (part == 0)},
    )
