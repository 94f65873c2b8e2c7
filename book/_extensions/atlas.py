"""The directives of the atlas: ``{atlas-table}``, ``{atlas-filter}`` and ``{atlas}``.

``{atlas-table}`` compares all activations, one a row; ``{atlas}`` gives each a section of its own,
family by family, with formula, portrait, facts and paper. Both read the registry when the book is
built, so an activation that is registered is in the atlas, and nothing on the page is typed.
``{atlas-filter}`` marks where the script ``atlas.js`` puts its boxes to tick; without the script
all is shown.

An activation's section has the id ``atlas-<name>``, which other pages name as ``{ref}`atlas-gelu```,
and its paragraph ``atlas-traits`` holds a span ``trait-<trait>`` for each trait that it has.
"""

from __future__ import annotations

import inspect
import math
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

import companion
from companion.activations import (
    ACTIVATIONS,
    VECTOR_ACTIVATIONS,
    Activation,
    Kink,
    VectorActivation,
)
from companion.activations._float_behaviour import Arrival, promised_ulp
from companion.activations._float_behaviour import arrivals as find_arrivals
from companion.activations._jumps import smoothness
from companion.figures._atlas import describe_activation, draw_activation, number, union

# The order in which the course meets the families. One that is not named here comes after these,
# and those that take whole vectors come last.
ORDER = ("linear", "sigmoid", "hard", "relu", "elu", "softplus", "gated", "gelu")

Any = Activation | VectorActivation

# The search takes a while, and several pages ask for it.
arrivals = cache(find_arrivals)

SMOOTHNESS = {
    -1: "the value jumps",
    0: "continuous, with kinks (C⁰)",
    1: "no kink, but the curvature jumps (C¹)",
    2: "value, slope and curvature are continuous (C² at least)",
}


# What the atlas says, as Markdown -----------------------------------------------------------------


@dataclass(frozen=True)
class Family:
    """The activations of one module, and what its docstring calls them."""

    key: str
    title: str
    text: str
    members: tuple[Any, ...]


def families() -> list[Family]:
    """Return the registered activations by the module that defines them, in the course's order."""
    modules: dict[str, list[Any]] = {}
    for activation in (*ACTIVATIONS.values(), *VECTOR_ACTIVATIONS.values()):
        modules.setdefault(type(activation).__module__, []).append(activation)
    found = []
    for module, members in modules.items():
        key = module.rpartition(".")[2].strip("_")
        about = inspect.getdoc(sys.modules.get(module)) or f"{key.capitalize()}."
        sentence = about.partition("\n\n")[0].replace("\n", " ")
        title = re.split(r"[:,.] |\.$", sentence)[0]
        text = sentence if sentence.rstrip(".") != title else ""
        found.append(Family(key, title, text, tuple(members)))

    def place(family: Family) -> tuple[bool, int, str]:
        known = ORDER.index(family.key) if family.key in ORDER else len(ORDER)
        return isinstance(family.members[0], VectorActivation), known, family.key

    return sorted(found, key=place)


def traits(activation: Any) -> dict[str, str]:
    """Return what the atlas can be filtered by: the traits that this activation has, in words."""
    if isinstance(activation, VectorActivation):
        return {"vector": "takes a whole vector"}
    facts = activation.facts
    level = smoothness(activation)
    has = {
        "monotone": (facts.monotone, "monotone"),
        "bounded": (all(map(math.isfinite, facts.limits)), "bounded"),
        "zero-centred": (facts.zero_centred, "zero-centred"),
        "no-kink": (level >= 1, "no kink"),
        "smooth": (level >= 2, "smooth"),
        "saturates-left": ("left" in facts.saturates, "saturates on the left"),
        "saturates-right": ("right" in facts.saturates, "saturates on the right"),
        "parameters": (bool(activation.parameters), "has a parameter"),
    }
    return {key: words for key, (holds, words) in has.items() if holds}


