"""What one threshold can split: a neuron where there is one, a proof where there is none."""

import operator
from dataclasses import dataclass
from math import comb

import numpy as np
import scipy  # it loads its solvers when one is first used, which takes a while

from companion.neurons._checks import bits, finite_array
from companion.neurons._tables import binary_inputs

#: Tables of so many inputs can be gone through one by one.
MAX_ENUMERATED = 4
#: Points in space, each labelling of which is one linear program.
MAX_POINTS = 12
# Weights that suffice: with them every table of at most 4 inputs meets either a neuron or a clash.
_LARGEST_WEIGHT = 3


@dataclass(frozen=True, eq=False)
class Separation:
    """The answer of `separate`: either a neuron or a certificate that there is none.

    Attributes
    ----------
    weights : ndarray of shape (d,) or None
        The weights of a neuron that has the labels as its outputs.
    bias : float or None
        Its bias.
    certificate : ndarray of shape (n,) or None
        Where there is no neuron: a number λᵢ ≥ 0 for each point, so that the λ of the points
        labelled 1 and those of the points labelled 0 both sum to 1 and both give the same
        weighted mean. That mean lies among the ones and among the zeros, so no line passes
        between them.
    """

    weights: np.ndarray | None = None
    bias: float | None = None
    certificate: np.ndarray | None = None

    @property
    def separable(self):
        """Whether one neuron can do it."""
        return self.weights is not None


def separate(inputs, labels):
    """Find one MP neuron that answers as the labels say, or a certificate that none does.

    A neuron is a solution of the linear program

        yᵢ (wᵀxᵢ + b) ≥ 1 for all i,    with yᵢ = 1 for the label 1 and −1 for the label 0.

    Where it has none, Farkas's lemma says that another one has: λᵢ ≥ 0 with Σ λᵢyᵢxᵢ = 0 and
    Σ λᵢyᵢ = 0, not all of them 0. Multiply the inequalities by such λ and add them up, and every
    weight and the bias cancel: what remains is 0 ≥ Σ λᵢ, which is false.

    Parameters
    ----------
    inputs : array_like, shape (n, d)
        The points, one a row; at least one.
    labels : array_like of 0 and 1, shape (n,)
        What the neuron should answer.

    Returns
    -------
    Separation

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If there is no point, a number is not finite, a label is not 0 or 1, or the shapes do not
        fit together.
    RuntimeError
        If the solver answers neither question, which points of very different sizes can cause.

    References
    ----------
    .. [1] Farkas, J. (1902). Theorie der einfachen Ungleichungen. Journal für die reine und
       angewandte Mathematik, 124, 1–27. doi:10.1515/crll.1902.124.1

    Examples
    --------
    >>> square = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> separate(square, [0, 0, 0, 1]).separable
    True
    >>> separate(square, [0, 1, 1, 0]).certificate  # XOR
    array([0.5, 0.5, 0.5, 0.5])
    """
    points, ones = _points(inputs), bits(labels, "labels")
    n, d = points.shape
    if ones.shape != (n,):
        raise ValueError(f"labels must have shape ({n},), one for each point, got {ones.shape}")
    signs = 2 * ones - 1
    # Columns: the weights, then the bias.
    rows = signs[:, None] * np.column_stack([points, np.ones(n)])
    found = scipy.optimize.linprog(
        np.zeros(d + 1), A_ub=-rows, b_ub=-np.ones(n), bounds=(None, None)
    )
    if found.status == 0:
        return Separation(weights=found.x[:d], bias=float(found.x[d]))
    balance = np.vstack([rows.T, ones])
    against = scipy.optimize.linprog(
        np.zeros(n), A_eq=balance, b_eq=np.append(np.zeros(d + 1), 1.0)
    )
    if against.status == 0:
        return Separation(certificate=against.x)
    raise RuntimeError(
        f"the solver found neither a neuron ({found.message}) nor a certificate "
        f"({against.message}): bring the inputs to a similar scale"
    )


