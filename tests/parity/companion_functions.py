"""The companion's activations, asked in the way in which the frameworks are asked."""

import numpy as np

from companion.activations import ACTIVATIONS, VECTOR_ACTIVATIONS, VectorActivation

FUNCTIONS = ACTIVATIONS | VECTOR_ACTIVATIONS


def function_of(name, form=None):
    """Return the function of that name, with its defaults."""
    return FUNCTIONS[name].with_parameters(approximate=form) if form else FUNCTIONS[name]


def evaluate(function, x, dtype="float64", weights=None):
    """Return the value, and the gradient of its sum or of its weighted sum."""
    x = np.array(x, dtype)
    value = function(x)
    if isinstance(function, VectorActivation):
        return value, function.vjp(x, np.ones_like(value) if weights is None else weights)
    return value, function.derivative(x)
