"""The guard: what an answer looks like, and that each of its levers holds something."""

import datetime
import json
import math
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from peftshop_db import dataset, guard, guard_child
from peftshop_db.errors import PeftshopError, QueryError, StorageError, TimeLimitError, UsageError
from peftshop_db.guard import Answer, Limits
from tests.peftshop_db import levers

MIB = 1024**2
SPILLING = "select count(*) from (select distinct hash(range), hash(range + 1) from range(3000000))"


@pytest.fixture
def database(small: Path) -> Path:
    return small / dataset.FILE_NAME


@pytest.fixture
def own_database(small: Path, tmp_path: Path) -> Path:
    """A copy of the database in an otherwise empty folder."""
    folder = tmp_path / "own"
    folder.mkdir()
    return Path(shutil.copy(small / dataset.FILE_NAME, folder / dataset.FILE_NAME))


def files(database: Path) -> list[str]:
    return [path.name for path in database.parent.iterdir()]


def columns(answer: Answer) -> list[tuple[str, str]]:
    return [(column.name, column.type) for column in answer.result.columns]


@pytest.mark.parametrize(
    ("sql", "kind", "value"),
    [
        ("42", "BIGINT", 42),
        ("true", "BOOLEAN", True),
        ("'é' || chr(10)", "VARCHAR", "é\n"),
        ("null", "VARCHAR", None),
        ("0.5::float", "DOUBLE", 0.5),
        ("'-inf'::double", "DOUBLE", -math.inf),
        ("sum(7)", "BIGINT", 7),
        ("9223372036854775808::hugeint", "VARCHAR", "9223372036854775808"),
        ("18446744073709551615::ubigint", "VARCHAR", "18446744073709551615"),
        ("date '2026-02-28'", "DATE", datetime.date(2026, 2, 28)),
        ("date 'infinity'", "VARCHAR", "infinity"),
        ("date '0044-03-15 (BC)'", "VARCHAR", "0044-03-15 (BC)"),
        ("1.50", "VARCHAR", "1.50"),
        ("time '24:00:00'", "VARCHAR", "24:00:00"),
        ("timestamptz '2020-01-01 00:00:00+00'", "VARCHAR", "2020-01-01 00:00:00+00"),
        ("interval 1 month", "VARCHAR", "1 month"),
        ("'\\xAA'::blob", "VARCHAR", "\\xAA"),
        ("[1, 'nan'::double]", "VARCHAR", "[1.0, nan]"),
        ("{'a': [1], 'b': null}", "VARCHAR", "{'a': [1], 'b': NULL}"),
        ("map {'a': 1}", "VARCHAR", "{a=1}"),
        ("'{\"a\": 1}'::json", "VARCHAR", '{"a": 1}'),
    ],
)
def test_values_arrive_as_five_types(database: Path, sql: str, kind: str, value: object) -> None:
    answer = guard.run(database, f"select {sql} as value")
    if kind != "VARCHAR" or value is not None:  # engines differ on the type of NULL
        assert columns(answer) == [("value", kind)]
    assert answer.result.rows == [(value,)]


def test_not_a_number_arrives(database: Path) -> None:
    ((value,),) = guard.run(database, "select 'nan'::double").result.rows
    assert math.isnan(value)


def test_order_and_names_survive_the_conversion(database: Path) -> None:
    sql = "select range as a, range::decimal as a from range(5000) order by hash(range) -- ;"
    answer = guard.run(database, sql)
    assert columns(answer) == [("a", "BIGINT"), ("a_1", "VARCHAR")]
    expected = duckdb.sql("select range from range(5000) order by hash(range)").fetchall()
    assert [row[0] for row in answer.result.rows] == [row[0] for row in expected]


@pytest.mark.parametrize(
    "sql",
    [
        "select 1;",
        " ; select 1 ; ; -- ;\n",
        "select 1 /* ; */ ; /* é; */",
        "-- é\n(select 1)",
        "values (1)",
        "from range(1, 2)",
        "with a as (select 1) from a",
        "select 'é;' = 'é;' ;",
        "with recursive t as (select 1 as a) table t",
    ],
)
def test_a_statement_may_be_written_in_many_ways(database: Path, sql: str) -> None:
    rows = guard.run(database, sql).result.rows
    assert rows in ([(1,)], [(True,)])


