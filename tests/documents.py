"""Made-up input documents, small enough to reason about."""

from typing import Any

LAYERS = ("Linear", "Embedding", "Conv1d", "Conv2d", "Conv3d", "LayerNorm")
CAPABILITIES = (
    "multiple_adapters",
    "mixed_adapter_batches",
    "merging",
    "peft_mixed_model",
    "lora_conversion",
    "add_weighted_adapter",
    "hotswapping",
)
Document = dict[str, Any]


def finding(value: Any, source: str = "introspection", note: str | None = None) -> Document:
    return {"value": value, "source": source} | ({"note": note} if note else {})


def run(name: str, memory: int | None = 1000, **others: Any) -> Document:
    """A run; `others` override its fields, spaces and all."""
    return {
        "experiment_name": name,
        "peak_memory_bytes": memory,
        "train_time_sec": 60.0,
        "num_trainable_params": 100,
        "adapter_file_size_bytes": 400,
        "num_runs": 1,
    } | others


def accuracy(
    name: str, score: float | None, forgetting: float | None = 0.1, **others: Any
) -> Document:
    return run(name, **{"test accuracy": score, "forgetting": forgetting} | others)


def similarity(
    name: str, score: float | None, drift: float | None = 0.1, **others: Any
) -> Document:
    return run(name, **{"test dino_similarity": score, "drift": drift} | others)


def method(
    name: str,
    benchmarks: Document | None = None,
    features: Document | None = None,
    **others: Any,
) -> Document:
    """A method that adapts Linear layers, trains on bnb_4bit and merges, but for `features`."""
    return {
        "config_class": f"{name.title()}Config",
        "model_class": f"{name.title()}Model",
        "features": {
            "category": finding("adapter"),
            "target_layer_types": finding({layer: layer == "Linear" for layer in LAYERS}, "probe"),
            "quantization_backends": finding(["bnb_4bit"], "file_check"),
            **{name: finding(name == "merging") for name in CAPABILITIES},
            "auxiliary_modules": finding(
                {"modules_to_save": True, "trainable_token_indices": False}
            ),
            "extras": finding(["rank_pattern"]),
            "paper_url": finding(None, "file_check", "no paper link"),
        }
        | (features or {}),
        "description": f"{name} is made up.",
        "docs_url": f"https://example.org/docs/{name.lower()}",
        "paper_url": None,
        "benchmarks": benchmarks or {},
    } | others


def document(methods: Document, baselines: Document | None = None, **others: Any) -> Document:
    return {
        "schema_version": 1,
        "peft_version": "9.9.9",
        "baselines": baselines or {},
        "methods": methods,
    } | others


