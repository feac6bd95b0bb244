"""The labels of points, placed so that none covers a point, a line or another label."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peftshop_db.plotting import theme
from peftshop_db.plotting.figure import Spec

Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels
Segment = tuple[float, float, float, float]  # from x, y to x, y, in pixels

_GAP = 8.0
_REACH = (0.0, 6.0, 14.0, 24.0, 36.0, 50.0, 66.0, 84.0, 104.0, 126.0, 150.0)
# right, left, above, below, and between them; in the order of liking
_DIRECTIONS = (
    *((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)),
    *((-1, -0.5), (-0.5, -1), (1, 0.5), (0.5, 1), (1, -0.5), (0.5, -1), (-1, 0.5), (-0.5, 1)),
)
_MARK = 7.0  # what a point covers of the line to its label


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
    """A label's anchor, whether it is aligned left, right or center there, its box, and the line to
    it from its point, if it had to move."""

    x: float
    y: float
    align: str
    box: Box
    leader: Segment | None


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
    labels: Iterable[Label],
    obstacles: Iterable[Box],
    lines: Iterable[Box],
    width: float,
    height: float,
) -> list[Spec]:
    """The labels that find a place, with lines to those that had to move, as Vega-Lite's layers.

    Args:
        labels: what is to be placed.
        obstacles: what neither a label nor the line to it may cover.
        lines: what a label may not cover, and the line to it may cross.
        width: of the area that labels must stay within.
        height: of that area.
    """
    ordered = sorted(labels, key=lambda label: (label.rank, label.y))
    wanted = [label.wanted() for label in ordered]
    placed = place(wanted, obstacles, width, height, lines)
    found = [(label, spot) for label, spot in zip(ordered, placed, strict=True) if spot]
    leaders = [line(spot.leader) for _, spot in found if spot.leader]
    texts = [text(label, spot.x, spot.y, spot.align) for label, spot in found]
    return [*leaders, *itertools.chain(*texts)]


def text(label: Label, x: float, y: float, align: str) -> list[Spec]:
    """A label's text at a place, as layers: on a rim of paper, which sets it off from lines."""
    mark = {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "fontSize": label.size,
        "fontWeight": "bold" if label.bold else "normal",
    }
    rim = {"color": theme.PAPER, "stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    return [
        {
            "data": {"values": [{"text": label.text}]},
            "mark": mark | look,
            "encoding": {
                "x": {"value": round(x, 2)},
                "y": {"value": round(y, 2)},
                "text": {"field": "text"},
            },
        }
        for look in (rim, {"color": label.color})
    ]


def line(ends: Segment) -> Spec:
    """A thin line from a point to its label, as a layer."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": theme.FAINT, "strokeWidth": 0.8},
        "encoding": {
            name: {"value": round(value, 2)}
            for name, value in zip(("x", "y", "x2", "y2"), ends, strict=True)
        },
    }


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
    wanted: Sequence[Wanted],
    obstacles: Iterable[Box],
    width: float,
    height: float,
    lines: Iterable[Box] = (),
) -> list[Placed | None]:
    """Places labels one after the other, each at the first free place; None where there is none.

    A place to which the line from the point crosses an obstacle or a label comes last.

    Args:
        wanted: the labels, the most important first.
        obstacles: what no label may cover, and no line to it if that can be.
        width: of the area that labels must stay within.
        height: of that area.
        lines: what no label may cover.
    """
    solid = list(obstacles)
    thin = list(lines)
    leaders: list[Segment] = []
    placed: list[Placed | None] = []
    for label in wanted:
        free = [
            place
            for place in _candidates(label)
            if _within(place.box, width, height)
            and not any(overlap(place.box, box) for box in (*solid, *thin))
            and not any(crosses(leader, place.box) for leader in leaders)
        ]
        clear = (place for place in free if not _is_blocked(place.leader, solid))
        found = next(clear, free[0] if free else None)
        placed.append(found)
        if found:
            solid.append(found.box)
            leaders += [found.leader] if found.leader else []
    return placed


def _is_blocked(leader: Segment | None, boxes: Iterable[Box]) -> bool:
    """Whether a line, past the mark of its point, crosses one of the boxes."""
    if leader is None:
        return False
    x, y, to_x, to_y = leader
    share = min(_MARK / max(math.hypot(to_x - x, to_y - y), _MARK), 1)
    rest = (x + (to_x - x) * share, y + (to_y - y) * share, to_x, to_y)
    return any(crosses(rest, box) for box in boxes)


def crosses(segment: Segment, box: Box) -> bool:
    """Whether a line goes through the inside of a box: Liang and Barsky's clipping, 1984."""
    x, y, to_x, to_y = segment
    first, last = 0.0, 1.0
    for start, step, low, high in ((x, to_x - x, box[0], box[2]), (y, to_y - y, box[1], box[3])):
        if step == 0:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
    return first < last


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
            align = "left" if right > 0 else "right" if right < 0 else "center"
            left = x - label.width * {"left": 0.0, "right": 1.0, "center": 0.5}[align]
            box = (left, y - label.height / 2, left + label.width, y + label.height / 2)
            end = (min(max(label.x, box[0]), box[2]), min(max(label.y, box[1] + 2), box[3] - 2))
            yield Placed(x, y, align, box, (label.x, label.y, *end) if reach else None)


def _within(box: Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