def test_statements_that_show_the_catalog(database: Path) -> None:
    assert ("methods",) in guard.run(database, "show tables").result.rows
    assert guard.run(database, "describe methods").result.rows[0][:2] == ("method", "VARCHAR")
    assert guard.run(database, "summarize methods").result.rows[0][0] == "method"
    plan = guard.run(database, "explain select 1")
    assert plan.is_plan
    assert len(plan.result.rows[0]) == 2


@pytest.mark.parametrize(
    ("sql", "error", "text"),
    [
        ("", QueryError, "there is no SQL to run"),
        ("-- nothing", QueryError, "there is no SQL to run"),
        ("select 1; select 2", QueryError, "one statement at a time, not 2"),
        ("drop table methods", QueryError, "only SELECT and EXPLAIN are run, not DROP"),
        ("set threads = 1", QueryError, "only SELECT and EXPLAIN are run, not SET"),
        ("select\n 1 +", QueryError, "Parser Error: "),
        (
            "select a\nfrom methods",
            QueryError,
            'column "a" not found in FROM clause! Candidate bindings: ',
        ),
        ("select a\nfrom methods", QueryError, "\nLINE 1: select a\n               ^"),
        ("select method,\n  'é', b\nfrom methods", QueryError, "\nLINE 2:   'é', b\n"),
        (
            "from method",
            QueryError,
            'does not exist! Did you mean "methods"?\nLINE 1: from method\n',
        ),
        ("select x::int from (values ('1'), ('a')) t(x)", QueryError, "'a' to INT32"),
        ("select error(chr(27) || '[31m')", QueryError, "\\x1b[31m"),
        ("select $a", UsageError, "$a has no value; give -p a=VALUE"),
    ],
)
def test_errors_tell_what_and_where(
    database: Path, sql: str, error: type[PeftshopError], text: str
) -> None:
    with pytest.raises(error) as caught:
        guard.run(database, sql)
    assert type(caught.value) is error
    assert text in str(caught.value)


def test_parameters(database: Path) -> None:
    values: dict[str, Any] = {"a": 1, "b": "x'", "c": None, "d": 0.5, "e": True}
    answer = guard.run(database, "select $a, $b, $c, $d, $e where $a = 1", values)
    assert answer.result.rows == [(1, "x'", None, 0.5, True)]
    with pytest.raises(UsageError, match=r"no parameter \$b; it has \$a"):
        guard.run(database, "select $a", {"a": 1, "b": 2})
    with pytest.raises(UsageError, match=r"no parameter \$b; it has none"):
        guard.run(database, "select 1", {"b": 2})


def test_a_dataset_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "no.duckdb").write_text("no database")
    with pytest.raises(StorageError):
        guard.run(tmp_path / "no.duckdb", "select 1")


