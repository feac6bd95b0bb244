"""How lines and their points look, and what each look says."""

from dataclasses import dataclass

from peftshop_db.plotting import theme
from peftshop_db.plotting.figure import Spec
from peftshop_db.plotting.measures import BASELINE

# how each line, point or sign is drawn, by what it says; the later on top of the earlier
STILL, MOVED, RUN, BEST = "still", "moved", "run", "best run"
CHOSEN, NEW, OTHER_RUN, INVALID = "highlighted", "new", "other run", "invalid"
LOOKS: dict[str, Spec] = {
    STILL: {"color": theme.INTERVAL, "strokeWidth": 1.2},
    RUN: {"color": theme.INTERVAL, "strokeWidth": 1.2},
    MOVED: {"color": theme.FRONT, "strokeWidth": 1.5},
    BEST: {"color": theme.FRONT, "strokeWidth": 1.8},
    BASELINE: {"color": theme.INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
    CHOSEN: {"color": theme.HIGHLIGHT, "strokeWidth": 2.4},
}
MEANING = {
    MOVED: "moved by more than 1%",
    STILL: "as before",
    NEW: "new",
    OTHER_RUN: "another setting became the best run",
    RUN: "a run",
    BEST: "best test score",
    BASELINE: BASELINE,
    CHOSEN: "highlighted",
    INVALID: "invalid: not to be used, and not drawn",
}
NOISE_MEANING = {MOVED: "moved by more than 1%, a score by more than the noise of training"}
# runs that are few enough to be told apart
APART: list[Spec] = [
    {"color": color, "strokeWidth": 1.5} | dash
    for dash in ({}, {"strokeDash": [6, 3]}, {"strokeDash": [2, 3]})
    for color in (theme.FRONT, theme.MUTED)
]
POINT: Spec = {"type": "point", "opacity": 1, "size": 34, "strokeWidth": 1.3}
SHAPES: dict[str, Spec] = {
    NEW: {"shape": "triangle-up", "size": 52},
    OTHER_RUN: {"shape": "diamond", "size": 74},
}
BAND: Spec = {"color": theme.INVALID, "opacity": 0.07}


@dataclass(frozen=True)
class Point:
    """A number of a line at a version or step, and what there is to say of it."""

    at: int
    value: float
    line: str
    method: str
    run: str | None
    number: str
    is_valid: bool
    is_other_run: bool
    exceeds_noise: bool | None
    is_best: bool


def described(look: str) -> str:
    """What tells in a panel's text that it has a mark of this look."""
    return str({"description": look})[1:-1]


def sign(look: str) -> Spec:
    """The mark that stands for a look in the key."""
    if look in SHAPES:
        return POINT | SHAPES[look] | {"fill": theme.FRONT, "stroke": theme.PAPER}
    if look == INVALID:
        return {"type": "square", "size": 150} | BAND | {"opacity": 0.2}
    line = {"type": "point", "shape": "stroke", "size": 200, "opacity": 1}
    kept = {name: LOOKS[look][name] for name in LOOKS[look] if name != "color"}
    return line | kept | {"stroke": LOOKS[look]["color"]}
