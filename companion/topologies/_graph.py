"""A layer on a graph: every node mixes its numbers with those of its neighbours."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from companion.neurons._checks import finite_array

#: How what a node hears becomes one message.
AGGREGATES = ("mean", "sum", "symmetric")


def mixing_matrix(adjacency, aggregate="mean", *, self_loops=True):
    """Return the matrix A with which A @ X sends every node its neighbours' numbers.

    Parameters
    ----------
    adjacency : array_like, shape (n, n)
        Entry (i, j) is 0, or the weight with which node i hears node j; none is negative.
        ``networkx.to_numpy_array(graph)`` gives it.
    aggregate : {"mean", "sum", "symmetric"}, optional
        Add up what is heard, divide that by the sum of the node's weights, or divide each entry by
        the square roots of both nodes' sums as graph convolutional networks do.
    self_loops : bool, optional
        Whether a node also hears itself, with weight 1.

    Returns
    -------
    ndarray, shape (n, n)
        A node that hears nobody has a row of zeros.

    Raises
    ------
    TypeError
        If `adjacency` does not hold real numbers.
    ValueError
        If `adjacency` is not square, empty, or has a negative or infinite number, or `aggregate`
        is unknown.

    References
    ----------
    .. [1] Kipf, T. N., & Welling, M. (2017). Semi-supervised classification with graph
       convolutional networks. ICLR. arXiv:1609.02907

    Examples
    --------
    >>> path = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    >>> mixing_matrix(path) @ [0.0, 3.0, 6.0]
    array([1.5, 3. , 4.5])
    """
    adjacency = finite_array(adjacency, "adjacency")
    if adjacency.ndim != 2 or adjacency.shape[0] != adjacency.shape[1] or not adjacency.size:
        raise ValueError(
            f"adjacency must have shape (n, n) with at least one node, got {adjacency.shape}"
        )
    if (adjacency < 0).any():
        raise ValueError(f"adjacency must not be negative, got {adjacency.min():g}")
    if aggregate not in AGGREGATES:
        raise ValueError(f"aggregate must be one of {', '.join(AGGREGATES)}, got {aggregate!r}")
    if self_loops:
        adjacency = adjacency + np.eye(len(adjacency))
    if aggregate == "sum":
        return adjacency
    heard = adjacency.sum(axis=1)
    share = np.divide(1, heard, out=np.zeros_like(heard), where=heard > 0)
    if aggregate == "mean":
        return share[:, None] * adjacency
    return np.sqrt(share)[:, None] * adjacency * np.sqrt(share)


@dataclass(frozen=True, eq=False)
class GraphLayer:
    """A layer that every node of a graph applies to what it and its neighbours hold.

    For numbers X, one row a node, it returns f(A X Wᵀ + b), with A from `mixing_matrix`. All nodes
    share W and b, so the same layer works on any graph, and renumbering the nodes renumbers the
    outputs and changes nothing else. Where the graph has no edge it is a feed-forward layer.

    Parameters
    ----------
    weights : array_like, shape (m, d)
        W: one row for each output.
    bias : array_like, shape (m,), optional
        b; zeros by default.
    activation : callable, optional
        f, applied to an array; without it the sums themselves are returned.
    aggregate : {"mean", "sum", "symmetric"}, optional
        As in `mixing_matrix`.
    self_loops : bool, optional
        Whether a node also hears itself.

    Raises
    ------
    TypeError
        If something is not a real number, or `activation` cannot be called.
    ValueError
        If the shapes do not fit together, a number is not finite, or `aggregate` is unknown.

    Examples
    --------
    >>> edge = [[0, 1], [1, 0]]
    >>> GraphLayer([[1.0], [10.0]])([[1.0], [3.0]], edge)
    array([[ 2., 20.],
           [ 2., 20.]])
    """

    weights: np.ndarray
    bias: np.ndarray | None = None
    activation: Callable | None = None
    aggregate: str = "mean"
    self_loops: bool = True

    def __post_init__(self):
        weights = finite_array(self.weights, "weights")
        if weights.ndim != 2:
            raise ValueError(f"weights must have shape (m, d), got shape {weights.shape}")
        bias = np.zeros(len(weights)) if self.bias is None else finite_array(self.bias, "bias")
        if bias.shape != (len(weights),):
            raise ValueError(f"bias must have shape ({len(weights)},), got shape {bias.shape}")
        if self.activation is not None and not callable(self.activation):
            raise TypeError(f"activation must be callable, got {self.activation!r}")
        if self.aggregate not in AGGREGATES:
            raise ValueError(
                f"aggregate must be one of {', '.join(AGGREGATES)}, got {self.aggregate!r}"
            )
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "bias", bias)

    def __call__(self, features, adjacency):
        """Return the outputs of all nodes, shape (n, m).

        Parameters
        ----------
        features : array_like, shape (n, d)
            The numbers that each node holds, one node a row.
        adjacency : array_like, shape (n, n)
            Who hears whom, as in `mixing_matrix`.
        """
        features = finite_array(features, "features")
        mixing = mixing_matrix(adjacency, self.aggregate, self_loops=self.self_loops)
        shape = (len(mixing), self.weights.shape[1])
        if features.shape != shape:
            raise ValueError(
                f"features must have shape {shape}, {shape[1]} numbers for each of the "
                f"{shape[0]} nodes, got shape {features.shape}"
            )
        z = mixing @ features @ self.weights.T + self.bias
        return z if self.activation is None else self.activation(z)
