"""Amounts with units, as options take them."""

import re
from typing import Any

import click

BYTES = {
    "": 1,
    "b": 1,
    **{f"{letter}ib": 1024**power for power, letter in enumerate("kmgt", 1)},
    **{f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)},
}
COUNTS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "b": 10**9, "t": 10**12}
SECONDS = {"": 1, "s": 1, "sec": 1, "min": 60, "m": 60, "h": 3600}


class Amount(click.ParamType[float]):
    """A number with a unit, such as 20GiB, 1.5M or 30min; the value is in the basic unit."""

    def __init__(self, name: str, units: dict[str, int]) -> None:
        self.name = name
        self.units = units

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-zA-Z]*)", str(value))
        if not match or match[2].lower() not in self.units:
            units = ", ".join(unit for unit in self.units if unit)
            self.fail(f"{value!r} is not a number with one of the units {units}", param, ctx)
        return float(match[1]) * self.units[match[2].lower()]
