"""What the ledger is made of: the list of claims, and the verdicts stored in the lessons.

Everything here reads files and sorts what it finds; how it looks on a page is the business of the
book's extension, and whether it is in order that of the tests.
"""

import base64
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.claims._verdict import BOUND, DIFFERS, HOLDS, MIME

_FIELDS = {"id": str, "chapter": int, "statement": str, "told_wrong": bool}
_OPTIONAL = {"title": str, "truth": str, "picture": str, "source": str}


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the book lists it in ``claims.toml``."""

    id: str
    chapter: int
    statement: str
    told_wrong: bool
    truth: str | None = None
    source: str | None = None
    title: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as a lesson stores it: its name, alt text and caption, and the PNG."""

    name: str
    alt: str
    caption: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict as a lesson stores it, and the lesson: its path in the book and its title.

    `pictures` are the lesson's figures by name; `nearest` is the last one before the verdict.
    """

    id: str
    verdict: str
    evidence: tuple[dict, ...]
    instead: str | None
    lesson: str
    title: str
    pictures: dict[str, Picture] = field(default_factory=dict)
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: a claim, and its verdict unless it is still open."""

    claim: Claim
    settled: Settled | None

    @property
    def picture(self) -> Picture | None:
        """The figure that shows it: the one that the list names, else the nearest."""
        if self.settled is None:
            return None
        return self.settled.pictures.get(self.claim.picture or self.settled.nearest)


def read_claims(path: Path) -> list[Claim]:
    """Read the list of claims.

    Parameters
    ----------
    path : Path
        A TOML file with one ``[[claim]]`` for each claim.

    Returns
    -------
    list of Claim
        In the order of the file.

    Raises
    ------
    ValueError
        If a claim lacks a field, has an unknown or mistyped one, an id comes twice, or `title`
        or `truth` is missing or out of place.
    """
    claims, seen = [], set()
    for number, entry in enumerate(tomllib.loads(path.read_text("utf-8")).get("claim", []), 1):
        name = entry.get("id", f"claim number {number}")
        if strange := entry.keys() - _FIELDS - _OPTIONAL.keys():
            raise ValueError(f"{name}: unknown field {sorted(strange)[0]!r}")
        for key, kind in (_FIELDS | _OPTIONAL).items():
            if key not in entry and key in _FIELDS:
                raise ValueError(f"{name}: the field {key!r} is missing")
            value = entry.get(key)
            if value is not None and (type(value) is not kind or value == ""):
                raise ValueError(f"{name}: {key} must be a {kind.__name__}, got {value!r}")
        for key in ("title", "truth"):
            if entry["told_wrong"] != (key in entry):
                raise ValueError(f"{name}: {key} must be given exactly where told_wrong is true")
        if "picture" in entry and not entry["told_wrong"]:
            raise ValueError(f"{name}: picture may be given only where told_wrong is true")
        if name in seen:
            raise ValueError(f"{name}: listed twice")
        seen.add(name)
        claims.append(Claim(**entry))
    return claims


