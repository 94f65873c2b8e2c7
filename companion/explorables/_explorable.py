"""A figure with sliders, which works in a page without a kernel, in JupyterLab, and on paper.

How to write one
----------------
An explorable is a function that builds an Altair chart and returns ``Explorable(chart, …)``; a
lesson calls it in the last line of a cell. Everything that moves is declarative: parameters bound
to sliders, and Vega expressions of them. So nothing is computed by a kernel, and the same output
runs in a page opened from a disk.

- Panels: one chart, layered or not, or several below one another (``alt.vconcat``). Beside one
  another they would not fit a telephone. Set each panel's height; the width is given to it, and a
  page changes it with the room there is.
- Parameters: ``alt.param(name="beta", value=1, bind=alt.binding_range(min=0, max=10, step=0.1,
  name="sharpness β"))``. Name every one: a name that Altair makes up tells nobody anything.
  The binding's ``name`` is the label beside the slider: say what it is, or what to try. End it with
  a space, since JupyterLab sets the two side by side.
- The title is where a chart says numbers: ``title=alt.Title(alt.expr("…"))``, one string or an
  array of lines, each short enough for a telephone (about 40 characters). It changes with the
  sliders, and the page speaks it to those who cannot see the chart.
- Name what you draw (``alt.Chart(data, name="curve")``): a test finds it by that name, moves the
  sliders in a browser, and compares what is drawn with what the companion computes. See
  ``tests/book/live_charts.py``.
- Tables: `table` rounds them and keeps them small. Let the companion compute, not an expression;
  where an expression must repeat one of its formulas, a test evaluates both on a grid.
- ``drag="a"`` lets a reader move the parameter ``a`` by pulling at the chart: it takes the
  horizontal coordinate under the pointer. The slider stays, for the keyboard.

Colours, dash patterns and the style are in ``companion/explorables/_style.py``; colour is never the
only difference. The alt text that a page shows is that of the notebook's cell, as for any figure.
"""

import copy
import math
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

import altair as alt

from companion.explorables._style import CONFIG, WIDTH

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# JupyterLab 4 draws Vega-Lite 5; so does the page, and so is the still picture.
VEGA_LITE = "5.21"

LEAST_ALT = 30
# Finer than a screen shows, coarser than what differs from one processor to another.
DIGITS = 6
# Twice the pixels, for paper and for sharp screens.
SCALE = 2

_PANELS_BESIDE = ("hconcat", "concat", "facet", "repeat")
_MADE_UP_NAME = re.compile(r"(?:param|view)_[0-9a-f]+")


