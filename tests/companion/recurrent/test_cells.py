"""The cells go back as they go forward, and refuse what does not fit."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from companion.activations import logistic
from companion.network import SGD, Adam, Dense, Network, SquaredError, gradient_errors
from companion.recurrent import (
    GRUCell,
    LastOutput,
    LSTMCell,
    TanhCell,
    bias_for,
    half_life,
    state_jacobians,
)
from companion.topologies import SimpleRNN

KINDS = (TanhCell, LSTMCell, GRUCell)
D, M, N, STEPS = 2, 4, 3, 6
every_cell = pytest.mark.parametrize("kind", KINDS)


def drawn(kind, seed=0):
    """Return a cell without a zero in it."""
    rng = np.random.default_rng(seed)
    cell = kind.random(D, M, rng)
    for name, value in cell.parameters.items():
        if name.endswith("biases"):
            value[:] = rng.standard_normal(len(value))
    return cell, rng


@every_cell
def test_every_gradient_is_a_slope(kind):
    cell, rng = drawn(kind)
    network = Network([LastOutput(cell, STEPS), Dense.random(M, 2, rng)])
    rows = rng.standard_normal((N, STEPS * D))
    errors = gradient_errors(network, rows, rng.standard_normal((N, 2)), SquaredError())
    assert {"inputs", *(f"0.{name}" for name in cell.parameters)} <= set(errors)
    assert max(errors.values()) < 1e-7


@every_cell
def test_every_output_and_every_state_counts(kind):
    """The loss looks at all outputs and at the last state; the path's gradients are slopes."""
    cell, rng = drawn(kind)
    x = rng.standard_normal((N, STEPS, D))
    above = rng.standard_normal((N, STEPS, M))
    end = {name: rng.standard_normal((N, M)) for name in cell.state_names}
    start = {name: rng.standard_normal((N, M)) for name in cell.state_names}

    def value(flat, t):
        states = dict(zip(start, flat.reshape(len(start), N, M), strict=True))
        outputs = cell.forward(x[:, t:], states)
        last = sum((cell.path[name][:, -1] * end[name]).sum() for name in end)
        return (outputs * above[:, t:]).sum() + last

    cell.forward(x, start)
    cell.backward(above, end, through=False)
    path, slopes = cell.path, cell.path_gradients
    for t in (0, 3):
        at = np.stack([path[name][:, t] for name in start]).ravel()
        wanted = approx_fprime(at, value, 1e-7, t)
        found = np.stack([slopes[name][:, t] for name in start]).ravel()
        np.testing.assert_allclose(found, wanted, atol=3e-5)


@every_cell
def test_jacobians_are_products_of_one_step_ones(kind):
    cell, rng = drawn(kind)
    x = rng.standard_normal((5, D))
    whole = state_jacobians(cell, x)
    assert whole.shape == (6, M * len(cell.state_names), M * len(cell.state_names))
    np.testing.assert_allclose(whole[0], np.eye(len(whole[0])))
    cell.forward(x[np.newaxis])
    path = cell.path
    product = np.eye(len(whole[0]))
    for back in range(1, 6):
        t = 5 - back
        start = {name: path[name][0, t] for name in cell.state_names}
        product = product @ state_jacobians(cell, x[t : t + 1], start)[1]
        np.testing.assert_allclose(whole[back], product, atol=1e-12)


def test_the_tanh_cell_is_the_course_simple_rnn():
    cell, rng = drawn(TanhCell)
    x = rng.standard_normal((N, STEPS, D))
    same = SimpleRNN(*(cell.parameters.values()))
    np.testing.assert_allclose(cell(x), same.run(x), atol=1e-14)


@pytest.mark.parametrize("kind", [LSTMCell, GRUCell])
def test_gates_are_logistic(kind):
    cell, rng = drawn(kind)
    x = rng.standard_normal((N, STEPS, D)) * 5
    cell.forward(x)
    w, u, b = (cell.parameters[n] for n in ("input_weights", "recurrent_weights", "biases"))
    sums = x @ w.T + cell.path["hidden"][:, :-1] @ u.T + b
    assert set(cell.gates) == set(cell.gate_names)
    for name, found in cell.gates.items():
        rows = cell.blocks.index(name) * M + np.arange(M)
        np.testing.assert_allclose(found, logistic(sums[..., rows]), rtol=1e-13)


def test_the_direct_path_of_an_lstm_is_the_product_of_its_forget_gates():
    cell, rng = drawn(LSTMCell)
    cell.parameters["recurrent_weights"][:] = 0
    x = rng.standard_normal((40, D))
    found = state_jacobians(cell, x)[40][M:, M:]
    cell.forward(x[np.newaxis])
    np.testing.assert_allclose(found, np.diag(cell.gates["forget"][0].prod(axis=0)), rtol=1e-12)


def test_a_gru_without_weights_keeps_by_its_update_gate():
    cell = GRUCell(np.zeros((3, 1)), np.zeros((3, 1)), [0.0, 2.0, 0.0])
    kept = cell.forward(np.zeros((1, 9, 1)), {"hidden": [1.0]}).ravel()
    np.testing.assert_allclose(kept, logistic(2.0) ** np.arange(1, 10), rtol=1e-13)


@every_cell
def test_orthogonal_blocks_are_rotations(kind):
    u = kind.random(D, M, 0, recurrent="orthogonal", gain=2.0).parameters["recurrent_weights"]
    for block in np.split(u, len(kind.blocks)):
        np.testing.assert_allclose(block.T @ block, 4 * np.eye(M), atol=1e-12)


@every_cell
def test_the_same_seed_gives_the_same_cell(kind):
    one, other = (kind.random(D, M, 5).parameters for _ in range(2))
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


