"""README.md of a folder of Parquet files: Hugging Face's dataset card."""

from collections.abc import Container

from peftshop_db import metadata
from peftshop_db.formats import markdown_row
from peftshop_db.metadata import Catalog, Relation

FILE_NAME = "README.md"


def describe(catalog: Catalog, empty: Container[str] = ()) -> str:
    """The card, as https://huggingface.co/docs/hub/datasets-cards describes it.

    Args:
        catalog: what is known of the relations, each of which becomes a configuration.
        empty: the names of those without rows, which the library datasets can't load.
    """
    relations = list(catalog.relations.values())
    filled = [relation for relation in relations if relation.name not in empty]
    example = "leaderboard" if "leaderboard" in catalog.relations else relations[0].name
    lines = [
        "---",
        f"license: {metadata.LICENCE.lower()}",
        f'pretty_name: "{metadata.TITLE}"',
        "language:",
        "- en",
        "tags:",
        *(f"- {word}" for word in metadata.KEYWORDS),
        "configs:",
        *(line for relation in filled for line in _config(relation)),
        "---",
        "",
        f"# {metadata.TITLE}",
        "",
        catalog.description,
        "",
        "```python",
        "from datasets import load_dataset",
        "",
        f'rows = load_dataset("path/of/this/folder", "{example}", split="train")',
        "```",
        "",
        "Each file's fields carry their description and unit. datapackage.json and croissant.json "
        "describe all files, with hashes, for tools that read the Data Package or Croissant.",
    ]
    for kind, title in (("table", "Tables"), ("view", "Views")):
        lines += _section(title, [item for item in relations if item.kind == kind])
    lines += [
        "",
        "## Source and licence",
        "",
        f"The data are {metadata.UPSTREAM}'s, from [huggingface/peft]({metadata.SOURCE_URL}), "
        f"including the descriptions of the methods, under the "
        f"[{metadata.LICENCE_TITLE}]({metadata.LICENCE_URL}); so is this arrangement of them. "
        "Values that are known to be wrong were replaced; `corrections` lists them with the "
        "values that upstream wrote, and `caveats` says what to know before using a number.",
    ]
    return "\n".join(lines) + "\n"


def _config(relation: Relation) -> list[str]:
    default = ["  default: true"] if relation.name == "benchmarks" else []
    head = [f"- config_name: {relation.flat_name}", f"  data_files: {relation.parquet_path}"]
    return head + default


def _section(title: str, relations: list[Relation]) -> list[str]:
    if not relations:
        return []
    head = {"Tables": "one row is", "Views": "question"}[title]
    rows = [markdown_row(f"`{relation.flat_name}`", relation.title) for relation in relations]
    return ["", f"## {title}", "", markdown_row("name", head), "|---|---|", *rows]
