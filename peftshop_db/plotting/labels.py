"""The labels of points, placed so that none covers a point, a line or another label."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peftshop_db.plotting import theme
from peftshop_db.plotting.figure import Spec

Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels

_GAP = 8.0
_REACH = (0.0, 6.0, 14.0, 24.0, 36.0, 50.0, 66.0, 84.0)
# right, left, above, below, and between them; in the order of liking
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


@dataclass(frozen=True)
class Wanted:
    """A label for the point at x, y: its width and height, and whether it may be moved away from
    its point (with a line to it) rather than left out."""

    x: float
    y: float
    width: float
    height: float
    may_move: bool


@dataclass(frozen=True)
class Placed:
    """A label's anchor, whether it is aligned left, right or center there, and its box."""

    x: float
    y: float
    align: str
    box: Box
    is_moved: bool


@dataclass(frozen=True)
class Label:
    """A text for the point at x, y, in pixels from the panel's upper left corner.

    Attributes:
        rank: the lower, the earlier it chooses its place.
        may_move: as of `Wanted`.
    """

    text: str
    x: float
    y: float
    rank: int
    color: str = theme.INK
    size: float = theme.TEXT_SIZE
    bold: bool = False
    may_move: bool = True

    def wanted(self) -> Wanted:
        width = theme.text_width(self.text, self.size, self.bold) + 3
        return Wanted(self.x, self.y, width, self.size + 3, self.may_move)


def layers(
    labels: Iterable[Label], obstacles: Iterable[Box], width: float, height: float
) -> list[Spec]:
    """The labels that find a place, with lines to those that had to move, as Vega-Lite's layers."""
    ordered = sorted(labels, key=lambda label: (label.rank, label.y))
    wanted = [label.wanted() for label in ordered]
    drawn: list[Spec] = []
    for label, found in zip(ordered, place(wanted, obstacles, width, height), strict=True):
        if found is None:
            continue
        if found.is_moved:
            drawn.insert(0, _leader(label, found))
        drawn.append(text(label, found.x, found.y, found.align))
    return drawn


def text(label: Label, x: float, y: float, align: str) -> Spec:
    """A label's text at a place, as a layer."""
    return {
        "data": {"values": [{"text": label.text}]},
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "middle",
            "fontSize": label.size,
            "fontWeight": "bold" if label.bold else "normal",
            "color": label.color,
        },
        "encoding": {
            "x": {"value": round(x, 2)},
            "y": {"value": round(y, 2)},
            "text": {"field": "text"},
        },
    }


def line(start: tuple[float, float], end: tuple[float, float]) -> Spec:
    """A thin line from a point to its label, as a layer."""
    ends = {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]}
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": theme.FAINT, "strokeWidth": 0.8},
        "encoding": {name: {"value": round(value, 2)} for name, value in ends.items()},
    }


def _leader(label: Label, place: Placed) -> Spec:
    left, top, right, bottom = place.box
    end = (min(max(label.x, left), right), min(max(label.y, top + 2), bottom - 2))
    return line((label.x, label.y), end)


def spread(positions: Sequence[float], gap: float, length: float) -> list[float]:
    """Positions in their order, moved as little as that leaves a gap between any two.

    Args:
        positions: in ascending order.
        gap: the least distance of neighbours.
        length: none is larger, as far as there is room.
    """
    # neighbours that touch move as one block, whose mean stays: isotonic regression, pooled
    blocks: list[tuple[float, int]] = []  # mean of (position - place in the order * gap), count
    for i, position in enumerate(positions):
        mean, count = position - i * gap, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        blocks.append((mean, count))
    highest = length - (len(positions) - 1) * gap
    means = [min(max(mean, 0.0), highest) for mean, count in blocks for _ in range(count)]
    return [mean + i * gap for i, mean in enumerate(means)]


def place(
    wanted: Sequence[Wanted], obstacles: Iterable[Box], width: float, height: float
) -> list[Placed | None]:
    """Places labels one after the other, each at the first free place; None where there is none.

    Args:
        wanted: the labels, the most important first.
        obstacles: what no label may cover.
        width: of the area that labels must stay within.
        height: of that area.
    """
    taken = list(obstacles)
    placed: list[Placed | None] = []
    for label in wanted:
        found = next(
            (
                place
                for place in _candidates(label)
                if _within(place.box, width, height)
                and not any(overlap(place.box, box) for box in taken)
            ),
            None,
        )
        placed.append(found)
        if found:
            taken.append(found.box)
    return placed


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _candidates(label: Wanted) -> Iterable[Placed]:
    for reach in _REACH if label.may_move else _REACH[:1]:
        for right, down in _DIRECTIONS:
            gap = _GAP + reach
            if right and down:
                gap *= 0.75
            x, y = label.x + right * gap, label.y + down * (gap + label.height / 2)
            align = {1: "left", -1: "right", 0: "center"}[right]
            left = x - {1: 0.0, -1: label.width, 0: label.width / 2}[right]
            box = (left, y - label.height / 2, left + label.width, y + label.height / 2)
            yield Placed(x, y, align, box, reach > 0)


def _within(box: Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
