"""What measures and benchmarks are called on an axis."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from peftshop_db.definitions import Column

BASELINE = "full fine-tuning"
_NO_WORDS = ("num", "bytes", "sec", "gib", "mib")  # of a column's name, that a title leaves out


@dataclass(frozen=True)
class Names:
    """Labels for people, from the registry; what it doesn't know keeps its own name."""

    benchmarks: dict[str, str]
    metrics: dict[str, tuple[str, str]]
    of_measure: dict[tuple[str, str], str]

    def benchmark(self, name: str) -> str:
        return self.benchmarks.get(name, name)

    def measure(self, benchmark: str | None, name: str) -> tuple[str, str]:
        """A measure's label and unit: of score and forgetting, those of the benchmark's metric."""
        metric = self.of_measure.get((benchmark or "", name), name)
        return self.metrics.get(metric, (words(metric), ""))

    def column(self, benchmark: str | None, column: "Column") -> tuple[str, str]:
        """As `measure`, for what isn't a measure as well, and for a measure of a named benchmark,
        such as metamathqa_score."""
        label, unit = self.measure(benchmark, column.name)
        for name, title in self.benchmarks.items():
            prefix = name.replace("-", "_") + "_"
            if benchmark is None and column.name.startswith(prefix):
                label, unit = self.measure(name, column.name.removeprefix(prefix))
                label = f"{title.partition(' (')[0]}: {label}"
        return label, unit or column.unit


def names(connection: "duckdb.DuckDBPyConnection") -> Names:
    """The names that a dataset's registry gives."""
    benchmarks = connection.execute(
        "select benchmark, label || ' (' || base_model || ')' from registry_benchmarks"
    ).fetchall()
    metrics = connection.execute("select metric, label, unit from registry_metrics").fetchall()
    of_measure = connection.execute(
        "select distinct benchmark, 'score', score_metric from benchmarks "
        "where score_metric is not null union "
        "select distinct benchmark, 'forgetting', forgetting_metric from benchmarks "
        "where forgetting_metric is not null order by all"
    ).fetchall()
    return Names(
        {name: label for name, label in benchmarks if label},
        {metric: (label, unit or "") for metric, label, unit in metrics},
        {(benchmark, measure): metric for benchmark, measure, metric in of_measure},
    )


def words(name: str) -> str:
    """A column's name as words, without its unit: peak_memory_bytes is Peak memory."""
    parts = [part for part in name.split("_") if part not in _NO_WORDS]
    return (" ".join(parts) or name).capitalize()


def baseline(connection: "duckdb.DuckDBPyConnection", benchmark: str, measure: str) -> float | None:
    """A measure of a benchmark's full fine-tuning run; None where there is none."""
    from peftshop_db.selection import MEASURES

    if measure not in MEASURES:
        return None
    row = connection.execute(
        f'select "{measure}" from baselines where benchmark = ?', [benchmark]
    ).fetchone()
    return row[0] if row else None
