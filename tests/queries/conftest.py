"""The two inputs that views are checked on, as Python sees them, beside the answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest

from peftshop_db import dataset, resources
from tests import documents

Row = dict[str, Any]
COSTS = (
    "peak_memory_bytes",
    "train_time_sec",
    "num_trainable_params",
    "adapter_file_size_bytes",
)
METRICS = {
    "metamathqa": ("test accuracy", "forgetting"),
    "image-gen": ("test dino_similarity", "drift"),
}


@dataclass(frozen=True)
class Case:
    """An input document and a connection to the dataset that was built from it."""

    name: str
    document: dict[str, Any]
    connection: duckdb.DuckDBPyConnection

    @property
    def methods(self) -> dict[str, Any]:
        return self.document["methods"]

    def finding(self, method: str, feature: str) -> Any:
        return self.methods[method]["features"][feature]["value"]

    def run(self, method: str, benchmark: str) -> Row | None:
        """A method's run with score and forgetting by these names, None where it has none."""
        run = self.methods[method]["benchmarks"].get(benchmark)
        if run is None:
            return None
        score, forgetting = METRICS.get(benchmark, ("", ""))
        measures = {"score": run.get(score), "forgetting": run.get(forgetting)}
        measures |= {cost: run[cost] for cost in COSTS}
        if measures["adapter_file_size_bytes"] == 99999999:  # upstream's mark for a failed save
            measures["adapter_file_size_bytes"] = None
        return measures

    def values(self, benchmark: str, measure: str) -> dict[str, float]:
        """The values of a measure by method, without missing ones."""
        runs = {method: self.run(method, benchmark) for method in self.methods}
        values = {method: run[measure] for method, run in runs.items() if run}
        return {method: value for method, value in values.items() if value is not None}

    def capability(self, method: str, capability: str) -> Any:
        """True, False, or upstream's word where it is neither."""
        if capability not in ("modules_to_save", "trainable_token_indices"):
            return self.finding(method, capability)
        modules = self.finding(method, "auxiliary_modules")
        return modules.get(capability, "unknown") if isinstance(modules, dict) else modules

    def rows(self, view: str) -> list[Row]:
        cursor = self.connection.execute(f'from "{view}"')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(params=["shipped", "small"])
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    """The shipped file, then the small made-up document."""
    if request.param == "shipped":
        document = json.loads(resources.packaged_source().read_text())
    else:
        document = documents.small()
    folder = request.getfixturevalue(request.param)
    with dataset.connect(folder / dataset.FILE_NAME) as connection:
        yield Case(request.param, document, connection)
