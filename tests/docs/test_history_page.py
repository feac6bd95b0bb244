"""docs/history.md tells of upstream's files what the commands tell of them.

The files are upstream's and not here: PEFTSHOP_UPSTREAM names a folder with
peft-shop-0.19.2.dev0.json, peft-shop-0.20.0.json and the result files under results/.
"""

import os
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from peftshop_db import builder, dataset, difference
from peftshop_db.units import humanize
from tests.queries.made_up import Row, select

UPSTREAM = Path(os.environ.get("PEFTSHOP_UPSTREAM", ""))
pytestmark = pytest.mark.skipif(Path() == UPSTREAM, reason="needs upstream's files")

PAGE = (Path(__file__).parent.parent.parent / "docs" / "history.md").read_text()
TEXT = " ".join(PAGE.split())
INPUTS = [UPSTREAM / f"peft-shop-{version}.json" for version in ("0.19.2.dev0", "0.20.0")]
METAMATHQA = "benchmark = 'metamathqa'"


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("upstream")
    builder.build(INPUTS, folder, results=[UPSTREAM / "results"])
    return dataset.connect(folder / dataset.FILE_NAME)


@pytest.fixture(scope="module")
def changes() -> list[Row]:
    found = difference.diff(*map(str, INPUTS)).changes
    names = [column.name for column in found.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows]


def points(share: float) -> str:
    return f"{share * 100:.1f}"


def test_the_inputs_are_those_of_the_page(upstream: duckdb.DuckDBPyConnection) -> None:
    first, second = select(upstream, "from history.dataset order by version_order")
    digests = f"{first['source_sha256'][:8]}… and {second['source_sha256'][:8]}…"
    assert f"of 0.19.2.dev0 and 0.20.0 with the SHA-256 {digests}" in TEXT
    runs = select(upstream, "from runs")
    versions = Counter(run["peft_version"] for run in runs)
    assert f"Measured on upstream's {len(runs)} result files" in TEXT
    (version, most), (other, least) = versions.most_common()
    assert f"({most} of peft {version}, {least} of {other})" in TEXT
    months = sorted(run["created_at"][:7] for run in runs)
    assert (months[0], months[-1]) == ("2026-06", "2026-08")
    assert "result files of June to August 2026" in TEXT


def test_what_changed(changes: list[Row]) -> None:
    counts = Counter((row["section"], row["change"]) for row in changes)
    added = [
        row["method"]
        for row in changes
        if row["section"] == "method" and not row["old_value"] and row["change"] == "added"
    ]
    assert f"four added methods ({', '.join(added)}) with seven best runs" in TEXT
    assert counts["best run", "added"] == 7
    described = {row["method"] for row in changes if row["section"] == "method"} - set(added)
    assert f"{len(described)} methods described anew" in TEXT
    assert f"five other best runs, {counts['measure', 'changed']} measures, " in TEXT
    assert counts["best run", "changed"] == 5
    void = [row for row in changes if row["is_comparable"] is False]
    assert {(row["benchmark"], row["subject"]) for row in void} == {("metamathqa", "forgetting")}
    assert f"{len(void)} of them of metamathqa's forgetting" in TEXT
    backends = [row for row in changes if row["section"] == "capability"]
    assert {(row["method"], row["old_value"], row["new_value"]) for row in backends} == {
        ("SHIRA", "no", "yes")
    }
    assert len(backends) == 9
    assert counts["caveat", "removed"] == 2 and counts["caveat", "added"] == 0


