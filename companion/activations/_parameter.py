"""Parameters of an activation: a default, a domain checked once, and values worth trying."""

from __future__ import annotations

import dataclasses
import math
import numbers
import operator
from collections.abc import Sequence

import numpy as np


@dataclasses.dataclass(frozen=True)
class Domain:
    """The values a parameter may take: an interval of finite numbers, or a few named choices."""

    above: float | None = None
    at_least: float | None = None
    one_of: tuple[str, ...] = ()
    examples: tuple[float | str, ...] = ()

    def describe(self) -> str:
        """Say in words what is accepted."""
        if self.one_of:
            return "one of " + ", ".join(repr(choice) for choice in self.one_of)
        if self.above is not None:
            return f"a finite number > {self.above:g}"
        if self.at_least is not None:
            return f"a finite number >= {self.at_least:g}"
        return "a finite number"

    def checked(self, owner: str, name: str, value: object) -> float | str:
        """Return the value in its one canonical form, or raise an error that names it."""
        if self.one_of:
            if not isinstance(value, str):
                raise TypeError(f"{owner}: {name} must be {self.describe()}; got {value!r}")
            if value not in self.one_of:
                raise ValueError(f"{owner}: {name} must be {self.describe()}; got {value!r}")
            return value
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise TypeError(
                f"{owner}: {name} must be {self.describe()}; got {value!r} of type "
                f"{type(value).__name__}"
            )
        number = float(value)
        if (
            not math.isfinite(number)
            or (self.above is not None and not number > self.above)
            or (self.at_least is not None and not number >= self.at_least)
        ):
            raise ValueError(f"{owner}: {name} must be {self.describe()}; got {value!r}")
        return number


def parameter(
    default: float | str,
    *,
    above: float | None = None,
    at_least: float | None = None,
    one_of: Sequence[str] = (),
    examples: Sequence[float | str] = (),
) -> dataclasses.Field:
    """Declare a parameter of an `Activation`.

    Parameters
    ----------
    default : float or str
        The value used when none is given.
    above, at_least : float, optional
        An open or a closed lower end of the numbers accepted.
    one_of : sequence of str, optional
        The choices accepted, for a parameter that is a word.
    examples : sequence, optional
        Values beside the default at which tests, tables and figures look as well. A parameter
        with `one_of` is looked at under each choice.

    Returns
    -------
    dataclasses.Field
        A field whose metadata holds the `Domain`.

    Examples
    --------
    >>> field = parameter(1.0, above=0, examples=(0.5, 2.0))
    >>> field.metadata["domain"].describe()
    'a finite number > 0'
    """
    domain = Domain(above, at_least, tuple(one_of), tuple(examples) or tuple(one_of))
    return dataclasses.field(default=default, metadata={"domain": domain})


@dataclasses.dataclass(frozen=True)
class WholeNumbers:
    """The whole numbers that a parameter may be, all or from a least one on."""

    at_least: int | None = None
    examples: tuple[int, ...] = ()

    def describe(self) -> str:
        """Say in words what is accepted."""
        return "an integer" if self.at_least is None else f"an integer >= {self.at_least}"

    def checked(self, owner: str, name: str, value: object) -> int:
        """Return the value as an int, or raise an error that names it."""
        try:
            if isinstance(value, bool | np.bool_ | np.ndarray):
                raise TypeError
            number = operator.index(value)
        except TypeError:
            raise TypeError(
                f"{owner}: {name} must be {self.describe()}; got {value!r} of type "
                f"{type(value).__name__}"
            ) from None
        if self.at_least is not None and number < self.at_least:
            raise ValueError(f"{owner}: {name} must be {self.describe()}; got {value!r}")
        return number


def whole_parameter(
    default: int, *, at_least: int | None = None, examples: Sequence[int] = ()
) -> dataclasses.Field:
    """Declare a parameter of a `VectorActivation` that is a whole number, as `parameter` does."""
    domain = WholeNumbers(at_least, tuple(examples))
    return dataclasses.field(default=default, metadata={"domain": domain})
