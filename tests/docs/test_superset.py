"""The steps for Superset in docs/recipes.md, in Superset itself: by the calls its pages make."""

import hashlib
import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from peftshop_db import dataset, exports, sqlfiles
from tests.docs.test_recipes import DOCS, FRONT
from tests.tools import install

pytestmark = pytest.mark.slow

STEPS = (DOCS / "recipes.md").read_text().partition("\nIn Superset")[2].partition("\n## ")[0]
USER = "made-up"


def step(pattern: str) -> str:
    found = re.search(pattern, STEPS)
    assert found, pattern
    return found[1]


def test_superset_lists_tables_and_views_and_charts_one(shipped: Path, tmp_path: Path) -> None:
    exports.export(shipped / dataset.FILE_NAME, tmp_path / "copy", "duckdb")
    (file,) = (tmp_path / "copy").glob("*.duckdb")
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    commands = install(tmp_path / "superset", *shlex.split(step(r"`pip install (.+?)`")))
    config = tmp_path / "superset_config.py"
    config.write_text(
        f"SECRET_KEY = 'made up'\nSQLALCHEMY_DATABASE_URI = 'sqlite:///{tmp_path}/superset.db'\n"
    )
    places = {"SUPERSET_CONFIG_PATH": str(config), "SUPERSET_HOME": str(tmp_path)}

    def run(*command: object) -> str:
        arguments = [str(part) for part in command]
        environment = os.environ | places | {"FLASK_APP": "superset"}
        done = subprocess.run(
            arguments, capture_output=True, text=True, check=False, env=environment, timeout=500
        )
        assert done.returncode == 0, done.stderr[-5000:]
        return done.stdout

    superset = commands / "superset"
    run(superset, "db", "upgrade")
    names = [f"--{part}={USER}" for part in ("username", "firstname", "lastname", "password")]
    run(superset, "fab", "create-admin", *names, f"--email={USER}@example.org")
    run(superset, "init")
    uri = step(r"SQLAlchemy URI: `(.+?)`").replace(
        "/full/path/of/peftshop-duckdb", str(file.parent)
    )
    script = Path(__file__).with_name("superset_chart.py")
    printed = run(commands / "python", script, uri, step(r"Engine Parameters: `(.+?)`"), USER)
    shown = json.loads(printed.splitlines()[-1])
    assert shown["listed"] == dict.fromkeys(sqlfiles.tables(), "table") | dict.fromkeys(
        sqlfiles.views(), "view"
    )
    assert shown["columns"]["is_on_front"] == "BOOLEAN"
    assert [row["method"] for row in shown["rows"]] == FRONT
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert list(file.parent.glob("*.wal")) == []