def comparison() -> str:
    """Return the table that compares all activations."""
    head = ("Activation", "Range", "Steepest slope", "Slope far out", "Monotone", "Zero-centred")
    head += ("Kinks at", "Class")
    classes = {-1: "jump", 0: "C⁰", 1: "C¹", 2: "C²"}
    rows = []
    for family in families():
        for activation in family.members:
            if isinstance(activation, VectorActivation):
                continue
            facts = activation.facts
            rows.append(
                (
                    f"[{activation.name}](#atlas-{activation.name})",
                    str(facts.range),
                    number(facts.lipschitz),
                    " → ".join(map(number, facts.slope_limits)),
                    _yes(facts.monotone),
                    _yes(facts.zero_centred),
                    ", ".join(number(kink.at) for kink in facts.kinks) or "none",
                    classes[smoothness(activation)],
                )
            )
    return table(head, rows)


def entry(activation: Any, image: str | None) -> str:
    """Return the section of an activation without its title.

    Parameters
    ----------
    activation : Activation or VectorActivation
        With its default parameters.
    image : str or None
        The address of its portrait, from the root of the source; what takes vectors has none.
    """
    about = inspect.getdoc(type(activation)) or ""
    also = ", ".join(f"`{alias}`" for alias in activation.aliases)
    spans = [f"[{words}]{{.trait-{key}}}" for key, words in traits(activation).items()]
    parts = [
        plain(about.partition("\n\n")[0].replace("\n", " "))
        + (f" Also known as {also}." if also else ""),
        "```{div} atlas-traits\n" + " ".join(spans) + "\n```" if spans else "",
        f"```{{math}}\n{formula(activation)}\n```",
    ]
    if isinstance(activation, Activation):
        parts += [
            figure(activation, image),
            table(("Fact", activation.name), facts_rows(activation), "atlas-facts"),
            "**In floating point**, the computed number is exactly what it tends to:",
            table(
                ("From where on", "float64", "float32"),
                floating_rows(activation),
                "atlas-floating",
            ),
            promise(activation),
        ]
    parts += [parameters(activation), f"**Paper:** {{cite:t}}`{activation.reference}`."]
    return "\n\n".join(part for part in parts if part)


def formula(activation: Any) -> str:
    """Return the formula, or one line for each form if a parameter chooses among some."""
    forms = [variant for variant in type(activation).variants() if variant.formula]
    lines = dict.fromkeys(variant.formula for variant in forms)
    if len(lines) == 1:
        # A vector's formula may be that of its i-th number.
        one = r"f(x)_i" if re.search(r"_i|\(i", activation.formula) else "f(x)"
        return f"{one} = {activation.formula}"
    rows = [
        rf"f(x) &= {variant.formula} && \text{{{_settings(variant)}}}"
        for variant in forms
        if lines.pop(variant.formula, True) is None
    ]
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


def figure(activation: Activation, image: str) -> str:
    """Return the portrait with its alt text, number and caption."""
    caption = f"`{activation!r}`, its slope and its curvature."
    if smoothness(activation) < 2:
        caption += (
            " Where something jumps, rings show what each side tends to and the dot what the "
            "function returns."
        )
    return (
        f"```{{figure}} {image}\n:name: fig-atlas-{activation.name}\n:loading: lazy\n"
        f":alt: {describe_activation(activation)}\n\n{caption}\n```"
    )


def facts_rows(activation: Activation) -> Iterator[tuple[str, str]]:
    """Give the facts, one a row."""
    facts = activation.facts
    yield "Range", str(facts.range)
    yield "At 0", _pair("value", activation(0.0), "slope", activation.derivative(0.0))
    yield "Value far out", _pair("left", facts.limits[0], "right", facts.limits[1])
    yield (
        "Slope far out",
        _pair("left", facts.slope_limits[0], "right", facts.slope_limits[1]),
    )
    yield "Lipschitz constant", number(facts.lipschitz)
    if facts.monotone:
        yield "Monotone", "yes"
    else:
        yield "Monotone", f"no: it falls on {union(facts.decreasing_on)}"
    yield "Odd (zero-centred)", _yes(facts.odd)
    yield "Saturates", " and ".join(f"on the {side}" for side in facts.saturates) or "nowhere"
    yield "Kinks", "; ".join(map(kink, facts.kinks)) or "none"
    yield "Smoothness", SMOOTHNESS[smoothness(activation)]


