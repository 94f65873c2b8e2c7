"""The companion's recurrent cells against PyTorch's: values, and gradients through time."""

import numpy as np
import pytest

from companion.recurrent import GRUCell, LSTMCell, TanhCell

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
nn = torch.nn

LAYERS = {TanhCell: nn.RNN, LSTMCell: nn.LSTM, GRUCell: nn.GRU}
D, M, N, STEPS = 3, 5, 4, 30
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def drawn(kind):
    """Return a cell in which nothing is 0, a batch, a start, and gradients from above."""
    rng = np.random.default_rng(len(kind.blocks))
    cell = kind.random(D, M, rng, gain=1.5)
    for name, value in cell.parameters.items():
        if name.endswith("biases"):
            value[:] = rng.standard_normal(len(value))
    start = {name: rng.standard_normal((N, M)) for name in cell.state_names}
    return cell, rng.standard_normal((N, STEPS, D)), start, rng


def theirs(cell):
    """Return PyTorch's layer with a cell's numbers; it has two biases a row, to be added."""
    layer = LAYERS[type(cell)](cell.inputs, cell.units, batch_first=True, dtype=torch.float64)
    second = np.zeros_like(cell.parameters["biases"])
    if isinstance(cell, GRUCell):
        second[2 * cell.units :] = cell.parameters["reset_biases"]
    state = {
        "weight_ih_l0": cell.parameters["input_weights"],
        "weight_hh_l0": cell.parameters["recurrent_weights"],
        "bias_ih_l0": cell.parameters["biases"],
        "bias_hh_l0": second,
    }
    layer.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    return layer


def run(layer, x, start):
    """Return inputs, starts and outputs of PyTorch's layer, with all that gradients need."""
    x = torch.tensor(x, requires_grad=True)
    begin = {name: torch.tensor(value[None], requires_grad=True) for name, value in start.items()}
    states = tuple(begin.values())
    outputs, last = layer(x, states if len(states) == 2 else states[0])
    return x, begin, outputs, dict(zip(begin, last if len(states) == 2 else (last,), strict=True))


@pytest.mark.parametrize("kind", LAYERS)
def test_values(kind):
    cell, x, start, _ = drawn(kind)
    _, _, outputs, last = run(theirs(cell), x, start)
    np.testing.assert_allclose(cell.forward(x, start), outputs.detach().numpy(), **CLOSE)
    for name, value in last.items():
        np.testing.assert_allclose(cell.path[name][:, -1], value[0].detach().numpy(), **CLOSE)


@pytest.mark.parametrize("kind", LAYERS)
def test_gradients(kind):
    cell, x, start, rng = drawn(kind)
    layer = theirs(cell)
    their_x, begin, outputs, last = run(layer, x, start)
    cell.forward(x, start)
    above = rng.standard_normal(outputs.shape)
    end = {name: rng.standard_normal((N, M)) for name in start}
    loss = (outputs * torch.tensor(above)).sum()
    for name, value in last.items():
        loss = loss + (value[0] * torch.tensor(end[name])).sum()
    loss.backward()
    np.testing.assert_allclose(cell.backward(above, end), their_x.grad.numpy(), **CLOSE)
    wanted = {
        "input_weights": layer.weight_ih_l0,
        "recurrent_weights": layer.weight_hh_l0,
        "biases": layer.bias_ih_l0,
    }
    for name, value in wanted.items():
        np.testing.assert_allclose(cell.gradients[name], value.grad.numpy(), **CLOSE)
    if kind is GRUCell:
        second = layer.bias_hh_l0.grad.numpy()[2 * M :]
        np.testing.assert_allclose(cell.gradients["reset_biases"], second, **CLOSE)
    for name, value in begin.items():
        found = cell.path_gradients[name][:, 0]
        np.testing.assert_allclose(found, value.grad[0].numpy(), **CLOSE)


@pytest.mark.parametrize("kind", LAYERS)
def test_float32(kind):
    cell, x, start, _ = drawn(kind)
    single = kind(
        *(value.astype(np.float32) for value in cell.parameters.values()),
    )
    found = single.forward(x.astype(np.float32), start)
    layer = theirs(cell).float()
    states = tuple(torch.tensor(value[None], dtype=torch.float32) for value in start.values())
    with torch.no_grad():
        wanted, _ = layer(torch.tensor(x).float(), states if len(states) == 2 else states[0])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, wanted.numpy(), rtol=1e-3, atol=1e-4)
