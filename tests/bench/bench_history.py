"""What a build of many inputs, or of many raw result files, takes: time, peak memory, size.

Inputs are the packaged file with other scores, a hundred to a peft version; result files are one
made-up run each, as long as upstream's. Each build is a process of its own; `again` adds an input
to a dataset that holds all others. Results go to tests/bench/results/history.csv.

    python -m tests.bench.bench_history {inputs|short|results} NUMBER...

`short` inputs have five methods instead of thirty-nine.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peftshop_db import resources
from tests import results
from tests.bench import recording


def main() -> None:
    kind, *numbers = sys.argv[1:]
    for number in map(int, numbers):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = result_files if kind == "results" else inputs
            for row in rows(number, folder, kind):
                row = {"kind": row["kind"], "number": number} | row
                row = {n: v / 2**20 if n.endswith("_mib") else v for n, v in row.items()}
                recording.keep("history", row, ["kind", "number"])


def inputs(number: int, folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    document = json.loads(resources.packaged_source().read_text())
    if kind == "short":
        document["methods"] = dict(list(document["methods"].items())[:5])
    sources = folder / "inputs"
    sources.mkdir()
    for index in range(number + 1):
        generator = random.Random(index)
        for method in document["methods"].values():
            for run in method["benchmarks"].values():
                run["peak_memory_bytes"] += generator.randrange(100)
        document["peft_version"] = f"0.{index // 100}.0.dev0"
        text = json.dumps(document, indent=2)
        (sources / f"{index:05}.json").write_text(text)
    last = sources / f"{number:05}.json"
    last.rename(folder / "last.json")
    size = sum(path.stat().st_size for path in sources.iterdir())
    yield {"kind": kind, "input_mib": size} | build([sources], folder / "out")
    yield {"kind": f"{kind} again", "input_mib": size} | build(
        [sources, folder / "last.json"], folder / "out"
    )


def result_files(number: int, folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    files = folder / "results"
    methods = sorted(json.loads(resources.packaged_source().read_text())["methods"])
    steps = [
        {"step": step, "valid accuracy": 0.4, "train loss": 1 / step, "train samples": 4 * step}
        | {"train time": 44.9, "eval time": 17.1, "tokens / sec": 4712.8}
        | {"mem allocated avg": 6.9e9, "mem reserved avg": 1.7e10, "elapsed time": step * 0.3}
        for step in range(250, 5001, 250)
    ]
    generator = random.Random(1)
    for index in range(number):
        method = methods[index % len(methods)]
        run = results.result(method, f"{method}/{index}", generator.randrange(1320) / 1319, index)
        run["train_info"]["metrics"] = [*steps, *run["train_info"]["metrics"][2:]]
        run["meta_info"]["pytorch_info"] = "made up, as long as PyTorch's own " * 90
        results.write(files, {f"{index:05}.json": run})
    size = sum(path.stat().st_size for path in files.iterdir())
    source = [resources.packaged_source()]
    yield {"kind": kind, "input_mib": size} | build(source, folder / "out", "--results", files)


def build(sources: list[Path], out: Path, *options: object) -> dict[str, Any]:
    """Builds in a process of its own; gives its time, its peak memory and what it wrote."""
    command = [sys.executable, "-m", "peftshop_db", "build", *sources, "--out", out, *options]
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build failed: {command}")
    return {
        "seconds": time.perf_counter() - start,
        "peak_mib": usage.ru_maxrss * 1024,
        "database_mib": (out / "peftshop.duckdb").stat().st_size,
        "parquet_mib": sum(path.stat().st_size for path in (out / "parquet").rglob("*.parquet")),
    }


if __name__ == "__main__":
    main()
