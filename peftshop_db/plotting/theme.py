"""Colours and type of every picture: told apart in grey and by people who are colour-blind."""

from typing import Any

# Each colour that a picture may use, by what it is for; report/style.css has a dark twin of each.
PAPER = "#ffffff"
INK = "#1f2328"
MUTED = "#59636e"
FAINT = "#8c959f"
INTERVAL = "#a8b3bf"
GRID = "#e8ebee"
FRONT = "#0b5cad"
POSSIBLE = "#9ecbf0"
HIGHLIGHT = "#b34700"
INVALID = "#a40e26"
LACK = "#eef1f4"
UNKNOWN = "#f2c14e"

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT_SIZE = 11
SMALL_SIZE = 9.5

CONFIG: dict[str, Any] = {
    "font": FONT,
    "axis": {
        "labelColor": INK,
        "labelFontSize": TEXT_SIZE,
        "titleColor": INK,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": GRID,
        "domainColor": FAINT,
        "tickColor": FAINT,
        "labelLimit": 240,
    },
    "title": {"color": INK, "subtitleColor": MUTED, "anchor": "start", "fontSize": 13},
    "view": {"stroke": None},
    "concat": {"spacing": 28},
}

# widths of Helvetica's glyphs in thousandths of the size, where they are not 556
_WIDTHS = {
    **dict.fromkeys("ABEKPSVXY", 667),
    **dict.fromkeys("CDHNRUwé", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("IJ ijlft.,:;'()[]/!|-", 300),
    **dict.fromkeys("MWmw%@", 920),
}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at most, in pixels, as an estimate that needs no font."""
    units = sum(_WIDTHS.get(letter, 556 if letter.isascii() else 1000) for letter in text)
    return units * size / 1000 * (1.08 if bold else 1)
