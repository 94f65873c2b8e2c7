"""Activations of vectors against their definition in arbitrary precision, and the contract."""

import dataclasses
import math
import tracemalloc
import warnings
from pathlib import Path

import mpmath
import numpy as np
import pytest

import companion.activations as package
from companion.activations import (
    VECTOR_ACTIVATIONS,
    VectorActivation,
    geglu,
    glu,
    log_softmax,
    logistic,
    maxout,
    reglu,
    softmax,
    swiglu,
)
from companion.activations._arrays import BLOCK

NAMES = ("softmax", "log_softmax", "maxout", "glu", "reglu", "geglu", "swiglu")
METHODS = ("__call__", "jvp", "vjp")
VARIANTS = [variant for a in VECTOR_ACTIVATIONS.values() for variant in type(a).variants()]
GATES = [v for v in VARIANTS if v.name.endswith("glu") and v.axis == -1]

each_variant = pytest.mark.parametrize("activation", VARIANTS, ids=repr)
each_method = pytest.mark.parametrize("method", METHODS)


def evaluate(activation, method, x, **settings):
    """Call one of the methods; the vector it needs is made of x, and the same for the same x."""
    function = getattr(activation, method)
    if method == "__call__":
        return function(x, **settings)
    return function(x, direction(activation, method, x), **settings)


def direction(activation, method, x):
    x = np.asarray(x)
    shape = x.shape if method == "jvp" else activation(np.zeros(x.shape)).shape
    return np.cos(7.0 * np.arange(math.prod(shape))).reshape(shape).astype(dtype_of(x))


def dtype_of(x):
    return x.dtype.newbyteorder("=") if x.dtype.kind == "f" else np.dtype(np.float64)


# Against the definition


def exact_value(activation, x, digits=400):
    with mpmath.workdps(digits):
        return activation.definition([mpmath.mpf(float(t)) for t in x], mpmath)


