"""The companion's networks against PyTorch's: outputs, gradients, and whole runs of training."""

import math

import numpy as np
import pytest

from companion.network import (
    SGD,
    Activate,
    Adam,
    BatchNorm,
    BinaryCrossEntropy,
    BinaryFocal,
    Convolution,
    CrossEntropy,
    Dense,
    Focal,
    LearnablePReLU,
    Network,
    SquaredError,
    Xavier,
    dense_network,
    gain,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
nn, functional = torch.nn, torch.nn.functional

RNG = np.random.default_rng(0)
INPUTS = RNG.standard_normal((24, 6))
LABELS = RNG.integers(0, 3, 24)
CLOSE = {"rtol": 1e-10, "atol": 1e-13}

ACTIVATIONS = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "logistic": nn.Sigmoid,
    "gelu": nn.GELU,
    "elu": nn.ELU,
    "selu": nn.SELU,
    "swish": nn.SiLU,
    "softplus": nn.Softplus,
    "mish": nn.Mish,
    "leaky_relu": nn.LeakyReLU,
    "glu": nn.GLU,
}


def pair(*middle, width=8, narrow=8):
    """Return our network and theirs, with the same numbers."""
    layers = [Dense.random(6, width, 1), *(ours() for ours, _ in middle)]
    layers.append(Dense.random(narrow, 3, 2, biases=0.1))
    ours = Network(layers)
    theirs = nn.Sequential(
        nn.Linear(6, width), *(make() for _, make in middle), nn.Linear(narrow, 3)
    ).double()
    with torch.no_grad():
        for value, parameter in zip(ours.parameters().values(), theirs.parameters(), strict=True):
            parameter.copy_(torch.from_numpy(value.copy()))
    return ours, theirs


def assert_alike(ours, theirs, of="values"):
    parts = zip(ours.trainable(), theirs.parameters(), strict=True)
    for (key, value, gradient), parameter in parts:
        mine, other = (value, parameter) if of == "values" else (gradient, parameter.grad)
        np.testing.assert_allclose(mine, other.detach().numpy(), err_msg=str(key), **CLOSE)


MIDDLES = {name: [(lambda n=name: Activate(n), make)] for name, make in ACTIVATIONS.items()}
MIDDLES |= {
    "prelu": [(LearnablePReLU, nn.PReLU)],
    "a prelu each": [(lambda: LearnablePReLU([0.25] * 8), lambda: nn.PReLU(8))],
    "batch norm": [(lambda: BatchNorm(8), lambda: nn.BatchNorm1d(8))],
    "batch norm and relu": [
        (lambda: BatchNorm(8), lambda: nn.BatchNorm1d(8)),
        (lambda: Activate("relu"), nn.ReLU),
    ],
}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", MIDDLES)
def test_outputs_and_gradients(name, training):
    ours, theirs = pair(*MIDDLES[name], narrow=4 if name == "glu" else 8)
    for _ in range(2):  # in training the running averages move
        ours.forward(INPUTS, training=True)
        theirs.train()(torch.from_numpy(INPUTS))
    theirs.train(training)
    inputs = torch.tensor(INPUTS, requires_grad=True)
    loss = functional.cross_entropy(theirs(inputs), torch.from_numpy(LABELS))
    loss.backward()
    value = ours.differentiate(INPUTS, LABELS, CrossEntropy(), training=training)
    np.testing.assert_allclose(value, loss.item(), **CLOSE)
    assert_alike(ours, theirs, of="gradients")
    gradient = CrossEntropy().gradient(ours.forward(INPUTS, training), LABELS)
    at_inputs = ours.backward(gradient, through=True)
    np.testing.assert_allclose(at_inputs, inputs.grad.numpy(), **CLOSE)


def test_convolution():
    weights, biases = RNG.standard_normal((4, 2, 3, 2)), RNG.standard_normal(4)
    images = RNG.standard_normal((5, 2, 6, 7))
    layer = Convolution(weights, biases, image=(2, 6, 7))
    parts = [torch.tensor(part, requires_grad=True) for part in (images, weights, biases)]
    outputs = functional.conv2d(*parts)
    upstream = RNG.standard_normal(outputs.shape)
    outputs.backward(torch.from_numpy(upstream))
    found = layer.forward(images.reshape(5, -1))
    np.testing.assert_allclose(found, outputs.detach().numpy().reshape(5, -1), **CLOSE)
    passed = layer.backward(upstream.reshape(5, -1))
    gradients = [passed.reshape(images.shape), *layer.gradients.values()]
    for mine, part in zip(gradients, parts, strict=True):
        np.testing.assert_allclose(mine, part.grad.numpy(), **CLOSE)


def focal(outputs, labels, gamma):
    entropy = functional.cross_entropy(outputs, labels, reduction="none")
    return ((1 - torch.exp(-entropy)) ** gamma * entropy).mean()


def binary_focal(outputs, targets, gamma, alpha):
    entropy = functional.binary_cross_entropy_with_logits(outputs, targets, reduction="none")
    share = alpha * targets + (1 - alpha) * (1 - targets)
    return (share * (1 - torch.exp(-entropy)) ** gamma * entropy).sum(dim=1).mean()


