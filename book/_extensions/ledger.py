"""The directives of the ledger, ``{ledger}`` and ``{told}``, and the role ``{claim}``.

``{ledger}`` sums up all claims; ``{ledger} 3`` lists those of chapter 3, each with its verdict and
a link to the cell that settled it; ``{told}`` shows the popular versions that a lesson refuted,
each in a section with the address ``#told-<claim>``. All three are made from ``claims.toml`` and
from the verdicts and figures stored in the lessons, so nothing on these pages is typed, and a claim
that no lesson has settled shows as open.

``{claim}`relu-depth``` and ``{claim}`paths, not units <relu-depth>``` link to the cell that settled
a claim and say the verdict; while it is open they lead to its row in the ledger, and say so.

Class names for the style sheet. The list is ``ul.ledger`` of ``li.ledger-row``, each with one of
``ledger-holds``, ``ledger-bound``, ``ledger-differs`` and ``ledger-open`` and the id
``ledger-<claim>``; inside are paragraphs ``ledger-head`` (with ``ledger-verdict``),
``ledger-statement``, ``ledger-evidence`` and ``ledger-instead``. Sums are ``p.ledger-totals``.
The sections are ``section.told-entry`` with ``told-myth``, ``told-truth``, ``told-picture``,
``told-caption`` and ``told-evidence``. Rows are stacked paragraphs rather than table cells, so they
fit any width. A link to a claim is ``span.claim-link`` with a ``span.claim-verdict``.
"""

import os
from functools import lru_cache
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.core.render import load_mime_renders
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from companion.claims._ledger import (
    Entry,
    Picture,
    collect_verdicts,
    in_short,
    lessons,
    merge,
    read_claims,
    totals,
)
from companion.claims._verdict import BOUND, DIFFERS, HOLDS, MIME

logger = logging.getLogger(__name__)

_CLASSES = {HOLDS: "ledger-holds", BOUND: "ledger-bound", DIFFERS: "ledger-differs"}


class VerdictRenderer:
    """Tell MyST-NB that a verdict's JSON is for the ledger: the page shows the card beside it."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(_renderer: object, data: object, _inline: bool) -> list[nodes.Node] | None:
        """Render the JSON as nothing, and leave everything else alone."""
        return [] if data.mime_type == MIME else None


class _Claims(SphinxDirective):
    """What the directives share: they read the claims and the lessons, and can link to a cell."""

    def entries(self) -> list[Entry]:
        """Read everything, and have the page rebuilt when any of it changes."""
        path = _claims_file(self.env)
        for source in (path, *lessons(path.parent)):
            self.env.note_dependency(str(source))
        _pages(self.env).add(self.env.docname)
        return _entries(path)

    def paragraph(self, name: str, *parts: nodes.Node, raw: str = "") -> nodes.paragraph:
        """Make a paragraph of a class; `raw` is what translators get to see."""
        paragraph = nodes.paragraph(raw, "", *parts, classes=[name])
        self.set_source_info(paragraph)
        return paragraph

    def markdown(self, text: str) -> list[nodes.Node]:
        """Render inline MyST Markdown."""
        inline, messages = self.state.inline_text(text, self.lineno)
        return inline + messages

    def link(self, entry: Entry) -> nodes.reference:
        """Link to the cell that settled a claim."""
        book = _claims_file(self.env).parent.relative_to(self.env.srcdir).as_posix()
        settled = entry.settled
        return nodes.reference(
            "",
            settled.title,
            internal=True,
            refuri="",
            ledger_lesson=settled.lesson if book == "." else f"{book}/{settled.lesson}",
            ledger_anchor=f"claim-{settled.id}",
        )


class Ledger(_Claims):
    """Sum up all claims, or list those of one chapter."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the sum and, for a chapter, its list."""
        entries = self.entries()
        if not self.arguments:
            return [self.sum(entries)]
        chapter = directives.nonnegative_int(self.arguments[0])
        entries = [entry for entry in entries if entry.claim.chapter == chapter]
        if not entries:
            raise self.error(f"there are no claims of chapter {chapter}")
        rows = nodes.bullet_list("", *map(self.row, entries), classes=["ledger"], bullet="*")
        self.env.ledger_rows |= {entry.claim.id: self.env.docname for entry in entries}
        return [self.sum(entries), rows]

    def sum(self, entries: list[Entry]) -> nodes.paragraph:
        """Say how many claims are settled."""
        text = totals(entries)
        return self.paragraph("ledger-totals", nodes.Text(text), raw=text)

    def row(self, entry: Entry) -> nodes.list_item:
        """Make the row of a claim."""
        claim, settled = entry.claim, entry.settled
        word = settled.verdict.capitalize() if settled else "Open"
        head = [
            nodes.strong("", word, classes=["ledger-verdict"]),
            nodes.Text(" "),
            nodes.literal("", claim.id),
        ]
        if settled:
            head += [nodes.Text(" in "), self.link(entry)]
        parts = [
            self.paragraph("ledger-head", *head),
            self.paragraph(
                "ledger-statement", *self.markdown(claim.statement), raw=claim.statement
            ),
        ]
        parts[0]["translatable"] = False
        if settled:
            text = in_short(settled)
            parts.append(self.paragraph("ledger-evidence", nodes.Text(text), raw=text))
        if settled and settled.instead:
            truth = [nodes.strong("", "What is true:"), nodes.Text(f" {settled.instead}")]
            parts.append(
                self.paragraph("ledger-instead", *truth, raw=f"**What is true:** {settled.instead}")
            )
        state = _CLASSES[settled.verdict] if settled else "ledger-open"
        return nodes.list_item(
            "", *parts, classes=["ledger-row", state], ids=[f"ledger-{claim.id}"]
        )