def exact_jacobian(activation, x, digits=800):
    """Return the Jacobian by central differences with 400 digits to spare."""
    with mpmath.workdps(digits):
        x = [mpmath.mpf(float(t)) for t in x]
        step = mpmath.mpf(10) ** -(digits // 2)
        columns = []
        for j in range(len(x)):
            ahead, behind = ([t + s * (i == j) for i, t in enumerate(x)] for s in (step, -step))
            above, below = (
                activation.definition(ahead, mpmath),
                activation.definition(behind, mpmath),
            )
            columns.append([(a - b) / (2 * step) for a, b in zip(above, below, strict=True)])
        return [list(row) for row in zip(*columns, strict=True)]


def worst_ulp(computed, truth, scale=None):
    """Return the largest error, in units in the last place of the scale, or of the truth."""
    return max(
        float(abs(mpmath.mpf(float(y)) - t)) / math.ulp(abs(float(s)))
        for y, t, s in zip(computed, truth, scale or truth, strict=True)
    )


def vectors(length=None):
    rng = np.random.default_rng(11)
    for spread in (1e-8, 1e-3, 1.0, 5.0, 30.0, 100.0, 300.0):
        for n in (length,) if length else (1, 2, 3, 6):
            yield spread * rng.standard_normal(n)
    if not length:
        yield np.array([0.0, 50.0])
        yield np.array([0.0, -740.0, -720.0, -700.0])
        yield np.array([2.0, 2.0, 2.0])
        yield np.array([1e8 + 0.3, 1e8 + 0.1, 1e8 - 3.0])
        yield np.array([1e-300, 3e-310, -0.0, -1e-5])


@pytest.mark.parametrize("activation", [softmax, log_softmax], ids=repr)
def test_values_keep_every_digit(activation):
    rows = [np.linspace(-t, t, n) for t in (299.9, 300.0, 300.1, 700.0) for n in (2, 9, 40)]
    for x in [*vectors(), *rows, np.array([1e16, 2e16]), np.array([-3e15, 1.0])]:
        assert worst_ulp(activation(x), exact_value(activation, x)) <= 3.0, x


@pytest.mark.parametrize("activation", [softmax, log_softmax], ids=repr)
def test_long_vectors_keep_their_digits(activation):
    x = 3.0 * np.random.default_rng(12).standard_normal(3000)
    truth = exact_value(activation, x, digits=50)
    assert worst_ulp(activation(x), truth) <= 4.0
    single = activation(x.astype(np.float32))
    truth = activation(x.astype(np.float32).astype(np.float64))
    assert np.all(np.abs(single - truth) <= 6 * np.spacing(np.abs(single)))


@pytest.mark.parametrize("activation", [softmax, log_softmax], ids=repr)
def test_products_err_by_a_few_units_of_their_terms(activation):
    rng = np.random.default_rng(13)
    for x in vectors():
        jacobian, n = exact_jacobian(activation, x), len(x)
        v, u = rng.standard_normal((2, n))
        with mpmath.workdps(400):
            # The rows sum to 0, so the product with v is one with differences of v.
            moves = [
                [j * (mpmath.mpf(b) - mpmath.mpf(a)) for j, b in zip(row, v, strict=True)]
                for a, row in zip(v, jacobian, strict=True)
            ]
            pulls = [
                [mpmath.mpf(b) * row[j] for b, row in zip(u, jacobian, strict=True)]
                for j in range(n)
            ]
            if activation is softmax:  # and so do the columns
                pulls = [
                    [
                        (mpmath.mpf(b) - mpmath.mpf(a)) * row[j]
                        for b, row in zip(u, jacobian, strict=True)
                    ]
                    for j, a in enumerate(u)
                ]
            for computed, terms in ((activation.jvp(x, v), moves), (activation.vjp(x, u), pulls)):
                truth = [mpmath.fsum(row) for row in terms]
                scale = [mpmath.fsum(row, absolute=True) for row in terms]
                assert worst_ulp(computed, truth, scale) <= 6.0, x


@pytest.mark.parametrize("activation", [softmax, log_softmax], ids=repr)
def test_each_entry_of_the_jacobian_keeps_its_digits(activation):
    for x in vectors():
        jacobian = exact_jacobian(activation, x)
        for i, unit in enumerate(np.eye(len(x))):
            assert worst_ulp(activation.vjp(x, unit), jacobian[i]) <= 6.0, x
            column = [row[i] for row in jacobian]
            assert worst_ulp(activation.jvp(x, unit), column) <= 6.0, x


@pytest.mark.parametrize("gate", GATES, ids=repr)
def test_gates_err_by_a_few_units_of_their_terms(gate):
    rng = np.random.default_rng(14)
    for spread in (1e-8, 1e-3, 1.0, 1.0, 5.0, 5.0, 30.0, 100.0, 300.0):
        a, b = spread * rng.standard_normal(2)
        promised = 2 * gate.activation.tolerance_ulp(b)
        assert worst_ulp(gate([a, b]), exact_value(gate, [a, b])) <= promised
        ((own, other),) = exact_jacobian(gate, [a, b])
        # Near a root of f' it is f' itself that errs in units of its terms, which are about 1.
        size = max(abs(other), abs(a)) if abs(b) < 20 else abs(other)
        va, vb, u = rng.standard_normal(3)
        with mpmath.workdps(400):
            moved, terms = own * va + other * vb, abs(own * va) + abs(size * vb)
            pulled, parts = [own * u, other * u], [own * u, size * u]
        assert worst_ulp(gate.jvp([a, b], [va, vb]), [moved], [terms]) <= promised
        assert worst_ulp(gate.vjp([a, b], [u]), pulled, parts) <= promised


@pytest.mark.parametrize("gate", GATES, ids=repr)
def test_a_gate_knows_only_its_own_pair(gate):
    jacobian = gate.jvp(np.tile([1.0, -2.0, 3.0, -1.5, 0.5, 2.0], (6, 1)), np.eye(6)).T
    assert np.array_equal(jacobian != 0, np.tile(np.eye(3, dtype=bool), 2)) or gate.name == "reglu"
    assert not jacobian[~np.tile(np.eye(3, dtype=bool), 2)].any()


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_maxout_is_exact(pieces):
    rng = np.random.default_rng(15)
    for x in vectors(6):
        jacobian = np.array(exact_jacobian(maxout.with_parameters(pieces=pieces), x))
        jacobian = jacobian.astype(np.float64).round()
        v, u = rng.standard_normal(6), rng.standard_normal(6 // pieces)
        groups = x.reshape(-1, pieces)
        np.testing.assert_array_equal(maxout(x, pieces=pieces), groups.max(axis=1))
        np.testing.assert_array_equal(maxout.jvp(x, v, pieces=pieces), jacobian @ v)
        np.testing.assert_array_equal(maxout.vjp(x, u, pieces=pieces), jacobian.T @ u)


@each_variant
def test_the_two_products_are_adjoint(activation):
    rng = np.random.default_rng(16)
    for spread in (1.0, 30.0):
        x = spread * rng.standard_normal((6, 12))
        v, u = rng.standard_normal(x.shape), rng.standard_normal(activation(x).shape)
        forth, back = u * activation.jvp(x, v), activation.vjp(x, u) * v
        size = np.abs(forth).sum() + np.abs(back).sum()
        assert abs(forth.sum() - back.sum()) <= 1e-14 * size
        assert size > 1e-3


@each_variant
def test_jvp_is_the_slope_of_a_line_through_the_value(activation):
    rng = np.random.default_rng(17)
    x, v = rng.standard_normal((2, 6, 6))
    step = 1e-6
    slope = (activation(x + step * v) - activation(x - step * v)) / (2 * step)
    np.testing.assert_allclose(activation.jvp(x, v), slope, atol=1e-8)


# What textbooks say


def test_probabilities_are_positive_and_sum_to_one():
    x = 100.0 * np.random.default_rng(18).standard_normal((50, 9))
    p = softmax(x)
    assert np.all(p > 0)
    np.testing.assert_allclose(p.sum(axis=-1), 1.0, rtol=1e-15)
    np.testing.assert_allclose(np.exp(log_softmax(x)), p, rtol=1e-12)


@pytest.mark.parametrize("activation", [softmax, log_softmax], ids=repr)
def test_a_shift_by_a_constant_changes_nothing(activation):
    x = np.random.default_rng(19).integers(-500, 500, (40, 7)) / 8  # shifts are exact
    for shift in (1000.0, -1e6, 2.0**40):
        # Far out and near 0 go by different formulas, and each keeps its promise of 4 units.
        np.testing.assert_array_max_ulp(activation(x + shift), activation(x), 8)
        np.testing.assert_array_equal(activation(x + shift), activation(x + 2 * shift))
    np.testing.assert_array_equal(activation.jvp(x, np.full(x.shape, 3.7)), np.zeros(x.shape))


def test_two_classes_are_the_logistic_function():
    x = np.linspace(-700.0, 700.0, 141)
    pair = np.stack([x, np.zeros_like(x)])
    np.testing.assert_allclose(softmax(pair, axis=0)[0], logistic(x), rtol=1e-15)
    np.testing.assert_allclose(
        softmax.jvp(pair, np.stack([np.ones_like(x), 0 * x]), axis=0)[0],
        logistic.derivative(x),
        rtol=2e-15,
    )


def test_maxout_contains_relu_and_the_absolute_value():
    x = np.linspace(-3.0, 3.0, 13)
    np.testing.assert_array_equal(maxout(np.stack([x, 0 * x]), axis=0)[0], np.maximum(x, 0))
    np.testing.assert_array_equal(maxout(np.stack([x, -x]), axis=0)[0], np.abs(x))


def test_the_activation_sits_on_the_second_half():
    a, b = np.array([2.0, -3.0]), np.array([1.0, -1.0])
    for gate in (glu, reglu, geglu, swiglu):
        np.testing.assert_array_equal(gate(np.concatenate([a, b])), a * gate.activation(b))
    assert glu.activation(0.0) == 0.5
    assert str(swiglu.with_parameters(beta=1.7).activation) == "swish(beta=1.7)"
    assert str(geglu.with_parameters(approximate="tanh").activation) == "gelu(approximate='tanh')"


# Ties, infinities and NaN

INF, NAN = math.inf, math.nan


@pytest.mark.parametrize(
    ("x", "probabilities", "logarithms"),
    [
        ([0.0, INF, 5.0], [0, 1, 0], [-INF, 0, -INF]),
        ([-INF, 3.0, 3.0], [0, 0.5, 0.5], [-INF, -math.log(2), -math.log(2)]),
        ([-INF, INF], [0, 1], [-INF, 0]),
        ([INF, 0.0, INF], [NAN, 0, NAN], [NAN, -INF, NAN]),
        ([-INF, -INF], [NAN, NAN], [NAN, NAN]),
        ([NAN, 0.0], [NAN, NAN], [NAN, NAN]),
        ([NAN, INF], [NAN, NAN], [NAN, NAN]),
        ([0.0, NAN, -INF], [NAN] * 3, [NAN] * 3),
        ([INF], [1], [0]),
        ([-INF], [1], [0]),
        ([NAN], [NAN], [NAN]),
        ([-1e308, 1e308], [0, 1], [-INF, 0]),
    ],
)
def test_limits_of_softmax_and_its_logarithm(x, probabilities, logarithms):
    for dtype in (np.float32, np.float64):
        with np.errstate(over="ignore"):
            rows = np.array([x, [0.0] * len(x)]).astype(dtype)
        np.testing.assert_array_equal(softmax(rows)[0], np.array(probabilities, dtype))
        np.testing.assert_allclose(log_softmax(rows)[0], np.array(logarithms, dtype), rtol=1e-7)
        assert np.all(softmax(rows)[1] == dtype(1 / len(x)))  # a row knows nothing of another


def test_products_at_infinity_are_limits_too():
    u = [2.0, 3.0]
    np.testing.assert_array_equal(softmax.jvp([0.0, INF], u), [0, 0])
    np.testing.assert_array_equal(log_softmax.jvp([0.0, INF], u), [-1, 0])
    np.testing.assert_array_equal(log_softmax.vjp([0.0, INF], u), [2, -2])
    assert np.isnan(softmax.jvp([INF, INF], u)).all()


@pytest.mark.parametrize(
    ("gate", "a", "b", "value"),
    [
        (glu, INF, -800.0, INF),  # σ(-800) is rounded to 0, and is not 0
        (glu, -INF, -800.0, -INF),
        (glu, INF, -INF, NAN),
        (glu, INF, INF, INF),
        (glu, 0.0, INF, 0.0),
        (reglu, INF, -1.0, 0.0),  # silent, whatever comes
        (reglu, -INF, -INF, 0.0),
        (reglu, INF, 0.0, NAN),
        (reglu, NAN, -1.0, NAN),
        (swiglu, INF, -800.0, -INF),
        (swiglu, INF, 0.0, NAN),
        (geglu, INF, -60.0, -INF),
        (geglu, 0.0, INF, NAN),
        (geglu, 5.0, -INF, 0.0),
    ],
)
def test_limits_of_gates(gate, a, b, value):
    np.testing.assert_array_equal(gate([a, b]), [value])


def test_what_does_not_move_counts_nothing():
    np.testing.assert_array_equal(glu.jvp([INF, 0.0], [4.0, 0.0]), [2.0])
    np.testing.assert_array_equal(glu.jvp([INF, 0.0], [4.0, 1.0]), [INF])
    np.testing.assert_array_equal(glu.vjp([INF, 0.0], [0.0]), [0.0, 0.0])


def test_maxout_conventions():
    tie = [3.0, 3.0, -1.0, -2.0, 0.0, 0.0]
    np.testing.assert_array_equal(maxout.winners(tie, pieces=3), [0, 1])
    np.testing.assert_array_equal(maxout.vjp(tie, [1.0, 1.0], pieces=3), [1, 0, 0, 0, 1, 0])
    np.testing.assert_array_equal(maxout.jvp(tie, np.arange(6), pieces=3), [0, 4])
    x = [[NAN, 1.0, INF, 2.0], [-INF, -INF, 0.0, NAN]]
    np.testing.assert_array_equal(maxout(x), [[NAN, INF], [-INF, NAN]])
    np.testing.assert_array_equal(maxout.jvp(x, np.ones((2, 4))), [[NAN, 1], [1, NAN]])
    ones = np.ones((2, 2))
    np.testing.assert_array_equal(maxout.vjp(x, ones), [[NAN, NAN, 1, 0], [1, 0, NAN, NAN]])
    assert np.signbit(maxout([-0.0, 0.0])[0])  # the first
    np.testing.assert_array_equal(maxout.winners(np.eye(4), axis=0), [[0, 1, 0, 0], [0, 0, 0, 1]])


# The array contract

X = np.linspace(-9.0, 9.0, 6 * 6 * 12).reshape(6, 6, 12)


@each_method
@each_variant
def test_shape_and_dtype(activation, method):
    for dtype in (np.float16, np.float32, np.float64):
        x = X.astype(dtype)
        result = evaluate(activation, method, x)
        assert result.dtype == dtype
        value = activation(x)
        assert result.shape == (x.shape if method == "vjp" else value.shape)
    for x in ([1, 2, 3, 4, 5, 6], np.arange(12, dtype=np.uint8), np.ones((6, 6), dtype=bool)):
        assert evaluate(activation, method, x).dtype == np.float64
    np.testing.assert_array_equal(
        evaluate(activation, method, X.astype(">f8")), evaluate(activation, method, X)
    )


@each_method
@each_variant
def test_low_precision_is_rounded_once(activation, method):
    for dtype, settings in ((np.float16, {}), (np.float32, {"precise": True})):
        x = X.astype(dtype)
        d = None if method == "__call__" else direction(activation, method, x)
        rows = [a for a in (x, d) if a is not None]
        result = getattr(activation, method)(*rows, **settings)
        wide = getattr(activation, method)(*(a.astype(np.float64) for a in rows))
        np.testing.assert_array_equal(result, wide.astype(dtype))


@each_method
@each_variant
def test_memory_layout_changes_no_bit(activation, method):
    x = 20 * np.random.default_rng(5).standard_normal((12, 12, 12))
    for dtype in (np.float32, np.float64):
        x = x.astype(dtype)
        d = direction(activation, method, x)
        function = getattr(activation, method)

        def run(x, d, function=function):
            return function(x) if method == "__call__" else function(x, d)

        whole = run(x, d)
        for order in (np.asfortranarray, lambda a: a[..., ::-1].copy()[..., ::-1]):
            assert run(order(x), order(d)).tobytes() == whole.tobytes()
        middle = np.s_[:, 3:9:2]
        assert run(x[middle], d[middle]).tobytes() == whole[middle].tobytes()
        if activation.axis == -1:
            assert run(x[4, 5], d[4, 5]).tobytes() == whole[4, 5].tobytes()


@each_method
@each_variant
def test_all_axes_agree(activation, method):
    x = 20 * np.random.default_rng(6).standard_normal((6, 12, 18))
    function = getattr(activation, method)
    for axis in range(-3, 3):
        last = activation.with_parameters(axis=axis)
        moved = np.moveaxis(x, axis, -1)
        if method == "__call__":
            result, expected = last(x), activation(moved, axis=-1)
        else:
            d = direction(last, method, x)
            result = getattr(last, method)(x, d)
            expected = function(moved, np.moveaxis(d, axis, -1), axis=-1)
        np.testing.assert_array_equal(np.moveaxis(result, axis, -1), expected)


@each_method
@each_variant
def test_many_blocks_are_as_good_as_one(activation, method):
    x = 5 * np.random.default_rng(7).standard_normal((3, 6000, 12))
    x[:, ::2] *= 50  # some are far from 0, where other formulas serve
    if activation.axis == 0:
        x = np.moveaxis(x, -1, 0)
    d = direction(activation, method, x)
    function = getattr(activation, method)
    rows = [x] if method == "__call__" else [x, d]
    whole = function(*rows)
    for part in (np.s_[:, 1:2], np.s_[:, 2:3]):
        np.testing.assert_array_equal(function(*(a[part] for a in rows)), whole[part])


@each_method
@each_variant
def test_one_vector_may_be_longer_than_a_block(activation, method):
    x = np.random.default_rng(8).standard_normal(6 * (BLOCK // 6 + 1))
    rows = [x] if method == "__call__" else [x, direction(activation, method, x)]
    if activation.axis == 0:
        as_column = [a[:, np.newaxis] for a in rows]
        expected = getattr(activation, method)(*as_column)[:, 0]
    else:
        expected = getattr(activation, method)(*(a[np.newaxis] for a in rows))[0]
    np.testing.assert_array_equal(getattr(activation, method)(*rows), expected)


@each_method
@each_variant
def test_no_warning_and_the_inputs_are_left_alone(activation, method):
    numbers = [-1e308, -750.0, -5e-324, -0.0, 0.0, 5e-324, 40.0, 750.0, 1e308, INF, -INF, NAN]
    moderate = np.linspace(-2.0, 3.0, 12)
    for x in (np.array(numbers), np.array(numbers[:6]), np.array(numbers[3:9]), moderate):
        d = direction(activation, method, x)
        before = x.copy(), d.copy()
        x.flags.writeable = d.flags.writeable = False
        with warnings.catch_warnings(), np.errstate(all="raise"):
            warnings.simplefilter("error")
            for settings in ({}, {"precise": True}):
                function = getattr(activation, method)
                function(*([x] if method == "__call__" else [x, d]), **settings)
        np.testing.assert_array_equal(x, before[0])
        np.testing.assert_array_equal(d, before[1])


@each_method
@each_variant
def test_out_is_filled_and_returned(activation, method):
    x = np.random.default_rng(8).standard_normal((12, 600, 12))
    expected = evaluate(activation, method, x)
    out = np.full_like(expected, 7.0)
    assert evaluate(activation, method, x, out=out) is out
    np.testing.assert_array_equal(out, expected)
    strided = np.zeros((*expected.shape, 2))
    evaluate(activation, method, x, out=strided[..., 1])
    np.testing.assert_array_equal(strided[..., 1], expected)
    assert not strided[..., 0].any()


@each_method
@each_variant
def test_out_may_share_memory_with_an_input(activation, method):
    x = np.random.default_rng(9).standard_normal((12, 600, 12))
    d = direction(activation, method, x)
    function = getattr(activation, method)
    rows = [x] if method == "__call__" else [x, d]
    expected = function(*rows)
    half = tuple(slice(None, n) for n in expected.shape)
    for which, array in enumerate(rows):
        if any(n < m for n, m in zip(array.shape, expected.shape, strict=True)):
            continue  # the result does not fit in
        given = [a.copy() for a in rows]
        inside = given[which][half]
        np.testing.assert_array_equal(function(*given, out=inside), expected)
        # Askew: the result begins one element before or after the input.
        for shift in (0, 2):
            shared = np.empty(array.size + 2)
            view = shared[1 : array.size + 1].reshape(array.shape)
            view[...] = array
            given = [a.copy() for a in rows]
            given[which] = view
            out = shared[shift : shift + expected.size].reshape(expected.shape)
            np.testing.assert_array_equal(function(*given, out=out), expected)


@each_method
@each_variant
def test_nothing_in_gives_nothing_out(activation, method):
    for shape in ((0,), (0, 0), (6, 0, 6), (0, 6, 0)):
        x = np.empty(shape)
        assert evaluate(activation, method, x).size == 0
        assert evaluate(activation, method, x).ndim == len(shape)


def test_extra_memory_does_not_grow_with_the_number_of_vectors():
    x = np.zeros((12, 200_000))
    for activation in (v.with_parameters(axis=0) for v in VECTOR_ACTIVATIONS.values()):
        value = activation(x)
        u, back = np.ones_like(value), np.empty_like(x)
        tracemalloc.start()
        try:
            activation(x, out=value)
            activation.jvp(x, x, out=value)
            activation.vjp(x, u, out=back)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak <= 4 * 2**20


# What is refused


@each_method
@pytest.mark.parametrize(
    ("x", "said"),
    [
        (np.array([1 + 2j, 0]), "complex128"),
        (["a", "b"], "<U1"),
        (np.array([1, None], dtype=object), "object"),
        (np.array(["2020-01-01"] * 2, dtype="datetime64[D]"), "datetime64"),
        (np.array([1.0, 2.0], dtype=np.longdouble), "longdouble|float128"),
        (np.ma.masked_array([1.0, 2.0], mask=[True, False]), "masked"),
    ],
    ids=["complex", "strings", "object", "dates", "long double", "masked"],
)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_real_numbers_is_refused(name, method, x, said):
    activation = VECTOR_ACTIVATIONS[name]
    rows = [x] if method == "__call__" else [x, [1.0, 1.0]]
    with pytest.raises(TypeError, match=rf"^x .*({said})"):
        getattr(activation, method)(*rows)
    if method != "__call__":
        with pytest.raises(TypeError, match=rf"^{method[0].replace('v', 'u')} .*|^v .*({said})"):
            getattr(activation, method)([1.0, 1.0], x)


@each_method
@pytest.mark.parametrize("name", NAMES)
def test_an_unfit_axis_is_refused(name, method):
    activation, x = VECTOR_ACTIVATIONS[name], np.ones((6, 6))
    rows = [x] if method == "__call__" else [x, x]
    function = getattr(activation, method)
    said = rf"^{name}: axis must be from -2 to 1 for x of shape \(6, 6\); got "
    for axis in (2, -3, 10**30):
        with pytest.raises(ValueError, match=rf"{said}{axis}$"):
            function(*rows, axis=axis)
    for axis in (1.0, "0", None, True, (0, 1), np.array(0), np.True_):
        with pytest.raises(TypeError, match=rf"^{name}: axis must be an integer; got .* of type "):
            function(*rows, axis=axis)
    assert activation(x, axis=np.int8(0)).shape == activation(x, axis=0).shape
    with pytest.raises(ValueError, match=rf"^{name}: x must have at least one axis; got a single"):
        function(*([3.0] if method == "__call__" else [3.0, 3.0]))


@each_method
@pytest.mark.parametrize("name", ["glu", "reglu", "geglu", "swiglu"])
def test_an_odd_split_is_refused(name, method):
    x = np.ones((2, 5))
    function = getattr(VECTOR_ACTIVATIONS[name], method)
    with pytest.raises(
        ValueError, match=rf"^{name}: the length of axis -1 must be even, .*; got 5$"
    ):
        function(*([x] if method == "__call__" else [x, x]))


def test_unfit_pieces_are_refused():
    x = np.ones((4, 6))
    with pytest.raises(
        ValueError, match=r"length of axis 0 must be a multiple of pieces=3; got 4$"
    ):
        maxout(x, axis=0, pieces=3)
    for pieces in (0, -2):
        with pytest.raises(ValueError, match=f"pieces must be an integer >= 1; got {pieces}"):
            maxout(x, pieces=pieces)
    with pytest.raises(TypeError, match=r"pieces must be an integer >= 1; got 2\.0 of type float"):
        maxout.winners(x, pieces=2.0)


@pytest.mark.parametrize("name", NAMES)
def test_a_vector_of_another_shape_is_refused(name):
    activation, x = VECTOR_ACTIVATIONS[name], np.ones((3, 6))
    value = activation(x)
    with pytest.raises(ValueError, match=rf"^{name}: v has shape \(6,\); x has shape \(3, 6\)$"):
        activation.jvp(x, x[0])
    with pytest.raises(
        ValueError,
        match=rf"^{name}: u has shape \(7,\); the value has shape \(3, {len(value[0])}\)",
    ):
        activation.vjp(x, np.ones(7))


@each_method
@pytest.mark.parametrize("name", NAMES)
def test_an_unfit_out_is_refused(name, method):
    x = np.ones((3, 6))
    result = evaluate(VECTOR_ACTIVATIONS[name], method, x)
    read_only = result.copy()
    read_only.flags.writeable = False
    for out, error, said in (
        (result.tolist(), TypeError, "out must be a NumPy array; got list"),
        (result.astype(np.float32), TypeError, "out has dtype float32; .* float64"),
        (result[:2], ValueError, r"out has shape \(2, .*\); the result has shape \(3, "),
        (read_only, ValueError, "out is read-only"),
    ):
        with pytest.raises(error, match=said):
            evaluate(VECTOR_ACTIVATIONS[name], method, x, out=out)


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: swiglu([1, 2], beta=-1), ValueError, "swiglu: beta must be a finite number >= 0"),
        (lambda: swiglu([1, 2], beta=NAN), ValueError, "beta .* got nan"),
        (lambda: geglu([1, 2], approximate="erf"), ValueError, "one of 'none', 'tanh', 'sigmoid'"),
        (lambda: softmax([1, 2], beta=1), TypeError, "unknown parameter 'beta'; accepted: axis"),
        (lambda: maxout([1, 2], groups=1), TypeError, "'groups'; accepted: axis, pieces"),
        (lambda: softmax([[1, 2], [3]]), ValueError, "x must have one shape"),
    ],
)
def test_bad_parameters(call, error, said):
    with pytest.raises(error, match=said):
        call()


# The registry


def test_the_registry_has_them_all_and_cannot_be_changed():
    assert tuple(sorted(VECTOR_ACTIVATIONS)) == tuple(sorted(NAMES))
    with pytest.raises(TypeError):
        VECTOR_ACTIVATIONS["softmax"] = softmax
    with pytest.raises(dataclasses.FrozenInstanceError):
        softmax.axis = 0
    assert softmax.with_parameters(axis=0) == type(softmax)(axis=0) != softmax
    assert {softmax, type(softmax)()} == {softmax}


@pytest.mark.parametrize("name", NAMES)
def test_every_activation_says_what_it_is(name):
    activation = VECTOR_ACTIVATIONS[name]
    assert getattr(package, name) is activation
    assert getattr(package, type(activation).__name__) is type(activation)
    assert {name, type(activation).__name__} <= set(package.__all__)
    assert activation.formula
    assert "$" not in activation.formula
    assert "References" in type(activation).__doc__
    bibliography = Path("book/references.bib").read_text(encoding="utf-8")
    assert f"{{{activation.reference}," in bibliography


def test_a_taken_name_or_a_missing_method_is_refused():
    kernels = {n: getattr(type(softmax), n) for n in ("definition", "_length", "_value", "_jvp")}
    about = {"reference": "r", "formula": "x", **kernels}
    with pytest.raises(TypeError, match=r"Other lacks _vjp$"):
        type("Other", (VectorActivation,), {"name": "other", **about})
    about["_vjp"] = type(softmax)._vjp
    for name, holder in (("softmax", "Softmax"), ("silu", "Swish")):
        with pytest.raises(ValueError, match=f"the name '{name}' is taken by {holder}"):
            type("Other", (VectorActivation,), {"name": name, **about})
    assert "other" not in VECTOR_ACTIVATIONS
