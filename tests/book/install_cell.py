"""Keep the repository's address right wherever no build can fill it in.

The address stands in `_config.yml`, and what the book's build makes follows from there. Three kinds
of places are read without a build: the cell with which a notebook installs the course in Google
Colab, the README, and CITATION.cff. `make links` brings them in line, which a fork does once:

Usage: python tests/book/install_cell.py
"""

import re
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[2]
TEXTS = ("README.md", "CITATION.cff")
CELL_ID = "install"
# The page leaves the cell out: there is nothing to install for whoever reads it.
METADATA = {"tags": ["install", "remove-cell"]}

# Not `--quiet`: Colab reads pip's report, and asks to restart the session where that is needed.
SOURCE = """\
# In Google Colab, get the course and what it needs. Elsewhere, do nothing.
import sys

if "google.colab" in sys.modules:
    url = "{url}"
    !git clone --depth 1 --branch {branch} {{url}} /content/course
    %pip install "/content/course[lessons]"
    %cd /content/course/{folder}"""


def repository() -> tuple[str, str]:
    """Return address and branch, as `_config.yml` has them."""
    setting = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]
    return setting["url"].rstrip("/"), setting["branch"]


def install_source(place: str) -> str:
    """Return the cell's source for a notebook at this place in the book."""
    url, branch = repository()
    folder = (Path("book") / place).parent.as_posix()
    return SOURCE.format(url=url, branch=branch, folder=folder)


def put_install_cell(notebook: nbformat.NotebookNode, place: str) -> None:
    """Put the cell behind the title, or bring it up to date, and number the others anew."""
    cells = [cell for cell in notebook.cells if "install" not in cell.metadata.get("tags", ())]
    cell = nbformat.v4.new_code_cell(install_source(place), id=CELL_ID, metadata=METADATA)
    notebook.cells = [cells[0], cell, *cells[1:]]
    # It prints nothing, so the other cells' outputs stay as they are; only their numbers move. A
    # cell that was never run stays so, and the rules of hygiene will say it.
    count = 0
    for code in (cell for cell in notebook.cells if cell.cell_type == "code"):
        count += 1
        if code.id != CELL_ID and code.execution_count is None:
            continue
        code.execution_count = count
        for output in code.outputs:
            if "execution_count" in output:
                output["execution_count"] = count


def put_links(text: str, old: str, new: str) -> str:
    """Name the new repository in a text instead of the old one."""
    folder = new.rpartition("/")[2]
    text = re.sub(re.escape(old) + r"(?![\w-])", new, text)
    return re.sub(r"^(cd )\S+$", rf"\g<1>{folder}", text, flags=re.MULTILINE)


def cloned(text: str) -> str:
    """Return the address that the README tells the reader to clone."""
    return re.search(r"^git clone (https://\S+)$", text, re.MULTILINE)[1].rstrip("/")


def main() -> None:
    """Bring every notebook and text in line with the setting."""
    for path in sorted((ROOT / "book").rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        stored = path.read_text("utf-8")
        notebook = nbformat.reads(stored, as_version=4)
        put_install_cell(notebook, path.relative_to(ROOT / "book").as_posix())
        text = nbformat.writes(notebook) + "\n"
        if text != stored:
            path.write_text(text, "utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    url, _ = repository()
    old = cloned((ROOT / "README.md").read_text("utf-8"))
    for name in TEXTS:
        stored = (ROOT / name).read_text("utf-8")
        text = put_links(stored, old, url)
        if text != stored:
            (ROOT / name).write_text(text, "utf-8")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
