"""A hidden layer that nobody trains, and an output layer that is solved for."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import lstsq, svd

from companion.activations import logistic
from companion.learning._checks import patterns, positive, whole
from companion.neurons import artificial_neuron
from companion.neurons._checks import finite_array


@dataclass(frozen=True, eq=False)
class RandomHiddenLayer:
    """Inputs x₁…x_d, random hidden neurons g₁…g_L, outputs o₁…o_m = β·g.

    Made by `RandomHiddenLayer.fit`.

    Attributes
    ----------
    hidden_weights : ndarray, shape (L, d)
        Random and never changed, one hidden neuron a row.
    hidden_biases : ndarray, shape (L,)
        Likewise.
    output_weights : ndarray, shape (m, L)
        β, one output a row: the least-squares solution.
    activation : callable
        The activation of the hidden neurons.

    References
    ----------
    .. [1] W. F. Schmidt, M. A. Kraaijveld, R. P. W. Duin, Feedforward neural networks with random
       weights, 11th IAPR International Conference on Pattern Recognition, vol. II, 1-4, 1992.
       doi:10.1109/ICPR.1992.201708
    .. [2] Y.-H. Pao, G.-H. Park, D. J. Sobajic, Learning and generalization characteristics of the
       random vector functional-link net, Neurocomputing 6:163-180, 1994.
       doi:10.1016/0925-2312(94)90053-1
    .. [3] G.-B. Huang, Q.-Y. Zhu, C.-K. Siew, Extreme learning machine: theory and applications,
       Neurocomputing 70:489-501, 2006. doi:10.1016/j.neucom.2005.12.126

    Examples
    --------
    >>> import numpy as np
    >>> x = np.linspace(-1, 1, 50)[:, np.newaxis]
    >>> net = RandomHiddenLayer.fit(x, np.sin(3 * x), 20, rng=np.random.default_rng(0), scale=3.0)
    >>> bool(np.abs(net(x) - np.sin(3 * x)).max() < 1e-4)
    True
    """

    hidden_weights: np.ndarray
    hidden_biases: np.ndarray
    output_weights: np.ndarray
    activation: Callable[[np.ndarray], np.ndarray]

    @classmethod
    def fit(
        cls,
        inputs,
        targets,
        hidden: int,
        *,
        rng: np.random.Generator,
        activation: Callable[[np.ndarray], np.ndarray] = logistic,
        scale: float = 1.0,
        ridge: float = 0.0,
    ) -> "RandomHiddenLayer":
        """Draw the hidden layer, and solve for the output weights.

        Parameters
        ----------
        inputs : array_like, shape (n, d)
            One input a row.
        targets : array_like, shape (n, m)
            One target a row; for classes a one in the column of the class, else zeros.
        hidden : int
            L, the number of hidden neurons.
        rng : numpy.random.Generator
            What draws the hidden weights and biases.
        activation : callable, default logistic
            A member of `companion.activations.ACTIVATIONS`, or any function of an array that keeps
            its shape.
        scale : float, default 1
            Standard deviation of the hidden weights and biases, which are normal with mean 0.
        ridge : float, default 0
            Adds `ridge` times the sum of all squared output weights to what is made least.

        Returns
        -------
        RandomHiddenLayer

        Raises
        ------
        TypeError
            If an argument is not of its kind.
        ValueError
            If there is no pattern, a number is not finite or out of its range, or the shapes do not
            fit together.

        Notes
        -----
        With ``ridge=0`` and more hidden neurons than patterns many β fit without error; the one
        returned has the least sum of squares, as the pseudo-inverse would give.
        """
        table = patterns(inputs)
        goals = patterns(targets, "targets")
        if len(goals) != len(table):
            raise ValueError(
                f"targets must have one row for each of the {len(table)} inputs, got {len(goals)}"
            )
        if not isinstance(rng, np.random.Generator):
            raise TypeError(f"rng must be a numpy.random.Generator, got {rng!r}")
        count = whole(hidden, "hidden")
        spread = positive(scale, "scale")
        penalty = positive(ridge, "ridge", zero=True)
        weights = spread * rng.normal(size=(count, table.shape[1]))
        biases = spread * rng.normal(size=count)
        features = _features(table, weights, biases, activation)
        if penalty:
            # From the singular values, so that it costs no more where L is greater than n.
            left, values, right = svd(features, full_matrices=False, check_finite=False)
            damped = (values / (values**2 + penalty))[:, np.newaxis]
            solution = right.T @ (damped * (left.T @ goals))
        else:
            solution = lstsq(features, goals, check_finite=False)[0]
        return cls(weights, biases, solution.T, activation)

    def hidden(self, inputs) -> np.ndarray:
        """Return what the hidden neurons make of the inputs: g, shape (n, L).

        Parameters
        ----------
        inputs : array_like, shape (n, d)

        Returns
        -------
        ndarray
        """
        table = patterns(inputs)
        if table.shape[1] != self.hidden_weights.shape[1]:
            raise ValueError(
                f"inputs must have {self.hidden_weights.shape[1]} numbers a row, got "
                f"{table.shape[1]}"
            )
        return _features(table, self.hidden_weights, self.hidden_biases, self.activation)

    def __call__(self, inputs) -> np.ndarray:
        """Return the outputs o = β·g, shape (n, m).

        Parameters
        ----------
        inputs : array_like, shape (n, d)

        Returns
        -------
        ndarray
        """
        return self.hidden(inputs) @ self.output_weights.T


def _features(table, weights, biases, activation) -> np.ndarray:
    return finite_array(
        artificial_neuron(table, weights, biases, activation), "activation's output"
    )