class Told(_Claims):
    """Show the popular versions that a lesson has refuted."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each, or a sentence if there is none."""
        entries = [
            entry
            for entry in self.entries()
            if entry.claim.told_wrong and entry.settled and entry.settled.verdict == DIFFERS
        ]
        if not entries:
            text = "No lesson has refuted one yet."
            return [self.paragraph("told-none", nodes.Text(text), raw=text)]
        return list(map(self.section, entries))

    def section(self, entry: Entry) -> nodes.section:
        """Make the section of a popular version: what is told, what is true, and what shows it."""
        claim = entry.claim
        id, title = f"told-{claim.id}", f"“{claim.title}”"
        section = nodes.section("", nodes.title(title, title), ids=[id], names=[id])
        section["classes"].append("told-entry")
        self.set_source_info(section)
        self.state.document.note_explicit_target(section, section)
        section += self.paragraph(
            "told-myth",
            nodes.strong("", "Told:"),
            nodes.Text(" "),
            *self.markdown(claim.statement),
            raw=f"**Told:** {claim.statement}",
        )
        section += self.paragraph(
            "told-truth",
            nodes.strong("", "True:"),
            nodes.Text(" "),
            *self.markdown(claim.truth),
            raw=f"**True:** {claim.truth}",
        )
        if entry.picture:
            section += self.picture(entry, entry.picture)
        measured = self.paragraph(
            "told-evidence",
            nodes.strong("", "Measured:"),
            nodes.Text(f" {in_short(entry.settled)}. The cell that settles it is in "),
            self.link(entry),
            nodes.Text("."),
        )
        measured["translatable"] = False
        section += measured
        return section

    def picture(self, entry: Entry, picture: Picture) -> list[nodes.Node]:
        """Show the lesson's figure once more, under the number that it has there."""
        folder = Path(self.env.doctreedir) / "told"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"told-{entry.claim.id}.png"
        path.write_bytes(picture.png)
        address = "/" + Path(os.path.relpath(path, self.env.srcdir)).as_posix()
        image = nodes.image("", uri=address, alt=picture.alt, loading="lazy")
        self.set_source_info(image)
        box = nodes.container("", image, classes=["told-picture"])
        caption = f"{{numref}}`{picture.name}`: {picture.caption}"
        return [box, self.paragraph("told-caption", *self.markdown(caption), raw=caption)]


class ClaimRole(ReferenceRole):
    """Link to the cell that settled a claim, or to its row in the ledger while it is open."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link whose address and verdict are filled in once all pages are known."""
        path = _claims_file(self.env)
        for source in (path, *lessons(path.parent)):
            self.env.note_dependency(str(source))
        _pages(self.env).add(self.env.docname)
        text = self.title if self.has_explicit_title else ""
        link = ClaimLink(self.rawtext, text, claim=self.target)
        self.set_source_info(link)
        return [link], []


