"""How soon a network learns, if only the mean of what its layers see is moved."""

from __future__ import annotations

import math

import numpy as np

from companion.data import digits
from companion.experiments._stored import StoredSweep
from companion.network import SGD, CrossEntropy, Dense, Network, dense_network
from companion.network._layer import Layer
from companion.sweeps import Configuration, Sweep, grid
from companion.training import DivergenceError, train

#: The networks: the activation, what is added to its outputs, and whether the pixels are centred.
NETWORKS = {
    "logistic − ½": ("logistic", -0.5, True),
    "logistic": ("logistic", 0.0, True),
    "logistic + ½": ("logistic", 0.5, True),
    "logistic, batch norm": ("logistic", 0.0, True),
    "tanh": ("tanh", 0.0, True),
    "tanh + 1": ("tanh", 1.0, True),
    "tanh, raw pixels": ("tanh", 0.0, False),
}

#: The step sizes tried on the seeds that only choose, and the one chosen for the other seeds.
STEPS = tuple(2.0**power for power in range(-2, 6))
CHOSEN = {
    "logistic − ½": 8.0,
    "logistic": 8.0,
    "logistic + ½": 0.5,
    "logistic, batch norm": 4.0,
    "tanh": 2.0,
    "tanh + 1": 0.5,
    "tanh, raw pixels": 1.0,
}
CHOOSING, COMPARING = range(5), range(5, 25)

GOAL, EPOCHS = 0.1, 50


class Add(Layer):
    """Add the same number to all that passes; nothing is learned."""

    def __init__(self, number: float):
        super().__init__()
        self.number = number

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the inputs plus the number."""
        return inputs + self.number

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Pass the gradient on as it is: a constant changes no slope."""
        return gradient if through else None


def with_shift(plain: Network, shift: float) -> Network:
    """Return the network with a number added behind each activation, computing what it did."""
    layers: list[Layer] = []
    for layer in plain.layers:
        if isinstance(layer, Dense) and layers:
            # The bias takes away what the added number brings.
            layer.parameters["biases"] -= shift * layer.parameters["weights"].sum(axis=1)
        layers.append(layer)
        if hasattr(layer, "passes"):
            layers.append(Add(shift))
    return Network(layers)


def fresh_network(name: str, seed: int) -> Network:
    """Return an untrained network; those that differ in what is added alone compute the same."""
    activation, shift, _ = NETWORKS[name]
    plain = dense_network([64, 32, 32, 10], activation, seed=seed, batch_norm="norm" in name)
    return with_shift(plain, shift)


def training_images(centred: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the first 1200 digits, each pixel less its mean if `centred`."""
    images, labels = (part[:1200] for part in digits())
    return images - images.mean(axis=0) * centred, labels


def steps_to_learn(
    network: Network, images: np.ndarray, labels: np.ndarray, step: float, seed: int
) -> float:
    """Train until the loss falls below `GOAL`; return how many steps of 40 images that took.

    A run that diverges, or has not arrived after `EPOCHS` passes, took infinitely many.
    """
    try:
        history = train(
            network,
            images,
            labels,
            CrossEntropy(),
            SGD(step),
            epochs=EPOCHS,
            batch=40,
            seed=seed,
            record_every=5,
            probe=400,
            stop=lambda history: history.last("loss") < GOAL,
        )
    except DivergenceError:
        return math.inf
    return int(history.last("step")) if history.last("loss") < GOAL else math.inf


def learning_time(configuration: Configuration, rng: np.random.Generator | None = None) -> dict:
    """Return how many steps a network needs to learn.

    All randomness comes from the configuration's own number, not from `rng`, so that every network
    meets the same start and the same order of images.
    """
    name, run = configuration["network"], configuration["run"]
    images, labels = training_images(NETWORKS[name][2])
    network = fresh_network(name, run)
    return {"steps": steps_to_learn(network, images, labels, configuration["step"], run)}


CELLS = (
    *grid(network=NETWORKS, step=STEPS, run=CHOOSING),
    *({"network": n, "step": CHOSEN[n], "run": run} for n in NETWORKS for run in COMPARING),
)

STORED = (
    StoredSweep(
        Sweep("keep-the-mean", learning_time, CELLS),
        "book/3-sigmoid-family/keep-the-mean-at-zero.jsonl",
    ),
)
