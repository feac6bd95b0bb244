"""Where the labels of points go, so that none covers a point, a line or another label."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
