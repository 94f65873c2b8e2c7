"""The directives of the page on choosing: ``{choosing-table}`` and ``{choosing-filter}``.

The table compares all activations by what was measured of them: facts from the registry, where
floats lose the slope, and the time from the stored benchmark. It is made when the book is built, so
an activation that is registered is in it; until somebody runs the benchmark again its cost is a
dash. The script ``choosing.js`` sorts and filters; without it the whole table is there.

A row carries a span ``trait-<trait>`` for each trait that it has, inside its first cell. Boxes and
table look like those of the atlas, whose style the page loads as well.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
from atlas import _Page, arrivals, families, reach, table, traits
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from companion.activations import Activation
from companion.activations._jumps import smoothness

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"
# The processors of the stored records: with wide vector instructions, and without.
RECORDS = {
    "AVX-512": "activations-amd-epyc-avx512.json",
    "AVX2": "activations-amd-epyc-avx2.json",
}
SIZE, DTYPE = 1_000_000, "float32"
CHEAP = 3.0
NEAR = 50.0

HEAD = (
    "Activation",
    *(f"Cost, {name}" for name in RECORDS),
    *("Zero-centred", "Saturates", "Monotone", "Smooth", "Slope 0 far out"),
)
SMOOTH = {-1: "jumps", 0: "kinks", 1: "C¹", 2: "C²"}


@lru_cache
def times(record: str) -> dict[str, float]:
    """Return the time for value and slope of each activation that a record has, in ns a number."""
    total: dict[str, float] = {}
    for row in json.loads((RESULTS / record).read_text("utf-8"))["times"]:
        if (row["dtype"], row["size"]) == (DTYPE, SIZE):
            total[row["activation"]] = total.get(row["activation"], 0.0) + row["ns"]["fresh"]
    return total


def costs(activation: Activation) -> tuple[float | None, ...]:
    """Return the cost as a multiple of ReLU's, for each record; None where nobody measured it."""
    measured = [times(record) for record in RECORDS.values()]
    return tuple(
        record[repr(activation)] / record["relu"] if repr(activation) in record else None
        for record in measured
    )


def multiple(cost: float | None) -> str:
    """Write a cost with two digits.

    Examples
    --------
    >>> multiple(1.0), multiple(15.31), multiple(0.6666), multiple(None)
    ('1.0 ×', '15 ×', '0.67 ×', '—')
    """
    if cost is None:
        return "—"
    return f"{cost:.{2 if cost < 0.95 else 1 if cost < 9.95 else 0}f} ×"


def slope_zero(activation: Activation) -> str:
    """Say from where on, far out, the computed slope is exactly 0 in float32.

    Examples
    --------
    >>> from companion.activations import relu, tanh
    >>> slope_zero(relu), slope_zero(tanh)
    ('x ≤ 0', 'x ≤ −51.99, x ≥ 51.99')
    """
    places = [
        reach(arrival, arrival.distances[1])
        for arrival in arrivals(activation)
        if arrival.of == "slope" and arrival.level == 0
    ]
    return ", ".join(place for place in places if place != "never") or "nowhere"


def has(activation: Activation) -> dict[str, str]:
    """Return the traits that the table can be filtered by, in words."""
    found = traits(activation)
    near = np.linspace(-NEAR, NEAR, 4001, dtype=np.float32)
    if np.all(activation.derivative(near) != 0):
        found["keeps-slope"] = f"slope not 0 within ±{NEAR:g}"
    known = [cost for cost in costs(activation) if cost is not None]
    if known and max(known) <= CHEAP:
        found["cheap"] = f"at most {CHEAP:g} × ReLU"
    return found


def row(activation: Activation) -> tuple[str, ...]:
    """Return the row of an activation, as Markdown."""
    facts = activation.facts
    marks = "".join(f"[{words}]{{.trait-{key}}}" for key, words in has(activation).items())
    return (
        f"[{activation.name}](#atlas-{activation.name}){marks}",
        *map(multiple, costs(activation)),
        "yes" if facts.zero_centred else "no",
        "both" if len(facts.saturates) == 2 else "".join(facts.saturates) or "no",
        "yes" if facts.monotone else "no",
        SMOOTH[smoothness(activation)],
        slope_zero(activation),
    )


def rows() -> list[tuple[str, ...]]:
    """Return all rows, family by family."""
    members = [member for family in families() for member in family.members]
    return [row(member) for member in members if isinstance(member, Activation)]


class ChoosingTable(_Page):
    """Compare all activations."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.watch()
        for record in RECORDS.values():
            self.env.note_dependency(str(RESULTS / record))
        times.cache_clear()
        box = nodes.container(classes=["atlas-table", "choosing-table"])
        self.parse(table(HEAD, rows()), box)
        return [box]


class ChoosingFilter(_Page):
    """Keep the words of the filter, which the script makes boxes of."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return them, hidden unless the script runs."""
        box = nodes.container(classes=["atlas-filter", "choosing-filter"])
        self.state.nested_parse(self.content, self.content_offset, box)
        _pages(self.env).add(self.env.docname)
        return [box]


def _pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that use the directives; they are remembered between builds."""
    if not hasattr(env, "choosing_pages"):
        env.choosing_pages = set()
    return env.choosing_pages


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _pages(env).discard(docname)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    _pages(env).update(_pages(other) & set(docnames))


def _outfit(app: Sphinx, pagename: str, _template: str, _context: dict, _doctree: object) -> None:
    """Give script and style to the page on choosing, and to no other."""
    if pagename in _pages(app.env):
        app.add_js_file("choosing.js", loading_method="defer")
        app.add_css_file("choosing.css")


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Register the extension."""
    app.setup_extension("atlas")
    app.add_directive("choosing-table", ChoosingTable)
    app.add_directive("choosing-filter", ChoosingFilter)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _outfit)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
