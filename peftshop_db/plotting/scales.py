"""Axes: from values in a measure's unit to pixels, with ticks in units that people use."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# a measure that spans this factor is drawn on a logarithmic scale
_DECADES = 100
_BYTES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


@dataclass(frozen=True)
class Scale:
    """A linear or logarithmic axis.

    Attributes:
        field: the column that it shows.
        title: what it says beside the axis, the unit in brackets.
        domain: its ends, in the column's unit.
        is_log: whether it is logarithmic.
        length: its length in pixels.
        values: its ticks, in the column's unit.
        label: the Vega expression of a tick's label.
    """

    field: str
    title: str
    domain: tuple[float, float]
    is_log: bool
    length: float
    values: Sequence[float]
    label: str

    def position(self, value: float) -> float:
        """Pixels from the domain's lower end."""
        low, high = self.domain
        if self.is_log:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return (value - low) / (high - low) * self.length

    def channel(self, **axis: Any) -> dict[str, Any]:
        """The axis as an encoding channel of Vega-Lite."""
        ticks = {"values": list(self.values), "labelExpr": self.label, "title": self.title}
        return {
            "field": self.field,
            "type": "quantitative",
            "scale": {
                "type": "log" if self.is_log else "linear",
                "domain": list(self.domain),
                "nice": False,
            }
            | ({} if self.is_log else {"zero": False}),
            "axis": ticks | axis,
        }


def choose(
    field: str,
    title: str,
    unit: str,
    values: Sequence[float],
    length: float,
    *,
    padding: tuple[float, float] = (0.06, 0.06),
    centre: float | None = None,
    linear: bool = False,
    ticks: int = 6,
) -> Scale:
    """An axis that holds all values, logarithmic where they span decades.

    Args:
        field: the column.
        title: its name for people.
        unit: the column's unit, such as bytes.
        values: what it must hold; none may be missing.
        length: in pixels.
        padding: room at the lower and the upper end, as a share of what the values span.
        centre: a value that the axis holds as well, such as 0 of differences.
        linear: whether it is linear in any case.
        ticks: about how many ticks there are.
    """
    held = [value for value in [*values, centre] if value is not None]
    low, high = min(held), max(held)
    is_log = not linear and low > 0 and high / low >= _DECADES
    factor, name, label = _display(unit, held)
    low, high = low / factor, high / factor
    if is_log:
        span = math.log10(high / low)
        domain = (low / 10 ** (span * padding[0]), high * 10 ** (span * padding[1]))
        marks = _log_ticks(*domain, ticks)
    else:
        span = high - low or abs(high) or 1
        domain = (low - span * padding[0], high + span * padding[1])
        marks = [mark for mark in _linear_ticks(*domain, ticks) if mark >= min(low, 0)]
    return Scale(
        field,
        f"{title} ({name})" if name else title,
        (domain[0] * factor, domain[1] * factor),
        is_log,
        length,
        [mark * factor for mark in marks],
        label,
    )


def _display(unit: str, values: Sequence[float]) -> tuple[float, str, str]:
    """How many of the unit make one of what is shown, its name, and the expression of a label."""
    middle = sorted(map(abs, values))[len(values) // 2]
    if unit == "bytes":
        power = min(int(math.log(max(middle, 1), 1024)), len(_BYTES) - 1)
        factor = float(1024**power)
        return factor, _BYTES[power], f"format(datum.value / {factor:.0f}, ',~r')"
    if unit == "seconds":
        return 60.0, "min", "format(datum.value / 60, ',~r')"
    if unit == "parameters":
        return 1.0, "", "format(datum.value, '~s')"
    form = "0 < abs(datum.value) && abs(datum.value) < 0.001 ? '~e' : ',~r'"
    name = "" if unit in ("fraction", "ratio", "stars") else unit
    return 1.0, name, f"format(datum.value, {form})"


def _log_ticks(low: float, high: float, count: int) -> list[float]:
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    step = max(1, math.ceil((last - first + 1) / (count + 1)))
    return [float(f"1e{power}") for power in range(first, last + 1, step)]


def _linear_ticks(low: float, high: float, count: int) -> list[float]:
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]
