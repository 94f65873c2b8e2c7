"""The activation: its parameters, its value and two derivatives, and what is true of it."""

from __future__ import annotations

import difflib
from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from companion.activations._arrays import Kernel, apply
from companion.activations._facts import Facts, facts_of
from companion.activations._registered import Registered


class Activation(Registered, register=False):
    r"""A function f: ℝ → ℝ applied to each element, with its derivatives and its facts.

    A subclass is a frozen dataclass that states its `name`, `formula` and `reference`, declares its
    parameters with `parameter`, gives the textbook `definition` and three kernels, and names the
    points where its graph does something: `kinks`, `seams`, `turning_points`, `steepest_points`.
    Defining it registers it: tables, figures, tests and the atlas then have it.

    Parameters
    ----------
    register : bool, optional
        A class argument; ``class Mine(Activation, register=False)`` stays out of `ACTIVATIONS`.

    Notes
    -----
    For every activation: any real array-like in, the same shape out. float16, float32 and float64
    are kept; integers and booleans become float64. An input without dimensions gives a scalar. NaN
    gives NaN, ±∞ the true limit, and no warning is ever raised. The input is not written to,
    unless it is given as `out` as well.

    Examples
    --------
    >>> from companion.activations import elu
    >>> elu([-1.0, 0.0, 2.0]).round(4)
    array([-0.6321,  0.    ,  2.    ])
    >>> elu(-1.0, alpha=0.5).round(4)
    np.float64(-0.3161)
    >>> elu.derivative(-1.0).round(4)
    np.float64(0.3679)
    """

    registry: ClassVar[dict[str, Activation]] = {}
    odd: ClassVar[bool] = False

    # What a subclass states -----------------------------------------------------------------

    @property
    @abstractmethod
    def formula(self) -> str:
        """The value as LaTeX, in x and the parameters' symbols."""

    @property
    def kinks(self) -> tuple[float, ...]:
        """Where the value or the slope jumps, ascending."""
        return ()

    @property
    def seams(self) -> tuple[float, ...]:
        """Where a flat piece begins or ends without a kink, ascending."""
        return ()

    @property
    def turning_points(self) -> tuple[float, ...]:
        """Where the slope is 0 and changes its sign, ascending."""
        return ()

    @property
    def steepest_points(self) -> tuple[float, ...]:
        """Where the slope is extreme and smooth, ascending."""
        return ()

    @abstractmethod
    def definition(self, x: Any, mp: ModuleType) -> Any:
        """Give the textbook formula in arbitrary precision: slow, plain, and what is meant.

        Parameters
        ----------
        x : mpmath.mpf
            One real number.
        mp : module
            mpmath, or a context of it.

        Returns
        -------
        mpmath.mpf
            f(x) to the context's precision, if x is given to it.
        """

    def tolerance_ulp(self, x: float) -> float:
        """Return the promised error at `x`, in units in the last place of float64.

        It holds for the value and both derivatives, away from the roots of each.
        """
        return 4.0

    @abstractmethod
    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        """Fill `out` with f(x), for one contiguous block of float32 or float64."""

    @abstractmethod
    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        """Fill `out` with f'(x), likewise."""

    @abstractmethod
    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        """Fill `out` with f''(x), likewise."""

    # What everybody gets from it ------------------------------------------------------------

    def __call__(
        self,
        x: ArrayLike,
        /,
        *,
        out: np.ndarray | None = None,
        precise: bool = False,
        **parameters: float | str,
    ) -> np.ndarray:
        """Return f(x).

        Parameters
        ----------
        x : array_like
            Real numbers, of any shape.
        out : ndarray, optional
            Where to put the result: of the shape of `x` and the dtype of the result.
        precise : bool, optional
            Compute float32 in float64 and round once.
        **parameters
            Parameters to use instead of this instance's own, for this call.

        Returns
        -------
        ndarray or scalar
            f of each element, of the shape of `x`.

        Raises
        ------
        TypeError
            If `x` is not real, `out` has another dtype, or a parameter is unknown.
        ValueError
            If a parameter is outside its range, or `out` has another shape.
        """
        return self._evaluate("_value", x, out, precise, parameters)

    def derivative(
        self,
        x: ArrayLike,
        /,
        *,
        out: np.ndarray | None = None,
        precise: bool = False,
        **parameters: float | str,
    ) -> np.ndarray:
        """Return f'(x), computed from the input x; at a kink, the convention in `facts`.

        Parameters, results and errors are those of a call.
        """
        return self._evaluate("_slope", x, out, precise, parameters)

    def second_derivative(
        self,
        x: ArrayLike,
        /,
        *,
        out: np.ndarray | None = None,
        precise: bool = False,
        **parameters: float | str,
    ) -> np.ndarray:
        """Return f''(x); at a kink, that of the side whose slope `derivative` takes.

        Parameters, results and errors are those of a call.
        """
        return self._evaluate("_curvature", x, out, precise, parameters)

    @property
    def facts(self) -> Facts:
        """What is true of this activation with these parameters."""
        return facts_of(self)

    def _evaluate(
        self,
        kernel: str,
        x: ArrayLike,
        out: np.ndarray | None,
        precise: bool,
        parameters: dict[str, float | str],
    ) -> np.ndarray:
        run: Kernel = getattr(self.with_parameters(**parameters), kernel)
        return apply(run, x, out, precise=precise)


#: Every registered activation with its default parameters, by its name.
ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(Activation.registry)


def find(name: str) -> Activation:
    """Return the registered activation of that name or alias.

    Parameters
    ----------
    name : str
        A name or an alias, such as "relu" or "sigmoid".

    Returns
    -------
    Activation
        The instance with default parameters.

    Raises
    ------
    ValueError
        If there is none; names like it are suggested.

    Examples
    --------
    >>> find("sigmoid").name
    'logistic'
    """
    for activation in ACTIVATIONS.values():
        if name in (activation.name, *activation.aliases):
            return activation
    known = [n for a in ACTIVATIONS.values() for n in (a.name, *a.aliases)]
    near = difflib.get_close_matches(str(name), known) or known
    raise ValueError(f"name must be a registered activation; got {name!r}. Try {', '.join(near)}")
