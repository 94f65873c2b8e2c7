"""Rules that every notebook of the book obeys; they read its JSON and run nothing.

nbval executes a lesson again and compares outputs, but it passes in silence what is not there to
compare: an unrun cell, wrong execution counts, a missing image. These rules refuse that, and what
would make a lesson depend on the machine, the network or chance.

A rule is a function from a `Notebook` to the complaints it has, none if all is well.
"""

import ast
import base64
import io
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path

from install_cell import METADATA, install_source
from optional_lessons import REQUIREMENTS, installed_by_parity
from PIL import Image

BOOK = Path(__file__).parents[2] / "book"
REFRESH = "run `make lessons`"
NORMAL_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

MOST_LINES = 15
MOST_BYTES = 1_000_000
MOST_CHART = 400_000
LEAST_WIDTH = 300
LEAST_ALT = 30
LEAST_WORDS_A_LINE = 12


@dataclass(frozen=True)
class Cell:
    """One cell, by its place in the notebook."""

    number: int
    data: dict

    @property
    def source(self) -> str:
        return "".join(self.data["source"])

    @property
    def outputs(self) -> list[dict]:
        return self.data.get("outputs", [])

    @property
    def tags(self) -> set[str]:
        return set(self.data["metadata"].get("tags", ()))

    @property
    def is_install(self) -> bool:
        """Whether this is the cell that installs the course in Colab; its own rule looks at it."""
        return "install" in self.tags

    @property
    def image(self) -> str | None:
        """The stored PNG, in base64, of the first output that has one."""
        images = (output.get("data", {}).get("image/png") for output in self.outputs)
        return next(("".join(image) for image in images if image), None)

    @cached_property
    def tree(self) -> ast.Module:
        """What Python makes of the source; nothing where it is not Python."""
        try:
            return ast.parse(self.source)
        except SyntaxError:
            return ast.Module([], [])

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Yield each call with its dotted name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def imports(self) -> Iterator[tuple[str, str]]:
        """Yield (module, name) of each import; the name is empty for ``import module``."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, "") for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.module or "", alias.name) for alias in node.names)

    def code_lines(self) -> list[str]:
        """Lines that are neither blank nor only a comment."""
        lines = (line.strip() for line in self.source.splitlines())
        return [line for line in lines if line and not line.startswith("#")]


class Notebook:
    """A notebook as it is stored."""

    def __init__(self, data: dict, name: str = "notebook", size: int = 0, lesson: bool = False):
        self.data, self.name, self.size, self.is_lesson = data, name, size, lesson
        self.cells = [Cell(number, cell) for number, cell in enumerate(data["cells"], 1)]
        self.code = [cell for cell in self.cells if cell.data["cell_type"] == "code"]
        self.prose = "\n\n".join(
            cell.source for cell in self.cells if cell.data["cell_type"] == "markdown"
        )

    @classmethod
    def read(cls, path: Path) -> "Notebook":
        """Read a stored notebook; those in a chapter's folder are lessons."""
        text = path.read_bytes()
        place = path.relative_to(BOOK)
        return cls(json.loads(text), place.as_posix(), len(text), lesson=len(place.parts) > 1)


def paths() -> list[Path]:
    """Return every notebook of the book."""
    found = BOOK.rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


Rule = Callable[[Notebook], Iterator[str]]
RULES: dict[str, Rule] = {}
LESSON_RULES: dict[str, Rule] = {}


def rule(check: Rule) -> Rule:
    """Apply this rule to every notebook."""
    RULES[check.__name__] = check
    return check


def lesson_rule(check: Rule) -> Rule:
    """Apply this rule to the notebooks in the chapters' folders."""
    LESSON_RULES[check.__name__] = check
    return check


def complaints(notebook: Notebook) -> list[str]:
    """Return everything the rules have to say about a notebook."""
    rules = RULES | (LESSON_RULES if notebook.is_lesson else {})
    return [f"{name}: {text}" for name, check in rules.items() for text in check(notebook)]


# What was run, and is it stored?


