"""From a Vega-Lite specification to a file, by vl-convert: offline, without a browser."""

import json
from collections.abc import Callable
from typing import Any

from peftshop_db.errors import UsageError
from peftshop_db.plotting.figure import Spec

_VERSION = "6.1"
_SCALE = 2.0  # pixels of a PNG for each of the picture


def to_json(spec: Spec) -> bytes:
    """The specification itself, for Vega-Lite's own editor and other tools."""
    return (json.dumps(spec, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def to_svg(spec: Spec) -> bytes:
    svg: str = _vl_convert().vegalite_to_svg(_text(spec), vl_version=_VERSION)
    return svg.encode()


def to_png(spec: Spec) -> bytes:
    png: bytes = _vl_convert().vegalite_to_png(_text(spec), vl_version=_VERSION, scale=_SCALE)
    return png


def to_html(spec: Spec) -> bytes:
    """A page that holds all it needs, in which pointing at a mark tells its numbers."""
    page: str = _vl_convert().vegalite_to_html(
        _text(spec), vl_version=_VERSION, bundle=True, renderer="svg"
    )
    return page.encode()


FORMATS: dict[str, Callable[[Spec], bytes]] = {
    "svg": to_svg,
    "png": to_png,
    "html": to_html,
    "json": to_json,
}


def _text(spec: Spec) -> str:
    return json.dumps(spec, allow_nan=False)


def _vl_convert() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise UsageError(
            "pictures need vl-convert; run pip install 'peftshop-db[plot]', "
            "or do without: plot -o FILE.json, report --no-plots"
        ) from None
    return vl_convert
