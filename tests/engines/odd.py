"""A made-up document whose names and texts are what quoting and collation stumble over."""

import random

from tests import documents, results
from tests.documents import Document, accuracy, finding, method, run, similarity

NAMES = (
    "lora",
    "LORA",
    "Lora_2",
    "_LORA",
    "O'BRIEN",
    'SAY "HI"',
    "100%",
    "BACK\\SLASH",
    "SEMI;COLON -- NO COMMENT",
    "a b",
    "a-b",
    "ab",
    "ÄRGER",
    "ärger",
    "ZEBRA",
    "日本",
    "🦆",
    "$1",
    "{{x}}",
    "null",
)
VERSIONS = ("9.9.8 'é%\\'", "9.9.9 'é%\\'")


def document(version: str, seed: int) -> Document:
    """Every name with every measure drawn from few values, so that most are tied or missing."""
    draw = random.Random(seed)
    methods = {}
    for name in NAMES:
        benchmarks = {}
        if draw.random() < 0.8:
            score = draw.choice([None, 0.0, 0.5, 0.5, 660 / 1319, 1.0])
            benchmarks["metamathqa"] = accuracy(
                f"{name}/a", score, draw.choice([None, -0.5, 0.0, 0.3]), **costs(draw)
            )
        if draw.random() < 0.5:
            benchmarks["image-gen"] = similarity(
                f"{name}/i", draw.choice([None, 0.2, 0.7]), draw.choice([None, 0.0]), **costs(draw)
            )
        if draw.random() < 0.3:
            benchmarks["odd 'bench' %"] = run(f"{name}/o", 5, **{"odd \\ score": 3.5})
        supported = draw.choice([True, False, "unknown"])
        features = {
            "merging": finding(supported, "probe", draw.choice([None, "a\nb; c 'd' -- e \\n é"])),
            "quantization_backends": finding(
                draw.choice([[], ["bnb_4bit"], ["back'end %", "bnb_8bit"]]), "file_check"
            ),
            "extras": finding(draw.choice([[], ["rank_pattern", "option 'o' \\"]])),
        }
        methods[name] = method(
            name, benchmarks, features, description=f"{name}:\n\t'quoted'; -- \\ % {{}} $1 é 🦆"
        )
    baselines = {"metamathqa": accuracy("full", 0.5, None)} if seed else {}
    return documents.document(methods, baselines, peft_version=version)


def costs(draw: random.Random) -> Document:
    return {
        "peak_memory_bytes": draw.choice([0, 100, 100, 2**62]),
        "train_time_sec": draw.choice([None, 0.1, 60.0, 60.0]),
        "num_trainable_params": draw.choice([0, 100, 2**53 + 1]),
        "adapter_file_size_bytes": draw.choice([200, 400, 99999999]),
        "num_runs": draw.choice([1, 1, 3]),
    }


def runs(seed: int) -> dict[str, Document]:
    """Raw runs of the same names, some failed, many tied."""
    draw = random.Random(seed)
    return {
        f"runs/{number}.json": results.result(
            name,
            f"{name}/{draw.choice('ab')}",
            draw.choice([None, 0.0, 0.5, 0.5]),
            draw.choice([None, 100, 100, 300]),
            status=draw.choice(["success", "success", "failed"]),
            peft_config={"r": draw.choice([8, 16]), "odd 'key' %": draw.choice(["\\", "é", None])},
        )
        for number, name in enumerate((*NAMES, *NAMES))
    }
