"""Fewer neurons for the same truth table: rows that differ in one bit merge into one term."""

import numpy as np

from companion.neurons._checks import bits
from companion.neurons._networks import LogicNetwork
from companion.neurons._tables import MAX_INPUTS, binary_inputs

#: In a term: the input may be either.
EITHER = -1


def merged_terms(outputs):
    """Return terms that together are true just where a truth table is.

    A term fixes some inputs to 0 or 1 and leaves the others free. Two terms that differ in one
    fixed bit merge into one that leaves it free. Terms that merge with nothing are the *prime*
    ones (Quine and McCluskey's method); of these enough are kept, taking first those that no other
    can replace, then always the one that covers most. The result cannot lose a term or a fixed bit,
    though another choice may need fewer terms: finding the fewest is a hard problem.

    Parameters
    ----------
    outputs : array_like of 0 and 1, shape (2**n,)
        The outputs for the rows of ``binary_inputs(n)``, in that order; n is at most 10.

    Returns
    -------
    ndarray of int64, shape (m, n)
        One term a row: 0 and 1 where the input is fixed, −1 where it is free.

    Raises
    ------
    TypeError
        If `outputs` does not hold real numbers.
    ValueError
        If an output is not 0 or 1, or their number is not 2**n with n from 0 to 10.

    References
    ----------
    .. [1] McCluskey, E. J. (1956). Minimization of Boolean functions. Bell System Technical
       Journal, 35(6), 1417–1444. doi:10.1002/j.1538-7305.1956.tb03835.x

    Examples
    --------
    >>> merged_terms([0, 0, 1, 1])  # whatever the second input is
    array([[ 1, -1]])
    >>> merged_terms([0, 0, 0, 1, 0, 1, 1, 1])  # two of three
    array([[-1,  1,  1],
           [ 1, -1,  1],
           [ 1,  1, -1]])
    """
    outputs = _table(outputs)
    n = outputs.size.bit_length() - 1
    rows = binary_inputs(n)[outputs == 1]
    found = sorted(_primes({tuple(row) for row in rows.tolist()}))
    primes = np.array(found, dtype=np.int64).reshape(len(found), n)
    covers = ((primes[:, None] == EITHER) | (primes[:, None] == rows)).all(axis=2)
    return primes[_enough(covers)]


def normal_form(outputs, names=None):
    """Write a truth table as its disjunctive normal form, with merged terms.

    Parameters
    ----------
    outputs : array_like of 0 and 1, shape (2**n,)
        The outputs for the rows of ``binary_inputs(n)``, in that order; n is at most 10.
    names : sequence of str, optional
        What to call the inputs; x₁, x₂, … by default.

    Returns
    -------
    str
        Terms joined by “or”, bits in a term joined by “and”; “never” or “always” if the outputs
        are all 0 or all 1.

    Raises
    ------
    TypeError
        If `outputs` does not hold real numbers.
    ValueError
        If an output is not 0 or 1, their number is not 2**n with n from 0 to 10, or `names` has
        not one name for each input.

    Examples
    --------
    >>> normal_form([0, 1, 1, 0], names="ab")
    '(not a and b) or (a and not b)'
    >>> normal_form([1, 1, 0, 1], names=["rain", "umbrella"])
    'umbrella or not rain'
    """
    outputs = _table(outputs)
    n = outputs.size.bit_length() - 1
    digits = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    names = [f"x{i}".translate(digits) for i in range(1, n + 1)] if names is None else list(names)
    if len(names) != n:
        raise ValueError(f"names must have {n} names, one for each input, got {len(names)}")
    terms = merged_terms(outputs)
    if not len(terms):
        return "never"
    parts = [
        [("" if bit else "not ") + name for bit, name in zip(term, names, strict=True) if bit >= 0]
        for term in terms.tolist()
    ]
    if not parts[0]:
        return "always"
    texts = [" and ".join(part) for part in parts]
    several = len(parts) > 1
    return " or ".join(
        f"({text})" if several and len(part) > 1 else text
        for text, part in zip(texts, parts, strict=True)
    )


def from_terms(terms):
    """Return the two-layer network with one hidden neuron for each term and an OR of them.

    A fixed 1 gets the weight +1, a fixed 0 the weight −1, a free input the weight 0; the bias is
    1/2 minus the number of ones. The sum is 1/2 where the term holds, and falls by 1 with each
    fixed bit that does not.

    Parameters
    ----------
    terms : array_like, shape (m, n)
        Terms as `merged_terms` gives them, or rows of a truth table.

    Returns
    -------
    LogicNetwork

    Raises
    ------
    TypeError
        If `terms` does not hold integers.
    ValueError
        If `terms` has not the shape (m, n), or holds something else than 0, 1 and −1.

    Examples
    --------
    >>> majority = from_terms(merged_terms([0, 0, 0, 1, 0, 1, 1, 1]))
    >>> majority.n_neurons, majority(1, 0, 1), majority(1, 0, 0)
    (4, 1, 0)
    """
    terms = np.asarray(terms)
    if terms.ndim != 2:
        raise ValueError(f"terms must have shape (m, n), got shape {terms.shape}")
    if terms.size and terms.dtype.kind not in "iu":
        raise TypeError(f"terms must hold integers, got dtype {terms.dtype}")
    if not np.isin(terms, [0, 1, EITHER]).all():
        raise ValueError("terms must hold 0, 1 and −1 (free) only")
    return LogicNetwork(
        hidden_weights=np.select([terms == 1, terms == 0], [1.0, -1.0], 0.0),
        hidden_bias=0.5 - (terms == 1).sum(axis=1),
        output_weights=np.ones(len(terms)),
        output_bias=-0.5,
    )


def _table(outputs):
    outputs = bits(outputs, "outputs")
    if outputs.ndim != 1 or outputs.size.bit_count() != 1:
        raise ValueError(
            f"outputs must have shape (2**n,), one output for each row, got shape {outputs.shape}"
        )
    if (n := outputs.size.bit_length() - 1) > MAX_INPUTS:
        raise ValueError(
            f"outputs must be a table of at most {MAX_INPUTS} inputs, got {n}: "
            f"it would take up to {3**n} terms"
        )
    return outputs


def _primes(terms):
    """Merge terms as long as any two differ in one fixed bit; return those that never merged."""
    primes = set()
    while terms:
        longer, used = set(), set()
        for term in terms:
            for i, bit in enumerate(term):
                partner = (*term[:i], 1, *term[i + 1 :])
                if bit == 0 and partner in terms:
                    used |= {term, partner}
                    longer.add((*term[:i], EITHER, *term[i + 1 :]))
        primes |= terms - used
        terms = longer
    return primes


def _enough(covers):
    """Choose rows of a Boolean array that together cover every column, none to spare, sorted."""
    alone = covers.sum(axis=0) == 1
    chosen = list(np.flatnonzero(covers[:, alone].any(axis=1)))
    left = ~covers[chosen].any(axis=0)
    while left.any():
        chosen.append(int(np.argmax(covers[:, left].sum(axis=1))))
        left &= ~covers[chosen[-1]]
    for row in chosen[::-1]:
        others = [r for r in chosen if r != row]
        if covers[others].any(axis=0).all():
            chosen = others
    return sorted(int(row) for row in chosen)
