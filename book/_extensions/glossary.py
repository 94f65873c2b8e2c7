"""Tie the glossary to the lessons: the roles ``{zh}`` and ``{taught}``, and the general index.

A page links to the glossary with ``{term}`dying ReLU```. From these links follows where a term is
taught, so the glossary need not be touched when a lesson comes or goes: ``{taught}`4`` becomes the
list of lessons that link to the term, those of chapter 4 first, and the chapter itself as long as
none of its lessons does. The first link on each page also stands in the general index, under the
term and with the page's title.

``{zh}`侧抑制``` marks Chinese text as such, for screen readers and for the choice of a font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole

MOST_LESSONS = 4


class Chinese(nodes.inline):
    """A phrase in Chinese."""


class Taught(nodes.inline):
    """The place of the list of lessons, until all pages are known."""


class ChineseRole(SphinxRole):
    """Mark Chinese text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the phrase."""
        return [Chinese(self.rawtext, self.text, classes=["zh"])], []


class TaughtRole(SphinxRole):
    """Say where the term is taught, which belongs to the given chapter."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place where the lessons will be listed."""
        self.env.glossary_pages.add(self.env.docname)
        return [Taught(self.rawtext, chapter=self.text)], []


def spellings(source: str) -> dict[str, str]:
    r"""Map each term of a glossary's source, in small letters, to the first name of its entry.

    Examples
    --------
    >>> spellings("```{glossary}\nswish\nSiLU\n  A gate.\n\nULP\n  A gap.\n```")
    {'swish': 'swish', 'silu': 'swish', 'ulp': 'ULP'}
    """
    found, first = {}, None
    inside = False
    for line in source.splitlines():
        if line.startswith("```"):
            inside = line.startswith("```{glossary}")
        elif inside and line.startswith(" "):
            first = None
        elif inside and line and not line.startswith(":"):
            first = first or line
            found[line.lower()] = first
    return found


class CollectUses(SphinxTransform):
    """Note which terms a page links to, and put the first link to each into the general index."""

    # Before Sphinx hands the index entries of the page to its index (850).
    default_priority = 840

    def apply(self, **_: object) -> None:
        """Walk over the links to terms."""
        names = _spellings(self.env)
        uses = self.env.glossary_uses.setdefault(self.env.docname, [])
        title = next((node.astext() for node in self.document.findall(nodes.title)), "")
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link.get("reftype") != "term":
                continue
            term = names.get(link["reftarget"].lower())
            if term is None or term in uses:
                continue
            uses.append(term)
            place = f"use-{nodes.make_id(term)}"
            entry = addnodes.index(entries=[("single", f"{term}; {title}", place, "", None)])
            # Not a target before it: the search shows the text of the place that it found, and has
            # a script error where there is none.
            link[0]["ids"].append(place)
            link.parent.insert(link.parent.index(link), entry)


def _spellings(env: BuildEnvironment) -> dict[str, str]:
    path = Path(env.srcdir) / env.config.glossary_source
    if not path.exists():
        return {}
    changed = path.stat().st_mtime_ns
    known = getattr(env, "_glossary_spellings", None)
    if known is None or known[0] != changed:
        known = env._glossary_spellings = (changed, spellings(path.read_text("utf-8")))
    return known[1]


def _reading_order(env: BuildEnvironment, page: str | None = None) -> Iterator[str]:
    """Yield the pages as the table of contents lists them."""
    page = page or env.config.root_doc
    yield page
    for child in env.toctree_includes.get(page, ()):
        yield from _reading_order(env, child)


def where(env: BuildEnvironment, term: str, chapter: str) -> list[str]:
    """Return the pages that teach a term: lessons of its chapter first, then those of others."""
    order = list(dict.fromkeys(_reading_order(env)))
    lessons = [page for page in order if page.count("/") == 2 and re.match(r"book/\d", page)]
    using = [page for page in lessons if term in env.glossary_uses.get(page, ())]
    home = f"book/{chapter}-"
    own = [page for page in using if page.startswith(home)]
    others = [page for page in using if not page.startswith(home)]
    if not own:
        own = [page for page in order if page.startswith(home) and page.endswith("/index")]
    return [*own, *others][:MOST_LESSONS]


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill in the lists of lessons."""
    for node in list(doctree.findall(Taught)):
        item = node
        while not isinstance(item, nodes.definition_list_item):
            item = item.parent
        term = next(iter(item.findall(nodes.term))).astext()
        pages = where(app.env, term, node["chapter"])
        parts: list[nodes.Node] = []
        for page in pages:
            title = app.env.titles[page].astext()
            parts.append(nodes.Text(", " if parts else "in "))
            if app.builder.format == "html":
                address = app.builder.get_relative_uri(docname, page)
                if term in app.env.glossary_uses.get(page, ()):
                    address += f"#use-{nodes.make_id(term)}"
                parts.append(nodes.reference("", title, internal=True, refuri=address))
            else:
                parts.append(nodes.Text(title))
        node.replace_self(nodes.inline("", "", *parts, classes=["taught"]))


def _prepare(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    for name, empty in (("glossary_uses", dict), ("glossary_pages", set)):
        if not hasattr(env, name):
            setattr(env, name, empty())


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _prepare(app, env, [])
    env.glossary_uses.pop(docname, None)
    env.glossary_pages.discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    _prepare(app, env, [])
    for docname in docnames:
        if docname in other.glossary_uses:
            env.glossary_uses[docname] = other.glossary_uses[docname]
    env.glossary_pages.update(other.glossary_pages & set(docnames))


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set
) -> list[str]:
    """Make the glossary anew when any page changes: it may use other terms now."""
    _prepare(app, env, [])
    return sorted(env.glossary_pages - removed) if added or changed or removed else []


def _letters(_app: Sphinx, doctree: nodes.document) -> None:
    """Put a line of letters above the glossary, each leading to its first term."""
    for glossary in list(doctree.findall(addnodes.glossary)):
        first: dict[str, str] = {}
        for term in glossary.findall(nodes.term):
            if term is term.parent.children[0]:
                first.setdefault(term.astext()[0].upper(), term["ids"][0])
        links = [
            nodes.reference("", letter, internal=True, refid=id) for letter, id in first.items()
        ]
        line = nodes.paragraph("", "", *links, classes=["glossary-letters"], translatable=False)
        glossary.parent.insert(glossary.parent.index(glossary), line)


def _outfit(app: Sphinx, pagename: str, _template: str, _context: dict, _doctree: object) -> None:
    """Give the glossary its style."""
    if pagename in app.env.glossary_pages:
        app.add_css_file("reference.css")


def _open(self: object, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "span", "", lang="zh-Hans"))


def _close(self: object, _node: nodes.Element) -> None:
    self.body.append("</span>")


def _pass(_self: object, _node: nodes.Element) -> None:
    """Show the text and nothing around it."""


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Register the extension."""
    app.add_config_value("glossary_source", "book/glossary.md", "env", types=str)
    app.add_node(Chinese, html=(_open, _close), **dict.fromkeys(("latex", "text"), (_pass, _pass)))
    app.add_node(Taught)
    app.add_role("zh", ChineseRole())
    app.add_role("taught", TaughtRole())
    app.add_transform(CollectUses)
    app.connect("env-before-read-docs", _prepare)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("doctree-read", _letters)
    app.connect("doctree-resolved", _resolve)
    app.connect("html-page-context", _outfit)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
