"""The pictures of sparsity show what their captions say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.figures import (
    draw_bits_kept,
    draw_code_fields,
    draw_product_times,
    draw_proximal_step,
    draw_shares_kept,
    draw_weight_piles,
    draw_winners_knee,
)
from companion.network import shrink
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

SHARES = np.linspace(0.05, 1, 12)
BANDS = {
    "cut": np.column_stack([SHARES, SHARES - 0.02, SHARES + 0.01]),
    "tuned": np.column_stack([SHARES**0.1, SHARES**0.1 - 0.01, SHARES**0.1]),
}
FIELDS = {"all": np.eye(9).reshape(9, 3, 3), "few": np.ones((4, 3, 3))}
RATIOS = {"sparse": 5 * SHARES, "fewer rows": SHARES}

CALLS = {
    "step": draw_proximal_step,
    "piles": lambda: draw_weight_piles({"plain": SHARES, "L1": 0 * SHARES}),
    "fields": lambda: draw_code_fields(FIELDS),
    "kept": lambda: draw_shares_kept(SHARES, BANDS, level=0.9),
    "bits": lambda: draw_bits_kept(range(2, 14), BANDS),
    "winners": lambda: draw_winners_knee(range(1, 13), *BANDS.values()),
    "times": lambda: draw_product_times(SHARES, RATIOS),
}


@pytest.fixture(autouse=True)
def _close_figures():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_rules_of_every_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_the_proximal_step_is_that_of_the_optimisers():
    before, after = curve(draw_proximal_step(0.3), "proximal step")
    wanted = before.copy()
    shrink(wanted, 0.3)
    assert_allclose(after, wanted)


def test_piles_count_the_weights_and_name_the_zeros():
    plain, pruned = draw_weight_piles({"plain": [0.1, -0.2, 0.3], "pruned": [0.0, 0.0, 0.0, 0.4]})
    assert sum(bar.get_height() for bar in plain.patches) == 3
    assert plain.texts[0].get_text() == "0 % exactly 0"
    tallest = max(pruned.patches, key=lambda bar: bar.get_height())
    assert tallest.get_height() == 3
    assert_allclose(tallest.get_x() + tallest.get_width() / 2, 0, atol=1e-12)
    assert pruned.texts[0].get_text() == "75 % exactly 0"


def test_fields_stand_in_reading_order_each_on_its_own_scale():
    ax = draw_code_fields({"code": [[[1.0, 0], [0, 0]], [[0, -5.0], [0, 0]]]}, columns=2)[0]
    sheet = np.ma.filled(ax.images[0].get_array(), 9)
    assert_array_equal(sheet, [[1, 0, 9, 0, -1], [0, 0, 9, 0, 0]])


def test_kept_shares_and_accuracies_are_in_per_cent():
    ax = draw_shares_kept(SHARES, BANDS, level=0.9)
    x, y = curve(ax, "tuned")
    assert_allclose(x, 100 * SHARES)
    assert_allclose(y, 100 * BANDS["tuned"][:, 0])
    bars = ax.collections[0].get_segments()
    assert_allclose([bar[:, 1] for bar in bars], 100 * BANDS["cut"][:, 1:])


def test_times_are_compared_with_the_work():
    ax = draw_product_times(SHARES, RATIOS)
    assert_allclose(curve(ax, "in step with the work")[1], SHARES)
    assert_allclose(curve(ax, "sparse")[1], 5 * SHARES)


def test_what_is_refused():
    with pytest.raises(ValueError, match="amount must be greater than 0"):
        draw_proximal_step(0)
    for weights in ({}, {"none": []}):
        with pytest.raises(ValueError, match="one network at least"):
            draw_weight_piles(weights)
    for fields in ({}, {"flat": np.ones((4, 9))}, {"oblong": np.ones((4, 2, 3))}):
        with pytest.raises(ValueError, match=r"shape \(units, size, size\)"):
            draw_code_fields(fields)
    with pytest.raises(ValueError, match="curves must be 1 to 5, got 0"):
        draw_shares_kept([1], {})
    with pytest.raises(ValueError, match="cut must hold median, low and high for each of 2"):
        draw_bits_kept([8, 4], {"cut": [[1, 1, 1]]})
    with pytest.raises(ValueError, match="ratios must be of 1 to 5 ways, got 0"):
        draw_product_times([1], {})
    with pytest.raises(ValueError, match="must hold 2 for sparse, got 1"):
        draw_product_times([0.1, 1], {"sparse": [1]})