class Explorable:
    """A chart with sliders, its still picture and its description.

    Parameters
    ----------
    chart : altair.Chart, altair.LayerChart or altair.VConcatChart
        One panel, or several below one another.
    alt : str
        What is seen and what it means, for those who cannot see it.
    summary : str
        What it shows, in one line: all that a text-only reader of the notebook gets.
    drag : str, optional
        A parameter with a slider that the reader may also move by pulling at the chart.

    Attributes
    ----------
    alt, summary : str
        As given.
    spec : dict
        The chart in Vega-Lite 5, in the course's style, every number rounded.

    Raises
    ------
    TypeError
        If the chart is no Altair chart, or a text is no string.
    ValueError
        If the alt text is too short to describe anything, the summary is not one line, panels
        stand beside one another, data are loaded from an address, a parameter or a view has a
        name that Altair made up, or `drag` names no slider.

    Examples
    --------
    >>> import altair as alt
    >>> slope = alt.param(name="slope", value=1, bind=alt.binding_range(min=0, max=2, step=0.1))
    >>> chart = (
    ...     alt.Chart(alt.InlineData([{"x": -1}, {"x": 1}]), name="line")
    ...     .transform_calculate(y="slope * datum.x")
    ...     .mark_line()
    ...     .encode(x="x:Q", y="y:Q")
    ...     .add_params(slope)
    ... )
    >>> line = Explorable(
    ...     chart,
    ...     alt="A straight line through the origin, as steep as the slider says.",
    ...     summary="A line through the origin, with its slope on a slider.",
    ... )
    >>> line
    A line through the origin, with its slope on a slider.
    >>> line.spec["params"][0]["name"]
    'slope'
    """

    def __init__(self, chart: Any, *, alt: str, summary: str, drag: str | None = None):
        self.alt = _described(alt)
        self.summary = _one_line(summary)
        self.spec = _spec(chart, self.alt, drag)

    @cached_property
    def still(self) -> bytes:
        """The chart as the sliders first stand, as a PNG."""
        import vl_convert
        from PIL import Image

        drawn = vl_convert.vegalite_to_png(self.spec, vl_version=VEGA_LITE, scale=SCALE)
        # Few colours, and so a seventh of the size; every clone carries every picture.
        picture = Image.open(BytesIO(drawn)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small = BytesIO()
        picture.save(small, "PNG", optimize=True)
        return small.getvalue()

    def __repr__(self) -> str:
        return self.summary

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {
            "text/plain": self.summary,
            "image/png": b64encode(self.still).decode("ascii"),
            MIME: copy.deepcopy(self.spec),
        }


def table(values, decimals: int) -> str:
    """Write numbers as one short line of text, of which a Vega expression takes them apart.

    A notebook writes each element of a list on a line of its own, deeply indented; a line of text
    is ten times as small. In a chart, ``toNumber(split(line, ' ')[i]) / 1000`` is the number at
    place i of a table with three decimals.

    Parameters
    ----------
    values : array_like of real numbers, one-dimensional
        All finite.
    decimals : int
        How many decimals to keep, 0 or more.

    Returns
    -------
    str
        The numbers times 10 to the power of `decimals`, as whole numbers with a space between.

    Raises
    ------
    TypeError, ValueError
        If `decimals` is no such number, or a value is not finite.

    Examples
    --------
    >>> table([0.5, -0.25, 1e-9], 3)
    '500 -250 0'
    """
    if isinstance(decimals, bool) or not isinstance(decimals, int) or decimals < 0:
        raise TypeError(f"decimals must be a whole number, 0 or more; got {decimals!r}")
    numbers = [float(value) for value in values]
    if not all(map(math.isfinite, numbers)):
        raise ValueError("values must be finite numbers; one is not")
    return " ".join(str(round(number * 10**decimals)) for number in numbers)


def _described(alt: str) -> str:
    if not isinstance(alt, str):
        raise TypeError(f"alt must be a string, got {type(alt).__name__}")
    text = " ".join(alt.split())
    if len(text) < LEAST_ALT:
        raise ValueError(
            f"alt must say what is seen and what it means, in {LEAST_ALT} characters or more; "
            f"got {text!r}"
        )
    return text


def _one_line(summary: str) -> str:
    if not isinstance(summary, str):
        raise TypeError(f"summary must be a string, got {type(summary).__name__}")
    if not summary.strip() or "\n" in summary:
        raise ValueError(f"summary must be one line of text, got {summary!r}")
    return summary.strip()


def _spec(chart: Any, description: str, drag: str | None) -> dict:
    if not isinstance(chart, alt.TopLevelMixin):
        raise TypeError(f"chart must be an Altair chart, got {type(chart).__name__}")
    # Data stay where they are used; Altair would name them by a hash of every last digit. Its check
    # against the schema takes longer than all the rest, so a test does it and not every lesson.
    with alt.data_transformers.enable(consolidate_datasets=False):
        own = chart.to_dict(validate=False)
    for kind in _PANELS_BESIDE:
        if kind in own:
            raise ValueError(f"chart must have its panels below one another; it has {kind!r}")
    for place in _places(own):
        if isinstance(place.get("data"), dict) and "url" in place["data"]:
            raise ValueError(f"chart must hold its data; it loads {place['data']['url']!r}")
        name = place.get("name")
        if isinstance(name, str) and _MADE_UP_NAME.fullmatch(name):
            raise ValueError(
                "chart has a parameter or a view without a name of its own; Altair made up "
                f"{name!r}: pass name=…"
            )
    for panel in own.get("vconcat", [own]):
        panel["width"] = WIDTH
    sliders = {p["name"] for p in own.get("params", ()) if _is_slider(p)}
    if drag is not None and drag not in sliders:
        known = ", ".join(sorted(sliders)) or "none"
        raise ValueError(f"drag must name a parameter with a slider ({known}); got {drag!r}")
    own["$schema"] = SCHEMA
    own["description"] = description
    own["config"] = _merged(CONFIG, own.get("config", {}))
    if drag is not None:
        own["usermeta"] = {"drag": drag}
    return _rounded(own)


def _is_slider(parameter: dict) -> bool:
    bind = parameter.get("bind")
    return isinstance(bind, dict) and bind.get("input") == "range"


def _places(spec: Any) -> Iterator[dict]:
    """Yield every object of a chart, but not what lies in its data."""
    if isinstance(spec, list):
        for item in spec:
            yield from _places(item)
    elif isinstance(spec, dict):
        yield spec
        for key, value in spec.items():
            if key not in ("values", "value"):
                yield from _places(value)


def _merged(common: dict, own: dict) -> dict:
    """Put a chart's own settings over the common ones."""
    # Altair sets a size for charts that have none; ours have.
    own = {k: v for k, v in own.items() if v != {"continuousWidth": 300, "continuousHeight": 300}}
    merged = copy.deepcopy(common)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _rounded(spec: Any) -> Any:
    """Round every number, so that the notebook stores the same on every machine."""
    if isinstance(spec, dict):
        return {key: _rounded(value) for key, value in spec.items()}
    if isinstance(spec, list | tuple):
        return [_rounded(item) for item in spec]
    if isinstance(spec, bool) or not isinstance(spec, float):
        return spec
    if not math.isfinite(spec):
        raise ValueError(f"chart must hold finite numbers; one is {spec!r}")
    number = float(f"{spec:.{DIGITS}g}")
    return int(number) if number.is_integer() else number
