"""The MP neuron and the artificial neuron, against loops of plain Python arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from companion.neurons import artificial_neuron, mp_neuron

# Small multiples of 1/4 add up without rounding in any order, so ties are exact and every
# comparison below may ask for the very same number.
quarters = st.integers(-40, 40).map(lambda k: k / 4)


@st.composite
def layers(draw):
    """Draw inputs (n, d), weights (m, d) and biases (m,) whose sums are exact."""
    n, m, d = draw(st.integers(0, 4)), draw(st.integers(0, 4)), draw(st.integers(0, 5))
    make = lambda *shape: draw(arrays(np.float64, shape, elements=quarters))  # noqa: E731
    return make(n, d), make(m, d), make(m)


def weighted_sum(x, w, b):
    """Add up as the definition says, in plain Python."""
    return sum(wi * xi for wi, xi in zip(w.tolist(), x.tolist(), strict=True)) + float(b)


@given(layers())
def test_mp_neuron_is_the_definition_for_each_input_and_neuron(layer):
    inputs, weights, bias = layer
    got = mp_neuron(inputs, weights, bias)
    expected = [[int(weighted_sum(x, w, b) > 0) for w, b in zip(weights, bias, strict=True)]
                for x in inputs]  # fmt: skip
    assert got.shape == (len(inputs), len(weights))
    assert got.tolist() == expected


@given(layers())
def test_artificial_neuron_is_the_definition_for_each_input_and_neuron(layer):
    inputs, weights, bias = layer
    got = artificial_neuron(inputs, weights, bias)
    expected = [[weighted_sum(x, w, b) for w, b in zip(weights, bias, strict=True)] for x in inputs]
    assert got.shape == (len(inputs), len(weights))
    assert got.tolist() == expected


@pytest.mark.parametrize("neuron", [mp_neuron, artificial_neuron])
@given(layer=layers())
def test_a_batch_is_a_loop_over_its_rows_and_a_layer_one_over_its_neurons(neuron, layer):
    inputs, weights, bias = layer
    whole = neuron(inputs, weights, bias)
    for i, x in enumerate(inputs):
        np.testing.assert_array_equal(neuron(x, weights, bias), whole[i])
        for j, (w, b) in enumerate(zip(weights, bias, strict=True)):
            assert neuron(x, w, b) == whole[i, j]
    for j, (w, b) in enumerate(zip(weights, bias, strict=True)):
        np.testing.assert_array_equal(neuron(inputs, w, b), whole[:, j])


@given(layers(), st.randoms())
def test_inputs_and_weights_may_be_permuted_together(layer, random):
    inputs, weights, bias = layer
    order = list(range(inputs.shape[1]))
    random.shuffle(order)
    np.testing.assert_array_equal(
        mp_neuron(inputs[:, order], weights[:, order], bias), mp_neuron(inputs, weights, bias)
    )


@given(layers())
def test_negated_weights_and_bias_give_the_complement_except_at_ties(layer):
    inputs, weights, bias = layer
    fires = mp_neuron(inputs, weights, bias)
    negated = mp_neuron(inputs, -weights, -bias)
    tie = artificial_neuron(inputs, weights, bias) == 0
    assert (fires + negated)[~tie].tolist() == [1] * int((~tie).sum())
    assert not fires[tie].any()
    assert not negated[tie].any()


@given(layers(), quarters.filter(lambda c: c > 0))
def test_a_positive_factor_changes_nothing(layer, factor):
    inputs, weights, bias = layer
    np.testing.assert_array_equal(
        mp_neuron(inputs, factor * weights, factor * bias), mp_neuron(inputs, weights, bias)
    )


@given(layers(), st.integers(0, 4))
def test_more_on_an_exciting_input_never_silences_the_neuron(layer, column):
    inputs, weights, bias = layer
    column = min(column, inputs.shape[1] - 1)
    if column < 0:
        return
    more = inputs.copy()
    more[:, column] += 1
    before, after = mp_neuron(inputs, weights, bias), mp_neuron(more, weights, bias)
    excites, inhibits = weights[:, column] > 0, weights[:, column] < 0
    assert (after >= before)[:, excites].all()
    assert (after <= before)[:, inhibits].all()


def test_a_sum_of_exactly_zero_is_silent():
    assert mp_neuron([1, 1], [1, -1], 0) == 0
    assert mp_neuron([1, 1], [1, 1], -2) == 0
    assert mp_neuron([0.0], [-1.0], -0.0) == 0
    assert mp_neuron([1], [5e-324], 0) == 1


def test_rounding_can_turn_a_tie_into_a_spike_as_documented():
    assert mp_neuron([1, 1], [0.1, 0.2], -0.3) == 1
    assert mp_neuron([1, 1], [1, 2], -3) == 0


def test_low_precision_inputs_are_summed_in_float64():
    # In float16, 2048 + 1 is 2048, and the sum below would be a tie.
    ones = np.ones(2, np.float16)
    assert mp_neuron(ones, np.array([2048, 1], np.float16), np.float16(-2048)) == 1


@pytest.mark.parametrize(
    ("inputs", "weights", "bias", "shape"),
    [
        ((3,), (3,), (), ()),
        ((5, 3), (3,), (), (5,)),
        ((3,), (2, 3), (2,), (2,)),
        ((5, 3), (2, 3), (2,), (5, 2)),
        ((5, 3), (2, 3), (), (5, 2)),
        ((4, 5, 3), (2, 3), (2,), (4, 5, 2)),
        ((0, 3), (2, 3), (2,), (0, 2)),
        ((5, 3), (0, 3), (0,), (5, 0)),
        ((5, 0), (2, 0), (2,), (5, 2)),
        ((5, 3), (1, 3), (1,), (5, 1)),
    ],
)
def test_shapes(inputs, weights, bias, shape):
    arguments = np.ones(inputs), np.ones(weights), np.ones(bias)
    assert np.shape(mp_neuron(*arguments)) == shape
    assert np.shape(artificial_neuron(*arguments)) == shape
    assert np.shape(artificial_neuron(*arguments, activation=np.tanh)) == shape


def test_one_neuron_on_one_input_gives_a_scalar():
    assert type(mp_neuron([1, 2], [1, 1], 0)) is int
    assert isinstance(artificial_neuron([1, 2], [1, 1], 0), np.float64)
    assert mp_neuron([[1, 2]], [1, 1], 0).dtype == np.int64


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_artificial_neuron_keeps_the_float_type(dtype):
    inputs, weights = np.ones((4, 3), dtype), np.ones((2, 3), dtype)
    assert artificial_neuron(inputs, weights, np.ones(2, dtype)).dtype == dtype
    assert artificial_neuron(inputs, weights, 0.5).dtype == dtype
    assert artificial_neuron(inputs, weights, 1).dtype == dtype
    assert artificial_neuron(inputs, weights, np.ones(2, np.float64)).dtype == np.float64


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int64])
def test_integers_and_bools_count_as_float64(dtype):
    inputs, weights = np.ones((4, 3), dtype), np.ones(3, dtype)
    assert artificial_neuron(inputs, weights, -1).tolist() == [2.0] * 4
    assert artificial_neuron(inputs, weights, -1).dtype == np.float64
    assert mp_neuron(inputs, weights, -3).tolist() == [0] * 4


def test_arguments_are_never_written_to():
    inputs, weights, bias = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]), np.array([5.0])
    copies = inputs.copy(), weights.copy(), bias.copy()

    def spoil(z):
        z[...] = 0
        return z

    mp_neuron(inputs, weights, bias)
    artificial_neuron(inputs, weights, bias, activation=spoil)
    for array, copy in zip((inputs, weights, bias), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("neuron", [mp_neuron, artificial_neuron])
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1j, 0], [1, 1], 0), TypeError, r"inputs must hold real numbers .* complex128"),
        (([1, 0], ["a", "b"], 0), TypeError, r"weights must hold real numbers .* <U1"),
        (([1, 0], [1, 1], None), TypeError, r"bias must hold real numbers .* object"),
        (([1, 0], [1, 1], "1"), TypeError, r"bias must hold real numbers"),
        ((object(), [1, 1], 0), TypeError, r"inputs must hold real numbers .* object"),
        (([[1, 2], [3]], [1, 1], 0), ValueError, r"inputs must be a rectangular array"),
        ((1, [1], 0), ValueError, r"inputs must have shape \(d,\) or \(n, d\), got a single"),
        (([1], 1, 0), ValueError, r"weights must have shape \(d,\) or \(m, d\), got shape \(\)"),
        (([1], [[[1]]], 0), ValueError, r"weights must have shape .* got shape \(1, 1, 1\)"),
        (([1, 0, 1], [1, 1], 0), ValueError, r"got 2 weights \(shape \(2,\)\) for 3 inputs"),
        (([1, 0], [1, 1], [0, 0]), ValueError, r"bias must be a single number, got shape \(2,\)"),
        (([1, 0], [1, 1], [0]), ValueError, r"bias must be a single number, got shape \(1,\)"),
        (([1, 0], [[1, 1]], [0, 0]), ValueError, r"bias must be a number or shape \(1,\)"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(neuron, arguments, error, message):
    with pytest.raises(error, match=message):
        neuron(*arguments)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("position", [0, 1, 2])
def test_mp_neuron_refuses_what_it_would_silently_call_zero(bad, position):
    arguments = [np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array(1.0)]
    arguments[position][...] = bad
    name = ("inputs", "weights", "bias")[position]
    with pytest.raises(ValueError, match=f"{name} must be finite numbers, got {bad}"):
        mp_neuron(*arguments)


@pytest.mark.parametrize("weights", [[1e308, 1e308], [1e308, -1e308]])
def test_mp_neuron_refuses_a_sum_that_overflows(weights):
    with pytest.raises(ValueError, match="overflows float64"):
        mp_neuron([1e10, 1e10], weights, 0)


def test_artificial_neuron_passes_nan_and_infinity_on_without_a_warning():
    z = artificial_neuron([[np.nan, 1], [np.inf, 1], [1, 1]], [1.0, 1.0], 0)
    assert np.isnan(z[0])
    assert z[1:].tolist() == [np.inf, 2]
    assert np.isnan(artificial_neuron([np.inf], [0.0], 0))
    assert artificial_neuron(np.ones(1, np.float16), np.ones(1, np.float16), 1e6) == np.inf


def test_activation_is_called_once_with_z_and_its_value_returned():
    seen = []

    def double(z):
        seen.append(z)
        return 2 * z

    a = artificial_neuron([[1, 2], [3, 4]], [1, 1], 0.5, activation=double)
    assert a.tolist() == [7.0, 15.0]
    assert [z.tolist() for z in seen] == [[3.5, 7.5]]


@pytest.mark.parametrize("activation", ["tanh", 3, np.ones(2)])
def test_activation_must_be_callable(activation):
    with pytest.raises(TypeError, match="activation must be callable"):
        artificial_neuron([1, 2], [1, 1], 0, activation=activation)


def test_activation_must_keep_the_shape():
    with pytest.raises(ValueError, match=r"activation must keep the shape of z, which is \(2,\)"):
        artificial_neuron([[1, 2], [3, 4]], [1, 1], 0, activation=np.sum)