def small() -> Document:
    """Ties, NULLs, an absent baseline, unknown and not-applicable findings, names that the registry
    doesn't know, and a benchmark that only two methods have.

    On metamathqa, by score and memory: CHEAP (0.2 at 100) and its twin TWIN (the same point),
    MIDDLE (0.5 at 300), which dominates WORSE (0.4 at 300) and EQUAL (0.5 at 500), and BEST (0.9 at
    900); UNSCORED has no score.
    """
    probe_failed = finding("unknown", "error", "RuntimeError: made up")
    return document(
        {
            "CHEAP": method(
                "CHEAP",
                {
                    "metamathqa": accuracy("cheap/a", 0.2, -0.5, peak_memory_bytes=100),
                    "image-gen": similarity("cheap/i", 0.5, 0.0, peak_memory_bytes=100),
                },
            ),
            "TWIN": method(
                "TWIN", {"metamathqa": accuracy("twin/a", 0.2, -0.5, peak_memory_bytes=100)}
            ),
            "MIDDLE": method(
                "MIDDLE",
                {
                    "metamathqa": accuracy("middle/a", 0.5, 0.3, peak_memory_bytes=300, num_runs=7),
                    "image-gen": similarity("middle/i", 0.7, None, peak_memory_bytes=90),
                    "new bench": run("middle/n", 5, **{"new score": 3.5}),
                },
                {"quantization_backends": finding([], "file_check")},
            ),
            "WORSE": method(
                "WORSE",
                {"metamathqa": accuracy("worse/a", 0.4, 0.3, peak_memory_bytes=300)},
                {"quantization_backends": finding(["bnb_4bit", "new_backend"], "file_check")},
            ),
            "EQUAL": method(
                "EQUAL",
                {"metamathqa": accuracy("equal/a", 0.5, 0.2, peak_memory_bytes=500, num_runs=2)},
                {
                    "target_layer_types": finding("not_applicable"),
                    "quantization_backends": finding("not_applicable"),
                    "category": finding("prompt_learning"),
                    "lora_conversion": finding("not_applicable"),
                },
            ),
            "BEST": method(
                "BEST",
                {
                    "metamathqa": accuracy(
                        "best/a",
                        0.9,
                        0.6,
                        peak_memory_bytes=900,
                        train_time_sec=600.5,
                        num_trainable_params=1_000_000,
                        adapter_file_size_bytes=4_000_000,
                    ),
                    "new bench": run("best/n", 7, **{"new score": None}),
                },
                {
                    **{name: finding(True, "probe") for name in CAPABILITIES},
                    "target_layer_types": finding(
                        dict.fromkeys((*LAYERS, "NewLayer"), True), "probe", "made up"
                    ),
                    "extras": finding(["rank_pattern", "use_dora"]),
                    "new_feature": finding("new"),
                },
            ),
            "UNSCORED": method(
                "UNSCORED",
                {"metamathqa": accuracy("unscored/a", None, None)},
                {
                    "category": probe_failed,
                    "target_layer_types": finding("unknown", "probe", "probing disabled"),
                    "quantization_backends": probe_failed,
                    "merging": finding("unknown", "probe", "made up"),
                    "auxiliary_modules": probe_failed,
                    "extras": probe_failed,
                },
                model_class=None,
            ),
            "UNSIZED": method(
                "UNSIZED",
                {"image-gen": similarity("unsized/i", 0.0, 1.0, train_time_sec=None)},
                {"auxiliary_modules": finding({"modules_to_save": False})},
            ),
            "UNTESTED": method("UNTESTED"),
        },
        {
            "metamathqa": accuracy("full/a", 0.45, 0.4, peak_memory_bytes=0, num_runs=1),
            "image-gen": None,
        },
    )


def past() -> list[Document]:
    """Two older versions of `small()`, of which the first's forgetting is invalid.

    Before 0.20, GONE was there and BEST was not, MIDDLE's best run was another, CHEAP could be
    hot-swapped, TWIN's merging was unknown, WORSE had no known backend, and a benchmark had a
    baseline that it lost.
    """
    first, second = small(), small()
    methods = first["methods"]
    del methods["BEST"]
    methods["GONE"] = method("GONE", {"metamathqa": accuracy("gone/a", 0.3)})
    methods["MIDDLE"]["benchmarks"]["metamathqa"] |= {
        "experiment_name": "middle/z",
        "test accuracy": 0.45,
        "forgetting": 1.3,
    }
    methods["CHEAP"]["features"]["hotswapping"] = finding(True)
    methods["TWIN"]["features"]["merging"] = finding("unknown", "probe")
    methods["WORSE"]["features"]["quantization_backends"] = finding([], "file_check")
    methods["EQUAL"]["description"] = "EQUAL was made up."
    methods["EQUAL"]["paper_url"] = "https://example.org/paper"
    first["baselines"]["image-gen"] = similarity("full/i", 0.5)
    second["methods"]["CHEAP"]["benchmarks"]["metamathqa"]["peak_memory_bytes"] = 101
    second["methods"]["TWIN"]["benchmarks"]["metamathqa"]["train_time_sec"] = None
    second["methods"]["WORSE"]["benchmarks"]["metamathqa"]["forgetting"] = 0.0
    return [first | {"peft_version": "0.19.1"}, second | {"peft_version": "9.9.8"}]
