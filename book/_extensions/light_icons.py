"""Keep of the theme's icons those that the book shows.

The theme brings Font Awesome twice: as fonts with 2,000 icons and as a script of half a megabyte
that replaces each icon by a drawing. The template ``layout.html`` leaves the script out, and here
the fonts lose the icons that no page and no style sheet names, and the style sheet, which a reader
waits for, their rules.
"""

from __future__ import annotations

import re
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

FONTS = "_static/vendor/fontawesome/webfonts/*.woff2"
SHEET = "_static/styles/pydata-sphinx-theme.css"
# Style sheets write an icon as an escape or as the character itself.
ICON = r'"(\\[0-9a-f]{4}|[\ue000-\uf8ff])"'
CONTENT = re.compile(rf"content:\s*{ICON}")
VARIABLE = re.compile(rf"--[\w-]+:\s*{ICON}")
NAME = re.compile(r"\.(fa-[\w-]+)")
RULE = re.compile(r"(?<=\})(?:\.fa-[\w-]+:before,?)+\{content:\"[^\"]*\"\}")


def wanted(styles: str, names: set[str]) -> set[int]:
    r"""Return the code points of the icons named, and of those that the style sheets use themselves.

    Examples
    --------
    >>> styles = '.fa-sun:before{content:"\\f185"} .fa-eye:before{content:"\\f06e"} p{--i:"\uf00c"}'
    >>> sorted(map(hex, wanted(styles, {"fa-sun"})))
    ['0xf00c', '0xf185']
    """
    found = set(VARIABLE.findall(styles))
    # Rule by rule: one expression for whole rules takes a second for all of the theme's.
    for rule in styles.split("}"):
        if code := CONTENT.search(rule):
            icons = set(NAME.findall(rule.rpartition("{")[0].rpartition("{")[2]))
            if not icons or icons & names:
                found.add(code[1])
    return {int(code[1:], 16) if len(code) > 1 else ord(code) for code in found}


def without_the_rest(sheet: str, names: set[str]) -> str:
    r"""Return a style sheet without the rules for the icons that are not named.

    Examples
    --------
    >>> sheet = 'p{}.fa-sun:before{content:"\\f185"}.fa-eye:before,.fa-i:before{content:"\\f06e"}a{}'
    >>> print(without_the_rest(sheet, {"fa-sun"}))
    p{}.fa-sun:before{content:"\f185"}a{}
    """
    return RULE.sub(lambda rule: rule[0] if names & {*NAME.findall(rule[0])} else "", sheet)


def _subset(app: Sphinx, exception: Exception | None) -> None:
    """Make the fonts small once all pages are written."""
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    pages = "".join(page.read_text("utf-8") for page in out.rglob("*.html"))
    scripts = "".join(script.read_text("utf-8") for script in (out / "_static").glob("*.js"))
    styles = "".join(sheet.read_text("utf-8") for sheet in (out / "_static").rglob("*.css"))
    names = set(re.findall(r"\bfa-[\w-]+", pages + scripts))
    codes = wanted(styles, names)
    fonts = sorted(out.glob(FONTS))
    if not fonts or not codes or not (out / SHEET).exists():
        raise ExtensionError(f"The theme has no {FONTS} or {SHEET}: its layout has changed.")
    sheet = out / SHEET
    sheet.write_text(without_the_rest(sheet.read_text("utf-8"), names), "utf-8")
    for path in fonts:
        with TTFont(path, recalcTimestamp=False) as font:
            subsetter = Subsetter(Options(flavor="woff2", notdef_outline=True))
            subsetter.populate(unicodes=codes)
            subsetter.subset(font)
            font.flavor = "woff2"
            font.save(path)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("build-finished", _subset)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
