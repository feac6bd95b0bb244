"""Bits that flip in a dataset's files: `verify` finds each, and no query answers from them."""

import random
import re
import shutil
from pathlib import Path

import pytest

import peftshop_db
from peftshop_db import dataset, manifest
from peftshop_db.errors import StorageError
from tests.commands import peftshop
from tests.faults.builds import serving
from tests.faults.recording import Record

pytestmark = pytest.mark.slow

FLIPS, SHARDS = 600, 4
REFUSAL = "changed since the build, so no answer can be trusted; `peftshop-db build` makes"


@pytest.fixture
def rotten(shipped: Path, tmp_path: Path) -> Path:
    """A copy of the packaged source's dataset, to be damaged."""
    return Path(shutil.copytree(shipped, tmp_path / "dataset", symlinks=True))


def flipped(data: bytes, chance: random.Random) -> bytes:
    """The data with one bit that is another."""
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_verify_finds_each_flip(shard: int, rotten: Path, record: Record) -> None:
    """In each round every file has a flip, and each must be named."""
    chance = random.Random(shard)
    contents = {name: (rotten / name).read_bytes() for name in manifest.list_files(rotten)}
    for _ in range(FLIPS // SHARDS):
        for name, data in contents.items():
            (rotten / name).write_bytes(flipped(data, chance))
        problems = [f"{name}: its bytes changed since the build" for name in contents]
        assert peftshop_db.verify(rotten) == problems
    whole = (rotten / manifest.NAME).read_bytes()
    for _ in range(FLIPS // SHARDS):
        (rotten / manifest.NAME).write_bytes(flipped(whole, chance))
        assert peftshop_db.verify(rotten) == [
            f"{manifest.NAME}: missing or changed since the build"
        ]
    record(
        "bit rot",
        {
            "flips found by verify": FLIPS // SHARDS * (len(contents) + 1),
            # every shard has all files
            "files": (len(contents) + 1) * (shard == 0),
        },
    )


@pytest.mark.parametrize("name", [dataset.FILE_NAME, manifest.NAME])
def test_a_query_refuses_a_damaged_dataset(name: str, rotten: Path, record: Record) -> None:
    chance = random.Random(name)
    whole = (rotten / name).read_bytes()
    message = f"{rotten / name}: {REFUSAL}"
    for number in range(FLIPS):
        (rotten / name).write_bytes(flipped(whole, chance))
        with pytest.raises(StorageError, match=re.escape(message)):
            peftshop_db.query("leaderboard", db=rotten)
        if number % 60 == 0:
            for command in (["query", "leaderboard"], ["sql", "select 1"], ["list"], ["check"]):
                answer = peftshop(*command, db=rotten)
                assert (answer.returncode, answer.stdout) == (4, "")
                assert answer.stderr.startswith(f"Error: {message}")
                assert answer.stderr.count("\n") == 1
    (rotten / name).write_bytes(whole)
    assert peftshop_db.query("leaderboard", db=rotten).num_rows
    record("damaged datasets", {"queries refused": FLIPS})


def test_without_a_manifest_no_answer_is_wrong(
    rotten: Path, tmp_path: Path, record: Record
) -> None:
    """Of a file that isn't hashed before, DuckDB checks each block that it reads."""
    chance, whole = random.Random(5), (rotten / dataset.FILE_NAME).read_bytes()
    file, answer = tmp_path / "lone" / dataset.FILE_NAME, tmp_path / "answer.csv"
    file.parent.mkdir()
    file.write_bytes(whole)
    refused = 0
    with serving() as builds:

        def query() -> int:
            ended = builds.run(
                *("query", "leaderboard", "--db", file, "-o", answer), stderr=tmp_path / "stderr"
            )
            if ended.status:
                assert ended.status == 4, ended
                assert re.fullmatch("Error: .*\n", ended.stderr), ended
                assert not answer.exists()
            return ended.status

        assert query() == 0
        right = answer.read_bytes()
        for _ in range(FLIPS):
            answer.unlink(missing_ok=True)
            file.write_bytes(flipped(whole, chance))
            if query():
                refused += 1
            else:
                assert answer.read_bytes() == right
        assert refused > FLIPS // 10
    record(
        "damaged lone files",
        {"queries refused": refused, "queries of sound blocks answered": FLIPS - refused},
    )
