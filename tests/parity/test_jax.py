"""The companion against JAX, as `test_torch.py` does it for PyTorch."""

import sys

import numpy as np
import pytest

from tests.parity import parity_checks as checks
from tests.parity.conventions import VERSIONS, rows_of

jax = pytest.importorskip("jax", reason="JAX is not installed")
jnp, nn = jax.numpy, jax.nn

THIS = sys.modules[__name__]
#: The activations that JAX has, under the names they have here, called with its defaults.
FUNCTIONS = {
    "celu": nn.celu,
    "elu": nn.elu,
    "gelu": nn.gelu,
    "hard_sigmoid": nn.hard_sigmoid,
    "hard_swish": nn.hard_swish,
    "hard_tanh": nn.hard_tanh,
    "identity": nn.identity,
    "leaky_relu": nn.leaky_relu,
    "log_sigmoid": nn.log_sigmoid,
    "logistic": nn.sigmoid,
    "mish": nn.mish,
    "relu": nn.relu,
    "relu6": nn.relu6,
    "selu": nn.selu,
    "softplus": nn.softplus,
    "softsign": nn.soft_sign,
    "sparse_plus": nn.sparse_plus,
    "sparse_sigmoid": nn.sparse_sigmoid,
    "squareplus": nn.squareplus,
    "swish": nn.silu,
    "tanh": nn.tanh,
    # Of vectors:
    "glu": nn.glu,
    "log_softmax": nn.log_softmax,
    "maxout": lambda x: jnp.max(x.reshape(*x.shape[:-1], -1, 2), axis=-1),
    "softmax": nn.softmax,
}


def function_of(name, form=None):
    """Return the function of that name, with its defaults."""
    if form:
        return lambda x: nn.gelu(x, approximate=form == "tanh")
    return FUNCTIONS[name]


def evaluate(function, x, dtype="float64", weights=None):
    """Return the value, and the gradient of its sum or of its weighted sum."""
    with jax.enable_x64(True):
        value, pull = jax.vjp(function, jnp.array(x, dtype=dtype))
        weights = jnp.ones_like(value) if weights is None else jnp.array(weights, dtype=dtype)
        return np.array(value), np.array(pull(weights)[0])


MEASURED = jax.__version__ == VERSIONS["jax"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_agreement(name):
    checks.agree(name, "jax", THIS)


@pytest.mark.parametrize("row", rows_of("jax"), ids=str)
def test_recorded_answer(row):
    if not MEASURED and row.section in ("limits", "digits"):
        pytest.skip(f"JAX {jax.__version__} may have mended what {VERSIONS['jax']} does")
    checks.answers_as_recorded(row, "jax", THIS)


# No activations, and one under a second name.
OTHERS = {
    "dot_product_attention",
    "get_scaled_dot_general_config",
    "hard_silu",
    "initializers",
    "log1mexp",
    "logmeanexp",
    "logsumexp",
    "one_hot",
    "scaled_dot_general",
    "scaled_matmul",
    "standardize",
}


def test_every_activation_that_jax_has_is_compared():
    offered = {name for name in dir(jax.nn) if not name.startswith("_")} - OTHERS
    assert len(offered) > 20
    checks.nothing_is_left_out("jax", THIS, offered)
