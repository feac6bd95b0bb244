"""docs/recipes.md and docs/notebook.ipynb run: their own code, in the tools themselves."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands import peftshop
from tests.tools import install

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent.parent / "docs"
FRONT = ["TINYLORA", "BEFT", "ADAMSS", "PREFIX_TUNING", "SHIRA", "LORA", "LILY"]
_SECTIONS = dict(
    re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", (DOCS / "recipes.md").read_text(), re.M | re.S)
)


def block(section: str, language: str) -> str:
    """The first block of code of a section."""
    found = re.search(rf"^```{language}\n(.*?)^```$", _SECTIONS[section], re.M | re.S)
    assert found, f"{section} has no block of {language}"
    return found[1]


def shows_the_front(text: str) -> bool:
    known = [word for word in re.findall(r"[A-Z_]{4,}", text) if word in FRONT]
    return known == FRONT


@pytest.fixture(scope="module")
def copies(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the exports that the page begins with."""
    folder = tmp_path_factory.mktemp("recipes")
    introduction = (DOCS / "recipes.md").read_text().partition("\n## ")[0]
    lines = re.findall(r"^peftshop-db (.+)$", introduction, re.M)
    for line in lines:
        command, name, *others = shlex.split(line)
        exported = peftshop(command, folder / name, *others, db=shipped)
        assert exported.returncode == 0, exported.stderr
    assert len(list(folder.iterdir())) == len(lines) == 4
    return folder


def run(*command: object, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=os.environ | environment,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(command: list[object], folder: Path, port: int) -> Iterator[str]:
    """A server's address, once it answers."""
    address = f"http://127.0.0.1:{port}/"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([str(part) for part in command], cwd=folder, **quiet) as server:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(address, timeout=10).close()
                    break
                except urllib.error.URLError:
                    assert server.poll() is None, "the server ended"
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize(
    "section", ["pandas", "Polars", "pyarrow", "Hugging Face datasets", "Croissant", "SQLite"]
)
def test_python_recipes(copies: Path, tmp_path: Path, section: str) -> None:
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    shown = run(sys.executable, "-c", block(section, "python"), folder=copies, **offline)
    assert shows_the_front(shown), shown


def test_pyarrow_shows_descriptions(copies: Path) -> None:
    shown = run(sys.executable, "-c", block("pyarrow", "python"), folder=copies)
    assert "b'unit': b'bytes'" in shown
    assert "b'description': b'Largest accelerator memory reserved" in shown


def test_spark(copies: Path) -> None:
    if shutil.which("java") is None and "CI" not in os.environ:
        pytest.skip("Spark needs Java")
    shown = run(sys.executable, "-c", block("Spark", "python"), folder=copies)
    assert shows_the_front(shown), shown


def test_r(copies: Path) -> None:
    if shutil.which("Rscript") is None and "CI" not in os.environ:
        pytest.skip("needs R with RSQLite (Debian's r-cran-rsqlite)")
    shown = run("Rscript", "-e", block("R", "r"), folder=copies)
    assert shows_the_front(shown), shown


def test_the_duckdb_shell(copies: Path, tmp_path: Path) -> None:
    commands = install(tmp_path / "shell", "duckdb-cli==1.5.6")
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    shown = run("sh", "-c", block("DuckDB", "sh"), folder=copies, PATH=path)
    assert shows_the_front(shown), shown


def test_duckdb_over_http(copies: Path, tmp_path: Path) -> None:
    """With the extension from the package index, for its own download needs another network."""
    commands = install(tmp_path / "http", "duckdb-extension-httpfs==1.5.5")
    port = free_port()
    code = (
        "import duckdb, duckdb_extension_httpfs, pathlib, sys\n"
        "folder = pathlib.Path(duckdb_extension_httpfs.__file__).parent\n"
        "(extension,) = folder.rglob('httpfs.duckdb_extension')\n"
        "with duckdb.connect() as connection:\n"
        "    connection.execute(f\"load '{extension}'\")\n"
        "    print(connection.execute(sys.argv[1]).fetchall())"
    )
    started = re.search(r"`python (-m http\.server .*?)`", _SECTIONS["DuckDB"])
    assert started
    command = [sys.executable, *shlex.split(started[1]), "--bind", "127.0.0.1", port]
    with serving(command, copies, port):
        sql = block("DuckDB", "sql").replace(":8000/", f":{port}/")
        shown = run(commands / "python", "-c", code, sql, folder=copies)
    assert shows_the_front(shown), shown


def test_datasette(copies: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", *shlex.split(block("Datasette", "sh")), "--port", port]
    with serving(command, copies, port) as address:
        url = re.search(r'curl "http://127\.0\.0\.1:8001/([^"]+)"', _SECTIONS["Datasette"])
        assert url
        answer = urllib.request.urlopen(address + url[1]).read().decode()
        page = urllib.request.urlopen(f"{address}peftshop/pareto_memory").read().decode()
        slow = urllib.request.urlopen(
            f"{address}peftshop/pareto_memory_confidence.json?_shape=array"
        )
        assert slow.status == 200
    assert shows_the_front(answer), answer
    assert "Which methods give the best score for their memory?" in page
    assert "PEFT method, by upstream&#39;s name, such as LORA" in page
    assert "Apache License 2.0" in page


def test_sqlalchemy(copies: Path, tmp_path: Path) -> None:
    requirement = re.search(r"`pip install (.+?)`", _SECTIONS["SQLAlchemy and Superset"])
    assert requirement
    commands = install(tmp_path / "sqlalchemy", *shlex.split(requirement[1]))
    code = block("SQLAlchemy and Superset", "python")
    shown = run(commands / "python", "-c", code, folder=copies)
    assert shows_the_front(shown), shown
    # what Superset lists, and the grouped query behind one of its charts
    code += (
        "\ninspector = sqlalchemy.inspect(engine)"
        "\nprint(len(inspector.get_table_names()), len(inspector.get_view_names()))"
        "\ncount = sqlalchemy.func.count().label('methods')"
        "\nchart = sqlalchemy.select(front.c.benchmark, count).group_by(front.c.benchmark)"
        "\nwith engine.connect() as connection:"
        "\n    print(sorted(map(tuple, connection.execute(chart))))"
    )
    shown = run(commands / "python", "-c", code, folder=copies)
    tables, views = shown.splitlines()[-2].split()
    files = copies / "peftshop-parquet"
    assert int(tables) == len(list(files.glob("*.parquet")))
    assert int(views) == len(list((files / "views").glob("*.parquet")))
    assert shown.splitlines()[-1] == "[('image-gen', 3), ('metamathqa', 7)]"


def test_excel_opens_in_another_reader(copies: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(copies / "peftshop-excel" / "peftshop.xlsx", data_only=True)
    rows = list(book["pareto_memory"].iter_rows(values_only=True))
    assert [method for benchmark, method, *_ in rows if benchmark == "metamathqa"] == FRONT


def test_the_notebook_runs(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a kernel: its cells are plain Python."""
    monkeypatch.setenv("PEFTSHOP_DB", str(shipped))
    notebook = json.loads((DOCS / "notebook.ipynb").read_text())
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in cells)
    names: dict[str, object] = {}
    for cell in cells:
        exec("".join(cell["source"]), names)
    for answer in ("best", "ties", "front", "picks", "differences"):
        assert names[answer].num_rows, answer  # type: ignore[attr-defined]
