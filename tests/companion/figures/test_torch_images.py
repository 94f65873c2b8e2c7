"""The pictures of what PyTorch answers show what their captions say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.figures import (
    draw_agreement,
    draw_hidden_layer,
    draw_image_grids,
    draw_who_answers,
    image_grid,
)
from tests.companion.figures.drawing_rules import comes_back_labelled_and_leaves_settings, curve

RNG = np.random.default_rng(0)
PICTURES = RNG.integers(0, 256, (5, 3, 4, 6), dtype=np.uint8)
DIFFERENCES = {"gelu": (3e-8, 1e-9), "relu": (0.0, 0.0), "tanh": (2e-16, 4e-12)}
CHANGES = {"one answer": np.ones((1, 20)), "an answer each": np.diag(np.arange(1.0, 21.0))}
SHARES = {
    "digits": {"without": [0.90, 0.92, 0.97], "with": [0.95, 0.96, 0.99]},
    "odd": {"without": [0.8, 0.8, 0.8], "with": [0.9, 0.9, 0.9]},
}
CALLS = {
    "agreement": lambda: draw_agreement(DIFFERENCES),
    "who answers": lambda: draw_who_answers(CHANGES),
    "hidden layer": lambda: draw_hidden_layer(SHARES),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_comes_back_labelled_and_leaves_settings(draw):
    draw()  # the first drawing of all loads a backend
    comes_back_labelled_and_leaves_settings(draw)


def test_agreement_has_the_closest_on_top_and_equal_apart():
    ax = draw_agreement(DIFFERENCES)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["relu", "tanh", "gelu"]
    values, rows = curve(ax, "value")
    gradients, _ = curve(ax, "gradient")
    assert_array_equal(rows, [0, 1, 2])
    assert_allclose(values[1:], [2e-16, 3e-8])
    assert_allclose(gradients[1:], [4e-12, 1e-9])
    assert values[0] == gradients[0] == ax.get_xticks()[0] < np.finfo(float).eps / 2
    assert ax.get_xticklabels()[0].get_text() == "equal"
    low, high = ax.get_xlim()
    assert low < values.min()
    assert max(values.max(), gradients.max()) < high


def test_a_grid_has_every_image_at_its_place_and_is_white_elsewhere():
    grid = image_grid(PICTURES, columns=3, gap=1)
    assert grid.shape == (9, 20, 3)
    assert grid.dtype == np.uint8
    covered = np.zeros(grid.shape[:2], bool)
    for place, picture in enumerate(PICTURES):
        rows = slice(5 * (place // 3), 5 * (place // 3) + 4)
        columns = slice(7 * (place % 3), 7 * (place % 3) + 6)
        assert_array_equal(grid[rows, columns], picture.transpose(1, 2, 0))
        covered[rows, columns] = True
    assert (grid[~covered] == 255).all()


def test_numbers_from_0_to_1_become_the_nearest_bytes():
    assert_array_equal(image_grid(PICTURES / 255), image_grid(PICTURES))
    assert_array_equal(image_grid((PICTURES / 255).astype("float32")), image_grid(PICTURES))


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (PICTURES[0], r"shape \(n, 3, height, width\), got \(3, 4, 6\)"),
        (PICTURES.transpose(0, 2, 3, 1), r"got \(5, 4, 6, 3\)"),
        (PICTURES[:0], r"got \(0, 3, 4, 6\)"),
        (PICTURES.astype(float), "from 0 to 1, got 0 to 255"),
        (PICTURES / 255 - 0.5, "from 0 to 1"),
        (np.full((1, 3, 2, 2), np.nan), "from 0 to 1, got nan"),
    ],
)
def test_what_is_no_batch_of_images_is_refused(images, message):
    with pytest.raises(ValueError, match=message):
        image_grid(images)


def test_grids_are_shown_as_they_are():
    grids = [image_grid(PICTURES), image_grid(PICTURES[:1])]
    axes = draw_image_grids(grids, ["all", "first"])
    for ax, grid, title in zip(axes, grids, ["all", "first"], strict=True):
        assert_array_equal(ax.images[0].get_array(), grid)
        assert ax.get_title(loc="left") == title


def test_what_moves_is_dark():
    one, each = draw_who_answers(CHANGES)
    assert one.images[0].get_array().all()
    assert_array_equal(each.images[0].get_array(), np.eye(20, dtype=bool))
    assert one.get_ylim() == (1.5, 0.5)


def test_every_run_is_a_dot_and_the_median_is_marked():
    axes = draw_hidden_layer(SHARES)
    assert [ax.get_title(loc="left") for ax in axes] == ["digits", "odd"]
    drawn = {line.get_marker(): np.array(line.get_xdata()) for line in axes[0].lines}
    assert_allclose(drawn["o"], SHARES["digits"]["without"])
    assert_allclose(drawn["D"], SHARES["digits"]["with"])
    marks = [line for line in axes[0].lines if line.get_marker() == "|"]
    assert [float(line.get_xdata()[0]) for line in marks] == [0.92, 0.96]
