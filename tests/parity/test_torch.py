"""The companion against PyTorch: where they agree, where conventions differ, where digits are lost.

Where PyTorch's answer is not the definition's, both are held against mpmath: the companion must be
right, and PyTorch's answer is on record in `conventions.toml`.
"""

import sys

import numpy as np
import pytest

from companion import pytorch
from tests.parity import companion_functions
from tests.parity import parity_checks as checks
from tests.parity.conventions import VERSIONS, rows_of

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
functional = torch.nn.functional

THIS = sys.modules[__name__]
#: The activations that PyTorch has, under the names they have here, called with its defaults.
FUNCTIONS = pytorch.twins()
evaluate = pytorch.evaluate


def function_of(name, form=None):
    """Return the function of that name, with its defaults."""
    if form:
        return lambda x: functional.gelu(x, approximate=form)
    return FUNCTIONS[name]


MEASURED = torch.__version__.startswith(VERSIONS["torch"])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_agreement(name):
    checks.agree(name, "torch", THIS)


@pytest.mark.parametrize("row", rows_of("torch"), ids=str)
def test_recorded_answer(row):
    if not MEASURED and row.section in ("limits", "digits"):
        pytest.skip(f"PyTorch {torch.__version__} may have mended what {VERSIONS['torch']} does")
    checks.answers_as_recorded(row, "torch", THIS)


# Attention is no activation, RReLU draws its slope at random, and two are softmax in other words.
OTHERS = {"MultiheadAttention", "RReLU", "Softmax2d", "Softmin"}


def test_every_activation_that_pytorch_has_is_compared():
    offered = set(torch.nn.modules.activation.__all__) - OTHERS
    assert len(offered) > 20
    checks.nothing_is_left_out("torch", THIS, offered)


@pytest.mark.parametrize("gate", ["reglu", "geglu", "swiglu"])
def test_gates_made_of_two_halves(gate):
    inner = {"reglu": "relu", "geglu": "gelu", "swiglu": "swish"}[gate]

    def function(x):
        first, second = x.chunk(2, dim=-1)
        return first * FUNCTIONS[inner](second)

    checks.agree_on_vectors(gate, function, THIS, bounds=(1e-14, 1e-14))


def test_half_precision_is_rounded_where_pytorch_computes_in_it():
    """torch.softmax in float16 sums in float32; both are within one rounding of the truth."""
    rng = np.random.default_rng(22)
    x = rng.standard_normal((50, 30)).astype("float16")
    ours = companion_functions.FUNCTIONS["softmax"](x)
    theirs = torch.softmax(torch.tensor(x), -1).numpy()
    truth = companion_functions.FUNCTIONS["softmax"](x.astype("float64"))
    unit = np.spacing(ours)
    assert abs(ours - truth).max() <= 0.5 * unit.max()
    assert (abs(theirs - truth) <= unit).all()
