"""Made-up raw result files, laid out as upstream's benchmark suite writes them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MODELS = {
    "metamathqa": "meta-llama/Llama-3.2-3B",
    "image-gen": "black-forest-labs/FLUX.2-klein-base-4B",
}
METRICS = {
    "metamathqa": ("accuracy", "forgetting"),
    "image-gen": ("dino_similarity", "drift"),
}
NAN = float("nan")
Document = dict[str, Any]


def result(
    method: str | None,
    name: str,
    score: float | None,
    memory: int | None = 1000,
    *,
    benchmark: str = "metamathqa",
    forgetting: float | None = 0.1,
    status: str = "success",
    peft_config: Document | None = None,
    train_config: Document | None = None,
    **train_info: Any,
) -> Document:
    """A run that reports validation twice and the test at its end."""
    metric, second = METRICS.get(benchmark, ("quality", "loss"))
    return {
        "run_info": {
            "created_at": "2026-07-14T13:26:19+00:00",
            "total_time": 70.5,
            "experiment_name": name,
            "peft_branch": "main",
            "train_config": {
                "model_id": MODELS.get(benchmark, benchmark),
                "max_steps": 20,
                "optimizer_kwargs": {"lr": 0.0001, "weight_decay": 0.1},
                "lr_scheduler": None,
            }
            | (train_config or {}),
            "peft_config": method
            and {
                "task_type": None,
                "peft_type": method,
                "peft_version": "9.9.9@UNKNOWN",
                "target_modules": ["v_proj", "q_proj"],
                "rank_pattern": {},
            }
            | (peft_config or {}),
            "error_msg": "" if status == "success" else "RuntimeError: made up",
        },
        "train_info": {
            "accelerator_memory_max": memory,
            "train_time": 60.0,
            "file_size": 400,
            "num_trainable_params": 100,
            "num_total_params": 3000,
            "status": status,
            "metrics": [
                {"step": 10, f"valid {metric}": 0.1, "train loss": 1.5, "elapsed time": 30.0},
                {"step": 20, f"valid {metric}": 0.2, "train loss": 1.0, "elapsed time": 55.5},
                {"step": 20, f"test {metric}": score, second: forgetting, "train loss": 1.0},
            ],
        }
        | train_info,
        "meta_info": {
            "model_info": {"sha": "13afe512"},
            "package_info": {"peft-version": "9.9.9", "peft-commit-hash": "d787f51b"},
            "system_info": {"system": "Linux", "accelerator": "Made-up 1"},
            "pytorch_info": "PyTorch built with:\n  - made up",
        },
    }


def small() -> dict[str, Document]:
    """The runs behind `documents.small()`, and what its best runs hide.

    MIDDLE has three settings on metamathqa, of which the cheap one belongs on the front and the
    best doesn't show it; it pushes CHEAP's best run off. BEST's file says another forgetting than
    the source. UNSIZED's drift is NaN. WORSE failed, EQUAL was cancelled and tried again.
    """
    return {
        "MetaMathQA/best--a.json": result("BEST", "best/a", 0.9, 900, forgetting=0.7),
        "MetaMathQA/broken.json": result(
            "WORSE", "worse/b", None, None, status="failed", metrics=[], train_time=None
        ),
        "MetaMathQA/canceled.json": result(
            "EQUAL", "equal/a", 0.5, 50, status="canceled", file_size=99999999
        ),
        "MetaMathQA/cheap--a.json": result("CHEAP", "cheap/a", 0.2, 100, forgetting=-0.5),
        "MetaMathQA/equal--a.json": result("EQUAL", "equal/a", 0.5, 500, forgetting=0.2),
        "MetaMathQA/equal--b.json": result(
            "EQUAL",
            "equal/b",
            0.5,
            500,
            peft_config={"target_modules": ["q_proj", "v_proj"], "rank_pattern": {"a.b": [1, 2]}},
        ),
        "MetaMathQA/full.json": result(None, "full/a", 0.45, 0, forgetting=0.4),
        "MetaMathQA/middle--a.json": result("MIDDLE", "middle/a", 0.5, 300, forgetting=0.3),
        "MetaMathQA/middle--b.json": result(
            "MIDDLE", "middle/b", 0.4, 90, train_config={"optimizer_kwargs": {"lr": 0.001}}
        ),
        "MetaMathQA/middle--c.json": result("MIDDLE", "middle/c", -0.0, 100, file_size=99999999),
        "MetaMathQA/new.json": result("NEWER", "new/a", 0.1, 80, peft_config={"new é": "ü\u0007"}),
        "image-gen/cheap--i.json": result(
            "CHEAP", "cheap/i", 0.5, 100, benchmark="image-gen", forgetting=0.0
        ),
        "image-gen/unsized--i.json": result(
            "UNSIZED", "unsized/i", 0.0, benchmark="image-gen", forgetting=NAN
        ),
        "other/unknown.json": result("BEST", "best/o", 0.5, benchmark="somebody/else"),
    }


def write(folder: Path, documents: Mapping[str, Document]) -> None:
    """Writes result files, with the bare NaN that upstream writes."""
    for name, document in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(document, indent=2), encoding="utf-8")
