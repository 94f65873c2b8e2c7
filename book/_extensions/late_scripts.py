"""Let the scripts of the theme and of Sphinx wait until the page is read.

They stand in the head of each page, and a browser shows nothing before it has fetched and run them.
None of them has anything to do before the page is there, so they may come in their order afterwards.
"""

from typing import Any

from sphinx.application import Sphinx

# Scripts within the pages use its constant at once.
AT_ONCE = "documentation_options.js"


def _postpone(
    _app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if page == "search":  # its own scripts do not wait, and need these
        return
    context["script_files"] = [_late(script) for script in context.get("script_files", [])]


def _late(script: Any) -> Any:
    """Return the script, told to wait; the one that came is every page's."""
    name = str(getattr(script, "filename", "") or "")
    if (
        not name.endswith(".js")
        or name.endswith(AT_ONCE)
        or {"defer", "async"} & {*script.attributes}
    ):
        return script
    return type(script)(
        script.filename, priority=script.priority, **script.attributes, defer="defer"
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    # After everybody has named theirs.
    app.connect("html-page-context", _postpone, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