def threshold_tables(n):
    """Return every truth table of n inputs that one MP neuron computes.

    Nothing is sampled: each of the 2^(2ⁿ) tables is settled one way or the other. A table counts as
    computed if a neuron with small whole weights has it, and as impossible if two inputs with
    answer 1 have the same sum as two inputs with answer 0, which is a certificate as in `separate`.

    Parameters
    ----------
    n : int
        Number of inputs, 0 to 4.

    Returns
    -------
    ndarray of int64, shape (count, 2**n)
        One table a row, outputs in the order of ``binary_inputs(n)``, the rows counted upwards.

    Raises
    ------
    TypeError
        If `n` is not an integer.
    ValueError
        If `n` is negative, or above 4: five inputs have 2³² tables.

    References
    ----------
    .. [1] The On-Line Encyclopedia of Integer Sequences, A000609.

    Examples
    --------
    >>> [len(threshold_tables(n)) for n in range(4)]
    [2, 4, 14, 104]
    """
    n = _count(n)
    done, clash = _computed(n), _clashing(n)
    if not (done ^ clash).all():
        raise AssertionError("a table is neither computed nor impossible: a fault in this module")
    return np.flatnonzero(done)[:, None] >> np.arange(2**n)[::-1] & 1


def clash(outputs):
    """Return four inputs that keep one neuron from computing a table, if there are such.

    Two inputs a, b with answer 1 and two inputs c, d with answer 0 clash if a + b = c + d. A neuron
    would need wᵀa + b₀ > 0 and wᵀb + b₀ > 0, hence a positive sum of both, and for c and d a sum of
    at most 0. But it is the same sum.

    Parameters
    ----------
    outputs : array_like of 0 and 1, shape (2**n,)
        A truth table in the order of ``binary_inputs(n)``; n is at most 10.

    Returns
    -------
    tuple of two ndarray of int64, shape (2, n), or None
        The two inputs with answer 1, and the two with answer 0. None if no four inputs clash; for
        n up to 4 a neuron computes the table then.

    Raises
    ------
    TypeError
        If `outputs` does not hold real numbers.
    ValueError
        If an output is not 0 or 1, or their number is not 2**n with n from 0 to 10.

    Examples
    --------
    >>> ones, zeros = clash([0, 1, 1, 0])  # XOR
    >>> ones.tolist(), zeros.tolist()
    ([[0, 1], [1, 0]], [[0, 0], [1, 1]])
    >>> clash([0, 0, 0, 1])  # AND
    """
    outputs = bits(outputs, "outputs")
    if outputs.ndim != 1 or outputs.size.bit_count() != 1:
        raise ValueError(
            f"outputs must have shape (2**n,), one output for each row, got shape {outputs.shape}"
        )
    rows = binary_inputs(outputs.size.bit_length() - 1)
    silent = {}
    for pair in _pairs(np.flatnonzero(outputs == 0)):
        silent.setdefault(tuple(rows[pair].sum(axis=0)), pair)
    for pair in _pairs(np.flatnonzero(outputs == 1)):
        other = silent.get(tuple(rows[pair].sum(axis=0)))
        if other is not None:
            return rows[pair], rows[other]
    return None


def cover_count(points, inputs):
    """Return in how many ways one neuron labels points in general position: Cover's formula.

    Of the 2ᴺ ways to label N points of d coordinates with 0 and 1, a neuron with weights and a bias
    makes

        C(N, d) = 2 · Σₖ₌₀…d binom(N − 1, k),

    wherever the points lie, as long as no d + 1 of them share a line (d = 2), a plane (d = 3) and
    so on. Up to N = d + 1 that is every labelling, and at N = 2(d + 1) it is one half of them.

    Parameters
    ----------
    points : int
        N, 1 or more.
    inputs : int
        d, 0 or more.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        If an argument is not an integer.
    ValueError
        If an argument is out of its range.

    References
    ----------
    .. [1] Cover, T. M. (1965). Geometrical and statistical properties of systems of linear
       inequalities with applications in pattern recognition. IEEE Transactions on Electronic
       Computers, EC-14(3), 326–334. doi:10.1109/PGEC.1965.264137

    Examples
    --------
    >>> [cover_count(n, inputs=2) for n in (3, 4, 5, 6)]
    [8, 14, 22, 32]
    """
    points, inputs = _whole(points, "points", 1), _whole(inputs, "inputs", 0)
    return 2 * sum(comb(points - 1, k) for k in range(inputs + 1))


