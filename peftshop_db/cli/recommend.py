"""The command `recommend`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peftshop_db.cli import options
from peftshop_db.cli.amount import BYTES, COUNTS, SECONDS, Amount
from peftshop_db.cli.output import choose_format, show


def _needs(
    option: str, help_text: str, complete: options.Completer
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        option, multiple=True, metavar="NAME", help=help_text, shell_complete=complete
    )


@click.command()
@click.option(
    "--benchmark",
    default="metamathqa",
    show_default=True,
    metavar="NAME",
    shell_complete=options.complete_benchmark,
    help="Whose scores and costs count.",
)
@click.option(
    "--best",
    "objective",
    default="score",
    show_default=True,
    metavar="MEASURE",
    help="Rank by score, forgetting or a cost's column.",
)
@_needs("--can", "A capability that it must have; repeatable.", options.complete_capability)
@_needs("--backend", "A quantization backend it must train on.", options.complete_backend)
@_needs("--layer", "A layer type that it must adapt.", options.complete_layer_type)
@click.option(
    "--category",
    multiple=True,
    type=click.Choice(("adapter", "prompt_learning", "other")),
    help="A category that it may be of; repeatable.",
)
@click.option("--max-memory", type=Amount("SIZE", BYTES), help="Peak memory, such as 22GiB.")
@click.option("--max-params", type=Amount("COUNT", COUNTS), help="Trainable parameters, as 10M.")
@click.option("--max-size", type=Amount("SIZE", BYTES), help="Adapter file size, such as 50MiB.")
@click.option("--max-time", type=Amount("TIME", SECONDS), help="Training time, such as 20min.")
@click.option("--all", "show_all", is_flag=True, help="Also methods left out, with the reason.")
@options.results
def recommend(
    benchmark: str,
    objective: str,
    can: tuple[str, ...],
    backend: tuple[str, ...],
    layer: tuple[str, ...],
    category: tuple[str, ...],
    max_memory: float | None,
    max_params: float | None,
    max_size: float | None,
    max_time: float | None,
    show_all: bool,
    format_name: str | None,
    output: Path | None,
    db: str | None,
) -> None:
    """Pick methods that meet requirements and budgets.

    All requirements are hard; what meets them is ranked by one objective.

    \b
    Examples:
      peftshop-db recommend --can merging --backend bnb_4bit --max-memory 22GiB
      peftshop-db recommend --best peak_memory_bytes --layer Conv2d --benchmark image-gen
      peftshop-db recommend --can hotswapping --all
    """
    from peftshop_db import dataset, recommendation
    from peftshop_db.selection import Result

    wish = recommendation.Wish(
        on_benchmark=benchmark,
        objective=recommendation.check_objective(objective),
        capabilities=can,
        backends=backend,
        layer_types=layer,
        categories=category,
        max_memory_bytes=max_memory,
        max_params=max_params,
        max_size_bytes=max_size,
        max_time_sec=max_time,
    )
    with dataset.connect(dataset.locate(db), sealed=True) as connection:
        wish = recommendation.as_spelled(connection, wish)
        result = recommendation.recommend(connection, wish)
        caption = recommendation.summarize(connection, wish, result, show_all)
    if not show_all:
        shown = [row for row in result.rows if row[0] is not None]
        keep = [i for i, c in enumerate(result.columns) if c.name not in ("status", "reasons")]
        result = Result(
            [result.columns[i] for i in keep], [tuple(row[i] for i in keep) for row in shown]
        )
    show(result, choose_format(format_name, output), output, caption)