@rule
def cells_have_run(notebook: Notebook) -> Iterator[str]:
    """Ask that every code cell was run, from top to bottom, in a fresh kernel."""
    counts = [cell.data.get("execution_count") for cell in notebook.code]
    for cell, count in zip(notebook.code, counts, strict=True):
        if count is None:
            yield f"cell {cell.number} was not run: {REFRESH}"
    if None not in counts and counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}, not 1 to {len(counts)}: {REFRESH}"


@rule
def output_counts_agree(notebook: Notebook) -> Iterator[str]:
    """Ask that a result carries the execution count of its cell."""
    for cell in notebook.code:
        for output in cell.outputs:
            count = output.get("execution_count", cell.data.get("execution_count"))
            if count != cell.data.get("execution_count"):
                yield f"cell {cell.number} stores a result of run {count}: {REFRESH}"


@rule
def no_stored_errors(notebook: Notebook) -> Iterator[str]:
    """Refuse stored exceptions, and anything on the error stream."""
    for cell in notebook.code:
        for output in cell.outputs:
            if output["output_type"] == "error":
                yield f"cell {cell.number} stores an exception, {output['ename']}"
            if output.get("name") == "stderr":
                yield f"cell {cell.number} stores a warning or other text on the error stream"


@rule
def nothing_escapes_validation(notebook: Notebook) -> Iterator[str]:
    """Refuse tags and comments that tell nbval to look away."""
    for cell in notebook.code:
        tags = {tag for tag in cell.tags if re.match("nbval|raises-exception|skip-execution", tag)}
        marks = set(re.findall(r"#\s*(NBVAL_\w+|PYTEST_VALIDATE_\w+)", cell.source))
        if tags | marks:
            yield f"cell {cell.number} has {', '.join(sorted(tags | marks))}"


@rule
def metadata_is_normal(notebook: Notebook) -> Iterator[str]:
    """Refuse a notebook that remembers which machine and Python it last ran on."""
    for key in (notebook.data["metadata"].keys() | NORMAL_METADATA.keys()) - {"needs"}:
        if notebook.data["metadata"].get(key) != NORMAL_METADATA.get(key):
            yield f"metadata {key!r} is not in normal form: {REFRESH}"
    for cell in notebook.cells:
        if "execution" in cell.data["metadata"]:
            yield f"cell {cell.number} stores when it was run: {REFRESH}"
    twice = [id_ for id_, n in Counter(c.data.get("id") for c in notebook.cells).items() if n > 1]
    if twice:
        yield f"cells without an id of their own: {twice}"


@rule
def says_what_it_needs(notebook: Notebook) -> Iterator[str]:
    """Ask for one list of what is needed: in metadata, in the call of `need`, and in parity."""
    wanted = [
        re.match(r"[\w.-]*", ast.literal_eval(package))[0]
        for cell in notebook.code
        for name, call in cell.calls()
        if name == "need"
        for package in call.args
    ]
    if (listed := notebook.data["metadata"].get("needs", [])) != wanted:
        yield f"its metadata lists {listed} under 'needs', and it calls need(…) for {wanted}"
    if strangers := set(listed) - installed_by_parity():
        yield f"needs {sorted(strangers)}, which {REQUIREMENTS.name} of `make parity` has not"


@rule
def file_is_small(notebook: Notebook) -> Iterator[str]:
    """Refuse big files: every clone carries every notebook."""
    if notebook.size > MOST_BYTES:
        yield f"{notebook.size} bytes, more than {MOST_BYTES}"


# Figures


@rule
def figures_are_stored(notebook: Notebook) -> Iterator[str]:
    """Ask a cell that draws for a real stored picture, which nbval does not look at."""
    for cell in notebook.code:
        is_figure = "figure" in cell.data["metadata"].get("mystnb", {})
        if not (is_figure or any(DRAWING.fullmatch(name) for name, _ in cell.calls())):
            continue
        if cell.image is None:
            yield f"cell {cell.number} draws a figure and stores no image: {REFRESH}"
            continue
        try:
            image = Image.open(io.BytesIO(base64.b64decode(cell.image, validate=True)))
            image.load()
        except (OSError, ValueError, SyntaxError) as error:
            yield f"cell {cell.number} stores an image that cannot be read ({error}): {REFRESH}"
            continue
        if image.width < LEAST_WIDTH:
            yield f"cell {cell.number} stores an image only {image.width} pixels wide"
        if all(low == high for low, high in image.convert("RGB").getextrema()):
            yield f"cell {cell.number} stores an image of one colour"


