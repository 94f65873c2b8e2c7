"""The array contract, for every registered activation, its value and both derivatives."""

import datetime
import tracemalloc
import warnings

import numpy as np
import pytest

from companion.activations import ACTIVATIONS, logistic
from tests.companion.activations.battery import METHODS, each_variant

each_method = pytest.mark.parametrize("method", METHODS)
X = np.linspace(-9.0, 9.0, 24)


@each_method
@each_variant
def test_shape_and_dtype(activation, method):
    evaluate = getattr(activation, method)
    for dtype in (np.float16, np.float32, np.float64):
        x = X.astype(dtype).reshape(2, 3, 4)
        result = evaluate(x)
        assert result.dtype == dtype
        assert result.shape == x.shape
    for x in ([1, 2], np.array([3], dtype=np.uint8), np.array([True, False]), (0.5, -1)):
        assert evaluate(x).dtype == np.float64
    np.testing.assert_array_equal(evaluate(np.array([True, False])), evaluate([1.0, 0.0]))
    assert evaluate(X.astype(">f8")).dtype == np.float64


@each_method
@each_variant
def test_no_dimensions_give_a_scalar_and_no_elements_give_none(activation, method):
    evaluate = getattr(activation, method)
    for x, kind in ((1, np.float64), (1.5, np.float64), (np.float32(2), np.float32)):
        assert isinstance(evaluate(x), kind)
        assert evaluate(x) == evaluate(np.array([x]))[0]
    for shape in ((0,), (3, 0), (0, 2)):
        assert evaluate(np.empty(shape)).shape == shape


@each_method
@each_variant
def test_nan_stays_and_infinity_gives_the_limit(activation, method):
    evaluate = getattr(activation, method)
    for dtype in (np.float16, np.float32, np.float64):
        x = np.array([-np.inf, -1.0, np.nan, 1.0, np.inf], dtype=dtype)
        result = evaluate(x)
        assert np.array_equal(np.isnan(result), np.isnan(x))
        # As far out as float64 reaches without infinity, the value is the limit's.
        for end, far in zip(result[[0, -1]], evaluate(np.array([-1e300, 1e300])), strict=True):
            grows = np.isinf(end) and abs(far) > 1e200 and end * far > 0
            assert grows or abs(end - dtype(far)) <= 1e-290  # some approach it like 1/x


@each_method
@each_variant
def test_no_warning_and_the_input_is_left_alone(activation, method):
    x = np.array([-1e308, -750.0, -5e-324, -0.0, 0.0, 5e-324, 40.0, 750.0, 1e308, np.inf, np.nan])
    before = x.copy()
    x.flags.writeable = False
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        getattr(activation, method)(x)
    np.testing.assert_array_equal(x, before)


@each_method
@each_variant
def test_memory_layout_changes_no_bit(activation, method):
    evaluate = getattr(activation, method)
    rng = np.random.default_rng(5)
    for dtype in (np.float32, np.float64):
        x = (20 * rng.standard_normal((7, 6, 5))).astype(dtype)
        reference = evaluate(x)
        for view in (np.s_[::2], np.s_[:, ::-1], np.s_[..., 1::3], np.s_[1:3, 2, ::-2]):
            assert evaluate(x[view]).tobytes() == reference[view].tobytes()
        assert evaluate(np.asfortranarray(x)).tobytes() == reference.tobytes()
        assert evaluate(x.T).T.tobytes() == reference.tobytes()
        one_by_one = np.array([evaluate(v) for v in x.flat[:40]])
        assert one_by_one.tobytes() == reference.ravel()[:40].tobytes()


@each_method
@each_variant
def test_out_is_filled_and_returned(activation, method):
    evaluate = getattr(activation, method)
    x = np.linspace(-9.0, 9.0, 70_000)
    expected = evaluate(x)
    out = np.full_like(x, 7.0)
    assert evaluate(x, out=out) is out
    np.testing.assert_array_equal(out, expected)
    in_place = x.copy()
    evaluate(in_place, out=in_place)
    np.testing.assert_array_equal(in_place, expected)
    shared = np.append(x, 0.0)
    evaluate(shared[:-1], out=shared[1:])
    np.testing.assert_array_equal(shared[1:], expected)
    strided = np.zeros((70_000, 2))
    evaluate(x, out=strided[:, 1])
    np.testing.assert_array_equal(strided[:, 1], expected)
    assert not strided[:, 0].any()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_parameters_of_a_call_are_those_of_the_instance(name):
    activation = ACTIVATIONS[name]
    for variant in type(activation).variants():
        for method in METHODS:
            np.testing.assert_array_equal(
                getattr(activation, method)(X, **variant.parameters), getattr(variant, method)(X)
            )


@each_method
@each_variant
def test_minus_zero_is_kept_where_the_function_passes_through_zero(activation, method):
    if method == "__call__" and activation(0.0) == 0 and activation(-1.0) < 0:
        assert np.signbit(activation(-0.0))
        assert not np.signbit(activation(0.0))


@each_method
@pytest.mark.parametrize(
    ("x", "said"),
    [
        (np.array([1 + 2j]), "complex128"),
        (["a", "b"], "<U1"),
        (np.array([1, None], dtype=object), "object"),
        (None, "object"),
        ([10**30], "object"),
        (np.array([datetime.datetime(2020, 1, 1)], dtype="datetime64[s]"), "datetime64"),
        (np.array([1.0], dtype=np.longdouble), "longdouble|float128"),
        (np.ma.masked_array([1.0, 2.0], mask=[True, False]), "masked"),
    ],
    ids=["complex", "strings", "object", "None", "huge int", "dates", "long double", "masked"],
)
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=repr)
def test_what_is_not_real_numbers_is_refused(activation, method, x, said):
    with pytest.raises(TypeError, match=rf"^x .*({said})"):
        getattr(activation, method)(x)


def test_a_ragged_nest_is_refused():
    with pytest.raises(ValueError, match="x must have one shape"):
        logistic([[1.0, 2.0], [3.0]])


@pytest.mark.parametrize(
    ("out", "error", "said"),
    [
        ([0.0] * 24, TypeError, "out must be a NumPy array; got list"),
        (np.empty(24, dtype=np.float32), TypeError, "out has dtype float32; .* float64"),
        (np.empty(23), ValueError, r"out has shape \(23,\); the result has shape \(24,\)"),
    ],
)
def test_an_unfit_out_is_refused(out, error, said):
    with pytest.raises(error, match=said):
        logistic(X, out=out)


def test_a_read_only_out_is_refused():
    out = np.empty_like(X)
    out.flags.writeable = False
    with pytest.raises(ValueError, match="out is read-only"):
        logistic(X, out=out)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=repr)
def test_extra_memory_does_not_grow_with_the_input(activation, dtype):
    x = np.zeros((2, 1_000_000), dtype=dtype)[:, ::2]
    out = np.empty(x.shape, dtype=dtype)
    activation(x, out=out)
    tracemalloc.start()
    try:
        for method in METHODS:
            getattr(activation, method)(x, out=out)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= 4 * 2**20
