"""Turn the companion's docstrings, which are written for readers of code, into reference pages.

They follow numpydoc's sections, which ``NumpyDocstring`` of Sphinx understands. Three things differ
from reStructuredText: |x| is a size and no substitution, a star is a product, and a name in single
backticks is code. Such a name becomes a link where the same package makes it public. The types in
docstrings are words for people ("array_like of shape (n,)") and are no links, so a strict build has
nothing to look for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from inspect import isclass, isfunction

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, NumpyDocstring

STYLE = Config(
    napoleon_use_param=False,
    napoleon_use_rtype=False,
    napoleon_custom_sections=[("Attributes", "params_style")],
)
CODE = re.compile(r"(``.+?``|`[^`]+`)")


def restructured(lines: Iterable[str], public: dict[str, str]) -> list[str]:
    """Return a docstring's lines as reStructuredText.

    Parameters
    ----------
    lines : iterable of str
        The docstring, with its indentation removed.
    public : dict of str to str
        Names that can be linked to, with what they are called from outside.
    """
    return list(NumpyDocstring(list(_literal(lines, public)), STYLE).lines())


def public_names(module: str) -> dict[str, str]:
    """Return the classes, methods and functions that a module makes public."""
    names = {}
    package = sys.modules[module]
    for name in getattr(package, "__all__", ()):
        member = getattr(package, name)
        if isclass(member) or isfunction(member):
            names[name] = f"{module}.{name}"
        if isclass(member):
            own = [key for key, value in vars(member).items() if isfunction(value)]
            names |= {f"{name}.{key}": f"{module}.{name}.{key}" for key in own if key[0] != "_"}
    return names


def _literal(lines: Iterable[str], public: dict[str, str]) -> Iterator[str]:
    """Mask what reStructuredText would misread, except in examples and in blocks of code."""
    block = None  # how far the line is indented that announced a block of code with "::"
    example = False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if block is not None and line.strip() and indent <= block:
            block = None
        if example or block is not None:
            yield line
            continue
        if line.endswith("::"):
            block = indent
        parts = CODE.split(_plain_footnotes(line))
        parts[::2] = map(_text, parts[::2])
        parts[1::2] = (_code(part, public) for part in parts[1::2])
        yield "".join(parts)


def _plain_footnotes(line: str) -> str:
    """Make a list of the references, since their numbers repeat from docstring to docstring."""
    return re.sub(r"\[(\d+)\]_", r"[\1]", re.sub(r"^(\s*)\.\. \[(\d+)\]", r"\1\2.", line))


def _text(text: str) -> str:
    """Keep stars, bars and final underscores as they are, and the primes of derivatives primes."""
    text = re.sub(r"([*|])|(?<=\w)(_)(?!\w)", r"\\\1\2", text)
    return re.sub(r"\b(\w)'(?!\w)", r"\1′", re.sub(r"\b(\w)''", r"\1″", text))


def _code(marked: str, public: dict[str, str]) -> str:
    name = marked.strip("`")
    return f":py:obj:`~{public[name]}`" if name in public else f"``{name}``"


def _process(
    _app: Sphinx, _what: str, name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    module = name
    while module not in sys.modules:
        module = module.rpartition(".")[0]
    lines[:] = restructured(lines, public_names(module))


def _is_standard(_app: Sphinx, _domain: object, node: nodes.Element) -> bool | None:
    """Let exceptions of Python's own library stand without a link, as Sphinx does built-in ones."""
    package = node.get("reftarget", "").partition(".")[0]
    return (node.get("reftype") == "exc" and package in sys.stdlib_module_names) or None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", _process)
    app.connect("warn-missing-reference", _is_standard)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
