"""The pictures of a transformer's block show what their captions say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.figures import (
    draw_attention,
    draw_published_activations,
    draw_roads,
    draw_work_by_length,
)
from companion.transformers import published_models
from tests.companion.figures.drawing_rules import comes_back_labelled_and_leaves_settings, curve

WEIGHTS = np.array([[[1.0, 0.0], [0.5, 0.5]], [[1.0, 0.0], [0.98, 0.02]]])
WORK = {"maps": [4, 4], "looking": [1, 12], "feed-forward": [5, 4]}

CALLS = {
    "attention": lambda: draw_attention(WEIGHTS, ["a", "b"], ["one", "two"]),
    "roads": lambda: draw_roads(np.eye(2, 3), np.ones((2, 3)), ["a", "b"]),
    "work": lambda: draw_work_by_length([0.1, 10], WORK),
    "published": lambda: draw_published_activations(published_models()),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_comes_back_labelled_and_leaves_settings(draw):
    draw()  # the first drawing of all loads a backend
    comes_back_labelled_and_leaves_settings(draw)


def test_every_head_shows_its_weights_and_writes_out_those_that_count():
    one, two = CALLS["attention"]()
    assert_array_equal(one.images[0].get_array(), WEIGHTS[0])
    assert sorted(text.get_text() for text in one.texts) == ["0.50", "0.50", "1.00"]
    assert sorted(text.get_text() for text in two.texts) == ["0.98", "1.00"]
    assert [label.get_text() for label in two.get_xticklabels()] == ["a", "b"]


def test_what_gets_through_is_gate_times_value_on_one_scale():
    gates, values = np.array([[1.0, 0.0, -0.2]]), np.array([[2.0, 3.0, 1.0]])
    axes = draw_roads(gates, values, ["a"])
    assert_allclose(axes[2].images[0].get_array(), gates * values)
    assert {ax.images[0].get_clim() for ax in axes} == {(-3.0, 3.0)}


def test_shares_of_the_work_add_up_to_1():
    ax = CALLS["work"]()
    assert_allclose(sum(curve(ax, name)[1] for name in WORK), 1)
    assert_allclose(curve(ax, "looking")[1], [0.1, 0.6])
    assert len({line.get_linestyle() for line in ax.lines}) == 3


def test_every_model_has_one_mark_in_the_column_of_its_activation():
    models = published_models()
    ax = draw_published_activations(models)
    columns = [label.get_text().lower() for label in ax.get_xticklabels()]
    marks = {(int(y), columns[int(x)]) for line in ax.lines for x, y in zip(*line.get_data())}  # noqa: B905
    assert marks == {(row, model.activation) for row, model in enumerate(models)}
    assert len({line.get_marker() for line in ax.lines}) == len(columns)
