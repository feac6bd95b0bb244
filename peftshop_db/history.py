"""The inputs of a dataset: which there are, their order, and which a dataset holds already."""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peftshop_db import contract
from peftshop_db.errors import SourceError, StorageError
from peftshop_db.source import Source, fingerprint, parse_source, printable, read_bytes, read_source

Held = Mapping[tuple[str, str], tuple[int, str]]

_PEP440 = re.compile(
    r"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre>\d*))?"
    r"(?P<post>-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?"
    r"(?P<dev>[-_.]?dev[-_.]?\d*)?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
    re.IGNORECASE,
)
_PHASES = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


@dataclass(frozen=True)
class Version:
    """One input, checked, of which no more is kept than tells it apart.

    Attributes:
        path: the input file.
        file: its name in tables.
        sha256: of its bytes.
        size: its bytes.
        peft_version: what it says that it describes.
        held: its version_order in the dataset that is replaced, None where that hasn't got it.
        kept: the input itself until it is read, where it is the only one.
    """

    path: Path
    file: str
    sha256: str
    size: int
    peft_version: str
    held: int | None = None
    kept: list[Source] = field(default_factory=list, repr=False, compare=False)

    def read(self) -> Source:
        """The input, read again unless it was kept, which it is once.

        Raises:
            SourceError: it isn't what it was when it was checked.
        """
        if self.kept:
            return self.kept.pop()
        source = read_source(self.path, self.size)
        if source.sha256 != self.sha256:
            place = printable(str(self.path))
            raise SourceError([f"{place}: changed while it was read; build again"])
        return source


def expand(paths: Iterable[Path]) -> list[Path]:
    """The input files that paths name.

    A folder stands for the *.json in it, and a pattern that no shell expanded for what it matches;
    both in the order of names without suffixes, by which `a` comes before `a-2026`.

    Raises:
        SourceError: a folder or a pattern has none, or there are no paths.
        StorageError: a folder can't be read.
    """
    files: list[Path] = []
    found: Iterable[Path]
    for path in paths:
        if path.is_dir():
            found, expected = _members(path), "a folder of"
        elif set(str(path)) & set("*?[") and not path.exists():
            pattern = str(path.relative_to(path.anchor))
            found, expected = Path(path.anchor).glob(pattern), "a pattern that matches"
        else:
            found, expected = [path], ""
        place = printable(str(path))
        try:
            ordered = sorted(found, key=lambda path: (path.parent, path.stem, path.suffix))
        except ValueError as error:
            raise SourceError([f"{place}: {error}"]) from None
        if not ordered:
            raise SourceError([f"{place}: expected {expected} JSON files, found none"])
        files += ordered
    if not files:
        raise SourceError(["expected at least one input, found none"])
    return files


def _members(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix == ".json"]
    except OSError as error:
        place = printable(str(folder))
        raise StorageError(f"{place}: can't be read: {error.strerror}") from error


def gather(
    paths: Sequence[Path],
    max_bytes: int,
    held: Held | None = None,
    tick: Callable[[], object] = bool,
) -> list[Version]:
    """Checks inputs one by one and puts them in the order of their versions.

    An input whose bytes came before is left out, and one that the dataset holds isn't parsed.

    Args:
        paths: the inputs; they decide the order of those with equal versions.
        max_bytes: the largest input in bytes.
        held: version_order and peft_version of what is there, by SHA-256 and file name.
        tick: called after each input.

    Raises:
        SourceError: an input breaks the contract.
        StorageError: an input can't be read.
    """
    versions: dict[str, Version] = {}
    for path in paths:
        data = read_bytes(path, max_bytes)
        sha256, file = fingerprint(data), printable(path.name)
        if sha256 not in versions:
            kept: list[Source] = []
            order, peft_version = (held or {}).get((sha256, file), (None, ""))
            if order is None:
                source = parse_source(file if len(paths) == 1 else printable(str(path)), data)
                contract.check(source)
                peft_version = source.document["peft_version"]
                if len(paths) == 1:
                    kept.append(source)
            versions[sha256] = Version(path, file, sha256, len(data), peft_version, order, kept)
        tick()
    return sorted(versions.values(), key=lambda version: version_key(version.peft_version))


def undecided(versions: Sequence[Version]) -> list[str]:
    """What to tell of inputs whose peft versions don't say which of them is the newer."""
    told = []
    for _, group in itertools.groupby(versions, lambda version: version_key(version.peft_version)):
        first, *others = group
        if others:
            told.append(
                f"{len(others) + 1} inputs are of peft {first.peft_version}: they stand in the "
                f"order that they were given in, the oldest {first.file}, the newest "
                f"{others[-1].file}"
            )
    return told


def version_key(text: str) -> tuple[Any, ...]:
    """A key that orders versions as PEP 440 does; what is no such version comes first.

    Source: https://peps.python.org/pep-0440/#summary-of-permitted-suffixes-and-relative-ordering
    """
    match = _PEP440.fullmatch(text.strip())
    if match is None:
        return (0, text)
    release = tuple(map(int, re.sub(r"(\.0+)+$", "", match["release"]).split(".")))
    phase = (match["phase"] or "").lower()
    # a development release comes before its pre-releases, those before the release itself
    if phase:
        pre = (1, _PHASES.get(phase, phase), int(match["pre"] or 0))
    else:
        pre = (0 if match["dev"] and not match["post"] else 2, "", 0)
    post = _number(match["post"]) if match["post"] else -1
    dev = (0, _number(match["dev"])) if match["dev"] else (1, 0)
    local = tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part.lower())
        for part in re.split(r"[-_.]", match["local"] or "")
        if part
    )
    return (1, int(match["epoch"] or 0), release, pre, post, dev, local)


def _number(suffix: str) -> int:
    return int(re.sub(r"\D", "", suffix) or 0)
