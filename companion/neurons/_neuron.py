"""The weighted sum, the threshold on it, and what took the threshold's place."""

import numpy as np

from companion.neurons._checks import finite_array, plain, real_array


def mp_neuron(inputs, weights, bias):
    """Fire (1) if the weighted sum of the inputs plus the bias exceeds 0, else stay silent (0).

    A positive weight excites, a negative weight inhibits, and a bias b is a threshold −b: the
    neuron fires when wᵀx > −b. A sum of exactly 0 does not fire.

    Parameters
    ----------
    inputs : array_like, shape (d,) or (n, d)
        One input vector or a batch of n of them; further leading axes are kept as they are.
    weights : array_like, shape (d,) or (m, d)
        The weights of one neuron, or of m neurons that see the same inputs, one row each.
    bias : array_like, shape () or (m,)
        One bias, or one for each of the m neurons.

    Returns
    -------
    int or ndarray of int64
        0 or 1 for each input vector and each neuron: an int, or shape (n,), (m,) or (n, m).

    Raises
    ------
    TypeError
        If an argument holds anything but real numbers (complex, strings, objects).
    ValueError
        If the shapes do not fit together, or if a number or the sum is NaN or infinite: a
        comparison with NaN is false, so the neuron would pass it on as a silent 0.

    Notes
    -----
    The sum is taken in float64. Where its exact value is 0, rounding may leave a little more than
    that: 0.1 + 0.2 − 0.3 is 5.6e-17, and fires. Choose weights and biases that keep the sum away
    from 0, as `GATES` do with half-integers.

    References
    ----------
    .. [1] McCulloch, W. S., & Pitts, W. (1943). A logical calculus of the ideas immanent in nervous
       activity. Bulletin of Mathematical Biophysics, 5, 115–133. doi:10.1007/BF02478259.
       Their neuron differs: see `mcculloch_pitts_1943`.

    Examples
    --------
    >>> mp_neuron([1, 1], [1, 1], -1.5)
    1
    >>> mp_neuron([[0, 0], [0, 1], [1, 0], [1, 1]], [1, 1], -1.5)
    array([0, 0, 0, 1])
    >>> mp_neuron([1, 0], [[1, 1], [-1, -1]], [-0.5, 1.5])  # an OR and a NAND side by side
    array([1, 1])
    >>> mp_neuron([1, 1], [1, -1], 0)  # the sum is exactly 0
    0
    """
    inputs = finite_array(inputs, "inputs")
    weights = finite_array(weights, "weights")
    bias = finite_array(bias, "bias")
    z = _weighted_sum(inputs, weights, bias)
    if not np.isfinite(z).all():
        raise ValueError("inputs and weights are too large: their weighted sum overflows float64")
    return plain((z > 0).astype(np.int64))


def artificial_neuron(inputs, weights, bias, activation=None):
    """Return a = f(z) with the weighted sum z = wᵀx + b.

    Parameters
    ----------
    inputs : array_like, shape (d,) or (n, d)
        One input vector or a batch of n of them; further leading axes are kept as they are.
    weights : array_like, shape (d,) or (m, d)
        The weights of one neuron, or of m neurons that see the same inputs, one row each.
    bias : array_like, shape () or (m,)
        One bias, or one for each of the m neurons.
    activation : callable, optional
        The function f, applied to the array z and returning an array of its shape. Without it the
        weighted sum z itself is returned.

    Returns
    -------
    scalar or ndarray
        The output for each input vector and each neuron: a scalar, or shape (n,), (m,) or (n, m).
        Without an activation it has the widest of the arguments' float types, a Python number as
        the bias not counting; integers and bools count as float64.

    Raises
    ------
    TypeError
        If an argument holds anything but real numbers, or if `activation` cannot be called.
    ValueError
        If the shapes do not fit together, or if `activation` changes the shape of z.

    Notes
    -----
    NaN in the inputs gives NaN out, unlike in `mp_neuron`, where no output could say so.

    Examples
    --------
    >>> float(artificial_neuron([1.0, 2.0], [0.5, -1.0], 0.25))
    -1.25
    >>> artificial_neuron([[1.0, 2.0], [3.0, 0.0]], [0.5, -1.0], 0.25, activation=np.abs)
    array([1.25, 1.75])
    """
    if activation is not None and not callable(activation):
        raise TypeError(
            f"activation must be callable, such as a function or a member of ACTIVATIONS, "
            f"got {activation!r}"
        )
    inputs = real_array(inputs, "inputs")
    weights = real_array(weights, "weights")
    if isinstance(bias, int | float):
        # A Python number has no type of its own: it must not turn float32 into float64.
        with np.errstate(over="ignore"):
            bias = np.asarray(bias, dtype=np.result_type(inputs, weights))
    z = _weighted_sum(inputs, weights, real_array(bias, "bias"))
    if activation is None:
        return z
    a = activation(z)
    if np.shape(a) != np.shape(z):
        raise ValueError(
            f"activation must keep the shape of z, which is {np.shape(z)}, got shape {np.shape(a)}"
        )
    return a


def _weighted_sum(inputs, weights, bias):
    """Return wᵀx + b with one output axis for a batch and one for several neurons."""
    if inputs.ndim < 1:
        raise ValueError("inputs must have shape (d,) or (n, d), got a single number: write [x]")
    if weights.ndim not in (1, 2):
        raise ValueError(f"weights must have shape (d,) or (m, d), got shape {weights.shape}")
    if inputs.shape[-1] != weights.shape[-1]:
        raise ValueError(
            f"weights must have one entry for each input: got {weights.shape[-1]} weights "
            f"(shape {weights.shape}) for {inputs.shape[-1]} inputs (shape {inputs.shape})"
        )
    neurons = weights.shape[:-1]
    if bias.shape not in ((), neurons):
        accepted = f"a number or shape {neurons}" if neurons else "a single number"
        raise ValueError(f"bias must be {accepted}, got shape {bias.shape}")
    # inf · 0 and overflow have defined results (NaN, inf); the callers say what becomes of them.
    with np.errstate(invalid="ignore", over="ignore"):
        return inputs @ weights.T + bias