def kink(place: Kink) -> str:
    """Say what happens at a kink, and which convention is taken."""
    left, here, right = map(number, place.slopes)
    slope = f"slope {left} on the left, {right} on the right, taken as {here}"
    if not place.is_jump:
        return f"at {number(place.at)}: {slope}"
    low, value, high = map(number, place.values)
    return f"at {number(place.at)}: value {low} on the left, {high} on the right, taken as {value}"


def floating_rows(activation: Activation) -> Iterator[tuple[str, ...]]:
    """Say from where on value and slope are what they tend to, one row each."""
    for arrival in arrivals(activation):
        tends = line(arrival.slope, arrival.level)
        yield f"{arrival.of} is {tends}", *(reach(arrival, d) for d in arrival.distances)


def line(slope: float, level: float) -> str:
    """Write slope · x + level as a reader expects it.

    Examples
    --------
    >>> line(1.0, 0.0), line(1.0, -0.5), line(0.0, 1.0), line(0.25, 0.0)
    ('x', 'x − 0.5', '1', '0.25x')
    """
    if slope == 0:
        return number(level)
    start = "x" if slope == 1 else f"{number(slope)}x"
    return start if level == 0 else f"{start} {'−' if level < 0 else '+'} {number(abs(level))}"


def reach(arrival: Arrival, distance: float) -> str:
    """Write the x from which on two numbers are equal, rounded so that the statement holds.

    Examples
    --------
    >>> reach(Arrival("left", "value", 0.0, 0.0, ()), 745.1332)
    'x ≤ −745.2'
    """
    left = arrival.side == "left"
    if math.isinf(distance):
        return "never"
    if distance < 1e-300 or (0 < distance < 1e-40):
        return f"x {'<' if left else '>'} 0" if distance else f"x {'≤' if left else '≥'} 0"
    unit = 10.0 ** (math.floor(math.log10(distance)) - 3)
    # Numbers next to a round one, such as 1.9999999, are meant to be it.
    outward = math.ceil(distance / unit - 1e-4) * unit
    return f"x {'≤ −' if left else '≥ '}{number(outward)}"


def promise(activation: Activation) -> str:
    """Say how accurate value and derivatives are."""
    least, most = promised_ulp(activation)
    if least == most:
        amount = f"{number(least)} ULP"
    else:
        amount = f"{number(least)} ULP at 0, growing to {number(most)} ULP far out"
    return f"**Promised** for float64, value and derivatives, away from their roots: {amount}."


def parameters(activation: Any) -> str:
    """List the parameters: default, range, meaning."""
    return "\n\n".join(
        f"**Parameter** `{field.name}`, by default `{field.default!r}`, "
        f"{accepted(field.metadata['domain'].describe())}. "
        f"{plain(described(type(activation), field.name))}"
        for field in fields(activation)
    )


def accepted(text: str) -> str:
    """Make Markdown of the words for what a parameter may be, with its choices as code."""
    return plain(re.sub(r"('[^']*')", r"`\1`", text))


def described(cls: type, name: str) -> str:
    """Return what the section Parameters of a class or of its bases says of one of them."""
    for base in cls.__mro__:
        docstring = inspect.cleandoc(vars(base).get("__doc__") or "")
        section = re.search(r"^Parameters\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", docstring, re.S | re.M)
        text = section[1] if section else ""
        found = re.search(rf"^{name} : .*\n((?:[ ]+.*\n|\n)*)", f"{text}\n", re.M)
        if found:
            return " ".join(found[1].split())
    return ""