DRAWING = re.compile(r"(draw|explore)_\w+|plt\.(subplots?|subplot_mosaic|figure|plot|show)")


@rule
def figures_are_described(notebook: Notebook) -> Iterator[str]:
    """Ask a picture for alt text, a caption, a name, and prose that refers to it."""
    for cell in notebook.code:
        about = cell.data["metadata"].get("mystnb", {})
        if cell.image is None and "figure" not in about:
            continue
        alt = about.get("image", {}).get("alt", "")
        figure = about.get("figure", {})
        if len(alt.strip()) < LEAST_ALT:
            yield f"cell {cell.number}: alt text of {len(alt)} characters, at least {LEAST_ALT}"
        if not figure.get("caption"):
            yield f"cell {cell.number}: its figure has no caption"
        if not (name := figure.get("name")):
            yield f"cell {cell.number}: its figure has no name"
        elif not re.search(rf"{{numref}}`([^`]*<)?{re.escape(name)}>?`", notebook.prose):
            yield f"cell {cell.number}: no text refers to its figure with {{numref}}`{name}`"


CHART = "application/vnd.vegalite.v5+json"


@rule
def explorables_are_stored(notebook: Notebook) -> Iterator[str]:
    """Ask an explorable for its chart, in the form that pages and JupyterLab draw, and light."""
    for cell in notebook.code:
        outputs = [output.get("data", {}) for output in cell.outputs]
        charts = [(kind, data[kind]) for data in outputs for kind in data if "vega" in kind]
        draws = any(re.fullmatch(r"(\w+\.)?explore_\w+", name) for name, _ in cell.calls())
        if draws and not charts:
            yield f"cell {cell.number} draws an explorable and stores no chart: {REFRESH}"
        for kind, chart in charts:
            if kind != CHART:
                yield f"cell {cell.number} stores a chart as {kind}, not {CHART}"
            if len(json.dumps(chart)) > MOST_CHART:
                yield f"cell {cell.number} stores a chart of more than {MOST_CHART} characters"
            if not chart.get("description"):
                yield f"cell {cell.number} stores a chart without a description"
            if re.search(r'"url": "[^"]', json.dumps(chart)):
                yield f"cell {cell.number} stores a chart that loads its data"


# What would make a lesson depend on the network, the machine or chance


@rule
def installs_itself_in_colab(notebook: Notebook) -> Iterator[str]:
    """Ask for the cell that gets the course where it is missing, the same in every notebook."""
    found = [cell for cell in notebook.code if cell.is_install]
    if not found or notebook.cells[1:2] != found:
        yield f"not the second cell and no other installs the course in Colab: {REFRESH}"
    for cell in found:
        same = cell.source == install_source(notebook.name)
        if not same or cell.data["metadata"] != METADATA or cell.outputs:
            yield f"cell {cell.number} does not install the course as it should: run `make links`"


@rule
def nothing_from_other_hosts(notebook: Notebook) -> Iterator[str]:
    """Refuse what is loaded from elsewhere; links may lead anywhere."""
    for cell in notebook.cells:
        if cell.data["cell_type"] == "markdown":
            if found := re.search(FOREIGN_RESOURCE, cell.source):
                yield f"cell {cell.number} shows something from another host: {found[0]}"
            continue
        if cell.is_install:
            continue
        if found := re.search(r"\b(https?|ftp|wss?)://[^\s\"')]+", cell.source):
            yield f"cell {cell.number} names another host: {found[0]}"
        for kind, text in _texts(cell):
            pages = ("text/html", "image/svg+xml", "application/javascript", "text/markdown")
            if kind in pages and (found := re.search(FOREIGN_RESOURCE, text)):
                yield f"cell {cell.number} stores something from another host: {found[0]}"