def lessons(book: Path) -> list[Path]:
    """List the notebooks of the book, without those that Jupyter keeps as checkpoints."""
    return sorted(path for path in book.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def collect_verdicts(book: Path) -> list[Settled]:
    """Collect the verdicts stored in the outputs of all lessons.

    Parameters
    ----------
    book : Path
        The folder under which the lessons lie.

    Returns
    -------
    list of Settled
        In the order of the lessons' paths, and of the cells in each.

    Raises
    ------
    ValueError
        If a stored verdict is not one that `companion.claims.settle` made.
    """
    found = []
    for path in lessons(book):
        lesson = path.relative_to(book).with_suffix("").as_posix()
        notebook = json.loads(path.read_text("utf-8"))
        title = _title(notebook)
        pictures, nearest = {}, None
        for cell in notebook["cells"]:
            if picture := _picture(cell):
                pictures[picture.name], nearest = picture, picture.name
            for output in cell.get("outputs", ()):
                if MIME in output.get("data", {}):
                    about = {"pictures": pictures, "nearest": nearest}
                    found.append(_settled(output["data"][MIME], lesson, title or lesson, **about))
    return found


def merge(claims: Iterable[Claim], settled: Iterable[Settled]) -> list[Entry]:
    """Put each claim together with its verdict, in the order of the claims."""
    verdicts = {verdict.id: verdict for verdict in settled}
    return [Entry(claim, verdicts.get(claim.id)) for claim in claims]


def unknown_ids(claims: Iterable[Claim], settled: Iterable[Settled]) -> list[str]:
    """List verdicts on claims that the book does not list."""
    known = {claim.id for claim in claims}
    return [f"{item.lesson} settles {item.id}" for item in settled if item.id not in known]


def settled_twice(settled: Sequence[Settled]) -> list[str]:
    """List claims that have more than one stored verdict."""
    counts = Counter(item.id for item in settled)
    return [
        f"{id} is settled {count} times: "
        + ", ".join(item.lesson for item in settled if item.id == id)
        for id, count in counts.items()
        if count > 1
    ]


def mistold(claims: Iterable[Claim], settled: Iterable[Settled]) -> list[str]:
    """List verdicts that disagree with the list about whether the popular version is wrong."""
    return [
        f"{entry.claim.id}: told_wrong is {str(entry.claim.told_wrong).lower()}, "
        f"and {entry.settled.lesson} finds that it {entry.settled.verdict}"
        for entry in merge(claims, settled)
        if entry.settled and entry.claim.told_wrong != (entry.settled.verdict == DIFFERS)
    ]


def without_picture(entries: Iterable[Entry]) -> list[str]:
    """List claims whose popular version fell, and that have no picture to show it."""
    return [
        f"{entry.claim.id}: {entry.settled.lesson} has no figure {entry.claim.picture}"
        if entry.claim.picture
        else f"{entry.claim.id}: {entry.settled.lesson} has no figure before its verdict"
        for entry in entries
        if entry.claim.told_wrong and entry.settled and entry.picture is None
    ]


def totals(entries: Sequence[Entry]) -> str:
    """Say in one sentence or two how many claims are settled, and how.

    Examples
    --------
    >>> claim = Claim("mp-xor", 2, "No single MP neuron computes XOR.", False)
    >>> totals([Entry(claim, None)])
    '0 of 1 claim settled; 1 open.'
    """
    counts = Counter(entry.settled.verdict for entry in entries if entry.settled)
    settled = counts.total()
    parts = [
        f"{counts[verdict]} {one if counts[verdict] == 1 else many}"
        for verdict, one, many in (
            (HOLDS, "holds", "hold"),
            (BOUND, "holds within a bound", "hold within a bound"),
            (DIFFERS, "does not hold as stated", "do not hold as stated"),
        )
        if counts[verdict]
    ]
    how = f": {', '.join(parts)}" if parts else ""
    left = f"; {len(entries) - settled} open" if settled < len(entries) else ""
    return f"{settled} of {len(entries)} claim{'s' * (len(entries) != 1)} settled{how}{left}."


def in_short(settled: Settled) -> str:
    """Give the evidence that matters most, and count the rest.

    That is what a lesson puts first and, for a bound, the bound; for a version that fell, what
    made it fall.
    """
    decisive = {DIFFERS: ("refuted",), BOUND: ("at_most", "at_least")}.get(settled.verdict, ())
    first = settled.evidence[0]
    decider = next((item for item in settled.evidence if item["kind"] in decisive), first)
    chosen = [decider] if settled.verdict == DIFFERS or decider is first else [first, decider]
    others = len(settled.evidence) - len(chosen)
    return "; ".join(item["text"] for item in chosen) + (f" (and {others} more)" if others else "")


def _picture(cell: dict) -> Picture | None:
    """Return the figure of a cell, if it has one that is stored and named."""
    about = cell.get("metadata", {}).get("mystnb", {})
    figure = about.get("figure", {})
    stored = [output.get("data", {}).get("image/png") for output in cell.get("outputs", ())]
    png = next((image for image in stored if image), None)
    if png is None or "name" not in figure:
        return None
    alt = about.get("image", {}).get("alt", "")
    return Picture(figure["name"], alt, figure.get("caption", ""), base64.b64decode("".join(png)))


def _settled(data: object, lesson: str, title: str, **about: object) -> Settled:
    fault = f"{lesson} stores a verdict that `settle` did not make: {data!r}"
    if not isinstance(data, dict) or data.keys() != {"id", "verdict", "evidence", "instead"}:
        raise ValueError(fault)
    evidence = data["evidence"]
    if data["verdict"] not in (HOLDS, BOUND, DIFFERS) or not evidence:
        raise ValueError(fault)
    if not all(isinstance(item, dict) and {"kind", "text"} <= item.keys() for item in evidence):
        raise ValueError(fault)
    return Settled(
        data["id"], data["verdict"], tuple(evidence), data["instead"], lesson, title, **about
    )


def _title(notebook: dict) -> str | None:
    """Find a lesson's title: the first heading of the first level."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in "".join(cell["source"]).splitlines():
                if line.startswith("# "):
                    return line.removeprefix("# ").strip()
    return None
