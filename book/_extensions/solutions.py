"""Label the folded cells that hold a solution as what they are.

MyST-NB labels every folded cell alike, from one setting. A cell tagged ``solution`` gets a label
of its own here, so that no lesson has to repeat it in the metadata of each cell.
"""

import json

from sphinx.application import Sphinx

LABELS = {"code_prompt_show": "Show a solution", "code_prompt_hide": "Hide the solution"}


def _label(app: Sphinx, docname: str, source: list[str]) -> None:
    if not app.env.doc2path(docname).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        if "solution" in cell["metadata"].get("tags", ()):
            cell["metadata"]["mystnb"] = LABELS | cell["metadata"].get("mystnb", {})
    source[0] = json.dumps(notebook)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("source-read", _label)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
