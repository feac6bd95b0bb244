"""Wrong bytes as input: refused with a message, or accepted and lossless, in bounded memory."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from peftshop_db import contract
from peftshop_db.errors import SourceError
from peftshop_db.source import parse_source
from tests.faults.builds import serving
from tests.faults.datasets import smaller_package
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

SHARDS, MUTANTS = 8, 20_000
DOCUMENTS = 3000
MOST_MEMORY = 1024**3
KEYS = ["schema_version", "peft_version", "baselines", "methods", "features", "value", "source"]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_changed_bytes_of_the_packaged_input(shard: int, tmp_path: Path, record: Record) -> None:
    """A process that dies, by memory or by time, has no counts to print."""
    files = tmp_path / "mutants"
    files.mkdir()
    arguments = [str(shard), str(MUTANTS // SHARDS), str(files)]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.mutants", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    counts = json.loads(ended.stdout)
    peak = counts.pop("peak_memory_bytes")
    assert counts["mutants"] == counts["refused"] + counts["accepted and lossless"]
    assert peak < MOST_MEMORY
    built = check_builds(tmp_path, sorted(files.iterdir())[::3])
    record("bytes", counts | {"of these by a whole build": built})


def check_builds(work: Path, files: list[Path]) -> int:
    """Builds from files, which must end as their names tell."""
    out, verdicts = work / "out", {"accepted": 0, "refused": 3}
    with serving(smaller_package(work / "package")) as builds:
        for file in files:
            verdict = file.stem.rpartition("-")[2]
            out.mkdir()
            ended = builds.run("build", file, "--out", out, stderr=work / "stderr")
            assert ended.status == verdicts[verdict], ended
            if ended.status:
                assert "Traceback" not in ended.stderr
                assert re.match(rf"Error: {file.name}:", ended.stderr)
                assert list(out.iterdir()) == []
            subprocess.run(["rm", "-r", out], check=True)
    return len(files)


def values() -> st.SearchStrategy[Any]:
    keys = st.sampled_from(KEYS) | st.text(max_size=5)
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=30
    )


@pytest.mark.parametrize("number", range(2))
def test_any_json_and_any_bytes(number: int, record: Record) -> None:
    tried = 0

    @seed(number)
    @settings(
        max_examples=DOCUMENTS // 2,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(
        st.binary()
        | st.text().map(str.encode)
        | values().map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    )
    def check(data: bytes) -> None:
        nonlocal tried
        tried += 1
        with pytest.raises(SourceError, match=r"^made up\.json:"):
            contract.check(parse_source("made up.json", data))

    check()
    record("bytes", {"made-up documents refused": tried})
