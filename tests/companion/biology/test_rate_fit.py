"""Fits of activation functions: what was put in is found again, and nothing else fits better."""

import numpy as np
import pytest
from scipy.optimize import brute

from companion.activations import logistic, relu, softplus, tanh
from companion.biology import LIFNeuron, NoisyLIFNeuron, fit_rate

CURRENT = np.linspace(0, 4, 101)


@pytest.mark.parametrize("activation", [softplus, logistic, tanh], ids=lambda f: f.name)
@pytest.mark.parametrize(("height", "centre", "width"), [(80.0, 1.5, 0.3), (5.0, 2.5, 1.1)])
def test_a_scaled_and_shifted_activation_is_found_again(activation, height, centre, width):
    fit = fit_rate(activation, CURRENT, height * activation((CURRENT - centre) / width))
    assert (fit.height_hz, fit.centre_na, fit.width_na) == pytest.approx(
        (height, centre, width), rel=1e-4
    )
    assert fit.rms_hz < 1e-4


def test_a_relu_has_no_width():
    fit = fit_rate(relu, CURRENT, 30 * relu(CURRENT - 1.3))
    assert (fit.height_hz, fit.centre_na, fit.width_na) == pytest.approx((30, 1.3, 1.0))


def test_errors_are_those_of_the_fitted_curve():
    rates = LIFNeuron().rate_hz(CURRENT)
    fit = fit_rate(relu, CURRENT, rates)
    left = fit.rate_hz(CURRENT) - rates
    assert fit.rms_hz == pytest.approx(np.sqrt(np.mean(left**2)))
    assert fit.worst_hz == pytest.approx(np.abs(left).max())


@pytest.mark.parametrize("activation", [relu, softplus, logistic], ids=lambda f: f.name)
def test_no_grid_of_parameters_does_better(activation):
    rates = NoisyLIFNeuron(3.0).rate_hz(CURRENT)

    def cost(parameters):
        shape = activation((CURRENT - parameters[0]) / np.exp(parameters[1]))
        height = rates @ shape / max(shape @ shape, 1e-300)
        return np.sum((height * shape - rates) ** 2)

    _, best, _, _ = brute(cost, ((-2, 4), (-5, 2)), Ns=60, full_output=True, finish=None)
    fit = fit_rate(activation, CURRENT, rates)
    assert 101 * fit.rms_hz**2 <= best


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((np.tanh, CURRENT, CURRENT), TypeError, "activation must be one of"),
        ((relu, CURRENT[:3], CURRENT[:3]), ValueError, "4 or more"),
        ((relu, CURRENT, CURRENT[:-1]), ValueError, "lists of one length"),
        ((relu, np.ones(9), np.arange(9)), ValueError, "more than one current"),
        ((relu, CURRENT, CURRENT * np.nan), ValueError, "rate_hz must hold finite numbers"),
        ((relu, ["a"] * 5, CURRENT[:5]), TypeError, "current_na must hold real numbers"),
    ],
)
def test_what_cannot_be_fitted_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        fit_rate(*arguments)
