"""Measure how many units in the last place activations are off, here and in other libraries.

Usage: python benchmarks/float_errors.py [FILE]

The lesson *See what floats lose* reads the file that this writes. PyTorch and JAX are measured if
they are installed, and named with their versions; NumPy, SciPy and mpmath are needed. The truth is
mpmath's, to 50 digits, from formulas written down here a second time.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import mpmath
import numpy as np
from scipy.special import erf

from companion.activations import elu, gelu, logistic, softplus, swish, tanh

FILE = Path(__file__).parents[1] / "book" / "3-sigmoid-family" / "float-errors.json"
DIGITS = 50
POINTS = 121
SEED = 37
KINDS = {"float32": np.float32, "float64": np.float64}

# What is measured: where, and what is true there.
QUANTITIES: dict[str, tuple[float, float, Callable]] = {
    "logistic slope": (-20.0, 40.0, lambda x: 1 / (4 * mpmath.cosh(x / 2) ** 2)),
    "tanh slope": (-20.0, 20.0, lambda x: 1 / mpmath.cosh(x) ** 2),
    "GELU": (-12.0, 4.0, lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2),
    "ELU slope": (-40.0, 4.0, lambda x: mpmath.exp(min(x, 0))),
    "softplus": (-40.0, 20.0, lambda x: mpmath.log1p(mpmath.exp(x))),
    "swish": (-40.0, 20.0, lambda x: x / (1 + mpmath.exp(-x))),
}

# Inputs at the edge of what floats can say. 1e-40 and 1e-310 are subnormal.
SPECIAL = {
    "GELU at −∞": ("GELU", -np.inf),
    "GELU at +∞": ("GELU", np.inf),
    "swish at −∞": ("swish", -np.inf),
    "ELU slope at NaN": ("ELU slope", np.nan),
    "swish at the subnormal": ("swish", None),
}
SUBNORMAL = {"float32": 1e-40, "float64": 1e-310}

Library = dict[str, Callable[[np.ndarray], np.ndarray]]


def points(low: float, high: float, rng: np.random.Generator) -> np.ndarray:
    """Draw inputs that are exact in every kind of float here: multiples of 1/1024."""
    return np.unique(np.round(rng.uniform(low, high, POINTS) * 1024) / 1024)


def unit(truth: mpmath.mpf, kind: str) -> mpmath.mpf:
    """Return the unit in the last place of the floats about a number."""
    info = np.finfo(KINDS[kind])
    _, exponent = mpmath.frexp(truth)
    return mpmath.mpf(2) ** (max(int(exponent), info.minexp + 1) - info.nmant - 1)


def error(computed: float, truth: mpmath.mpf, kind: str) -> float | str:
    """Return the distance from the truth in units in the last place, to three digits."""
    if not np.isfinite(computed):
        return repr(float(computed))
    off = abs(mpmath.mpf(float(computed)) - truth) / unit(truth, kind)
    return float(f"{float(off):.3g}")


def textbook() -> Library:
    """Give the formulas as they stand in most books, in NumPy."""

    def gate(x):
        return 1 / (1 + np.exp(-x))

    return {
        "logistic slope": lambda x: gate(x) * (1 - gate(x)),
        "tanh slope": lambda x: 1 - np.tanh(x) ** 2,
        "GELU": lambda x: x / 2 * (1 + erf(x / x.dtype.type(2**0.5))),
        "ELU slope": lambda x: np.where(x > 0, 1, (np.exp(np.minimum(x, 0)) - 1) + 1),
        "softplus": lambda x: np.log(1 + np.exp(x)),
        "swish": lambda x: x * gate(x),
    }


def companion() -> Library:
    """Give the course's own."""
    return {
        "logistic slope": logistic.derivative,
        "tanh slope": tanh.derivative,
        "GELU": gelu,
        "ELU slope": elu.derivative,
        "softplus": softplus,
        "swish": swish,
    }


def pytorch() -> Library:
    """Give PyTorch's on the CPU, slopes by its automatic differentiation."""
    import torch
    from torch.nn import functional

    def value(function):
        return lambda x: function(torch.tensor(x)).numpy()

    def slope(function):
        def evaluate(x):
            given = torch.tensor(x, requires_grad=True)
            function(given).sum().backward()
            return given.grad.numpy()

        return evaluate

    return {
        "logistic slope": slope(torch.sigmoid),
        "tanh slope": slope(torch.tanh),
        "GELU": value(functional.gelu),
        "ELU slope": slope(functional.elu),
        "softplus": value(functional.softplus),
        "swish": value(functional.silu),
    }


