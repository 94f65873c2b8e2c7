"""The neuron as its authors wrote it down."""

import numpy as np

from companion.neurons._checks import bits, finite_array, plain


def mcculloch_pitts_1943(excitatory, inhibitory, threshold):
    """Fire (1) if no inhibitory synapse is active and more excitatory ones than the threshold are.

    The rule is equation (1) of the paper, without its one step of synaptic delay: a neuron with
    threshold θ > 0 fires when none of its inhibitory afferents has fired and the number of its
    excited synapses *exceeds* θ. A synapse has no weight; an axon that should count twice makes
    two synapses, so its bit stands twice in `excitatory`.

    Parameters
    ----------
    excitatory : array_like of 0 and 1, shape (p,) or (n, p)
        Activity of the excitatory synapses, for one moment or for n of them.
    inhibitory : array_like of 0 and 1, shape (q,) or (n, q)
        Activity of the inhibitory synapses; ``[]`` if there are none.
    threshold : float
        θ, greater than 0. An integer k means that at least k + 1 synapses must be excited; many
        retellings write "≥ θ" instead.

    Returns
    -------
    int or ndarray of int64, shape (n,)

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If an activity is not 0 or 1, if the threshold is not a single finite number above 0, or if
        the numbers of moments differ.

    Notes
    -----
    Without any excitation the neuron is silent, so no network of such neurons can compute a
    function that is 1 when all its inputs are 0 (the paper's Theorem 3). NOT needs an input that
    is always active.

    The paper calls a negative weight of today "relative inhibition": an inhibitory synapse that
    raises the threshold by one. Its Theorem 4 shows that networks of either kind can replace the
    other if time does not matter; single neurons cannot.

    References
    ----------
    .. [1] McCulloch, W. S., & Pitts, W. (1943). A logical calculus of the ideas immanent in nervous
       activity. Bulletin of Mathematical Biophysics, 5, 115–133. doi:10.1007/BF02478259

    Examples
    --------
    >>> mcculloch_pitts_1943([1, 1], [], threshold=1)
    1
    >>> mcculloch_pitts_1943([1, 1, 1, 1, 1], [1], threshold=1)  # one inhibitory synapse is enough
    0
    """
    excitatory = bits(excitatory, "excitatory")
    inhibitory = bits(inhibitory, "inhibitory")
    threshold = finite_array(threshold, "threshold")
    if threshold.ndim != 0 or threshold <= 0:
        raise ValueError(f"threshold must be a single number greater than 0, got {threshold}")
    for name, activity in (("excitatory", excitatory), ("inhibitory", inhibitory)):
        if activity.ndim < 1:
            raise ValueError(f"{name} must have shape (p,) or (n, p), got a single number")
    excited = excitatory.sum(axis=-1) > threshold
    vetoed = inhibitory.any(axis=-1)
    try:
        fires = np.logical_and(excited, ~vetoed)
    except ValueError as error:
        raise ValueError(
            f"excitatory and inhibitory must cover the same moments, got shapes "
            f"{excitatory.shape} and {inhibitory.shape}"
        ) from error
    return plain(np.asarray(fires, dtype=np.int64))
