"""Mend what the theme and the libraries leave inaccessible, or write as invalid HTML.

- The arrows that unfold the menu get a name, after the chapter beside them.
- The label of a folded cell may stand in a ``summary``, which takes no paragraphs, and is its name.
- Header cells say whether they head a column or a row.
- The bibliography is a list of list items; ARIA has given up the role docutils writes.
- Paragraphs that hold lists, which Sphinx makes of docstrings, give way to what they hold.
- Addresses with characters that no address may have, as in old DOIs, are quoted.
- ``book.js`` lets the keyboard reach formulas that scroll sideways.

The templates beside this folder do the rest: ``site-logo.html`` puts the logo into a landmark.
"""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

_ = get_translation("book")


class ValidHtml(SphinxPostTransform):
    """Mend what would be invalid whatever writes it."""

    default_priority = 950
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Look at the whole page."""
        blocks = (nodes.paragraph, nodes.bullet_list, nodes.definition_list, nodes.literal_block)
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if any(isinstance(child, blocks) for child in paragraph.children):
                paragraph.replace_self(paragraph.children)
        for link in self.document.findall(nodes.reference):
            if "refuri" in link:
                link["refuri"] = quote(link["refuri"], safe="%/:?#[]@!$&'()*+,;=~")


def _visit_folded_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    classes = " ".join(["admonition", "hide", *node["classes"]])
    labels = (
        f'<span class="{state} admonition-title">{escape(node[prompt])}</span>'
        for state, prompt in (("collapsed", "prompt_show"), ("expanded", "prompt_hide"))
    )
    self.body.append(f'<details class="{classes}">\n<summary>{"".join(labels)}</summary>\n')


def _depart_folded_cell(self: HTML5Translator, _node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")


def _visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    type(self).visit_entry(self, node)
    scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
    self.body[-1] = self.body[-1].replace("<th ", f'<th scope="{scope}" ', 1)


def _depart_entry(self: HTML5Translator, node: nodes.entry) -> None:
    type(self).depart_entry(self, node)


def _visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    type(self).visit_citation(self, node)
    self.body[-1] = self.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')


def _depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    type(self).depart_citation(self, node)


def _name_arrows(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Have the menu's arrows say what they unfold."""
    draw_menu = context.get("generate_toctree_html")
    if draw_menu is None:
        return

    def draw_named_menu(*args: Any, **kwargs: Any) -> BeautifulSoup | str:
        menu = draw_menu(*args, **kwargs)
        if isinstance(menu, str):
            return menu
        for summary in menu.select("summary"):
            link = summary.find_previous("a")
            summary["aria-label"] = _("Pages in %s") % link.get_text(" ", strip=True)
        return menu

    context["generate_toctree_html"] = draw_named_menu


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.setup_extension("myst_nb")
    app.add_post_transform(ValidHtml)
    for node, visit, depart in (
        (HideCodeCellNode, _visit_folded_cell, _depart_folded_cell),
        (nodes.entry, _visit_entry, _depart_entry),
        (nodes.citation, _visit_citation, _depart_citation),
    ):
        app.add_node(node, override=True, html=(visit, depart))
    # After the theme, which puts its functions into the context.
    app.connect("html-page-context", _name_arrows, priority=900)
    app.add_js_file("book.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
