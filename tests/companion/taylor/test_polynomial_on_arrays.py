import numpy as np
import pytest

from companion.taylor import taylor


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3)])
def test_shapes(shape):
    x = np.linspace(-1, 1, int(np.prod(shape))).reshape(shape)
    polynomial = taylor("tanh", 3, 0.5)
    assert np.shape(polynomial(x)) == shape
    assert np.shape(polynomial.remainder_bound(x)) == shape


def test_a_number_gives_a_number():
    assert isinstance(taylor("tanh", 1)(0.25), float)
    assert isinstance(taylor("tanh", 1).remainder_bound(0.25), float)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floats_keep_their_type_and_bounds_do_not(kind):
    x = np.array([0.5, 1.0], kind)
    assert taylor("tanh", 3)(x).dtype == kind
    assert taylor("tanh", 3).remainder_bound(x).dtype == np.float64


def test_integers_bools_and_lists_become_float64():
    for x in ([0, 1], [False, True], np.array([0, 1], np.uint8)):
        result = taylor("logistic", 1)(x)
        assert result.dtype == np.float64
        assert result.tolist() == [0.5, 0.75]


def test_values_follow_horner():
    x = np.linspace(-3, 3, 101)
    coefficients = taylor("logistic", 9, 1.0).coefficients
    expected = np.polynomial.polynomial.polyval(x - 1.0, coefficients)
    np.testing.assert_allclose(taylor("logistic", 9, 1.0)(x), expected, rtol=1e-13)


def test_special_values():
    x = np.array([np.nan, np.inf, -np.inf, 1e300, -1e300])
    value = taylor("logistic", 4)(x)  # the highest term that is not zero is −x³/48
    assert np.isnan(value[0])
    assert value[1:].tolist() == [-np.inf, np.inf, -np.inf, np.inf]
    bound = taylor("logistic", 4).remainder_bound(x)
    assert np.isnan(bound[0])
    assert np.isposinf(bound[1:]).all()
    assert np.isnan(taylor("tanh", 0)(np.nan))
    assert taylor("tanh", 0)(np.inf) == 0.0
    assert taylor("logistic", 0, 50.0)(-np.inf) == 1.0


def test_the_bound_is_zero_at_the_centre_alone():
    polynomial = taylor("tanh", 20, 1.0)
    assert polynomial.remainder_bound(1.0) == 0
    assert polynomial.remainder_bound(np.nextafter(1.0, 2)) > 0  # the true error is below 1e-300


def test_input_is_left_alone():
    x = np.array([0.5, 1.0])
    x.flags.writeable = False
    taylor("tanh", 3)(x)
    taylor("tanh", 3).remainder_bound(x)


@pytest.mark.parametrize("x", [1j, "1", None, [1, "a"], np.array(["2020-01-01"], "M8[D]")])
def test_other_things_are_refused(x):
    for call in (taylor("tanh", 1), taylor("tanh", 1).remainder_bound):
        with pytest.raises(TypeError, match="x must hold real numbers, got"):
            call(x)


def test_ragged_input_is_refused():
    with pytest.raises((TypeError, ValueError)):
        taylor("tanh", 1)([[1.0], [1.0, 2.0]])