def count_labellings(inputs):
    """Count, by one linear program each, the labellings of given points that one neuron makes.

    Parameters
    ----------
    inputs : array_like, shape (n, d)
        The points, one a row, at most 12 of them.

    Returns
    -------
    int
        Of the 2**n labellings, those for which `separate` finds a neuron. For points in general
        position it is `cover_count`; for others it is less.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If there is no point, or more than 12, or a number is not finite.

    Examples
    --------
    >>> count_labellings([[0, 0], [0, 1], [1, 0], [1, 1]])  # all but XOR and its opposite
    14
    """
    points = _points(inputs)
    n = len(points)
    if n > MAX_POINTS:
        raise ValueError(
            f"inputs must be at most {MAX_POINTS} points, got {n}: "
            f"it would take {2 ** (n - 1)} linear programs"
        )
    # A labelling and its opposite share their line, so the first label can stay 0.
    labellings = np.arange(2 ** (n - 1))[:, None] >> np.arange(n)[::-1] & 1
    return 2 * sum(separate(points, labels).separable for labels in labellings)


def _points(inputs):
    points = finite_array(inputs, "inputs")
    if points.ndim != 2 or not len(points):
        raise ValueError(
            f"inputs must have shape (n, d) with at least one point, got shape {points.shape}"
        )
    return points


def _whole(value, name, least):
    try:
        value = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {value!r}") from None
    if value < least:
        raise ValueError(f"{name} must be an integer of at least {least}, got {value}")
    return value


def _count(n):
    n = _whole(n, "n", 0)
    if n > MAX_ENUMERATED:
        tables = f"{2**2**n}" if n <= 6 else f"2^{2**n}"
        raise ValueError(
            f"n must be at most {MAX_ENUMERATED}, got {n}: there are {tables} tables to go through"
        )
    return n


def _computed(n):
    """Mark the tables, numbered by their outputs in binary, that some small neuron has."""
    rows = binary_inputs(n)
    values = np.arange(-_LARGEST_WEIGHT, _LARGEST_WEIGHT + 1)
    grids = np.meshgrid(*[values] * n, indexing="ij")
    weights = np.stack(grids, axis=-1).reshape(-1, n) if n else np.zeros((1, 0), np.int64)
    sums = weights @ rows.T
    places = 2 ** np.arange(2**n)[::-1]
    done = np.zeros(2**2**n, bool)
    # A table is one of the ways to put a threshold between, below or above the sums.
    for threshold in range(sums.min() - 1, sums.max() + 1):
        done[(sums > threshold) @ places] = True
    return done


def _clashing(n):
    """Mark the tables in which two inputs with answer 1 clash with two with answer 0."""
    rows = binary_inputs(n)
    numbers = np.arange(2**2**n)
    by_sum = {}
    for pair in _pairs(np.arange(2**n)):
        mask = sum(1 << int(2**n - 1 - i) for i in set(pair))
        by_sum.setdefault(tuple(rows[pair].sum(axis=0)), []).append(mask)
    clash = np.zeros(numbers.size, bool)
    for masks in by_sum.values():
        if len(masks) > 1:
            both = [numbers & mask for mask in masks]
            ones = np.any([b == m for b, m in zip(both, masks, strict=True)], axis=0)
            clash |= ones & np.any([b == 0 for b in both], axis=0)
    return clash


def _pairs(numbers):
    """Yield each pair of the numbers as a list, a number with itself included."""
    for i, first in enumerate(numbers):
        for second in numbers[i:]:
            yield [first, second]
