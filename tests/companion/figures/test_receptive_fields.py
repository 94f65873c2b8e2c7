"""The pictures of inhibition show what was computed."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion.biology import CentreSurround, DirectionUnit, TunedUnit
from companion.figures import (
    draw_field,
    draw_filters,
    draw_passages,
    draw_photo_and_answer,
    draw_spectra,
    draw_staircase,
    draw_tuning,
)
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

LIGHT = np.repeat([1.0, 2.0, 3.0], 30)
FIELDS = {"w = 1": CentreSurround(2, 6, 1.0), "w = 0.9": CentreSurround(2, 6, 0.9)}
UNITS = {"alone": TunedUnit(20, 20, 0.0), "broader": TunedUnit(20, 60, 0.5)}
SPECTRUM = np.linspace(0.01, 0.5, 40)
SPECTRA = {"light": (SPECTRUM, SPECTRUM**-2.0), "answer": (SPECTRUM, SPECTRUM**0)}
IMAGE = np.random.default_rng(0).random((30, 40))
FILTERS = np.random.default_rng(1).standard_normal((25, 25))
DRAWINGS = {
    "staircase": lambda: draw_staircase(LIGHT, LIGHT - 1, FIELDS["w = 1"].respond(LIGHT)),
    "field": lambda: draw_field(FIELDS),
    "photo": lambda: draw_photo_and_answer(IMAGE, IMAGE - 0.5),
    "passages": lambda: draw_passages(DirectionUnit()),
    "tuning": lambda: draw_tuning(UNITS, 80),
    "spectra": lambda: draw_spectra(SPECTRA),
    "filters": lambda: draw_filters(FILTERS, 5, [6, 12, 18]),
}


@pytest.fixture(autouse=True)
def _clean():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawings_obey_the_rules(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_the_staircase_and_its_answers():
    axes = draw_staircase(LIGHT, LIGHT - 1, LIGHT / 2)
    for ax, values in zip(axes, (LIGHT, LIGHT - 1, LIGHT / 2), strict=True):
        np.testing.assert_array_equal(ax.lines[1].get_ydata(), values)


def test_fields_and_their_gains():
    above, below = draw_field(FIELDS)
    x, profile = curve(above, "w = 0.9")
    np.testing.assert_allclose(profile, FIELDS["w = 0.9"].profile(x))
    f, gain = curve(below, "w = 1")
    np.testing.assert_allclose(gain, FIELDS["w = 1"].gain(f))


def test_zero_is_middle_grey():
    _, answer = draw_photo_and_answer(IMAGE, IMAGE - 0.5)
    low, high = answer.images[0].get_clim()
    assert low == -high


def test_the_two_directions_share_their_excitation():
    right, left = draw_passages(DirectionUnit(), 1.0)
    assert curve(right, "excitation")[1].max() == pytest.approx(1, abs=1e-3)
    assert curve(right, "answer")[1].max() > 0.5
    assert curve(left, "answer")[1].max() == 0


def test_tuning_curves_are_drawn_over_their_largest():
    ax = draw_tuning(UNITS, 80)
    x, answer = curve(ax, "broader")
    assert answer.max() == 1
    half = x[answer >= 0.5]
    assert np.ptp(half) == pytest.approx(UNITS["broader"].full_width(), abs=0.5)


def test_spectra_have_a_guide_of_slope_minus_2():
    ax = draw_spectra(SPECTRA)
    f, guide = ax.lines[-1].get_data()
    assert np.diff(np.log(guide)) / np.diff(np.log(f)) == pytest.approx(-2)


def test_filters_and_the_middle_one_along_its_row():
    axes = draw_filters(FILTERS, 5, [6, 12])
    np.testing.assert_array_equal(axes[1].images[0].get_array(), FILTERS[12].reshape(5, 5))
    np.testing.assert_array_equal(axes[-1].lines[1].get_ydata(), FILTERS[12].reshape(5, 5)[2])
