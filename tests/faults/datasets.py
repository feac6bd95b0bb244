"""What a dataset's folder holds, judged from outside."""

import hashlib
import json
import shutil
from functools import cache
from pathlib import Path

from peftshop_db import generation, manifest, resources, sqlfiles
from peftshop_db.verification import verify
from tests import documents
from tests.faults.builds import CHECKOUT

BESIDE = {".current", ".generations"}


def write_source(path: Path, *methods: str) -> Path:
    """A small input, of methods with these names."""
    run = {"metamathqa": documents.accuracy("made up", 0.5)}
    document = documents.document({name: documents.method(name, run) for name in methods})
    path.write_text(json.dumps(document))
    return path


def smaller_package(folder: Path) -> Path:
    """A copy of this package, whole but for most views, so that its builds take less time."""
    for part in ("peftshop_db", "schema", "etl", "data/registry", "data/source"):
        shutil.copytree(
            CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    views, checks = sqlfiles.views(), sqlfiles.load(folder / "schema" / "checks", "*.sql")
    wanted = ["unregistered", "pareto_memory"]
    wanted += {name for check in checks.values() for name in check.references if name in views}
    for name in wanted:
        path = folder / views[name].path.relative_to(resources.folder("queries").parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(views[name].path, path)
        wanted += [needed for needed in views[name].references if needed in views]
    return folder


def tree(folder: Path) -> set[str]:
    """Every path below a folder; links are not followed."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def held(folder: Path) -> str | None:
    """The name of the input whose dataset a folder holds, which must be intact; None where there is
    no dataset at all."""
    if not (folder / "peftshop.duckdb").exists():
        assert not any((folder / name).exists() for name in generation.PUBLIC)
        return None
    content = manifest.read(folder)
    assert content is not None
    paths = [folder / "manifest.json", *(folder / name for name in manifest.list_files(folder))]
    _verify(folder, tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths))
    return str(content["source_file"])


@cache
def _verify(folder: Path, digests: tuple[str, ...]) -> None:
    """Verifies a dataset, once for the same bytes in the same files."""
    assert verify(folder) == []


def assert_clean(folder: Path) -> None:
    """A folder holds a dataset, maybe the one before, and nothing else."""
    assert {path.name for path in folder.iterdir()} == BESIDE | set(generation.PUBLIC)
    generations = {path.name for path in (folder / ".generations").iterdir()}
    current = (folder / ".current").readlink().name
    assert generations <= {current, f"{int(current) - 1:06}"}
    assert {name.split("/")[0] for name in tree(folder / ".current")} == set(generation.PUBLIC)
