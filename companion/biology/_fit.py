"""How like an activation function is a rate curve? Scale and shift the one to fit the other."""

from dataclasses import dataclass

import numpy as np
import scipy

from companion.activations import Activation
from companion.biology._checks import finite_array


@dataclass(frozen=True)
class RateFit:
    """A rate curve height·f((I − centre)/width), fitted by least squares.

    Attributes
    ----------
    activation : Activation
        The function f.
    height_hz : float
        The factor in front, in Hz.
    centre_na : float
        The current at which f sees 0, in nA.
    width_na : float
        The current, in nA, that f sees as 1. It is 1 for functions such as ReLU, for which a width
        says nothing that a height does not.
    rms_hz : float
        Root of the mean squared error, in Hz.
    worst_hz : float
        Largest error, in Hz.
    """

    activation: Activation
    height_hz: float
    centre_na: float
    width_na: float
    rms_hz: float
    worst_hz: float

    def rate_hz(self, current_na):
        """Return the fitted rate at a current.

        Parameters
        ----------
        current_na : array_like
            Input current, in nA, of any shape.

        Returns
        -------
        ndarray or float
            Spikes per second, in the same shape.
        """
        seen = (np.asarray(current_na, dtype=float) - self.centre_na) / self.width_na
        return self.height_hz * self.activation(seen)


def fit_rate(activation, current_na, rate_hz) -> RateFit:
    """Scale and shift an activation function so that it fits a rate curve.

    Parameters
    ----------
    activation : Activation
        One of `companion.activations`.
    current_na : array_like, shape (n,)
        Currents, in nA; four or more, not all alike.
    rate_hz : array_like, shape (n,)
        Rates at those currents, in Hz.

    Returns
    -------
    RateFit
        The fit with the least sum of squared errors, from the best five of a grid of starts.

    Raises
    ------
    TypeError
        If the activation is none, or the numbers are not real.
    ValueError
        If the shapes do not fit or a number is not finite.

    Notes
    -----
    Two or three numbers are chosen: centre, width and height. For each centre and width the best
    height is known in closed form, so the search goes over those two. The width is kept between a
    thousandth of the currents' range and ten times that range.

    Examples
    --------
    A rate that is a softplus is found again:

    >>> import numpy as np
    >>> from companion.activations import softplus
    >>> from companion.biology import fit_rate
    >>> current_na = np.linspace(0, 4, 81)
    >>> fit = fit_rate(softplus, current_na, 30 * softplus((current_na - 2) / 0.25))
    >>> f"{fit.height_hz:.2f} Hz, {fit.centre_na:.3f} nA, {fit.width_na:.3f} nA"
    '30.00 Hz, 2.000 nA, 0.250 nA'
    """
    if not isinstance(activation, Activation):
        raise TypeError(f"activation must be one of companion.activations, got {activation!r}")
    current = finite_array(current_na, "current_na", "nA")
    rate = finite_array(rate_hz, "rate_hz", "Hz")
    if current.ndim != 1 or current.size < 4 or current.shape != rate.shape:
        raise ValueError(
            "current_na and rate_hz must be lists of one length, 4 or more, got shapes "
            f"{current.shape} and {rate.shape}"
        )
    span = np.ptp(current)
    if span == 0:
        raise ValueError("current_na must hold more than one current")
    probe = np.array([-3.0, -1.0, 0.5, 2.0])
    scale_free = np.allclose(activation(2 * probe), 2 * activation(probe), rtol=1e-12, atol=0)

    def shape_at(parameters):
        width = 1.0 if scale_free else np.exp(parameters[1])
        return activation((current - parameters[0]) / width)

    def height(shape):
        size = shape @ shape
        return rate @ shape / size if size > 0 else 0.0

    def errors(parameters):
        shape = shape_at(parameters)
        return height(shape) * shape - rate

    low, high = [current.min() - span], [current.max() + span]
    if not scale_free:
        low, high = [*low, np.log(1e-3 * span)], [*high, np.log(10 * span)]
    centres = np.quantile(current, np.linspace(0.0, 1.0, 13))
    shares = [1.0] if scale_free else [0.003, 0.01, 0.03, 0.1, 0.3, 1.0]
    starts = [[c] if scale_free else [c, np.log(w * span)] for c in centres for w in shares]
    starts.sort(key=lambda start: np.sum(errors(start) ** 2))
    found = (
        scipy.optimize.least_squares(errors, start, bounds=(low, high), xtol=1e-12, ftol=1e-12)
        for start in starts[:5]
    )
    best = min(found, key=lambda result: result.cost)
    left = errors(best.x)
    return RateFit(
        activation=activation,
        height_hz=float(height(shape_at(best.x))),
        centre_na=float(best.x[0]),
        width_na=1.0 if scale_free else float(np.exp(best.x[1])),
        rms_hz=float(np.sqrt(np.mean(left**2))),
        worst_hz=float(np.abs(left).max()),
    )