def jax() -> Library:
    """Give JAX's on the CPU, compiled, slopes by its automatic differentiation."""
    import jax

    jax.config.update("jax_enable_x64", True)

    def value(function):
        compiled = jax.jit(function)
        return lambda x: np.asarray(compiled(x))

    def slope(function):
        return value(jax.vmap(jax.grad(function)))

    return {
        "logistic slope": slope(jax.nn.sigmoid),
        "tanh slope": slope(jax.numpy.tanh),
        "GELU": value(lambda x: jax.nn.gelu(x, approximate=False)),
        "ELU slope": slope(jax.nn.elu),
        "softplus": value(jax.nn.softplus),
        "swish": value(jax.nn.silu),
    }


# Name in the file -> what to measure, and the package whose version is given.
LIBRARIES = {
    "textbook": (textbook, "numpy"),
    "companion": (companion, "neurons-to-gates"),
    "PyTorch": (pytorch, "torch"),
    "JAX": (jax, "jax"),
}


def measure(names: list[str]) -> dict:
    """Measure the named libraries.

    Returns
    -------
    dict
        ``points``: quantity -> inputs; ``errors``: kind -> quantity -> library -> errors;
        ``special``: kind -> question -> library -> result as text.
    """
    rng = np.random.default_rng(SEED)
    made = {name: LIBRARIES[name][0]() for name in names}
    inputs = {q: points(low, high, rng) for q, (low, high, _) in QUANTITIES.items()}
    with mpmath.workdps(DIGITS), np.errstate(all="ignore"):
        truths = {q: [QUANTITIES[q][2](mpmath.mpf(x)) for x in inputs[q]] for q in QUANTITIES}
        errors = {
            kind: {
                q: {
                    name: [
                        error(y, truth, kind)
                        for y, truth in zip(
                            library[q](inputs[q].astype(KINDS[kind])), truths[q], strict=True
                        )
                    ]
                    for name, library in made.items()
                }
                for q in QUANTITIES
            }
            for kind in KINDS
        }
        special = {
            kind: {
                question: {
                    name: _special(library[quantity], x, kind) for name, library in made.items()
                }
                for question, (quantity, x) in SPECIAL.items()
            }
            for kind in KINDS
        }
    return {
        "points": {q: x.tolist() for q, x in inputs.items()},
        "errors": errors,
        "special": special,
    }


def _special(function: Callable, x: float | None, kind: str) -> str:
    # A vector of eight: libraries treat those and single numbers by different code.
    result = function(np.full(8, SUBNORMAL[kind] if x is None else x, KINDS[kind]))[0]
    return f"{float(result):.3g}"


def label(names: list[str]) -> dict:
    """Say what was measured, with what, where and when."""
    return {
        "what": f"errors in units in the last place, against mpmath with {DIGITS} digits",
        "made_by": "benchmarks/float_errors.py",
        "versions": {name: f"{LIBRARIES[name][1]} {_version(name)}" for name in names},
        "python": platform.python_version(),
        "machine": f"{_processor()}, {platform.machine()}, {platform.system()}",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "seed": SEED,
    }


def _version(name: str) -> str:
    if name == "companion":
        import tomllib

        project = Path(__file__).parents[1] / "pyproject.toml"
        return tomllib.loads(project.read_text("utf-8"))["project"]["version"]
    return version(LIBRARIES[name][1])


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    vectors = next((line for line in lines if line.startswith("flags")), "").split()
    width = "AVX-512" if "avx512f" in vectors else "AVX2" if "avx2" in vectors else "no AVX2"
    model = model or platform.processor() or "unknown processor"
    return f"{model} ({os.cpu_count()} threads, {width})"


def installed(name: str) -> bool:
    """Whether a library can be measured here."""
    try:
        LIBRARIES[name][0]()
    except ImportError:
        return False
    return True


def as_text(record: dict) -> str:
    """Write a record as JSON with one list a line."""
    text = json.dumps(record, ensure_ascii=False, indent=1)
    # json puts each number on a line of its own.
    parts = text.split("[")
    joined = [parts[0]]
    for part in parts[1:]:
        inside, _, rest = part.partition("]")
        joined.append(",".join(item.strip() for item in inside.split(",")) + "]" + rest)
    return "[".join(joined) + "\n"


def main(arguments: list[str]) -> None:
    """Measure what is installed and write the file."""
    file = Path(arguments[0]) if arguments else FILE
    names = [name for name in LIBRARIES if installed(name)]
    if missing := sorted(LIBRARIES.keys() - set(names)):
        print(f"left out, since not installed: {', '.join(missing)}")
    file.write_text(as_text({"label": label(names)} | measure(names)), "utf-8")
    print(f"wrote {file.name}: {', '.join(names)}")


if __name__ == "__main__":
    main(sys.argv[1:])
