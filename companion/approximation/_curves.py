"""Functions that can be certified: a definition, its kinks, and what is proved about its tails."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter
from numbers import Real
from typing import Any

from companion.activations import Activation, logistic, tanh

Definition = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Tail:
    """A straight line that a function tends to on one side, and how fast, by proof.

    With t = |x|, |f(x) − slope · x − level| ≤ excess(t, mp) for all t ≥ start, and excess falls
    there.

    Attributes
    ----------
    slope : Fraction, int or float
        Slope of the line, exact.
    level : callable of mp
        Its height at x = 0, in the arithmetic given.
    excess : callable of (t, mp)
        The bound.
    start : float
        Where it begins to hold.
    rate : Fraction, int or float
        How fast excess falls: excess · exp(rate · t) does not rise from `start` on.
    """

    slope: Any
    level: Callable[[Any], Any]
    excess: Definition
    start: float = 0.0
    rate: Any = 0


@dataclass(frozen=True)
class Curve:
    """A function of one real variable that a certificate can be made for.

    Attributes
    ----------
    name : str
        What it is called in messages.
    definition : callable of (x, mp)
        Its formula in mpmath's vocabulary, as `companion.activations.Activation.definition`.
    kinks : tuple of float
        Where it is not smooth, as exact floats.
    left, right : Tail, optional
        What is known of it far out. Without both, it is certified on finite intervals only.

    Examples
    --------
    >>> import mpmath
    >>> square = Curve("square", lambda x, mp: x**2)
    >>> square.definition(mpmath.mpf(3), mpmath)
    mpf('9.0')
    """

    name: str
    definition: Definition
    kinks: tuple[float, ...] = ()
    left: Tail | None = None
    right: Tail | None = None


def _level(value: Any) -> Callable[[Any], Any]:
    return lambda mp: mp.mpf(value)


def _exactly(slope: Any, level: Any, start: float = 0.0) -> Tail:
    return Tail(slope, _level(level), lambda t, mp: mp.mpf(0), start)


def _exponentially(slope: Any, level: Any, size: Any = 1, rate: Any = 1) -> Tail:
    """Return a tail with the excess size · exp(−rate · t)."""
    return Tail(
        slope, _level(level), lambda t, mp: mp.mpf(size) * mp.exp(-mp.mpf(rate) * t), rate=rate
    )


def _as_the_bell(slope: int, level: int) -> Tail:
    """Return a tail with the excess exp(−t²/2)/2, which is more than φ(t)."""
    return Tail(
        slope, _level(level), lambda t, mp: mp.exp(-(t**2) / 2) / 2, start=1.0, rate=Fraction(1)
    )


def _times_x(tail: Tail, slope: int) -> Tail:
    """Return the tail of x · gate(x), which is t · excess(t) from the line with that slope."""
    if not tail.rate > 0:
        raise ValueError("gate must have tails whose excess is known to fall exponentially")
    # t exp(−rate t/2) falls from t = 2/rate on, and the other half of the rate is left.
    rate = Fraction(tail.rate) / 2
    start = max(tail.start, 1.0001 / float(rate))
    return Tail(slope, _level(0), lambda t, mp: t * tail.excess(t, mp), start, rate)


def _gated(slope: int, rate: Any, size: int = 1) -> Tail:
    """Return a tail with the excess size · t · exp(−rate · t)."""
    return _times_x(_exponentially(0, 0, size, Fraction(rate)), slope)


def _tails_of(activation: Activation) -> tuple[Tail, Tail] | None:
    """Return both tails of an activation, or None where nobody has proved them yet.

    logistic, softplus, log-sigmoid: log(1 + z) ≤ z and z/(1 + z) ≤ z, for z = exp(−t). A logistic
    gate leaves t z/(1 + z). GELU: t (1 − Φ(t)) ≤ φ(t) (Mills). Its tanh form's exponent is at least
    that of its linear term. Mish: with z = exp(−t) the gate is (2z + z²)/(2z + z² + 2) ≤ 3z/2 from
    0 and 2z²/(1 + 2z + 2z²) ≤ 2z² from 1. Squareplus: (√(t² + b) − t)/2 ≤ b/(4t). SELU has none:
    its slope on the right is no rational number, so from all others it is infinitely far.
    """
    p = activation.parameters
    relu_like = _exactly(1, 0)
    match activation.name:
        case "logistic":
            return _exponentially(0, 0), _exponentially(0, 1)
        case "tanh":
            return _exponentially(0, -1, 2, 2), _exponentially(0, 1, 2, 2)
        case "hard_logistic" | "hard_sigmoid":
            left, right = activation.kinks
            return _exactly(0, 0, -left), _exactly(0, 1, right)
        case "hard_tanh":
            return _exactly(0, -1, 1), _exactly(0, 1, 1)
        case "identity":
            return relu_like, relu_like
        case "relu":
            return _exactly(0, 0), relu_like
        case "relu6":
            return _exactly(0, 0), _exactly(0, 6, 6)
        case "heaviside":
            return _exactly(0, 0, nextafter(0, 1)), _exactly(0, 1, nextafter(0, 1))
        case "threshold":
            at = nextafter(abs(p["threshold"]), inf)
            return _exactly(0, p["value"], at), _exactly(1, 0, at)
        case "softshrink":
            return _exactly(1, p["lambd"], p["lambd"]), _exactly(1, -p["lambd"], p["lambd"])
        case "hardshrink":
            beyond = nextafter(p["lambd"], inf)
            return _exactly(1, 0, beyond), _exactly(1, 0, beyond)
        case "tanhshrink":
            return _exponentially(1, 1, 2, 2), _exponentially(1, -1, 2, 2)
        case "sparse_sigmoid":
            return _exactly(0, 0, 1), _exactly(0, 1, 1)
        case "sparse_plus":
            return _exactly(0, 0, 1), _exactly(1, 0, 1)
        case "squareplus":
            quarter = Fraction(p["b"]) / 4
            return tuple(
                Tail(slope, _level(0), lambda t, mp: mp.mpf(quarter) / t, start=1.0)
                for slope in (0, 1)
            )
        case "leaky_relu" | "prelu":
            (slope,) = p.values()
            return _exactly(Fraction(slope), 0), relu_like
        case "hard_swish":
            return _exactly(0, 0, 3), _exactly(1, 0, 3)
        case "softplus":
            size = 1 / Fraction(p["beta"])
            return (
                _exponentially(0, 0, size, p["beta"]),
                _exponentially(1, 0, size, p["beta"]),
            )
        case "log_sigmoid":
            return _exponentially(1, 0), _exponentially(0, 0)
        case "elu":
            return _exponentially(0, -p["alpha"], p["alpha"]), relu_like
        case "celu":
            return (
                _exponentially(0, -p["alpha"], p["alpha"], 1 / Fraction(p["alpha"])),
                relu_like,
            )
        case "swish" if p["beta"] > 0:
            return _gated(0, p["beta"]), _gated(1, p["beta"])
        case "gelu" if p["approximate"] == "none":
            return _as_the_bell(0, 0), _as_the_bell(1, 0)
        case "gelu" if p["approximate"] == "sigmoid":
            return _gated(0, "1.702"), _gated(1, "1.702")
        case "gelu":  # √(8/π) = 1.5957…
            return _gated(0, Fraction(3, 2)), _gated(1, Fraction(3, 2))
        case "softsign":
            return tuple(Tail(0, _level(side), lambda t, mp: 1 / (1 + t)) for side in (-1, 1))
        case "mish":
            return _gated(0, 1, 2), _gated(1, 2, 2)
    return None


def curve_of(function: Any, name: str = "f") -> Curve:
    """Make a `Curve` of an activation or of a definition; a curve is returned as it is."""
    if isinstance(function, Curve):
        return function
    if isinstance(function, Activation):
        left, right = _tails_of(function) or (None, None)
        return Curve(repr(function), function.definition, function.kinks, left, right)
    if callable(function):
        return Curve(getattr(function, "__name__", name), function)
    raise TypeError(
        f"{name} must be an activation, a Curve, or a definition f(x, mp); got {function!r} "
        f"({type(function).__name__})"
    )


#: The normal distribution function Φ, with 1 − Φ(t) ≤ exp(−t²/2)/2.
normal_cdf = Curve(
    "Φ",
    lambda x, mp: mp.ncdf(x),
    left=_as_the_bell(0, 0),
    right=_as_the_bell(0, 1),
)


def scaled_logistic(scale: float | str | Fraction) -> Curve:
    """Return σ(scale · x), the gate of swish.

    Parameters
    ----------
    scale : float, str or Fraction
        More than 0. A text is taken as the decimal it says: "1.702" is no float.

    Returns
    -------
    Curve

    Examples
    --------
    >>> import mpmath
    >>> float(scaled_logistic("1.702").definition(0, mpmath))
    0.5
    """
    factor = positive(scale, "scale")
    return Curve(
        f"σ({scale} x)",
        lambda x, mp: logistic.definition(_times(factor, x, mp), mp),
        left=_exponentially(0, 0, 1, factor),
        right=_exponentially(0, 1, 1, factor),
    )


def cubic_gate(coefficient: float | str | Fraction) -> Curve:
    """Return ½ (1 + tanh(√(2/π) (x + coefficient · x³))), the gate of GELU's tanh form.

    Parameters
    ----------
    coefficient : float, str or Fraction
        More than 0; 0.044715 in GELU.

    Returns
    -------
    Curve

    Examples
    --------
    >>> import mpmath
    >>> float(cubic_gate("0.044715").definition(0, mpmath))
    0.5
    """
    factor = positive(coefficient, "coefficient")

    def definition(x: Any, mp: Any) -> Any:
        return (1 + tanh.definition(mp.sqrt(2 / mp.pi) * (x + _times(factor, x**3, mp)), mp)) / 2

    # (1 − tanh u)/2 ≤ exp(−2u), and 2u is at least √(8/π) t = 1.5957… t.
    return Curve(
        f"½ (1 + tanh(√(2/π) (x + {coefficient} x³)))",
        definition,
        left=_exponentially(0, 0, 1, Fraction(3, 2)),
        right=_exponentially(0, 1, 1, Fraction(3, 2)),
    )


def clipped_line(slope: float | str | Fraction) -> Curve:
    """Return slope · x + ½, clipped to [0, 1]: the hard sigmoid of any library.

    Parameters
    ----------
    slope : float, str or Fraction
        More than 0: "1/4" is the tangent, "1/6" PyTorch's and JAX's choice, "0.2" that of Keras 2
        and ONNX's default, "1/2" that of BinaryConnect. The kinks ±1/(2
        slope) must be floats.

    Returns
    -------
    Curve

    Raises
    ------
    ValueError
        If the slope is not positive, or its kinks are not floats.

    Examples
    --------
    >>> clipped_line("0.2").kinks
    (-2.5, 2.5)
    """
    factor = positive(slope, "slope")
    kink = 1 / (2 * factor)
    if Fraction(float(kink)) != kink:
        raise ValueError(f"slope must have a float for 1/(2 slope), got {slope!r}")
    at = float(kink)

    def definition(x: Any, mp: Any) -> Any:
        # Divided, and not multiplied, so that the kinks are met without rounding.
        line = x / at / 2 + mp.mpf(1) / 2
        return min(max(line, mp.mpf(0)), mp.mpf(1))

    return Curve(
        f"clip({slope} x + ½)", definition, (-at, at), _exactly(0, 0, at), _exactly(0, 1, at)
    )


def gated(gate: Curve) -> Curve:
    """Return x · gate(x) for a gate that tends to 0 and 1.

    Parameters
    ----------
    gate : Curve
        Its tails, where it has any, must be known to fall exponentially.

    Returns
    -------
    Curve

    Examples
    --------
    >>> import mpmath
    >>> float(gated(normal_cdf).definition(mpmath.mpf(0), mpmath))
    0.0
    """
    return Curve(
        f"x · {gate.name}",
        lambda x, mp: x * gate.definition(x, mp),
        gate.kinks,
        _times_x(gate.left, 0) if gate.left else None,
        _times_x(gate.right, 1) if gate.right else None,
    )


def positive(number: Any, name: str) -> Fraction:
    """Return the exact number that a float is or a text says, if it is more than 0."""
    if isinstance(number, bool) or not isinstance(number, (Real, str)):
        raise TypeError(
            f"{name} must be a number > 0, or a text such as '1.702'; got {number!r} "
            f"({type(number).__name__})"
        )
    try:
        exact = Fraction(number)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise ValueError(f"{name} must be a finite number > 0, got {number!r}") from None
    if exact <= 0:
        raise ValueError(f"{name} must be a finite number > 0, got {number!r}")
    return exact


def _times(factor: Fraction, x: Any, mp: Any) -> Any:
    return mp.mpf(factor.numerator) * x / factor.denominator
