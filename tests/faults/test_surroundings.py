"""Where and how a build runs changes no byte of Parquet and no row of the database."""

import itertools
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
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1")
SEEDS = ("0", "1", "4294967295")
FOLDERS = ("a folder", "größe/次")
BUILD = """\
import os, sys
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
    (threads, *rest)
    for threads, rest in zip(
        itertools.cycle(THREADS),
        [*zip(ZONES * 4, LOCALES * 3, SEEDS * 4, FOLDERS * 6, strict=True)],
        strict=False,
    )
]


def hashes(folder: Path) -> dict[str, Any]:
    """What the manifest says of all files but the database, whose rows `verify` compares."""
    assert verify(folder) == []
    files = json.loads((folder / manifest.NAME).read_text())["files"]
    return {name: file for name, file in files.items() if not name.endswith(".duckdb")}


@pytest.mark.parametrize("part", range(2))
def test_builds_are_the_same_anywhere(
    part: int, shipped: Path, tmp_path: Path, record: Record
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
            | {"TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed},
        )
        assert hashes(out) == expected
    record(
        "surroundings",
        {"builds": len(CHOSEN[part::2]), "files each": len(expected) * (part == 0)},
    )