FOREIGN_RESOURCE = re.compile(
    r"""\bsrc(?:set)?\s*=\s*["']?(?:https?:)?//[^\s"'>]+        # images, scripts, frames
      | <link\b[^>]*href\s*=\s*["']?(?:https?:)?//[^\s"'>]+     # style sheets
      | <(?:image|use)\b[^>]*href\s*=\s*["']?(?:https?:)?//[^\s"'>]+
      | (?:url\(|@import|\bimport|\bfetch\(|\bimport\(|\bfrom)\s*["']?(?:https?:)?//[^\s"')]+
      | !\[[^\]]*\]\((?:https?:)?//[^\s)]+
      | \{(?:image|figure)\}\s*https?://\S+
      | https?://(?:cdn|unpkg)[^\s"')]+                         # however it is written
      | https?://[^\s/"']*(?:cdnjs|jsdelivr)[^\s"')]+""",
    re.VERBOSE | re.IGNORECASE,
)


def _texts(cell: Cell) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of everything textual that a cell stores."""
    for output in cell.outputs:
        if "text" in output:
            yield "text/plain", "".join(output["text"])
        for kind, content in output.get("data", {}).items():
            if kind not in ("image/png", "image/jpeg"):
                is_text = isinstance(content, str | list)
                yield kind, "".join(content) if is_text else json.dumps(content)


MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users|tmp|work|usr|opt|var|private|mnt|srv)/\S*"
    r"|\b[A-Z]:\\\S*|site-packages|ipykernel_\d+|\bat 0x[0-9a-f]{6,}"
)


@rule
def nothing_of_this_machine(notebook: Notebook) -> Iterator[str]:
    """Refuse paths and addresses of the machine that ran the cells."""
    for cell in notebook.code:
        for _, text in [("source", cell.source), *_texts(cell)]:
            if found := re.search(MACHINE, text):
                yield f"cell {cell.number} shows this machine: {found[0]}"


SEEDED = {"default_rng", "SeedSequence", "PCG64", "PCG64DXSM", "Philox", "SFC64", "MT19937"}


@rule
def chance_is_seeded(notebook: Notebook) -> Iterator[str]:
    """Refuse random numbers that are not from ``np.random.default_rng(seed)``."""
    for cell in notebook.code:
        for module, name in cell.imports():
            if module in ("random", "secrets", "uuid"):
                yield f"cell {cell.number} uses the module {module}"
            if module == "numpy.random" and name not in SEEDED | {"Generator", ""}:
                yield f"cell {cell.number} imports numpy.random.{name}, which has no seed"
        for name, call in cell.calls():
            owner, _, function = name.rpartition(".")
            if owner in ("np.random", "numpy.random") and function not in SEEDED | {"Generator"}:
                yield f"cell {cell.number} calls {name}, which has no seed of its own"
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            unseeded = all(isinstance(a, ast.Constant) and a.value is None for a in given)
            if function in SEEDED and unseeded:
                yield f"cell {cell.number} calls {name}() without a seed"


TIMERS = {"time", "timeit", "datetime"}


@rule
def no_timing(notebook: Notebook) -> Iterator[str]:
    """Refuse clocks: a time differs at every run."""
    for cell in notebook.code:
        for module, _ in cell.imports():
            if module.split(".")[0] in TIMERS:
                yield f"cell {cell.number} imports {module}"


@rule
def plain_python(notebook: Notebook) -> Iterator[str]:
    """Refuse magics and shell commands: a cell works the same pasted into any Python."""
    for cell in notebook.code:
        if cell.is_install:
            continue
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            yield f"cell {cell.number} is not plain Python (line {error.lineno}: {error.text!r})"


# How the code reads


@rule
def cells_are_short(notebook: Notebook) -> Iterator[str]:
    """Ask that a cell is one step, solutions included."""
    for cell in notebook.code:
        lines = len(cell.source.splitlines())
        if lines > MOST_LINES:
            yield f"cell {cell.number} has {lines} lines, more than {MOST_LINES}"


@rule
def no_star_imports(notebook: Notebook) -> Iterator[str]:
    """Refuse star imports: the reader sees where a name comes from."""
    for cell in notebook.code:
        for module, name in cell.imports():
            if name == "*":
                yield f"cell {cell.number} imports * from {module}"


@rule
def nothing_defined_twice(notebook: Notebook) -> Iterator[str]:
    """Refuse functions and classes that the companion has."""
    for cell in notebook.code:
        for name in defined_functions(cell):
            if name in companion_names():
                yield f"cell {cell.number} defines {name}, which {companion_names()[name]} has"


def defined_functions(cell: Cell) -> Iterator[str]:
    """Yield the names of functions and classes that a cell defines, in whatever way."""
    for node in ast.walk(cell.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.value is not None and _is_function(node.value):
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_function(value: ast.expr) -> bool:
    makers = ("np.vectorize", "partial", "functools.partial", "np.frompyfunc")
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in makers
    return isinstance(value, ast.Lambda)


@cache
def companion_names() -> dict[str, str]:
    """Return every public function and class of the companion, with the module that has it."""
    import companion

    names = {}
    for found in pkgutil.walk_packages(companion.__path__, "companion."):
        # What checks an exercise bears its name, and is not for a lesson to import.
        if "._" in found.name or found.name.startswith("companion.exercises.lessons."):
            continue
        module = import_module(found.name)
        own = [n for n, v in vars(module).items() if getattr(v, "__module__", "") == found.name]
        for name in getattr(module, "__all__", own):
            names.setdefault(name, found.name)
    return names


def shared_definitions(notebooks: list[Notebook]) -> list[str]:
    """Complain about functions and classes that more than one notebook defines."""
    where: dict[str, set[str]] = {}
    for notebook in notebooks:
        for cell in notebook.code:
            for name in defined_functions(cell):
                where.setdefault(name, set()).add(notebook.name)
    return [
        f"{name} is defined in {', '.join(sorted(names))}: it belongs into the companion"
        for name, names in where.items()
        if len(names) > 1
    ]


# How a lesson is built


@lesson_rule
def has_the_parts_of_a_lesson(notebook: Notebook) -> Iterator[str]:
    """Ask for title, aim, prediction, claims, exercises, sources, and a way on."""
    first = notebook.cells[0] if notebook.cells else None
    if not first or first.data["cell_type"] != "markdown" or not first.source.startswith("# "):
        yield "the first cell does not start with a title, `# …`"
    parts = {
        "You will be able to": "You will be able to",
        "a prediction": r"\{admonition\} Predict",
        "## Exercises": "^## Exercises",
        "## Sources": "^## Sources",
        "## Where next": "^## Where next",
    }
    for name, pattern in parts.items():
        if not re.search(pattern, notebook.prose, re.MULTILINE):
            yield f"{name} is missing"
    if not any(name == "settle" for cell in notebook.code for name, _ in cell.calls()):
        yield "no claim is settled"


@lesson_rule
def exercises_have_solutions(notebook: Notebook) -> Iterator[str]:
    """Ask each exercise for a solution, folded below it, that passes its check."""
    asked, solved = [], set()
    for cell in notebook.code:
        ids = {ast.literal_eval(call.args[0]) for name, call in cell.calls() if name == "check"}
        if "solution" not in cell.tags:
            asked += [(id_, cell.number) for id_ in sorted(ids)]
            continue
        if "hide-cell" not in cell.tags:
            yield f"cell {cell.number} is a solution in plain sight: tag it hide-cell"
        if ids and not any("✓" in text for _, text in _texts(cell)):
            yield f"cell {cell.number} is a solution whose stored output has no ✓"
        solved |= {id_ for id_ in ids if any(id_ == known for known, _ in asked)}
    if not asked:
        yield "there is no exercise, a cell that calls check(…)"
    for id_, number in asked:
        if id_ not in solved:
            yield f"cell {number} asks {id_!r}, and no solution follows it"


@lesson_rule
def prose_leads(notebook: Notebook) -> Iterator[str]:
    """Ask for words enough for each line of code: a lesson explains."""
    lines = sum(len(cell.code_lines()) for cell in notebook.code if not cell.is_install)
    words = len(re.findall(r"\S*[^\W\d_]\S*", notebook.prose))
    if words < LEAST_WORDS_A_LINE * lines:
        yield f"{words} words for {lines} lines of code, at least {LEAST_WORDS_A_LINE} for each"
