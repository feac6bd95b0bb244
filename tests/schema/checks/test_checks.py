"""Every check finds what it is for, on data that is made wrong for it, and nothing beside it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from peftshop_db import checks, dataset, resources
from peftshop_db.errors import QueryError
from tests.results import MODELS

Found = tuple[str | None, str | None, str]

# check: (what makes the small data wrong, the finding's method, benchmark and subject)
WRONG: dict[str, tuple[str, Found]] = {
    "placeholder_size": (
        "update benchmarks set adapter_file_size_bytes = 99999999 where method = 'TWIN'",
        ("TWIN", "metamathqa", "adapter_file_size_bytes"),
    ),
    "corrected_value": (
        """insert into corrections select path, source_value, value, reason, evidence
        from registry_corrections where path like '%PSOFT%'""",
        (None, None, '$.methods."PSOFT".paper_url'),
    ),
    "malformed_link": (
        "update methods set docs_url = 'https://example.org/a.' where method = 'TWIN'",
        ("TWIN", None, "docs_url"),
    ),
    "truncated_description": (
        "update methods set description = 'It works without resorting to' where method = 'TWIN'",
        ("TWIN", None, "description"),
    ),
    "heading_only_description": (
        "update methods set description = '## Overview.' where method = 'TWIN'",
        ("TWIN", None, "description"),
    ),
    "markdown_description": (
        "update methods set description = 'It is **bold**.' where method = 'TWIN'",
        ("TWIN", None, "description"),
    ),
    "missing_paper": (
        """insert into methods select 'NEW', config_class, model_class, category, description,
        docs_url, null from methods where method = 'TWIN'""",
        ("NEW", None, "paper_url"),
    ),
    "bytes_per_parameter": (
        "update benchmarks set num_trainable_params = 133 where method = 'TWIN'",
        ("TWIN", "metamathqa", "adapter_file_size_bytes"),
    ),
    "score_near_zero": (
        "update benchmarks set score = 0.02 where method = 'TWIN'",
        ("TWIN", "metamathqa", "score"),
    ),
    "zero_drift": (
        "update benchmarks set forgetting = 0 where method = 'MIDDLE' and benchmark = 'image-gen'",
        ("MIDDLE", "image-gen", "forgetting"),
    ),
    "negative_forgetting": (
        "update benchmarks set forgetting = -1e-9 where method = 'WORSE'",
        ("WORSE", "metamathqa", "forgetting"),
    ),
    "baseline_faster_than_all": (
        "update baselines set train_time_sec = 59.9 where benchmark = 'metamathqa'",
        (None, "metamathqa", "train_time_sec"),
    ),
    "cost_outlier": (
        "update benchmarks set train_time_sec = 181 where method = 'TWIN'",
        ("TWIN", "metamathqa", "train_time_sec"),
    ),
    "best_of_many": (
        "update benchmarks set num_runs = 4 where method = 'TWIN'",
        ("TWIN", "metamathqa", "num_runs"),
    ),
    "conditional_false": (
        """update features set source = 'probe', note = 'it crashed'
        where method = 'TWIN' and feature = 'hotswapping'""",
        ("TWIN", None, "hotswapping"),
    ),
    "failed_probe": (
        """update features set state = 'unknown', supported = null, value = '"unknown"'
        where method = 'TWIN' and feature = 'hotswapping'""",
        ("TWIN", None, "hotswapping"),
    ),
    "unregistered_name": (
        "insert into benchmark_metrics values ('TWIN', 'metamathqa', 'speed', 1)",
        (None, None, "registry_metrics: speed"),
    ),
    "fractional_accuracy": (
        "update benchmarks set score = 123.5 / 1319 where method = 'TWIN'",
        ("TWIN", "metamathqa", "score"),
    ),
    "missing_pair": (
        "delete from layer_support where method = 'TWIN' and layer_type = 'Linear'",
        ("TWIN", None, "layer_support"),
    ),
    "score_differs_from_metric": (
        "update benchmarks set forgetting = 0.7 where method = 'TWIN'",
        ("TWIN", "metamathqa", "forgetting"),
    ),
    "metric_without_run": (
        "insert into benchmark_metrics values ('UNTESTED', 'metamathqa', 'forgetting', 1)",
        ("UNTESTED", "metamathqa", "forgetting"),
    ),
    "best_run_differs_from_file": (
        "update benchmarks set peak_memory_bytes = 101 where experiment_name = 'cheap/a'",
        ("CHEAP", "metamathqa", "peak_memory_bytes"),
    ),
    "best_run_without_file": (
        "update benchmarks set experiment_name = 'cheap/z' where experiment_name = 'cheap/a'",
        ("CHEAP", "metamathqa", "experiment_name"),
    ),
    "num_runs_differs_from_files": (
        "update benchmarks set num_runs = 3 where experiment_name = 'cheap/a'",
        ("CHEAP", "metamathqa", "num_runs"),
    ),
    "run_without_benchmark": (
        "update runs set benchmark = null where experiment_name = 'new/a'",
        ("NEWER", None, f'"{MODELS["metamathqa"]}"'),
    ),
    "state_differs_from_value": (
        "update features set supported = not supported where method = 'TWIN' "
        "and feature = 'merging'",
        ("TWIN", None, "merging"),
    ),
    "support_differs_from_finding": (
        "update layer_support set supported = false where method = 'TWIN' "
        "and layer_type = 'Linear'",
        ("TWIN", None, "target_layer_types: Linear"),
    ),
    "missing_finding": (
        "delete from features where method = 'TWIN' and feature = 'merging'",
        ("TWIN", None, "merging"),
    ),
    "metric_differs_from_registry": (
        "update baselines set score_metric = null where benchmark = 'metamathqa'",
        (None, "metamathqa", "score_metric"),
    ),
    "correction_differs_from_registry": (
        """insert into corrections select path, source_value, 'another', reason, evidence
        from registry_corrections where path like '%PSOFT%'""",
        (None, None, '$.methods."PSOFT".paper_url'),
    ),
    "dataset_of_many": (
        "delete from dataset",
        (None, None, "dataset"),
    ),
    "category_differs_from_finding": (
        "update methods set category = 'other' where method = 'TWIN'",
        ("TWIN", None, "category"),
    ),
}


@pytest.fixture(scope="module")
def scratch(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("scratch") / dataset.FILE_NAME
    shutil.copyfile(small / dataset.FILE_NAME, path)
    with duckdb.connect(str(path)) as connection:
        # an accuracy that the made-up scores don't disturb
        connection.execute("update benchmarks set score = 264 / 1319 where method = 'TWIN'")
        connection.execute(
            "update benchmark_metrics set value = 264 / 1319 "
            "where subject = 'TWIN' and metric = 'test accuracy'"
        )
    yield path


def found(connection: duckdb.DuckDBPyConnection, check: str) -> set[Found]:
    return {
        (finding.method, finding.benchmark, finding.subject)
        for finding in checks.run(connection)
        if finding.check_name == check
    }


@pytest.mark.parametrize("check", WRONG)
def test_a_check_finds_what_it_is_for(scratch: Path, check: str) -> None:
    statement, expected = WRONG[check]
    with duckdb.connect(str(scratch)) as connection:
        before = found(connection, check)
        connection.execute("begin")
        connection.execute(statement)
        after = found(connection, check)
        connection.execute("rollback")
    assert after - before == {expected}
    assert before <= after


def test_every_check_is_tested() -> None:
    files = (resources.folder("schema") / "checks").glob("*.sql")
    assert {path.stem for path in files} == set(WRONG)


def test_a_finding_of_severity_error_stops_the_build(scratch: Path) -> None:
    with duckdb.connect(str(scratch)) as connection:
        connection.execute("begin")
        connection.execute("delete from check_findings")
        connection.execute(WRONG["missing_pair"][0])
        message = "the check missing_pair fails for TWIN layer_support: a method that lacks a row"
        with pytest.raises(QueryError, match=message):
            checks.record(connection)


def test_the_build_keeps_the_findings(small_connection: duckdb.DuckDBPyConnection) -> None:
    stored = small_connection.execute("from check_findings").fetchall()
    live = checks.run(small_connection)
    assert sorted(stored, key=str) == sorted(
        (tuple(vars(finding).values()) for finding in live), key=str
    )
    assert ("warning", "score_near_zero", "UNSIZED") in {
        (finding.severity, finding.check_name, finding.method) for finding in live
    }