def plain(text: str) -> str:
    """Make Markdown of a docstring's text: code in backticks stays code, all else is literal."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([\\*_\[\]<>{}$|~#])", r"\\\1", part)
        for part in parts
    )


def table(head: tuple[str, ...], rows, name: str = "") -> str:
    """Return a Markdown table, with a class name for the style sheet if one is given."""
    lines = [head, ["---"] * len(head), *rows]
    text = "\n".join("| " + " | ".join(row) + " |" for row in lines)
    return f"```{{div}} {name}\n{text}\n```" if name else text


def _pair(first: str, one: float, second: str, other: float) -> str:
    return f"{first} {number(float(one))}, {second} {number(float(other))}"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _settings(activation: Any) -> str:
    settings = (f"{name} = {value}" for name, value in activation.parameters.items())
    return ", ".join(settings).replace("_", r"\_")


# What Sphinx makes of it ---------------------------------------------------------------------------


class _Page(SphinxDirective):
    """What the directives share: the page follows the companion's source, and is remembered."""

    def watch(self) -> None:
        """Have the page rebuilt when the companion changes, and given the script."""
        root = Path(companion.__file__).parent
        for folder in ("activations", "figures"):
            for source in sorted((root / folder).rglob("*.py")):
                self.env.note_dependency(str(source))
        _pages(self.env).add(self.env.docname)
        self.env.atlas_names = _names()

    def parse(self, text: str, parent: nodes.Element) -> None:
        """Render Markdown into a node."""
        self.state.nested_parse(StringList(text.splitlines(), "atlas"), 0, parent)


class AtlasTable(_Page):
    """Compare all activations."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.watch()
        box = nodes.container(classes=["atlas-table"])
        self.parse(comparison(), box)
        return [box]


class AtlasFilter(_Page):
    """Keep the words of the filter, which the script makes boxes of."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return them, hidden unless the script runs."""
        self.watch()
        box = nodes.container(classes=["atlas-filter"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class Atlas(_Page):
    """Show every activation."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each family, with one for each activation in it."""
        self.watch()
        sections = []
        for family in families():
            section = self.section(f"family-{family.key}", family.title)
            self.parse(plain(family.text), section)
            for activation in family.members:
                part = self.section(f"atlas-{activation.name}", activation.name)
                part["classes"].append("atlas-entry")
                image = self.portrait(activation) if isinstance(activation, Activation) else None
                self.parse(entry(activation, image), part)
                section += part
            sections.append(section)
        return sections

    def section(self, id: str, title: str) -> nodes.section:
        """Start a section that has an id of its own and can be referred to by it."""
        section = nodes.section("", nodes.title(title, title), ids=[id], names=[id])
        self.set_source_info(section)
        self.state.document.note_explicit_target(section, section)
        return section

    def portrait(self, activation: Activation) -> str:
        """Draw an activation into the folder of the build; return the file's address."""
        folder = Path(self.env.doctreedir) / "atlas"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"atlas-{activation.name}.svg"
        axes = draw_activation(activation)
        with mpl.rc_context({"svg.hashsalt": "atlas"}):
            axes[0].figure.savefig(path, metadata={"Date": None})
        plt.close(axes[0].figure)
        return "/" + Path(os.path.relpath(path, self.env.srcdir)).as_posix()


def _pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that use the directives; they are remembered between builds."""
    if not hasattr(env, "atlas_pages"):
        env.atlas_pages = set()
    return env.atlas_pages


def _names() -> list[str]:
    """Return what is registered."""
    return [*ACTIVATIONS, *VECTOR_ACTIVATIONS]


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set, _changed: set, removed: set
) -> list[str]:
    """Rebuild when an activation comes in a file that no page knows of yet, or goes."""
    known = getattr(env, "atlas_names", None)
    return sorted(_pages(env) - removed) if known != _names() else []


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _pages(env).discard(docname)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    _pages(env).update(_pages(other) & set(docnames))


def _outfit(app: Sphinx, pagename: str, _template: str, _context: dict, _doctree: object) -> None:
    """Give script and style to the pages of the atlas, and to no other."""
    if pagename in _pages(app.env):
        app.add_js_file("atlas.js", loading_method="defer")
        app.add_css_file("atlas.css")


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Register the extension."""
    app.add_directive("atlas-table", AtlasTable)
    app.add_directive("atlas-filter", AtlasFilter)
    app.add_directive("atlas", Atlas)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _outfit)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
