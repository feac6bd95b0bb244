"""How long the front of score against a cost takes as runs grow from 10^4 to 10^7.

The view `dominance` itself, over made-up runs in the place of the tables that it reads, beside:
the quadratic definition (a run for which no other is at least as good on both and better on one),
as long as that takes minutes rather than hours; one sort in Polars; and the view in Spark. All must
find the same front. Each measures one run after loading, on the cores that there are; results go to
tests/bench/results/fronts.csv.

    python -m tests.bench.bench_fronts NUMBER...
"""

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from peftshop_db import sqlfiles
from tests.bench import recording

QUADRATIC_MOST = 100_000
VIEW = sqlfiles.views()["dominance"].sql.rstrip().rstrip(";")
QUADRATIC = """
select count(*) from benchmarks as own
inner join run_measures as cost using (benchmark, method)
where not exists (
    select 1 from benchmarks as other inner join run_measures as other_cost
    using (benchmark, method)
    where other.score >= own.score and other_cost.value <= cost.value
    and (other.score > own.score or other_cost.value < cost.value)
)
"""


def main() -> None:
    for number in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as name:
            measure(number, Path(name))


def measure(number: int, folder: Path) -> None:
    """Times all ways on so many made-up runs, and keeps them."""
    connection = made_up(number)
    query = f"select count(*) from ({VIEW}) where is_on_front"
    front, seconds = timed(lambda: connection.execute(query).fetchall()[0][0])
    row: dict[str, object] = {"runs": number, "cores": os.cpu_count(), "front": front}
    row |= {"view_sec": seconds, "view_per_n_log_n": seconds / (number * math.log2(number)) * 1e9}
    row |= {"quadratic_sec": "", "polars_sec": "", "spark_sec": ""}
    others: list[tuple[str, Callable[[], int]]] = [("polars", polars_front(connection))]
    if number <= QUADRATIC_MOST:
        others.append(("quadratic", lambda: connection.execute(QUADRATIC).fetchall()[0][0]))
    others.append(("spark", spark_front(connection, folder)))
    for name, run in others:
        found, row[f"{name}_sec"] = timed(run)
        if found != front:
            raise SystemExit(f"{name} finds {found} runs on the front, the view {front}")
    recording.keep("fronts", row, ["runs"])


def made_up(number: int) -> duckdb.DuckDBPyConnection:
    """Runs whose scores rise with the logarithm of their cost, with noise and ties."""
    connection = duckdb.connect()
    connection.execute("set threads = 1; select setseed(0.5)")  # threads would share out the draws
    connection.execute(
        "create table run_measures as select 'metamathqa' as benchmark, 'm' || range as method, "
        "'num_trainable_params' as measure, floor(exp(random() * 14 + 5)) as value, "
        f"true as metric_is_valid from range({number})"
    )
    connection.execute(
        "create table front_caveats as select distinct benchmark, measure as cost, "
        "metric_is_valid from run_measures"
    )
    connection.execute(
        "create table benchmarks as select benchmark, method, "
        "round(ln(value) / 30 + random() / 5, 5) as score from run_measures"
    )
    connection.execute("reset threads")
    return connection


def polars_front(connection: duckdb.DuckDBPyConnection) -> Callable[[], int]:
    import polars as pl

    loaded = connection.sql(
        "select score, value from benchmarks inner join run_measures using (benchmark, method)"
    ).to_arrow_table()
    frame = pl.DataFrame(pl.from_arrow(loaded))

    def run() -> int:
        ordered = frame.sort(["value", "score"], descending=[False, True])
        best = ordered.with_columns(before=pl.col("score").cum_max().shift(1))
        steps = best.filter(pl.col("before").is_null() | (pl.col("score") > pl.col("before")))
        return frame.join(steps.select("score", "value"), on=["score", "value"], how="semi").height

    return run


def spark_front(connection: duckdb.DuckDBPyConnection, folder: Path) -> Callable[[], int]:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master(f"local[{os.cpu_count()}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "12g")
        .config("spark.sql.shuffle.partitions", str(os.cpu_count()))
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for name in ("benchmarks", "front_caveats", "run_measures"):
        path = str(folder / f"{name}.parquet")
        connection.execute(f"copy {name} to '{path}' (format parquet)")
        spark.read.parquet(path).cache().createOrReplaceTempView(name)
        spark.sql(f"select count(*) from {name}").collect()
    import sqlglot

    query = sqlglot.transpile(
        f"select count(*) as n from ({VIEW}) as front where is_on_front", "duckdb", "spark"
    )[0]
    return lambda: int(spark.sql(query).collect()[0]["n"])


def timed(run: Callable[[], int]) -> tuple[int, float]:
    start = time.perf_counter()
    found = run()
    return found, time.perf_counter() - start


if __name__ == "__main__":
    main()
