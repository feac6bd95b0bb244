"""Counts of what a suite tried, kept by `--record` in results.json."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

RESULTS = Path(__file__).with_name("results.json")
Counts = dict[str, dict[str, int]]


class Record:
    """What a test tells: which promise it holds, and how many of what it tried."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._properties = request.node.user_properties
        self.is_full: bool = request.config.getoption("--record")

    def __call__(self, promise: str, counts: Mapping[str, int]) -> None:
        self._properties.append(("counts", [promise, dict(counts)]))


def add(passed: Iterable[Any], failed: Iterable[Any]) -> None:
    """Puts the sums of tests' counts in the place of those of the same name that were there."""
    from tests.faults.page import PROMISES

    fresh: Counts = {}
    for report in passed:
        for name, (promise, counts) in (p for p in report.user_properties if p[0] == "counts"):
            assert name == "counts"
            sums = fresh.setdefault(promise, {})
            for what, count in counts.items():
                sums[what] = sums.get(what, 0) + count
    results, broken = read(), [report.nodeid.partition("::")[0] for report in failed]
    for promise in PROMISES:
        module = f"tests/faults/{promise.module}.py"
        if promise.name in fresh or module in broken:
            counts = results.get(promise.name, {}) | fresh.get(promise.name, {})
            results[promise.name] = counts | {"violations": broken.count(module)}
    RESULTS.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")


def read() -> Counts:
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
