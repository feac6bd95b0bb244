"""SQL that wants more than to read the dataset, and SQL that wants more than its share."""

import hashlib
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest

from peftshop_db import dataset, guard
from peftshop_db.errors import PeftshopError, QueryError, TimeLimitError
from peftshop_db.guard import Limits
from tests.peftshop_db.hostile_sql import statements, written_out

pytestmark = pytest.mark.slow
SECRET = "CANARY-4d1f"
LATEST = 10  # seconds after the limit, at which something hangs rather than the machine is busy


class Scene:
    """A dataset, a home, a working and a temporary folder, with a secret in files and variables."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.folder = folder
        self.paths = {name: folder / name for name in ("cwd", "home", "tmp", "dataset")}
        for path in self.paths.values():
            path.mkdir()
        self.database = self.paths["dataset"] / dataset.FILE_NAME
        shutil.copy(database, self.database)
        for file in ("cwd/canary.txt", "cwd/canary.txt.csv", "cwd/out.parquet", "home/.netrc"):
            (folder / file).write_text(f"a,b\n{SECRET},{SECRET}\n")
        self.names = {
            "canary": folder / "cwd/canary.txt",
            "out": folder / "cwd/out.csv",
            **self.paths,
            "dataset": self.database,
        }

    def state(self) -> dict[str, str]:
        """Every file and folder with what is in it; and what is at the root."""
        found = {str(path): "" for path in Path("/").iterdir()}
        for path in self.folder.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            found[str(path)] = hashlib.sha256(content).hexdigest()
        return found


@pytest.fixture
def scene(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    made = Scene(tmp_path, shipped / dataset.FILE_NAME)
    monkeypatch.chdir(made.paths["cwd"])
    monkeypatch.setenv("HOME", str(made.paths["home"]))
    monkeypatch.setenv("TMPDIR", str(made.paths["tmp"]))
    monkeypatch.setenv("SECRET_TOKEN", SECRET)
    monkeypatch.setenv("HTTP_PROXY", f"http://user:{SECRET}@127.0.0.1:9")
    monkeypatch.setenv("http_proxy", f"http://user:{SECRET}@127.0.0.1:9")
    return made


def run(scene: Scene, sql: str) -> str:
    """What a user sees of a statement: its answer or its error."""
    try:
        answer = guard.run(scene.database, sql, limits=Limits(seconds=20))
    except PeftshopError as error:
        return f"{type(error).__name__} {error.exit_status}: {error}"
    return f"{answer.result.columns} {answer.result.rows}"


def groups(name: str, size: int = 25) -> list[list[str]]:
    lines = statements(name)
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def test_there_are_enough_of_them() -> None:
    assert len(set(statements("refused"))) >= 150
    assert len(set(statements("abuses"))) >= 60


@pytest.mark.parametrize("group", groups("refused"), ids=lambda group: group[0][:20])
def test_hostile_statements_fail_and_touch_nothing(scene: Scene, group: list[str]) -> None:
    before = scene.state()
    wrong = []
    for template in group:
        sql = template.format(**scene.names)
        shown = run(scene, sql)
        if not shown.startswith("QueryError 5: ") or SECRET in shown or scene.state() != before:
            wrong.append((sql, shown[:200]))
    assert wrong == []


@pytest.mark.parametrize("group", groups("harmless"), ids=lambda group: group[0][:20])
def test_harmless_statements_tell_no_secret(scene: Scene, group: list[str]) -> None:
    before = scene.state()
    wrong = []
    for template in group:
        sql = template.format(**scene.names)
        shown = run(scene, sql)
        home = str(scene.paths["home"]) in shown
        if "Error " in shown[:20] or SECRET in shown or home or scene.state() != before:
            wrong.append((sql, shown[:200]))
    assert wrong == []


def children() -> set[str]:
    """The processes that this one has started and that are still there."""
    found: set[str] = set()
    for thread in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # it may have ended meanwhile
            found |= set((thread / "children").read_text().split())
    return found


@pytest.mark.parametrize("sql", statements("abuses"), ids=lambda sql: sql[:40])
def test_abuses_end_in_time(shipped: Path, sql: str) -> None:
    text = written_out(sql)
    limits = Limits(seconds=1, memory_bytes=256 * 1024**2, max_rows=1000, max_bytes=10**6)
    before = children()
    start = time.monotonic()
    try:
        answer = guard.run(shipped / dataset.FILE_NAME, text, limits=limits)
    except (QueryError, TimeLimitError) as error:
        assert error.exit_status in (5, 124)
    else:  # it wanted too many rows or bytes, or the engine saw through it
        assert len(answer.result.rows) <= limits.max_rows
    assert time.monotonic() - start < limits.seconds + LATEST
    assert children() <= before