class ClaimLink(nodes.inline):
    """A link to a claim, until all pages are known."""


def _claims_file(env: BuildEnvironment) -> Path:
    return Path(env.srcdir) / env.config.ledger_claims


def _pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that use the directives; they are remembered between builds."""
    if not hasattr(env, "ledger_pages"):
        env.ledger_pages = set()
        env.ledger_rows = {}  # on which page a claim has its row
    return env.ledger_pages


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _pages(env).discard(docname)
    env.ledger_rows = {id: page for id, page in env.ledger_rows.items() if page != docname}


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    _pages(env).update(_pages(other) & set(docnames))
    env.ledger_rows |= {id: page for id, page in other.ledger_rows.items() if page in docnames}


def _outdated(
    _app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set
) -> list[str]:
    """Rebuild the pages when a lesson comes or goes; for one that changes, dependencies do."""
    return sorted(_pages(env) - removed) if added or changed or removed else []


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn links to cells into addresses, which depend on the page that they stand on."""
    for node in list(doctree.findall(ClaimLink)):
        node.replace_self(_claim_link(app, node))
    for node in list(doctree.findall(nodes.reference)):
        lesson = node.get("ledger_lesson")
        if lesson is None:
            continue
        if lesson not in app.env.all_docs:
            logger.warning("%s settles a claim and is no page of the book", lesson, location=node)
        if lesson not in app.env.all_docs or app.builder.format != "html":
            node.replace_self(nodes.inline("", node.astext()))
            continue
        node["refuri"] = f"{app.builder.get_relative_uri(docname, lesson)}#{node['ledger_anchor']}"


def _outfit(app: Sphinx, pagename: str, _template: str, _context: dict, _doctree: object) -> None:
    """Give their style to the pages of the ledger."""
    if pagename in _pages(app.env):
        app.add_css_file("reference.css")


def _claim_link(app: Sphinx, node: ClaimLink) -> nodes.Node:
    """Return the link that stands for a claim: to its cell, or to its row while it is open."""
    path = _claims_file(app.env)
    entry = next((e for e in _entries(path) if e.claim.id == node["claim"]), None)
    if entry is None:
        logger.warning("there is no claim %r in %s", node["claim"], path.name, location=node)
        return nodes.literal("", node["claim"])
    settled, text = entry.settled, node.astext()
    if settled:
        book = path.parent.relative_to(app.env.srcdir).as_posix()
        lesson = settled.lesson if book == "." else f"{book}/{settled.lesson}"
        target = {"ledger_lesson": lesson, "ledger_anchor": f"claim-{settled.id}"}
        text, verdict = text or settled.title, settled.verdict
    else:
        page = app.env.ledger_rows.get(entry.claim.id)
        target = {"ledger_lesson": page, "ledger_anchor": f"ledger-{entry.claim.id}"}
        text, verdict = text or entry.claim.id, "open"
    link = nodes.reference("", text, internal=True, refuri="", **target)
    if target["ledger_lesson"] is None:
        link = nodes.inline("", text)
    said = nodes.inline("", verdict, classes=["claim-verdict"])
    return nodes.inline(
        "", "", link, nodes.Text(" ("), said, nodes.Text(")"), classes=["claim-link"]
    )


@lru_cache(maxsize=1)
def _entries_at(path: Path, _changed: tuple[int, ...]) -> list[Entry]:
    return merge(read_claims(path), collect_verdicts(path.parent))


def _entries(path: Path) -> list[Entry]:
    """Read the claims and the lessons once for all, until one of the files changes."""
    sources = (path, *lessons(path.parent))
    return _entries_at(path, tuple(source.stat().st_mtime_ns for source in sources))


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Register the extension."""
    app.add_config_value("ledger_claims", "book/claims.toml", "env", types=str)
    # MyST-NB finds its renderers through entry points of installed packages and keeps the list. The
    # companion's wheel has no business in other people's Sphinx builds, so this one joins here.
    if VerdictRenderer not in load_mime_renders():
        load_mime_renders().append(VerdictRenderer)
    app.add_directive("ledger", Ledger)
    app.add_directive("told", Told)
    app.add_role("claim", ClaimRole())
    app.add_node(ClaimLink)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("doctree-resolved", _resolve)
    app.connect("html-page-context", _outfit)
    return {
        "version": "1",
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
