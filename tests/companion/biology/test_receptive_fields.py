"""Centre-surround fields against the normal distribution, tuning and competition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from companion.biology import CentreSurround, TunedUnit, compete

FIELD = CentreSurround(4.0, 12.0, 0.9)
EDGE = np.repeat([0.0, 1.0], 200)
AWAY = np.arange(400) - 199.5  # the edge lies between two pixels


@st.composite
def fields(draw):
    centre = draw(st.floats(0.5, 5))
    return CentreSurround(centre, centre * draw(st.floats(1.2, 5)), draw(st.floats(0.1, 1.1)))


def test_an_edge_is_answered_as_the_closed_form_says():
    wanted = norm.cdf(AWAY / 4) - 0.9 * norm.cdf(AWAY / 12)
    np.testing.assert_allclose(FIELD.edge_response(AWAY), wanted, atol=1e-15)
    # A pixel is not a point: the sum over pixels differs by their width squared over 24 σ².
    np.testing.assert_allclose(FIELD.respond(EDGE), wanted, atol=1.5e-3)


@given(fields())
def test_the_edge_is_answered_most_where_the_closed_form_says(field):
    x = np.linspace(0, 30, 30_001)
    found = x[np.argmax(field.edge_response(x))]
    if field.surround_weight < field.surround_px / field.centre_px and found < 29:
        assert field.edge_peak_px == pytest.approx(found, abs=2e-3)
        assert field.profile(field.edge_peak_px) == pytest.approx(0, abs=1e-12)


def test_no_peak_without_a_crossing():
    assert np.isnan(CentreSurround(1, 3, 5.0).edge_peak_px)
    assert np.isnan(CentreSurround(1, 3, 0.0).edge_peak_px)


@given(fields())
def test_the_profile_adds_up_to_the_gain_at_frequency_0(field):
    reach = 9 * field.surround_px
    area, _ = quad(field.profile, -reach, reach, points=[0], limit=200)
    assert area == pytest.approx(1 - field.surround_weight, abs=1e-6)
    assert field.gain(0.0) == pytest.approx(1 - field.surround_weight, abs=1e-12)


@given(fields(), st.floats(0.01, 0.4))
def test_the_gain_is_the_fourier_transform_of_the_profile(field, frequency):
    # The trapezoid rule is exact, all but, for what falls off on both sides like a bell.
    x = np.linspace(-9 * field.surround_px, 9 * field.surround_px, 4001)
    wave = np.trapezoid(field.profile(x) * np.cos(2 * np.pi * frequency * x), x)
    assert field.gain(frequency) == pytest.approx(wave, abs=1e-6)


def test_a_grating_passes_with_the_gain():
    x = np.arange(600)
    for cycles in (6, 15, 30):
        grating = np.cos(2 * np.pi * cycles * x / 600)
        answer = FIELD.respond(grating)[150:450]
        amplitude = np.ptp(answer) / 2
        assert amplitude == pytest.approx(abs(FIELD.gain(cycles / 600)), abs=2e-3)


def test_even_light_is_discounted_and_images_are_two_dimensional():
    np.testing.assert_allclose(FIELD.respond(np.full((30, 20), 5.0)), 0.5, atol=1e-12)
    image = np.random.default_rng(0).random((40, 60))
    np.testing.assert_allclose(FIELD.respond(image.T), FIELD.respond(image).T, atol=1e-12)
    image.flags.writeable = False
    assert FIELD.respond(image).shape == (40, 60)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0.3, 3), ValueError, "centre_px must be at least 0.5"),
        ((2, 2), ValueError, "surround_px must differ"),
        ((2, 6, -1), ValueError, "surround_weight must be at least 0"),
        ((2, np.nan), ValueError, "surround_px must be a finite number"),
        (("2", 6), TypeError, "centre_px must be a real number"),
    ],
)
def test_a_wrong_field_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        CentreSurround(*arguments)


@pytest.mark.parametrize("light", [[], np.zeros((2, 2, 2)), 3.0, [1.0, np.nan]])
def test_light_that_is_none_is_refused(light):
    with pytest.raises(ValueError, match="light must"):
        FIELD.respond(light)


def test_tuning_without_inhibition_has_the_width_of_a_bell():
    unit = TunedUnit(20, 20, 0.0)
    assert unit.full_width() == pytest.approx(2 * np.sqrt(2 * np.log(2)) * 20, rel=1e-4)


@given(st.floats(1, 50), st.floats(1.5, 10), st.floats(0.05, 0.9))
def test_broader_inhibition_sharpens_and_narrower_widens(width, factor, weight):
    lone = TunedUnit(width, width, 0.0).full_width()
    assert TunedUnit(width, width * factor, weight).full_width() < lone
    assert TunedUnit(width, width / factor, weight).full_width() > lone
    assert TunedUnit(width, width, weight).full_width() == pytest.approx(lone, rel=1e-4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((0, 1), "excitation_width"), ((1, -1), "inhibition_width"), ((1, 1, 1.0), "less than 1")],
)
def test_a_wrong_tuning_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        TunedUnit(*arguments)


def test_competition_by_hand():
    # 16/(1 + 16 + 4) and 4/(1 + 16 + 4)
    np.testing.assert_allclose(compete([4.0, 2.0]), [16 / 21, 4 / 21])
    np.testing.assert_allclose(compete([2.0, 2.0], gain=[2, 1]), [16 / 21, 4 / 21])
    assert compete([1.0]) == pytest.approx(0.5)
    assert compete(np.ones((3, 4, 5))).shape == (3, 4, 5)
    assert compete([0.0, 0.0]).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"drive": [-1.0]}, ValueError, "drive must be at least 0"),
        ({"drive": [1.0], "gain": -1}, ValueError, "gain must be at least 0"),
        ({"drive": []}, ValueError, "one or more units"),
        ({"drive": [1.0], "half_saturation": 0}, ValueError, "half_saturation"),
        ({"drive": [1.0], "exponent": -2}, ValueError, "exponent"),
        ({"drive": ["x"]}, TypeError, "drive must hold real numbers"),
    ],
)
def test_a_wrong_competition_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        compete(**arguments)
