"""Evidence: one measurement and the comparison it has to pass.

Each function here compares at once and never raises because a comparison fails: `settle` does,
and can then name the claim and every piece of evidence that failed.
"""

from dataclasses import dataclass

import numpy as np

from companion.claims._numbers import NOISE, is_noise, real, show


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measurement, compared.

    Made by `at_most`, `at_least`, `equal`, `holds` and `refuted`.

    Attributes
    ----------
    kind : str
        The function that made it.
    what : str
        What was measured, in words.
    passed : bool
        Whether the comparison came out as it has to.
    text : str
        The evidence as a verdict shows it, numbers rounded.
    failure : str
        What to say if it failed, numbers in full.
    measured, bound : str or None
        The number measured and the number it was compared with, as shown; None where
        there is none.
    where : str or None
        Where it was measured.
    """

    kind: str
    what: str
    passed: bool
    text: str
    failure: str
    measured: str | None = None
    bound: str | None = None
    where: str | None = None


def at_most(what: str, *, measured: float, bound: float, where: str | None = None) -> Evidence:
    """Evidence that a measured number is not above a bound.

    Parameters
    ----------
    what : str
        What was measured, as a noun phrase: "largest |tanh(x) − x|".
    measured : float
        One finite number.
    bound : float
        One finite number that `measured` must not exceed.
    where : str, optional
        Where it was measured, shown after "at": "|x| = 2".

    Returns
    -------
    Evidence

    Raises
    ------
    TypeError, ValueError
        If a number is not one finite real number, or a text is empty.

    Examples
    --------
    >>> at_most("largest error", measured=0.11920292, bound=0.12, where="|x| = 2").text
    'largest error = 0.1192 ≤ 0.12, at |x| = 2'
    >>> at_most("rounding error", measured=3e-16, bound=1e-15).text
    'rounding error ≤ 1e-15'
    """
    what, place = _phrase(what), _place(where)
    measured, bound = real(measured, "measured"), real(bound, "bound")
    value = show(measured)
    if not is_noise(measured):
        text = f"{what} = {value} ≤ {show(bound)}"
    elif bound > NOISE:
        value = f"< {show(NOISE)}"
        text = f"{what} {value} ≤ {show(bound)}"
    else:
        value = f"≤ {show(bound)}"
        text = f"{what} {value}"
    return Evidence(
        "at_most",
        what,
        passed=measured <= bound,
        text=text + place,
        failure=f"{what}: measured {measured!r} is above the bound {bound!r}{place}",
        measured=value,
        bound=show(bound),
        where=where,
    )


def at_least(what: str, *, measured: float, bound: float, where: str | None = None) -> Evidence:
    """Evidence that a measured number is not below a bound.

    Parameters
    ----------
    what : str
        What was measured, as a noun phrase.
    measured : float
        One finite number.
    bound : float
        One finite number that `measured` must reach.
    where : str, optional
        Where it was measured, shown after "at".

    Returns
    -------
    Evidence

    Raises
    ------
    TypeError, ValueError
        If a number is not one finite real number, or a text is empty.

    Examples
    --------
    >>> at_least("share of units alive", measured=0.97, bound=0.9).text
    'share of units alive = 0.97 ≥ 0.9'
    """
    what, place = _phrase(what), _place(where)
    measured, bound = real(measured, "measured"), real(bound, "bound")
    # With a positive bound the number has passed it, so however small it is, it is no noise.
    if is_noise(measured) and bound <= 0:
        value = f"≥ {show(bound)}"
        text = f"{what} {value}"
    else:
        value = show(measured)
        text = f"{what} = {value} ≥ {show(bound)}"
    return Evidence(
        "at_least",
        what,
        passed=measured >= bound,
        text=text + place,
        failure=f"{what}: measured {measured!r} is below the bound {bound!r}{place}",
        measured=value,
        bound=show(bound),
        where=where,
    )


def equal(
    what: str,
    *,
    measured: float,
    expected: float,
    tolerance: float,
    where: str | None = None,
) -> Evidence:
    """Evidence that a measured number is the expected one, to within a tolerance.

    Parameters
    ----------
    what : str
        What was measured, as a noun phrase.
    measured, expected : float
        Finite numbers, of independent origin: a number that is compared with itself
        proves nothing.
    tolerance : float
        The largest |measured − expected| allowed, absolute; 0 asks for the same number.
    where : str, optional
        Where it was measured, shown after "at".

    Returns
    -------
    Evidence

    Raises
    ------
    TypeError, ValueError
        If a number is not one finite real number, the tolerance is negative, or a text
        is empty.

    Examples
    --------
    >>> equal("separable functions of 4 inputs", measured=1882, expected=1882, tolerance=0).text
    'separable functions of 4 inputs = 1882, as expected'
    >>> equal("share of open paths", measured=0.0038, expected=2**-8, tolerance=5e-4).text
    'share of open paths = 0.0038, expected 0.003906 to within 0.0005'
    """
    what, place = _phrase(what), _place(where)
    measured, expected = real(measured, "measured"), real(expected, "expected")
    tolerance = real(tolerance, "tolerance")
    if tolerance < 0:
        raise ValueError(f"tolerance must be at least 0, got {tolerance!r}")
    # A number no larger than what it may be off by has digits that mean nothing.
    noise = is_noise(measured) and abs(measured) <= tolerance and tolerance > 0
    if not noise:
        value = show(measured)
    elif is_noise(float(expected)):
        value = show(expected)
    else:
        value = f"0 to within {show(NOISE)}"
    goal = "as expected" if value == show(expected) else f"expected {show(expected)}"
    within = f" to within {show(tolerance)}" if tolerance else ""
    return Evidence(
        "equal",
        what,
        passed=abs(measured - expected) <= tolerance,
        text=f"{what} = {value}, {goal}{within}{place}",
        failure=(
            f"{what}: measured {measured!r} differs from the expected {expected!r} by "
            f"{abs(measured - expected)!r}, more than {tolerance!r}{place}"
        ),
        measured=value,
        bound=show(expected),
        where=where,
    )


def holds(what: str, condition: bool, *, where: str | None = None) -> Evidence:
    """Evidence that a statement is true.

    Parameters
    ----------
    what : str
        The statement, as a clause: "the error grows up to |x| = 2".
    condition : bool
        Whether it was found true: one bool, not an array of them.
    where : str, optional
        Where it was looked at, shown after "at".

    Returns
    -------
    Evidence

    Raises
    ------
    TypeError, ValueError
        If `condition` is not one bool, or a text is empty.

    Examples
    --------
    >>> holds("the quadratic term vanishes", True).text
    'the quadratic term vanishes: true'
    """
    what, place = _phrase(what), _place(where)
    return Evidence(
        "holds",
        what,
        passed=_truth(condition, "condition"),
        text=f"{what}: true{place}",
        failure=f"{what}: found false{place}",
        where=where,
    )


def refuted(
    what: str,
    *,
    told: float | bool,
    measured: float | bool,
    apart: float | None = None,
    where: str | None = None,
) -> Evidence:
    """Evidence against a claim as it is often told.

    Parameters
    ----------
    what : str
        What is told, as a noun phrase: "share of units active at depth 8".
    told, measured : float or bool
        What the popular version says and what was measured: two finite numbers, or two
        bools for a plain yes or no.
    apart : float
        For numbers: how far they must at least lie apart for the popular version to
        fall, > 0. For bools it is left out.
    where : str, optional
        Where it was measured, shown after "at".

    Returns
    -------
    Evidence

    Raises
    ------
    TypeError, ValueError
        If the numbers are not finite, `apart` is missing, not positive or out of place,
        or a text is empty.

    Examples
    --------
    >>> refuted("share of units active at depth 8", told=2**-8, measured=0.497, apart=0.1).text
    'share of units active at depth 8: told 0.003906, measured 0.497'
    >>> refuted("the neuron is a linear map", told=True, measured=False).text
    'the neuron is a linear map: told yes, measured no'
    """
    what, place = _phrase(what), _place(where)
    if isinstance(told, bool | np.bool_) or isinstance(measured, bool | np.bool_):
        told, measured = _truth(told, "told"), _truth(measured, "measured")
        if apart is not None:
            raise TypeError("apart is for numbers; leave it out where told and measured are bools")
        passed = told is not measured
        old, new = ("yes" if answer else "no" for answer in (told, measured))
        failure = f"{what}: the popular version stands, told and measured are both {old!r}{place}"
    else:
        told, measured = real(told, "told"), real(measured, "measured")
        if apart is None:
            raise TypeError("apart is required: how far told and measured must lie apart")
        apart = real(apart, "apart")
        if apart <= 0:
            raise ValueError(f"apart must be greater than 0, got {apart!r}")
        passed = abs(measured - told) >= apart
        old = show(told)
        noise = is_noise(measured) and apart > NOISE
        new = f"0 to within {show(NOISE)}" if noise else show(measured)
        failure = (
            f"{what}: the popular version stands, told {told!r} and measured {measured!r} "
            f"are less than {apart!r} apart{place}"
        )
    return Evidence(
        "refuted",
        what,
        passed=passed,
        text=f"{what}: told {old}, measured {new}{place}",
        failure=failure,
        measured=new,
        bound=old,
        where=where,
    )


def _phrase(what: object) -> str:
    if not isinstance(what, str):
        raise TypeError(f"what must be text that says what was measured, got {what!r}")
    if not what.strip() or "\n" in what:
        raise ValueError(f"what must be one line of text, got {what!r}")
    return what.strip()


def _place(where: object) -> str:
    if where is None:
        return ""
    if not isinstance(where, str):
        raise TypeError(f"where must be text or None, got {where!r}")
    if not where.strip() or "\n" in where:
        raise ValueError(f"where must be one line of text, got {where!r}")
    return f", at {where.strip()}"


def _truth(value: object, argument: str) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise TypeError(
            f"{argument} must be one bool, got {value!r}; reduce arrays with .all() or .any()"
        )
    return bool(value)