def test_what_a_changed_score_means(upstream: duckdb.DuckDBPyConnection) -> None:
    rows = select(upstream, f"from history_scores where {METAMATHQA} and version_order = 2")
    moved = [row for row in rows if row["score_change"] is not None]
    kept = [row for row in moved if not row["is_other_run"]]
    (noise,) = select(upstream, f"from score_noise where {METAMATHQA}")
    baselines = select(upstream, f"from history.baselines where {METAMATHQA} order by all")
    before, after = (row["score"] for row in baselines)
    common = moved[0]["common_change"]
    assert f"up to {points(noise['rerun_difference'])} points apart" in TEXT
    assert f"of the {len(kept)} methods whose best run kept its experiment" in TEXT
    assert f"the median moved by {points(common)} points" in TEXT
    assert f"full fine-tuning by {points(after - before)}" in TEXT
    beyond = {row["method"]: row["is_other_run"] for row in moved if row["exceeds_noise"]}
    others = [method for method in sorted(beyond) if beyond[method]]
    assert f"Of {len(moved)} methods these are {', '.join(others)}, for which" in TEXT
    assert [method for method in beyond if not beyond[method]] == ["PREFIX_TUNING"]


def test_the_table_of_what_best_runs_hide(upstream: duckdb.DuckDBPyConnection) -> None:
    shown = re.findall(r"^\| (\S+/\S+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    words = {
        "stays": ("on front", "on front"),
        "joins": ("joins", "hidden"),
        "leaves": ("leaves", "on front"),
    }
    where = f"{METAMATHQA} and cost = 'peak_memory_bytes'"
    assert shown == [
        (
            row["experiment_name"],
            f"{row['score']:.4f}",
            humanize(int(row["value"]), "bytes"),
            *words[row["change"]],
        )
        for row in select(upstream, f"from best_run_bias where {where} order by value")
    ]


def test_what_is_said_of_miss(upstream: duckdb.DuckDBPyConnection) -> None:
    where = f"{METAMATHQA} and method = 'MISS'"
    runs = {
        row["experiment_name"]: row for row in select(upstream, f"from method_runs where {where}")
    }
    best = next(run for run in runs.values() if run["is_best_run"])
    default = runs["miss/llama-3.2-3B-default"]
    memory = best["peak_memory_bytes"]
    assert f"(`bat`, {best['score']:.4f}) takes {humanize(memory, 'bytes')}" in TEXT
    less = (memory - default["peak_memory_bytes"]) / 2**30
    lost = points(best["score"] - default["score"])
    assert f"scores {lost} points less for {less:.1f} GiB less" in TEXT
    leaving = select(
        upstream,
        f"from best_run_bias where {METAMATHQA} and cost = 'peak_memory_bytes' "
        "and change = 'leaves' order by value",
    )
    assert {row["displaced_by"] for row in leaving} == {"miss/llama-3.2-3B-default"}
    first, second, third = [points(row["score_margin"]) for row in leaving]
    assert f"by {first}, {second} and {third} points" in TEXT
    (noise,) = select(upstream, f"from score_noise where {METAMATHQA}")
    assert f"lie up to {points(noise['setting_difference'])} points apart" in TEXT
    within = [row["method"] for row in leaving if row["score_margin"] < noise["setting_difference"]]
    assert within == ["PSOFT"]
    settings = select(upstream, f"select distinct setting from config_differences where {where}")
    names = sorted(row["setting"].removeprefix("peft_config.") for row in settings)
    assert f"set apart: {' and '.join(f'`{name}`' for name in names)}" in TEXT
    seeds = select(
        upstream,
        "select distinct value from run_configs where path = '$.run_info.train_config.seed'",
    )
    assert seeds == [{"value": "0"}] and "All runs have seed 0" in TEXT


def test_where_both_are_there(upstream: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    checks = "best_run_differs_from_file", "best_run_without_file", "num_runs_differs_from_files"
    query = f"from check_findings where check_name in {checks}"
    found = select(upstream, query)
    assert {(row["check_name"], row["method"]) for row in found} == {
        ("best_run_without_file", "LOKR")
    }
    assert len(found) == 2 and "LOKR's two best runs have no result file" in TEXT
    builder.build(INPUTS[0], tmp_path, results=[UPSTREAM / "results"])
    with dataset.connect(tmp_path / dataset.FILE_NAME) as connection:
        rows = [row for row in select(connection, query) if row["check_name"] == checks[0]]
    methods = {row["method"] for row in rows}
    assert f"find {len(rows)} measures of {len(methods)} methods that differ" in TEXT
