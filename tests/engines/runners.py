"""Engines that run a script of `export-sql` and answer from its views."""

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
import sqlglot
from sqlglot.tokens import TokenType

Row = tuple[Any, ...]
Ask = Callable[[str], list[Row]]  # the rows of a SELECT


@dataclass(frozen=True)
class Engine:
    """An engine that tests run.

    Attributes:
        name: as `export-sql` knows it.
        run: runs a script and lets one ask questions until the block ends.
        version: its version.
        keeps_order: whether a view's own order is that of `select * from view`.
        has_booleans: whether true differs from 1.
    """

    name: str
    run: Callable[[str], AbstractContextManager[Ask]]
    version: Callable[[], str]
    keeps_order: bool = True
    has_booleans: bool = True


def statements(script: str, dialect: str) -> list[str]:
    """The statements of a script, where an engine takes one at a time."""
    found, start = [], 0
    for token in sqlglot.tokenize(script, dialect=dialect):
        if token.token_type is TokenType.SEMICOLON:
            found.append(script[start : token.start])
            start = token.end + 1
    assert not script[start:].strip()
    return found


@contextmanager
def _duckdb(script: str) -> Iterator[Ask]:
    with duckdb.connect() as connection:
        connection.execute(script)
        yield lambda query: connection.execute(query).fetchall()


@contextmanager
def _sqlite(script: str) -> Iterator[Ask]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        yield lambda query: connection.execute(query).fetchall()


@contextmanager
def _datafusion(script: str) -> Iterator[Ask]:
    from datafusion import SessionContext

    context = SessionContext()
    for statement in statements(script, "postgres"):
        context.sql(statement)
    yield lambda query: [tuple(row.values()) for row in context.sql(query).to_pylist()]


@contextmanager
def _clickhouse(script: str) -> Iterator[Ask]:
    from chdb import session

    def ask(query: str) -> list[Row]:
        answer = session_.query(query, "Arrow").bytes()
        rows = pa.ipc.open_file(answer).read_all().to_pylist()
        return [tuple(map(_text, row.values())) for row in rows]

    with tempfile.TemporaryDirectory() as folder, closing(session.Session(folder)) as session_:
        for statement in statements(script, "clickhouse"):
            session_.query(statement)
        yield ask


def _text(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


@contextmanager
def _spark(script: str) -> Iterator[Ask]:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas' version, and the like
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]")
        for option, value in {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.log.level": "ERROR",
            "spark.sql.warehouse.dir": folder,
            "spark.ui.enabled": "false",
            # few rows: to plan and to compile is most of the work
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.shuffle.partitions": "1",
        }.items():
            builder = builder.config(option, value)
        session = builder.getOrCreate()
        try:
            for statement in statements(script, "spark"):
                session.sql(statement)
            yield lambda query: [tuple(row) for row in session.sql(query).collect()]
        finally:
            session.stop()


@contextmanager
def _postgres(script: str) -> Iterator[Ask]:
    import psycopg

    with (
        _postgres_server() as folder,
        psycopg.connect(
            host=str(folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection,
    ):
        connection.execute(script)
        yield lambda query: connection.execute(query).fetchall()


@contextmanager
def _postgres_server() -> Iterator[Path]:
    """The folder of the socket of a new server, whose text is ordered as in English."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    programs = found[-1] if found else Path(str(shutil.which("initdb"))).parent
    # a server doesn't run as root
    owner = pwd.getpwnam("postgres") if os.getuid() == 0 else None

    def run(*command: object) -> None:
        as_owner = ["runuser", "-u", "postgres", "--"] if owner else []
        done = subprocess.run(
            [*as_owner, *map(str, command)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            timeout=120,
        )
        assert done.returncode == 0, command

    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as name:
        folder, data = Path(name), Path(name) / "data"
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
        run(programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", *locale)
        control = (programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log")
        run(*control, "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
        try:
            yield folder
        finally:
            run(*control, "-m", "fast", "stop")


def _version_of(package: str) -> Callable[[], str]:
    def version() -> str:
        from importlib.metadata import version

        return version(package)

    return version


def _postgres_version() -> str:
    done = subprocess.run(["psql", "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[2]


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("clickhouse", _clickhouse, _version_of("chdb-core")),
        Engine("datafusion", _datafusion, _version_of("datafusion"), keeps_order=False),
        Engine("duckdb", _duckdb, _version_of("duckdb")),
        Engine("postgres", _postgres, _postgres_version),
        Engine("spark", _spark, _version_of("pyspark")),
        Engine("sqlite", _sqlite, lambda: sqlite3.sqlite_version, has_booleans=False),
    )
}


def require(engine: str) -> None:
    """Skips a test whose engine isn't there, but for CI, where all must be."""
    needed = {"clickhouse": "chdb", "spark": "pyspark", "datafusion": "datafusion"}
    programs = {"spark": "java", "postgres": "initdb"}
    if os.environ.get("CI"):
        return
    if engine in needed:
        pytest.importorskip(needed[engine])
    if engine in programs and not shutil.which(programs[engine]):
        pytest.skip(f"{programs[engine]} isn't installed")
