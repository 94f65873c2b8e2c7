"""The alt texts of swish and GELU say what is true, and the menu holds the misprints."""

import json

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from companion.activations import gelu, swish
from companion.explorables import explore_gelu_forms, explore_swish
from companion.explorables._gated import FACTORS

X = np.linspace(-5, 5, 100_001)


@pytest.mark.parametrize("explore", [explore_swish, explore_gelu_forms])
def test_it_is_a_small_chart_with_a_still(explore):
    explorable = explore()
    assert explorable.still.startswith(b"\x89PNG")
    assert len(json.dumps(explorable.spec)) < 30_000
    assert explorable.spec == explore().spec


def test_swish_can_be_pulled_at():
    assert explore_swish().spec["usermeta"] == {"drag": "at"}


def test_the_alt_text_of_swish_names_its_lowest_point():
    lowest = minimize_scalar(swish, bounds=(-3, 0))
    assert f"{lowest.fun:.3f} at x = {lowest.x:.2f}".replace("-", "−") in explore_swish().alt


def test_the_alt_text_of_gelu_names_the_worst_errors():
    alt = explore_gelu_forms().alt
    for form, text in (("tanh", "0.00047"), ("sigmoid", "0.020")):
        worst = np.abs(gelu(X, approximate=form) - gelu(X)).max()
        assert f"{worst:.2g}" == f"{float(text):.2g}"
        assert text in alt


def test_the_menu_starts_with_the_right_factor():
    right, *misprints = FACTORS.values()
    assert right == np.sqrt(2 / np.pi)
    assert all(abs(factor - right) > 0.1 for factor in misprints)
