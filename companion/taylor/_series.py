"""Taylor polynomials whose error is bounded by proof."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import factorial, inf, isfinite
from numbers import Real
from operator import index

import numpy as np

from ._curves import SmoothCurve
from ._enclosures import root_up, round_up
from ._registry import curve_of

# Each float operation below is off by a few units in the last place at most, and a power of n + 1
# multiplies that; the bound is raised by far more.
_RAISE_PER_ORDER = 1e-14


def derivative_polynomial(activation, n: int) -> tuple[int, ...]:
    """Write the n-th derivative as a polynomial in the function's own value.

    With y = σ(x), σ' = y(1 − y), so by the chain rule P₁ = y(1 − y) and Pₙ₊₁ = y(1 − y) Pₙ'. For
    y = tanh(x) the factor is 1 − y² [1]_.

    Parameters
    ----------
    activation : str or Activation
        ``"logistic"`` (``"sigmoid"``, ``"expit"``) or ``"tanh"``, or the companion's instance. No
        other function here has such polynomials.
    n : int
        Order of the derivative, 0 or more.

    Returns
    -------
    tuple of int
        Exact coefficients, lowest power of y first.

    Raises
    ------
    TypeError, ValueError
        If the activation or the order is not one of these.

    References
    ----------
    .. [1] A. A. Minai and R. D. Williams, "On the derivatives of the sigmoid", Neural Networks 6
       (1993) 845–853.

    Examples
    --------
    >>> derivative_polynomial("logistic", 1)  # y − y²
    (0, 1, -1)
    >>> derivative_polynomial("logistic", 3)
    (0, 1, -7, 12, -6)
    >>> derivative_polynomial("tanh", 2)
    (0, -2, 0, 2)
    """
    return curve_of(activation).derivative(_order(n, "n"))


def series_at_zero(activation, order: int) -> tuple[Fraction, ...]:
    """Taylor coefficients around 0 as fractions: the function's value there is rational.

    Parameters
    ----------
    activation : str or Activation
        As in `taylor`, if its coefficients at 0 are rational. Those of GELU are multiples of
        1/√(2π) from the second on, and softplus begins with log 2.
    order : int
        Highest power, 0 or more.

    Returns
    -------
    tuple of Fraction
        Coefficients of x⁰ … x^order.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of these, or a coefficient is not rational.

    Examples
    --------
    >>> [str(c) for c in series_at_zero("logistic", 5)]
    ['1/2', '1/4', '0', '-1/48', '0', '1/480']
    >>> [str(c) for c in series_at_zero("tanh", 5)]
    ['0', '1', '0', '-1/3', '0', '2/15']
    >>> [str(c) for c in series_at_zero("mish", 3)]
    ['0', '3/5', '8/25', '-2/125']
    """
    curve = curve_of(activation)
    coefficients = tuple(curve.coefficient_at_zero(n) for n in range(_order(order) + 1))
    if None in coefficients:
        raise ValueError(
            "activation must have rational coefficients at 0; that of "
            f"x^{coefficients.index(None)} of {curve.name!r} is not, and taylor() has its float"
        )
    return coefficients


def largest_derivative(activation, n: int) -> float:
    """Bound the n-th derivative on the whole real line, from above, by proof.

    Polynomials are enclosed by exact arithmetic with integers (Bernstein's form), stretch by
    stretch of the real line, and the bound is rounded up. No sampling: the number returned is never
    below the true maximum. For logistic, tanh and softplus it is above it by less than 1e-11 of it,
    since one polynomial over the function's range is all there is; for the others by a few
    hundredths, in low orders.

    Parameters
    ----------
    activation : str or Activation
        As in `taylor`, but for softsign.
    n : int
        Order of the derivative, 1 or more.

    Returns
    -------
    float
        Bound of the derivative's absolute value.

    Examples
    --------
    >>> largest_derivative("logistic", 1), largest_derivative("tanh", 1)
    (0.25, 1.0)
    >>> round(largest_derivative("logistic", 2) * 6 * 3**0.5, 10)
    1.0
    """
    curve, n = curve_of(activation), _order(n, "n")
    if n == 0:
        raise ValueError("n must be 1 or more, got 0")
    return curve.cells(n).largest


def radius_of_convergence(activation, centre: float = 0.0) -> float:
    """Return how far from its centre the Taylor series converges: to the nearest singularity.

    The logistic function, softplus and swish have theirs at ±iπ, tanh at ±iπ/2, Mish at
    ½ log 2 ± 3πi/4, squareplus at ±i√b, exact GELU nowhere. Each half of softsign is a function
    with a pole at ∓1; its series converges beyond 0 as well, but to something else there.

    Parameters
    ----------
    activation : str or Activation
        As in `taylor`.
    centre : float
        Centre of the series, finite.

    Returns
    -------
    float
        Radius.

    Examples
    --------
    >>> round(radius_of_convergence("logistic"), 4), round(radius_of_convergence("tanh", 1), 4)
    (3.1416, 1.8621)
    >>> radius_of_convergence("gelu")
    inf
    """
    centre = _centre(centre)
    return curve_of(activation).about(centre).radius(centre)


def taylor(activation, order: int, centre: float = 0.0) -> "TaylorPolynomial":
    """Return the Taylor polynomial of a smooth activation, of any order, around any centre.

    Parameters
    ----------
    activation : str or Activation
        ``"logistic"``, ``"tanh"``, ``"softplus"``, ``"log_sigmoid"``, ``"swish"``, ``"gelu"``,
        ``"mish"``, ``"squareplus"``, ``"tanhshrink"``, or ``"softsign"`` around a centre that is
        not 0. An instance brings its parameters.
    order : int
        Highest power, 0 or more.
    centre : float
        Where the polynomial touches the function, finite.

    Returns
    -------
    TaylorPolynomial
        Callable on arrays, with the bound of its error.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of these; the message says which, what came and what is accepted.

    Examples
    --------
    >>> line = taylor("logistic", 1)
    >>> line.coefficients
    (0.5, 0.25)
    >>> float(line(1.0))
    0.75
    >>> bool(line.remainder_bound(1.0) >= 0.75 - 1 / (1 + np.exp(-1.0)))
    True
    """
    return TaylorPolynomial(activation, order, centre)


@dataclass(frozen=True)
class TaylorPolynomial:
    """A Taylor polynomial of an activation; made by `taylor`.

    Attributes
    ----------
    activation : str
        Name of the function, with its parameters if they are not the usual ones.
    order : int
        Highest power, whether or not its coefficient is zero.
    centre : float
        Where the polynomial touches the function.
    coefficients : tuple of float
        Of (x − centre)ᵏ for k = 0 … order; each is the float64 nearest to the true number.

    Notes
    -----
    Lagrange: for some ξ between the centre c and x, the error of the polynomial of order n is
    f⁽ⁿ⁺¹⁾(ξ) (x − c)ⁿ⁺¹ / (n + 1)!. `remainder_bound` puts a proved maximum of the derivative
    between c and x in its place. It bounds the polynomial in exact arithmetic; a float evaluation
    adds about (2n + 1) · 2⁻⁵³ · Σ |aₖ (x − c)ᵏ| of rounding, which matters only far from c, and
    where the remainder itself is below 1e-15.
    """

    activation: str
    order: int
    centre: float = 0.0
    coefficients: tuple[float, ...] = field(init=False)
    _curve: SmoothCurve = field(init=False, repr=False)

    def __post_init__(self):
        order, centre = _order(self.order), _centre(self.centre)
        curve = curve_of(self.activation).about(centre)
        coefficients = tuple(curve.taylor_coefficient(n, centre) for n in range(order + 1))
        for name, value in {
            "activation": curve.name,
            "order": order,
            "centre": centre,
            "coefficients": coefficients,
            "_curve": curve,
        }.items():
            object.__setattr__(self, name, value)

    def __call__(self, x):
        """Return the polynomial's value at x.

        Parameters
        ----------
        x : array_like of real numbers, any shape

        Returns
        -------
        ndarray or scalar
            Same shape; float16 and float32 are kept (computed in float64), all else is float64.
        """
        x, kind = _real(x)
        step = x - self.centre
        *lower, value = np.trim_zeros(self.coefficients, "b") or (0.0,)
        result = np.full_like(step, value)
        with np.errstate(over="ignore"):
            for coefficient in reversed(lower):
                result = result * step + coefficient
            result = np.where(np.isnan(x), x, result).astype(kind)
        return result[()]

    def remainder_bound(self, x):
        """Return a number that |f(x) − polynomial(x)| never exceeds.

        Parameters
        ----------
        x : array_like of real numbers, any shape

        Returns
        -------
        ndarray or scalar of float64
            Same shape; 0 at the centre only, NaN for NaN, inf at ±∞, and for softsign beyond 0.
        """
        x, _ = _real(x)
        order = self._bounding_order
        reach = np.abs(x - self.centre)
        # ((K^(1/(n+1)) · distance)^(n+1): the root first, so that nothing under- or overflows
        # before the whole does.
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            bound = (self._roots(x) * reach) ** (order + 1)
            bound *= 1 + _RAISE_PER_ORDER * (order + 2)
            bound = np.where(reach > 0, np.nextafter(bound, np.inf), bound)
            bound = np.where(np.isinf(reach), np.inf, bound)
        return bound[()]

    @property
    def uniform_bound(self) -> tuple[float, int]:
        """K and m with |f(x) − polynomial(x)| ≤ K |x − centre|ᵐ for every real x.

        For softsign K is infinite, since beyond 0 it is another function.
        """
        m = self._bounding_order + 1
        maximum = self._curve.cells(m).largest
        return round_up(Fraction(maximum) / factorial(m)) if isfinite(maximum) else inf, m

    @property
    def radius(self) -> float:
        """Radius of convergence of the series that this polynomial begins."""
        return self._curve.radius(self.centre)

    @property
    def _bounding_order(self) -> int:
        # Where the next coefficient is 0, this is also the polynomial of the next order, and that
        # one's remainder is the smaller: around 0 every second coefficient vanishes by symmetry.
        if self.centre == 0:
            following = self._curve.coefficient_at_zero(self.order + 1)
            return self.order + (following == 0)
        return self.order

    @cached_property
    def _largest_between(self):
        """Stretches of the line, and the derivative's bound from the centre out to each of them."""
        cells = self._curve.cells(self._bounding_order + 1)
        # A centre near an edge belongs to both stretches: the pad is far above any rounding.
        first, last = np.searchsorted(
            cells.edges, self.centre + np.array([-1, 1]) * _pad(self.centre)
        )
        bounds = np.empty_like(cells.bounds)
        bounds[first:] = np.maximum.accumulate(cells.bounds[first:])
        bounds[: last + 1] = np.maximum.accumulate(cells.bounds[last::-1])[::-1]
        bounds[first : last + 1] = cells.bounds[first : last + 1].max()
        m = self._bounding_order + 1
        roots = np.array([_root(b, m) for b in bounds])
        return cells, roots, first, last

    def _roots(self, x):
        """Bound the m-th root of |f⁽ᵐ⁾| / m! from the centre to each x, m = bounding order + 1."""
        cells, roots, first, last = self._largest_between
        m = self._bounding_order + 1
        away = np.where(x < self.centre, -1.0, 1.0) * _pad(x)
        stretch = np.searchsorted(cells.edges, x + away)
        result = roots[stretch]
        # Both in the same endless stretch: there the derivative falls like exp(−rate |x|).
        final = len(cells.edges)
        for end in (0, final):
            if first == last == end:
                inner = np.where(stretch == end, np.minimum(np.abs(x), abs(self.centre)), 0.0)
                tail = _root(cells.tail, m)
                falling = tail * np.exp(-cells.rate * inner / m) * (1 + 1e-13)
                result = np.where(stretch == end, np.minimum(result, falling), result)
        return result


def _root(bound: float, m: int) -> float:
    """Bound the m-th root of bound / m!."""
    return root_up(Fraction(bound) / factorial(m), m) if isfinite(bound) else inf


def _pad(x):
    return 1e-9 * (1 + np.abs(x))


def _order(order, name: str = "order") -> int:
    wanted = f"{name} must be an integer, 0 or more, got {order!r}"
    if isinstance(order, (bool, np.bool_)):
        raise TypeError(f"{wanted} ({type(order).__name__})")
    try:
        order = index(order)
    except TypeError:
        raise TypeError(f"{wanted} ({type(order).__name__})") from None
    if order < 0:
        raise ValueError(wanted)
    return order


def _centre(centre) -> float:
    if not isinstance(centre, (Real, np.floating, np.integer)) or isinstance(centre, bool):
        raise TypeError(
            f"centre must be a finite real number, got {centre!r} ({type(centre).__name__})"
        )
    centre = float(centre)
    if not isfinite(centre):
        raise ValueError(f"centre must be a finite real number, got {centre!r}")
    return centre


def _real(x) -> tuple[np.ndarray, np.dtype]:
    """Return x in float64, and the type that its values are given back in."""
    x = np.asarray(x)
    if x.dtype.kind not in "fiub":
        raise TypeError(f"x must hold real numbers, got an array of {x.dtype}")
    kind = x.dtype if x.dtype.kind == "f" and x.dtype.itemsize <= 8 else np.dtype(np.float64)
    return x.astype(np.float64), kind