YES_NO = (RNG.random((24, 3)) < 0.3).astype(float)
NUMBERS = RNG.standard_normal((24, 3))
LOSSES = {
    "cross-entropy": (CrossEntropy(), LABELS, functional.cross_entropy),
    "focal": (Focal(2.0), LABELS, lambda z, t: focal(z, t, 2.0)),
    "binary": (
        BinaryCrossEntropy(),
        YES_NO,
        lambda z, t: 3 * functional.binary_cross_entropy_with_logits(z, t),
    ),
    "binary focal": (BinaryFocal(1.5, 0.25), YES_NO, lambda z, t: binary_focal(z, t, 1.5, 0.25)),
    "squared": (SquaredError(), NUMBERS, lambda z, t: 1.5 * functional.mse_loss(z, t)),
}


@pytest.mark.parametrize("name", LOSSES)
def test_losses(name):
    ours, targets, theirs = LOSSES[name]
    outputs = torch.tensor(3.0 * NUMBERS[::-1].copy(), requires_grad=True)
    loss = theirs(outputs, torch.from_numpy(targets))
    loss.backward()
    value, gradient = ours.value_and_gradient(outputs.detach().numpy(), targets)
    np.testing.assert_allclose(value, loss.item(), **CLOSE)
    np.testing.assert_allclose(gradient, outputs.grad.numpy(), **CLOSE)


def clipped(optimiser, parameters, length):
    """Let their optimiser shorten the gradient first, as ours does with `clip`."""
    step = optimiser.step

    def shorten_and_step():
        nn.utils.clip_grad_norm_(parameters, length)
        step()

    optimiser.step = shorten_and_step
    return optimiser


def decayed(parameters, make, decay, **options):
    """Let decay act on matrices only."""
    weights = [p for p in parameters if p.ndim > 1]
    others = [p for p in parameters if p.ndim < 2]
    groups = [{"params": weights, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]
    return make(groups, **options)


OPTIMISERS = {
    "SGD": (SGD(0.1), lambda p: torch.optim.SGD(p, lr=0.1)),
    "momentum": (SGD(0.05, momentum=0.9), lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "SGD with decay": (
        SGD(0.05, momentum=0.9, weight_decay=0.1),
        lambda p: decayed(p, torch.optim.SGD, 0.1, lr=0.05, momentum=0.9),
    ),
    "SGD, clipped": (
        SGD(0.1, clip=0.05),
        lambda p: clipped(torch.optim.SGD(p, lr=0.1), p, 0.05),
    ),
    "Adam": (Adam(0.01), lambda p: torch.optim.Adam(p, lr=0.01)),
    "Adam with decay": (
        Adam(0.01, weight_decay=0.1),
        lambda p: decayed(p, torch.optim.AdamW, 0.1, lr=0.01),
    ),
}


@pytest.mark.parametrize("name", OPTIMISERS)
def test_training_takes_the_same_way(name):
    ours, theirs = pair(
        (lambda: BatchNorm(8), lambda: nn.BatchNorm1d(8)), (lambda: Activate("gelu"), nn.GELU)
    )
    optimiser, make = OPTIMISERS[name]
    moves = make([*theirs.parameters()])
    for step in range(20):
        rows = np.random.default_rng(step).permutation(24)[:12]
        value = ours.differentiate(INPUTS[rows], LABELS[rows], CrossEntropy())
        optimiser.update(ours)
        moves.zero_grad()
        outputs = theirs(torch.from_numpy(INPUTS[rows]))
        loss = functional.cross_entropy(outputs, torch.from_numpy(LABELS[rows]))
        loss.backward()
        moves.step()
        # Small differences grow: a gradient of 0 that rounding leaves is divided by its own size.
        np.testing.assert_allclose(value, loss.item(), rtol=1e-6)
    theirs.eval()
    expected = theirs(torch.from_numpy(INPUTS)).detach().numpy()
    np.testing.assert_allclose(ours(INPUTS), expected, rtol=1e-5, atol=1e-7)


def test_a_step_in_float32_is_as_good_as_theirs():
    """Both are held against ours in float64."""
    sizes = (784, 128, 128, 10)
    inputs, labels = RNG.random((64, 784)), RNG.integers(0, 10, 64)
    exact, single = (dense_network(sizes, seed=0, dtype=dtype) for dtype in ("float64", "float32"))
    layers = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10)]
    theirs = nn.Sequential(*layers)
    with torch.no_grad():
        for value, other in zip(single.parameters().values(), theirs.parameters(), strict=True):
            other.copy_(torch.from_numpy(value))
    for network in (exact, single):
        network.differentiate(inputs, labels, CrossEntropy())
    outputs = theirs(torch.from_numpy(inputs.astype("float32")))
    functional.cross_entropy(outputs, torch.from_numpy(labels)).backward()
    parts = zip(exact.trainable(), single.trainable(), theirs.parameters(), strict=True)
    for (_, _, truth), (_, _, mine), other in parts:
        size = np.abs(truth).max()
        errors = [np.abs(g - truth).max() / size for g in (mine, other.grad.numpy())]
        assert errors[0] <= max(4 * errors[1], 1e-6)


@pytest.mark.parametrize("shape", [(30, 50), (128, 784)])
def test_starts_scatter_as_theirs(shape):
    weights = torch.empty(shape)
    nn.init.xavier_uniform_(weights)
    assert float(weights.abs().max()) <= math.sqrt(3) * Xavier().scale(*shape)
    assert float(weights.std()) == pytest.approx(Xavier().scale(*shape), rel=0.1)
    assert gain("relu") == pytest.approx(nn.init.calculate_gain("relu"), rel=1e-12)
