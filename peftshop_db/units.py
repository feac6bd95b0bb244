"""Values as people read them."""

from collections.abc import Sequence

from peftshop_db.text import visible

UNITS = ("bytes", "parameters", "seconds")  # for which people use others


def humanize(value: object, unit: str = "") -> str:
    """A value as people read it: bytes in GiB, counts of parameters in M, seconds in minutes."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _humanize_number(value, unit)
    return visible(str(value))


def _humanize_number(value: int | float, unit: str) -> str:
    if unit == "bytes":
        return _scale(value, 1024, ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"))
    if unit == "parameters":
        return _scale(value, 1000, ("", "k", "M", "G", "T", "P", "E"))
    if unit == "seconds":
        return f"{value / 60:.1f} min"
    if isinstance(value, int):
        return f"{value:,}"
    if 0 < abs(value) < 0.001:
        return f"{value:.2g}"  # four decimals would make it nothing
    return f"{value:,.4f}" if abs(value) < 1000 else f"{value:,.1f}"


def _scale(value: float, step: int, units: Sequence[str]) -> str:
    if abs(value) < step:
        return f"{value:.0f} {units[0]}".strip()
    for unit in units[1:-1]:
        value /= step
        if abs(value) < step * 0.99995:
            return f"{value:.2f} {unit}"
    return f"{value / step:.2f} {units[-1]}"
