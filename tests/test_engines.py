"""The database file in engines that are older than the one that wrote it.

Each is installed from the package index into an environment of its own.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

QUERY = (
    "select method from {source}pareto_memory where benchmark = 'metamathqa' "
    "order by peak_memory_bytes"
)
FRONT = ["TINYLORA", "BEFT", "ADAMSS", "PREFIX_TUNING", "SHIRA", "LORA", "LILY"]


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory):
    def install(requirement: str) -> Path:
        folder = tmp_path_factory.mktemp("engine")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", requirement]
        subprocess.run(pip, check=True)
        return folder / "bin"

    return install


@pytest.mark.parametrize("version", ["1.2.2", "1.4.4", "1.5.6"])
def test_older_duckdb_in_python_reads_the_file(install, shipped: Path, version: str) -> None:
    code = (
        "import duckdb, json, sys\n"
        "path, query = sys.argv[1:]\n"
        "with duckdb.connect(path, read_only=True) as c:\n"
        "    opened = [name for (name,) in c.execute(query.format(source='')).fetchall()]\n"
        "    comments = c.execute('select count(*) from duckdb_columns() where not internal "
        "and comment is null').fetchone()[0]\n"
        "    names = [name for (name,) in c.execute('select view_name from duckdb_views() "
        "where not internal').fetchall()]\n"
        "    counts = {n: len(c.execute(f'from {n}').fetchall()) for n in names}\n"
        "with duckdb.connect() as c:\n"
        "    c.execute(f\"attach '{path}' as other (read_only)\")\n"
        "    attached = [n for (n,) in c.execute(query.format(source='other.')).fetchall()]\n"
        "    same = {n: len(c.execute(f'from other.{n}').fetchall()) for n in names} == counts\n"
        "print(json.dumps([duckdb.__version__, opened, attached, comments, counts, same]))"
    )
    python = install(f"duckdb=={version}") / "python"
    result = subprocess.run(
        [python, "-c", code, shipped / "peftshop.duckdb", QUERY],
        check=True,
        capture_output=True,
        text=True,
    )
    found, opened, attached, comments, counts, same = json.loads(result.stdout)
    assert found == version
    assert opened == attached == FRONT
    assert comments == 0
    assert same
    content = json.loads((shipped / "manifest.json").read_text())["files"]
    for view, rows in counts.items():
        assert rows == content[f"parquet/views/{view}.parquet"]["rows"], view


def test_the_duckdb_shell_reads_the_file(install, shipped: Path) -> None:
    shell = install("duckdb-cli==1.5.6") / "duckdb"
    command = [shell, "-readonly", "-csv", shipped / "peftshop.duckdb", "-c", "from pareto_memory"]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = [line.split(",") for line in result.stdout.splitlines()]
    assert [method for benchmark, method, *_ in lines if benchmark == "metamathqa"] == FRONT
    assert [method for benchmark, method, *_ in lines if benchmark == "image-gen"] == [
        "IA3",
        "OFT",
        "PEANUT",
    ]


def test_older_duckdb_builds_the_same_rows(install, shipped: Path, tmp_path: Path) -> None:
    """The oldest supported engine, in an environment with all that a build needs."""
    project = Path(__file__).parent.parent
    bin_folder = install(str(project))
    python = bin_folder / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "duckdb==1.4.4"], check=True)
    out = tmp_path / "old"
    subprocess.run([bin_folder / "peftshop-db", "build", "--out", out], check=True)
    old, new = (json.loads((folder / "manifest.json").read_text()) for folder in (out, shipped))
    assert old["duckdb_version"] == "1.4.4"
    parquet = [name for name in new["files"] if name.endswith(".parquet")]
    assert {name: old["files"][name]["rows_sha256"] for name in parquet} == {
        name: new["files"][name]["rows_sha256"] for name in parquet
    }
