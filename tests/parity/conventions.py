"""How frameworks differ: what `conventions.toml` records, and the tables that show it in the book.

A row is a small measurement: the value or the slope of an activation at a few points or, for
vectors, the gradient that the last output sends back. Beside the rows stands how closely PyTorch
and JAX agree with the companion where nothing special happens, as a bound.

Run this file to write the tables of the page anew.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "book" / "frameworks.md"
NAMES = {"companion": "here", "torch": "PyTorch", "jax": "JAX"}

#: Where frameworks and companion are compared; 0 and the kinks lie between the points.
GRID = np.linspace(-6.0, 6.0, 480) + 0.0007

Evaluate = Callable[..., tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Row:
    """One question, and what each framework that has the function answers."""

    section: str
    activation: str
    of: str  # "value", "slope", or "pull": the gradient that the last output sends back
    at: tuple[float, ...]
    says: str
    companion: tuple[float, ...]
    torch: tuple[float, ...] | None = None
    jax: tuple[float, ...] | None = None
    form: str | None = None  # of GELU, where it is not to be the default
    dtype: str = "float64"
    digits: int = 4

    def __str__(self) -> str:
        return f"{self.activation}: {self.says}"

    def measure(self, function: Callable, evaluate: Evaluate) -> tuple[float, ...]:
        """Ask a framework, through its `evaluate(function, x, dtype, weights)`."""
        value, slope = evaluate(function, self.at, self.dtype, None)
        if self.of == "pull":
            last = np.zeros(value.shape, value.dtype)
            last[-1] = 1.0
            _, slope = evaluate(function, self.at, self.dtype, last)
        return tuple((value if self.of == "value" else slope).tolist())


DATA = tomllib.loads((HERE / "conventions.toml").read_text("utf-8"))
VERSIONS: dict[str, str] = DATA["versions"]
AGREEMENT: dict[str, dict[str, list[float]]] = DATA["agreement"]
ROWS = [
    Row(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()})
    for row in DATA["row"]
]


def rows_of(framework: str) -> list[Row]:
    """Return the rows that a framework answers."""
    return [row for row in ROWS if getattr(row, framework) is not None]


def same(measured: tuple[float, ...], recorded: tuple[float, ...]) -> bool:
    """Whether two answers agree: NaN with NaN, 0 with 0, other numbers to 10 digits."""
    return len(measured) == len(recorded) and all(
        (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-10, abs_tol=0.0)
        for a, b in zip(measured, recorded, strict=True)
    )


def difference(a: np.ndarray, b: np.ndarray, away_from: tuple[float, ...] = ()) -> float:
    """Return the largest relative difference on the grid, but for the surroundings of roots."""
    keep = np.all([np.abs(GRID - root) > 0.1 for root in away_from], axis=0)
    return float(np.max((np.abs(a - b) / np.where(a == b, 1.0, np.abs(b)))[keep]))


def _number(x: float, digits: int) -> str:
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    mantissa, _, exponent = f"{x + 0.0:.{digits}g}".partition("e")
    text = mantissa.replace("-", "−")
    return f"${mantissa} \\cdot 10^{{{int(exponent)}}}$" if exponent else text


def _cell(numbers: tuple[float, ...] | None, digits: int) -> str:
    return "—" if numbers is None else ", ".join(_number(x, digits) for x in numbers)


def _table(*rows: tuple[str, ...], left: int) -> str:
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    sides = [":--"] * left + ["--:"] * (len(rows[0]) - left)
    return "\n".join([head, "| " + " | ".join(sides) + " |", *body])


def table_of(section: str) -> str:
    """Return the rows of a section as a Markdown table."""
    rows = [
        (f"`{r.activation}`", r.says, *(_cell(getattr(r, name), r.digits) for name in NAMES))
        for r in ROWS
        if r.section == section
    ]
    return _table(("Function", "Question", *NAMES.values()), *rows, left=2)


def table_of_agreement() -> str:
    """Return how closely the frameworks agree, as a Markdown table."""
    columns = [(AGREEMENT[name], NAMES[name]) for name in AGREEMENT]
    head = [f"{name}, {what}" for _, name in columns for what in ("value", "slope")]
    functions = sorted(set().union(*AGREEMENT.values()))
    rows = [
        (f"`{f}`", *(_bound(x) for agreed, _ in columns for x in agreed.get(f, (None, None))))
        for f in functions
    ]
    return _table(("Function", *head), *rows, left=1)


def _bound(x: float | None) -> str:
    if x is None:
        return "—"
    return f"$10^{{{round(math.log10(x))}}}$" if x else "equal"


def with_tables(page: str) -> str:
    """Return the page with each table between its two comment lines written anew."""
    tables = {section: table_of(section) for section in dict.fromkeys(r.section for r in ROWS)}
    tables["agreement"] = table_of_agreement()
    for name, table in tables.items():
        begin, end = f"% table {name}\n", f"% end {name}\n"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"{PAGE.name} has no lines {begin!r} and {end!r}")
        page = f"{before}{begin}\n{table}\n\n{end}{after}"
    return page


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
