"""Writes reference.csv: exact values of every activation, from two sources that have to agree.

Run it as ``python -m tests.companion.activations.reference``, which takes ten seconds. The first
source is the battery's: the textbook definition in mpmath, differentiated numerically. The second
is ball arithmetic, in which the definition differentiates itself and its digits are proved. So that
a misprint in a definition is found as well, the third are formulas for value, slope and curvature
that stand here, written by hand. Nothing is written unless all agree to 20 digits.
"""

import csv
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import flint
import mpmath
import numpy as np

from companion.activations import Activation
from companion.approximation._balls import Balls, Expansion, UndecidedError, ball_arithmetic
from tests.companion.activations.battery import VARIANTS, exact

TABLE = Path(__file__).with_suffix(".csv")
COLUMNS = ("activation", "x", "value", "slope", "curvature")
ORDERS = range(3)

_AGREEMENT = mpmath.mpf("1e-20")
# What is smaller than this is 0 to every float64.
_NOTHING = mpmath.mpf("1e-400")
_LARGEST, _NORMAL, _LEAST = float(np.finfo(float).max), float(np.finfo(float).tiny), 5e-324

Triple = tuple[mpmath.mpf, mpmath.mpf, mpmath.mpf]


class DisagreementError(ArithmeticError):
    """Two sources give different values: one of them is wrong."""


# Formulas by hand ---------------------------------------------------------------------------


def _logistic(x: mpmath.mpf) -> Triple:
    z = mpmath.exp(-x)
    return 1 / (1 + z), z / (1 + z) ** 2, z * (z - 1) / (1 + z) ** 3


def _tanh(x: mpmath.mpf) -> Triple:
    s, c = mpmath.sinh(x), mpmath.cosh(x)
    return s / c, 1 / c**2, -2 * s / c**3


def _tanhshrink(x: mpmath.mpf) -> Triple:
    value, _, curvature = _tanh(x)
    return x - value, value**2, -curvature


def _softsign(x: mpmath.mpf) -> Triple:
    s = 1 + abs(x)
    return x / s, 1 / s**2, -2 * mpmath.sign(x) / s**3


def _log_sigmoid(x: mpmath.mpf) -> Triple:
    s, slope, _ = _logistic(-x)
    return (x if x < 0 else 0) - mpmath.log1p(mpmath.exp(-abs(x))), s, -slope


def _softplus(x: mpmath.mpf, beta: float) -> Triple:
    s, slope, _ = _logistic(beta * x)
    line = x if x > 0 else 0
    return line + mpmath.log1p(mpmath.exp(-beta * abs(x))) / beta, s, beta * slope


def _gated(x: mpmath.mpf, u: mpmath.mpf, du: mpmath.mpf, ddu: mpmath.mpf) -> Triple:
    """Differentiate x σ(u(x)) by the chain rule."""
    gate, slope, curvature = _logistic(u)
    return (
        x * gate,
        gate + x * du * slope,
        2 * du * slope + x * (ddu * slope + du**2 * curvature),
    )


def _swish(x: mpmath.mpf, beta: float) -> Triple:
    return _gated(x, beta * x, mpmath.mpf(beta), mpmath.mpf(0))


def _gelu(x: mpmath.mpf, approximate: str) -> Triple:
    if approximate == "sigmoid":
        c = mpmath.mpf(1702) / 1000
        return _gated(x, c * x, c, mpmath.mpf(0))
    if approximate == "tanh":
        c, cubic = mpmath.sqrt(8 / mpmath.pi), mpmath.mpf(44715) / 10**6
        return _gated(x, c * (x + cubic * x**3), c * (1 + 3 * cubic * x**2), 6 * c * cubic * x)
    share = mpmath.erfc(-x / mpmath.sqrt(2)) / 2
    density = mpmath.exp(-(x**2) / 2) / mpmath.sqrt(2 * mpmath.pi)
    return x * share, share + x * density, (2 - x**2) * density


def _mish(x: mpmath.mpf) -> Triple:
    e = mpmath.exp(x)
    s, ds, _ = _logistic(x)
    gate = e * (e + 2) / (e * (e + 2) + 2)
    rest = 4 * (1 + e) ** 2 / (e * (e + 2) + 2) ** 2  # 1 − gate²
    omega = 4 * (x + 1) + 4 * e**2 + e**3 + e * (4 * x + 6)  # the paper's own derivative
    slope = e * omega / (2 * e + e**2 + 2) ** 2
    return x * gate, slope, rest * (2 * s + x * (ds - 2 * gate * s**2))


def _elu(x: mpmath.mpf, alpha: float) -> Triple:
    if x > 0:
        return x, mpmath.mpf(1), mpmath.mpf(0)
    return alpha * mpmath.expm1(x), alpha * mpmath.exp(x), alpha * mpmath.exp(x)


def _selu(x: mpmath.mpf) -> Triple:
    # The digits that the paper's code gives.
    alpha = mpmath.mpf("1.6732632423543772848170429916717")
    scale = mpmath.mpf("1.0507009873554804934193349852946")
    value, slope, curvature = _elu(x, alpha)
    return scale * value, scale * slope, scale * curvature


def _squareplus(x: mpmath.mpf, b: float) -> Triple:
    root = mpmath.sqrt(x**2 + b)
    return (x + root) / 2, (1 + x / root) / 2, b / (2 * root**3)