def test_rows_and_bytes_are_cut_and_said(database: Path) -> None:
    assert guard.run(database, "from range(5)", limits=Limits(max_rows=5)).stopped_by is None
    cut = guard.run(database, "from range(1000)", limits=Limits(max_rows=300))
    assert (len(cut.result.rows), cut.stopped_by) == (300, "rows")
    none = guard.run(database, "from range(6)", limits=Limits(max_rows=0))
    assert (none.result.rows, none.stopped_by) == ([], "rows")
    small = guard.run(database, "from range(1000)", limits=Limits(max_bytes=400))
    assert (len(small.result.rows), small.stopped_by) == (400 // 5 + 2, "bytes")
    wide = guard.run(database, "select repeat('x', 1000)", limits=Limits(max_bytes=400))
    assert (wide.result.rows, wide.stopped_by) == ([], "bytes")


def test_the_time_limit_interrupts(database: Path) -> None:
    with pytest.raises(TimeLimitError, match=r"stopped after 0\.5 s; --timeout raises the limit"):
        guard.run(
            database, "select sum(range) from range(1000000000000)", limits=Limits(seconds=0.5)
        )


def test_lever_read_only(own_database: Path) -> None:
    sql = "explain analyze delete from baselines"
    assert "read-only" in levers.run(own_database, sql, "RLIMIT_FSIZE")
    assert files(own_database) == [own_database.name]
    assert "Error" not in levers.run(own_database, sql, "RLIMIT_FSIZE", "access_mode")
    assert guard.run(own_database, "from baselines").result.rows == []


def test_lever_only_select_and_explain(database: Path) -> None:
    sql = "set variable mine = 1"
    assert "not SET" in levers.run(database, sql)
    assert levers.run(database, sql, "only SELECT and EXPLAIN") == "[]"


def test_lever_external_access(database: Path, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text("CANARY")
    sql = f"select content from read_text('{tmp_path}/canary')"
    assert "file system operations are disabled" in levers.run(database, sql)
    assert levers.run(database, sql, "enable_external_access") == "[('CANARY',)]"


def test_lever_locked_configuration(database: Path) -> None:
    sql = "set threads = 1"
    others = ["only SELECT and EXPLAIN"]
    assert "configuration has been locked" in levers.run(database, sql, *others)
    assert levers.run(database, sql, *others, "lock_configuration") == "[]"


def test_lever_no_temporary_directory(own_database: Path) -> None:
    levers.run(own_database, SPILLING, "RLIMIT_FSIZE", memory_bytes=60 * MIB)
    assert files(own_database) == [own_database.name]
    levers.run(own_database, SPILLING, "RLIMIT_FSIZE", "temp_directory", memory_bytes=60 * MIB)
    assert len(files(own_database)) == 2


def test_lever_file_size(own_database: Path) -> None:
    sql = "explain analyze delete from baselines"
    assert "File too large" in levers.run(own_database, sql, "access_mode")
    assert "Error" not in levers.run(own_database, sql, "access_mode", "RLIMIT_FSIZE")


def test_lever_no_loading_of_extensions(database: Path, tmp_path: Path) -> None:
    sql = f"from sqlite_scan('{tmp_path}/a', 'a')"
    others = ["enable_external_access"]
    assert "in the sqlite_scanner extension" in levers.run(database, sql, *others)
    loaded = levers.run(database, sql, *others, "autoload_known_extensions")
    assert "trying to automatically install" in loaded


def test_lever_no_installing_of_extensions(database: Path, tmp_path: Path) -> None:
    sql = f"from sqlite_scan('{tmp_path}/a', 'a')"
    others = ["enable_external_access", "autoload_known_extensions"]
    assert "not found" in levers.run(database, sql, *others)
    # without a home, installing gets no further than to look for where
    installed = levers.run(database, sql, *others, "autoinstall_known_extensions")
    assert "home directory" in installed


def test_lever_no_python_variables(database: Path) -> None:
    others = ["enable_external_access"]
    assert "does not exist" in levers.run(database, "from parameters", *others)
    seen = levers.run(database, "from parameters", *others, "python_enable_replacements")
    assert "Python Object" in seen


def test_lever_environment(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://user:CANARY@127.0.0.1:9")
    sql = "from duckdb_settings() where name like '%proxy%'"
    assert "CANARY" not in levers.run(database, sql)
    assert "CANARY" in levers.run(database, sql, "environment", "RLIMIT_FSIZE")


def test_the_environment_holds_what_the_engine_needs() -> None:
    ours = {"TZ": "UTC", "HOME": "/root", "https_proxy": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    assert guard.environment(ours) == {"TZ": "UTC"}


def test_lever_memory_of_the_engine(database: Path) -> None:
    limits = {"memory_bytes": 60 * MIB}
    held = levers.run(database, SPILLING, "RLIMIT_AS", **limits)
    assert held.startswith("QueryError: ")
    assert "; --memory raises the limit of 60 MiB" in held
    assert "the process that ran the SQL died" not in held
    assert levers.run(database, SPILLING, "RLIMIT_AS", "memory_limit", **limits) == "[(3000000,)]"


def test_lever_memory_of_the_process(database: Path) -> None:
    sql = "select length(repeat('x', 140000000))"
    limits = {"memory_bytes": 64 * MIB}
    assert "; --memory raises the limit of 64 MiB" in levers.run(database, sql, **limits)
    assert levers.run(database, sql, "RLIMIT_AS", **limits) == "[(140000000,)]"


def test_lever_threads() -> None:
    assert 1 <= int(guard_child.settings(MIB)["threads"]) <= 4


def test_lever_interrupt(database: Path) -> None:
    sql = "select sum(range) from range(1000000000000)"
    assert levers.ended_by(database, sql, seconds=0.3, grace=120) == "itself"
    assert levers.ended_by(database, sql, "interrupt", seconds=0.3, grace=1) == "kill"


DEAF = """
import time
def hear_no_interrupt(run, connection):
    time.sleep(3)
    raise TimeoutError
child.Run._send = hear_no_interrupt
child.main()
"""


def test_lever_kill(database: Path) -> None:
    assert levers.ended_by(database, "", then=DEAF, seconds=0.1, grace=0.1) == "kill"
    assert levers.ended_by(database, "", then=DEAF, seconds=0.1, grace=300) == "itself"


@pytest.mark.parametrize("lever", ["RLIMIT_NOFILE", "RLIMIT_CORE"])
def test_lever_limits_of_the_process(lever: str) -> None:
    most = resource.getrlimit(getattr(resource, lever))[1]
    show = (
        f"import resource\nresource.setrlimit(resource.{lever}, ({most}, {most}))\n"
        f"child.confine(child.limits(0, 0))\nprint(resource.getrlimit(resource.{lever})[0])"
    )

    def limit(*off: str) -> int:
        command, environment = levers.command(*off, then=show), guard.environment()
        return int(subprocess.check_output(command, text=True, env=environment))

    assert limit() == guard_child.limits(0, 0)[lever]
    assert limit(lever) == most


def test_lever_end_with_the_parent(database: Path) -> None:
    request = {
        "import_path": [str(path) for path in Path(duckdb.__file__).parents[1:2]],
        "database": str(database),
        "sql": "select sum(range) from range(1000000000000)",
        "parameters": {},
        "max_rows": 1,
        "max_bytes": 1,
        "memory_bytes": 60 * MIB,
        "seconds": 60,
    }

    def survives(*off: str) -> bool:
        """Whether the process is still there a second after the other end of its stdin closed."""
        with subprocess.Popen(
            levers.command(*off, "RLIMIT_FSIZE"),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.close()
            try:
                process.wait(1.5)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
            return False

    assert not survives()
    assert survives("end with the parent")


@pytest.mark.parametrize("lever", ["max_rows", "max_bytes"])
def test_lever_rows_and_bytes(database: Path, lever: str) -> None:
    limits = {lever: 10, "seconds": 5}
    sql = "select repeat('x', 100) from range(40000)"
    assert len(levers.run(database, sql, **limits)) < 2000
    # rows and bytes have each its own limit; past the bytes the watching process reads no further
    without = levers.run(database, sql, lever, **limits)
    assert len(without) > 2000 if lever == "max_rows" else "more than 10 bytes" in without


def test_an_answer_that_breaks_off_is_none(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for output in ("", "{", '{"columns": []}\n[1]', "null\n", "[]", '{"end": 1, "x": "'):
        then = f"import os; os.write(1, {output.encode()!r}); os._exit(3)"
        monkeypatch.setattr(guard, "COMMAND", levers.command(then=then))
        with pytest.raises(QueryError, match=r"died \(status 3\)"):
            guard.run(database, "select 1")


NOISY = """
send = child.Run._send
def noisy(run, connection):
    os.write(1, b"a word of the engine's\\n")
    return send(run, connection)
child.Run._send = noisy
child.main()
"""


def test_lever_private_output(database: Path) -> None:
    assert levers.run(database, "select 1", then=NOISY) == "[(1,)]"
    assert "died" in levers.run(database, "select 1", "private output", then=NOISY)


BUSY = """
import time
child.confine(child.limits(10**9, -1.9))  # a second of computing
while time.process_time() < 2:
    pass
"""


def test_lever_cpu_time() -> None:
    def status(*off: str) -> int:
        command = levers.command(*off, then=BUSY)
        environment = guard.environment()
        run = subprocess.run(command, check=False, capture_output=True, env=environment)
        return run.returncode

    assert status() in (-signal.SIGXCPU, -signal.SIGKILL)
    assert status("RLIMIT_CPU") == 0


UNHEARD = """
child.Run._interrupt = lambda run, _: setattr(run, "is_late", True)  # the engine was at rest
child.main()
"""


def test_lever_time_between_rows(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "GRACE_SECONDS", 120)
    limits = {"seconds": 0.2, "max_rows": 2_000_000, "max_bytes": 10**9}
    shown = levers.run(database, "from range(100000000)", then=UNHEARD, **limits)
    assert "TimeLimitError" in shown[:100]


def test_lever_end_of_what_writes_on(database: Path) -> None:
    code = (
        "import sys, pathlib\nfrom tests.peftshop_db import levers\n"
        "sql = 'select repeat(chr(97), 100) from range(100000)'\n"
        "limits = {'max_rows': 100000, 'max_bytes': 10, 'seconds': 600}\n"
        "print(levers.run(pathlib.Path(sys.argv[1]), sql, 'max_bytes', **limits))"
    )
    command = [sys.executable, "-c", code, str(database)]
    root = Path(__file__).parents[2]
    shown = subprocess.check_output(command, text=True, cwd=root, timeout=120)  # else it hangs
    assert shown.startswith("QueryError: the answer has more than 10 bytes")