def test_blocks_are_views():
    cell = GRUCell.random(D, M, 0)
    cell.block("update")[:] = 7
    np.testing.assert_array_equal(cell.parameters["biases"], [0] * M + [7] * M + [0] * M)
    assert cell.block("candidate", "recurrent_weights").shape == (M, M)


@every_cell
def test_a_network_learns_through_it(kind):
    rng = np.random.default_rng(1)
    network = Network([LastOutput(kind.random(1, 8, rng), 5), Dense.random(8, 1, rng)])
    optimiser, loss = Adam(0.02), SquaredError()
    x = rng.choice([-1.0, 1.0], (64, 5))
    before = loss(network(x), x[:, :1])
    for _ in range(80):
        network.differentiate(x, x[:, :1], loss)
        optimiser.update(network)
    assert loss(network(x), x[:, :1]) < before / 5
    twin = network.copy()
    twin.layers[0].cell.parameters["biases"][:] += 1
    assert abs(twin(x) - network(x)).max() > 1e-3


def test_decay_pulls_at_the_weights_of_a_cell_and_not_at_its_biases():
    cell, _ = drawn(LSTMCell)
    network = Network([LastOutput(cell, STEPS)])
    before = {name: value.copy() for name, value in cell.parameters.items()}
    rows = np.zeros((1, STEPS * D))
    network.differentiate(rows, network(rows), SquaredError())
    SGD(step=0.5, weight_decay=0.5).update(network)
    for name, value in cell.parameters.items():
        left = 0.75 if name.endswith("weights") else 1.0
        np.testing.assert_allclose(value, left * before[name], rtol=1e-12, err_msg=name)


def test_a_network_in_single_precision():
    network = Network([LastOutput(LSTMCell.random(1, 3, 0), 4), Dense.random(3, 1, 0)], "float32")
    assert network(np.ones((2, 4))).dtype == np.float32
    network.differentiate(np.ones((2, 4)), np.ones((2, 1)), SquaredError())
    assert network.layers[0].cell.gradients["biases"].dtype == np.float32


def test_half_lives_and_biases_are_inverse():
    steps = np.array([0.5, 1.0, 10.0, 1000.0])
    np.testing.assert_allclose(half_life(bias_for(steps)), steps)
    np.testing.assert_allclose(logistic(bias_for(steps)) ** steps, 0.5)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: LSTMCell(np.ones((6, 2)), np.ones((6, 1))), ValueError, r"\(4m, d\)"),
        (lambda: TanhCell(np.ones(3), np.ones((3, 3))), ValueError, r"\(m, d\)"),
        (lambda: GRUCell(np.ones((6, 2)), np.ones((6, 3))), ValueError, "recurrent_weights"),
        (lambda: TanhCell(np.ones((2, 2)), np.ones((2, 2)), [1.0]), ValueError, "biases must"),
        (lambda: TanhCell([["a"]], [[1.0]]), TypeError, "input_weights must hold real"),
        (lambda: GRUCell(np.ones((3, 1)), np.ones((3, 1)), None, [1, 2]), ValueError, "reset_b"),
        (lambda: TanhCell.random(0, 2, 0), ValueError, "inputs"),
        (lambda: TanhCell.random(1, 2, 0, "zero"), ValueError, "uniform, orthogonal"),
        (lambda: TanhCell.random(1, 2, 0, gain=-1.0), ValueError, "gain"),
        (lambda: LSTMCell.random(1, 2, 0, forget_bias=np.nan), ValueError, "forget_bias"),
        (lambda: GRUCell.random(1, 2, 0, update_bias="open"), TypeError, "update_bias"),
        (lambda: TanhCell.random(1, 2, 0).block("forget"), ValueError, "one of hidden"),
        (lambda: GRUCell.random(1, 2, 0).block("reset", "reset_biases"), ValueError, "of must"),
        (lambda: TanhCell.random(1, 2, 0)([[1.0]]), ValueError, r"\(n, T, 1\)"),
        (lambda: TanhCell.random(1, 2, 0)(np.ones((1, 0, 1))), ValueError, "inputs"),
        (lambda: TanhCell.random(1, 2, 0)([[["x"]]]), TypeError, "inputs"),
        (lambda: TanhCell.random(1, 2, 0)([[[1.0]]], {"cell": [0, 0]}), ValueError, "among hidden"),
        (lambda: TanhCell.random(1, 2, 0)([[[1.0]]], {"hidden": [0]}), ValueError, "start hidden"),
        (lambda: TanhCell.random(1, 2, 0).backward(), RuntimeError, "call forward first"),
        (lambda: LSTMCell.random(1, 2, 0).gates, RuntimeError, "call forward first"),
        (lambda: state_jacobians(TanhCell.random(1, 2, 0), [1.0]), ValueError, r"\(T, 1\)"),
        (lambda: LastOutput("lstm", 3), TypeError, "cell must"),
        (lambda: LastOutput(TanhCell.random(1, 2, 0), 0), ValueError, "steps"),
        (lambda: bias_for(0), ValueError, "steps must be positive"),
        (lambda: half_life("long"), TypeError, "bias"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_gradient_of_another_shape_is_refused():
    cell = TanhCell.random(1, 2, 0)
    cell(np.ones((3, 4, 1)))
    with pytest.raises(ValueError, match=r"gradient must have shape \(3, 4, 2\)"):
        cell.backward(np.ones((3, 2)))


def test_rows_of_another_length_are_refused():
    network = Network([LastOutput(TanhCell.random(2, 3, 0), 4)])
    with pytest.raises(ValueError, match="8"):
        network(np.ones((1, 6)))