BY_HAND: dict[str, Callable[..., Triple]] = {
    "elu": _elu,
    "gelu": _gelu,
    "log_sigmoid": _log_sigmoid,
    "logistic": _logistic,
    "mish": _mish,
    "selu": _selu,
    "softplus": _softplus,
    "softsign": _softsign,
    "squareplus": _squareplus,
    "swish": _swish,
    "tanh": _tanh,
    "tanhshrink": _tanhshrink,
}


def by_hand(activation: Activation, x: float) -> Triple | None:
    """Return value, slope and curvature by the formulas above, where there is one."""
    if activation.name not in BY_HAND:
        return None
    # Enough to subtract 1 from exp(x) for a tiny x, or |x| from √(x² + b) for a huge one.
    digits = 100 + 4 * int(abs(math.log10(abs(x)))) if x else 100
    with mpmath.workdps(digits):
        return BY_HAND[activation.name](mpmath.mpf(x), **activation.parameters)


# Balls --------------------------------------------------------------------------------------


def by_balls(activation: Activation, x: float) -> Triple:
    """Return value, slope and curvature of the definition, each proved to 25 digits or more."""
    for bits in (512, 2048, 8192):
        with ball_arithmetic() as balls, flint.ctx.workprec(bits):
            try:
                series = _series(activation, x, balls)
            except UndecidedError:  # exp(1e308) is a wide ball at low precision
                continue
            found = [series[n] * math.factorial(n) for n in ORDERS]
            if all(_settled(ball) for ball in found):
                return tuple(map(_middle, found))
    raise ArithmeticError(f"{activation}: the balls about x = {x!r} do not get small")


def _series(activation: Activation, x: float, balls: Balls) -> flint.arb_series:
    point = flint.arb_series([x, 1])
    return balls.mpf(activation.definition(Expansion(*(point,) * 4), balls)).parts[0]


def _settled(ball: flint.arb) -> bool:
    return ball.rel_accuracy_bits() > 83 or abs(ball) < flint.arb("1e-400")


def _middle(ball: flint.arb) -> mpmath.mpf:
    mantissa, exponent = ball.mid().man_exp()
    with mpmath.workprec(max(mpmath.mp.prec, int(mantissa).bit_length())):
        return mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))


# The table ----------------------------------------------------------------------------------


def inputs(activation: Activation) -> list[float]:
    """Return the same seeded inputs for all, and the neighbours of each kink, ascending."""
    rng = np.random.default_rng(20_240_229)
    either = np.array([-1.0, 1.0])
    drawn = [
        *rng.uniform(-8.0, 8.0, 28),  # dense
        *(rng.choice(either, 8) * 10.0 ** rng.uniform(0.5, 3.0, 8)),  # wide
        *(rng.choice(either, 4) * 10.0 ** rng.uniform(-300.0, -3.0, 4)),  # tiny
        *(rng.choice(either, 2) * 10.0 ** rng.uniform(4.0, 150.0, 2)),  # huge
        *-rng.uniform(30.0, 40.0, 4),  # where exact GELU leaves the normal numbers,
        *-rng.uniform(690.0, 760.0, 8),  # and most others do
    ]
    special = [
        *(sign * size for sign in (-1.0, 1.0) for size in (_LEAST, _NORMAL, _LARGEST)),
        0.0,
        *(math.nextafter(kink, side) for kink in activation.kinks for side in (-9e9, 9e9)),
    ]
    # Six digits, as the last ones of a power depend on the processor.
    return sorted({*special, *(float(f"{x:.6g}") for x in drawn)} - set(activation.kinks))


def row(activation: Activation, x: float) -> dict[str, str]:
    """Return one line of the table.

    Raises
    ------
    DisagreementError
        If the sources differ.
    """
    orders = [n for n in ORDERS if x or n == 0 or _is_smooth_at_zero(activation, n)]
    results = {n: exact(activation, x, n) for n in orders}
    # At 0 itself a definition may take the branch of a single point, which says nothing of slopes.
    for source in (by_balls(activation, x or _LEAST), by_hand(activation, x)):
        for n in orders if source else ():
            if not _agree(results[n], source[n], 0.0 if x else _LEAST):
                raise DisagreementError(
                    f"{activation}, order {n}, x = {x!r}: {mpmath.nstr(results[n], 25)} and "
                    f"{mpmath.nstr(source[n], 25)}"
                )
    cells = [nearest(results[n]).hex() if n in results else "" for n in ORDERS]
    return dict(zip(COLUMNS, [repr(activation), x.hex(), *cells], strict=True))


def nearest(number: mpmath.mpf) -> float:
    """Return the float64 nearest to a number: rounded once, among the subnormals as well."""
    if abs(number) < _NOTHING:
        return 0.0
    with mpmath.workdps(1500):
        if abs(number) >= _NORMAL:
            return float(number)
        return math.ldexp(int(mpmath.nint(mpmath.ldexp(number, 1074))), -1074)


def rows() -> Iterator[dict[str, str]]:
    """Return the whole table, line by line."""
    for activation in VARIANTS:
        for x in inputs(activation):
            yield row(activation, x)


def read() -> list[dict[str, str]]:
    """Return the table as it is stored."""
    with TABLE.open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def _is_smooth_at_zero(activation: Activation, order: int) -> bool:
    return _agree(exact(activation, -_LEAST, order), exact(activation, _LEAST, order), _LEAST)


def _agree(a: mpmath.mpf, b: mpmath.mpf, slack: float = 0.0) -> bool:
    return abs(a - b) <= max(_AGREEMENT * abs(a), _NOTHING, 16 * slack)


def main() -> None:
    """Write the table, or nothing."""
    table = list(rows())
    with TABLE.open("w", encoding="ascii", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    print(f"{len(table)} rows, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
