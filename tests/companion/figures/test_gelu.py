"""The pictures of GELU and its stand-ins show what their captions say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import ndtr

from companion.activations import gelu
from companion.figures import (
    draw_exchanges,
    draw_gelu_errors,
    draw_left_tail,
    draw_log_odds,
    draw_random_masks,
    draw_trained_and_run,
)
from companion.training import MedianInterval
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

LITTLE, MUCH = MedianInterval(2e-4, 1e-4, 4e-4, 24), MedianInterval(0.05, 0.03, 0.08, 24)
FOUND = {"tanh form": LITTLE, "√2/π": MUCH}
ERRORS = {form: {"with it": LITTLE, "without": MUCH} for form in FOUND}

CURVES = {
    "errors": draw_gelu_errors,
    "tail": draw_left_tail,
    "log-odds": draw_log_odds,
    "masks": draw_random_masks,
}
CALLS = CURVES | {
    "exchanges": lambda: draw_exchanges(FOUND, FOUND),
    "trained and run": lambda: draw_trained_and_run(ERRORS),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_comes_back_labelled_and_leaves_settings(draw):
    draw()  # the first drawing of all loads a backend
    axes = np.atleast_1d(draw())
    if draw is CALLS["exchanges"] or draw is CALLS["trained and run"]:
        assert [label.get_text() for label in axes[0].get_yticklabels()] == list(FOUND)
        axes[0].set_ylabel("rows")  # they name themselves
    comes_back_labelled_and_leaves_settings(lambda: axes)


@pytest.mark.parametrize("draw", CURVES.values(), ids=CURVES)
def test_curves_with_a_name_differ_in_more_than_colour(draw):
    tells_its_curves_apart_without_colour(draw)


def test_masked_outputs_are_the_input_or_zero_and_follow_gelu():
    ax = draw_random_masks(masks=30_000, seed=1)
    kept, kept_output = curve(ax, "kept: the output is x")
    dropped, dropped_output = curve(ax, "dropped: the output is 0")
    assert_allclose(kept, kept_output)
    assert not dropped_output.any()
    assert len(kept) + len(dropped) == 30_000
    x, mean = curve(ax, "mean of 2000 neighbours")
    # A mean of 2000 outputs, each at most 3 in size, scatters by less than 3·½/√2000 = 0.034.
    assert_allclose(mean, gelu(x), atol=0.1)


def test_masks_depend_on_the_seed_alone():
    first, again, other = (draw_random_masks(seed=seed).lines[0].get_xdata() for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_log_odds_of_the_exact_gate():
    x, v = curve(draw_log_odds(), "Φ: bends like ±x²/2")
    near = np.abs(x) < 3
    assert_allclose(v[near], np.log(ndtr(x[near]) / ndtr(-x[near])), rtol=1e-12, atol=1e-12)


def test_errors_have_the_magnitude_that_is_told():
    tanh_form, sigmoid_form = draw_gelu_errors((0.044715,), (1.702,))
    assert_allclose(np.abs(curve(tanh_form, "c = 0.044715")[1]).max(), 4.73, atol=0.01)
    assert_allclose(np.abs(curve(sigmoid_form, "k = 1.702")[1]).max(), 2.03, atol=0.01)


def test_tails_fall_apart_in_the_order_told():
    ax = draw_left_tail()
    far = [curve(ax, label)[1][0] for label in ("tanh form", "GELU", "sigmoid form")]
    assert far[0] < 1e-6 * far[1]
    assert far[1] < 1e-6 * far[2]


def test_exchanges_show_shares_on_the_left_and_per_cent_on_the_right():
    moved, flipped = draw_exchanges(FOUND, FOUND)
    assert_array_equal(moved.lines[2].get_xdata(), [0.03, 0.08])
    assert_array_equal(moved.lines[3].get_xdata(), [0.05])
    assert_allclose(flipped.lines[3].get_xdata(), [5])
    markers = {axes.lines[1].get_marker() for axes in (moved, flipped)}
    assert len(markers) == 2


def test_each_case_has_a_marker_and_a_height_of_its_own():
    ax = draw_trained_and_run(ERRORS)
    dots = ax.lines[1::2]
    assert_allclose([dot.get_xdata()[0] for dot in dots], [0.02, 5, 0.02, 5])
    assert len({dot.get_marker() for dot in dots[:2]}) == 2
    assert len({dot.get_ydata()[0] for dot in dots}) == 4
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["with it", "without"]
