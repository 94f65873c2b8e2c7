"""Plant known faults, one at a time, in a copy of the project, and see each turn the tests red.

A suite that stays green under a real fault proves nothing. These are faults that well-known
teaching code has had, or that a hurried edit makes. Each must be noticed by the lesson that teaches
the matter, when nbval runs it alone, or else by the test that is named for it.

Run it with `make faults`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("_config.yml", "_toc.yml", "conftest.py", "pyproject.toml")
COPIED += ("benchmarks", "book", "companion", "tests")

MEMBRANE = "book/1-biological-neurons/watch-a-membrane-spike.ipynb"
CANNOT = "book/2-mp-neurons/find-what-one-neuron-cannot-do.ipynb"
LINES = "book/3-sigmoid-family/replace-a-curve-by-two-lines.ipynb"
PRIOR = "book/3-sigmoid-family/start-the-bias-at-the-prior.ipynb"
BEND = "book/4-relu-family/bend-a-line-once.ipynb"
REMEMBER = "book/5-gated-activations/remember-through-a-gate.ipynb"
GATE = "book/5-gated-activations/gate-by-chance.ipynb"


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a fault that replaces the one occurrence of a text in a file."""

    def plant(root: Path) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise SystemExit(f"{file} has {text.count(old)} times {old!r}: mend {Path(__file__)}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    return plant


def edit_a_stored_number(root: Path) -> None:
    """Change the first digit after a point in the first printed output of a lesson."""
    path = root / LINES
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            text = "".join(output.get("text", []))
            point = text.find(".")
            if text[point + 1 : point + 2].isdigit():
                other = str((int(text[point + 1]) + 1) % 10)
                output["text"] = text[: point + 1] + other + text[point + 2 :]
                path.write_text(json.dumps(notebook), encoding="utf-8")
                return
    raise SystemExit(f"{LINES} prints no number: mend {Path(__file__)}")


def remove_a_stored_image(root: Path) -> None:
    """Drop the picture of the first figure of a lesson."""
    path = root / BEND
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if output.get("data", {}).pop("image/png", None):
                path.write_text(json.dumps(notebook), encoding="utf-8")
                return
    raise SystemExit(f"{BEND} has no picture: mend {Path(__file__)}")


@dataclass(frozen=True)
class Fault:
    """A fault, how to plant it, and what must notice it."""

    what: str
    plant: Callable[[Path], None]
    lesson: str
    test: str = ""


FAULTS = (
    Fault(
        "ReLU's derivative taken of its output",
        replace(
            "companion/activations/families/relu.py",
            "np.copyto(out, x > 0.0)",
            "np.copyto(out, np.maximum(x, 0.0) >= 0.0)",
        ),
        BEND,
    ),
    Fault(
        "GELU's √(2/π) replaced by √2",
        replace(
            "companion/activations/families/gelu.py",
            "scale = math.sqrt(8.0 / math.pi)",
            "scale = 2.0 * math.sqrt(2.0)",
        ),
        GATE,
    ),
    Fault(
        "hard-logistic with slope 0.2",
        replace("companion/activations/families/hard.py", "divisor = 4", "divisor = 5"),
        LINES,
    ),
    Fault(
        "tanh from raw exponentials",
        replace(
            "companion/activations/families/sigmoid.py",
            "np.tanh(x, out=out)",
            "np.divide(np.exp(x) - np.exp(-x), np.exp(x) + np.exp(-x), out=out)",
        ),
        LINES,
        "tests/companion/activations/test_arrays.py",
    ),
    Fault(
        "the LIF neuron without its refractory time",
        replace(
            "companion/biology/_run.py",
            "spike + neuron.refractory_ms",
            "spike",
        ),
        MEMBRANE,
    ),
    Fault(
        "a neuron without a bias in the linear program",
        replace(
            "companion/neurons/_separability.py",
            "np.column_stack([points, np.ones(n)])",
            "np.column_stack([points, np.zeros(n)])",
        ),
        CANNOT,
    ),
    Fault(
        "a bias's gradient averaged where it should be summed",
        replace(
            "companion/network/_dense.py",
            'np.sum(gradient, axis=0, out=self.gradients["biases"])',
            'np.mean(gradient, axis=0, out=self.gradients["biases"])',
        ),
        PRIOR,
        "tests/companion/network/test_gradients.py",
    ),
    Fault(
        "an LSTM whose gradient passes the forget gate untouched",
        replace("companion/recurrent/_lstm.py", '{"cell": to_cell * f}', '{"cell": to_cell}'),
        REMEMBER,
    ),
    Fault("a stored number edited by hand", edit_a_stored_number, LINES),
    Fault(
        "a figure's stored image removed",
        remove_a_stored_image,
        BEND,
        "tests/book/test_hygiene.py",
    ),
)


def passes(root: Path, *arguments: str) -> bool:
    """Whether pytest is content with these arguments in this copy of the project."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments],
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 1):
        raise SystemExit(f"pytest {' '.join(arguments)} broke off:\n{run.stdout}{run.stderr}")
    return run.returncode == 0


def lesson_passes(root: Path, lesson: str) -> bool:
    """Whether nbval finds the lesson as it is stored."""
    return passes(
        root,
        *("--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"),
        *("--nbval-sanitize-with", "tests/nbval_sanitize.cfg", lesson),
    )


@contextmanager
def copied() -> Iterator[Path]:
    """Make a fresh copy of all that the lessons and their tests need."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, root / name)
        yield root


def noticed_by(fault: Fault) -> str:
    """Plant the fault in a fresh copy and say what turns red there, or nothing."""
    with copied() as root:
        fault.plant(root)
        if not lesson_passes(root, fault.lesson):
            return "its lesson"
        if fault.test and not passes(root, fault.test):
            return fault.test
        return ""


def main() -> int:
    """Plant every fault; return the number of those that nobody noticed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        # Red means something only where the unchanged lesson is green, in a copy as well.
        lessons = sorted({fault.lesson for fault in FAULTS})
        with copied() as root:
            for lesson, green in zip(
                lessons, pool.map(lambda name: lesson_passes(root, name), lessons), strict=True
            ):
                if not green:
                    print(f"{lesson} fails as it stands; run `make validate` first")
                    return 1
        results = list(pool.map(noticed_by, FAULTS))
    for fault, notice in zip(FAULTS, results, strict=True):
        print(f"{fault.what}: " + (f"noticed by {notice}" if notice else "NOT NOTICED"))
    missed = results.count("")
    print(f"{len(FAULTS) - missed} passed, {missed} failed")
    return missed


if __name__ == "__main__":
    sys.exit(main())
