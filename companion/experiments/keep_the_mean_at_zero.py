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
    "logistic": 4.0,
    "logistic + ½": 0.5,
    "logistic, batch norm": 4.0,
    "tanh": 2.0,
    "tanh + 1": 0.5,
    "tanh, raw pixels": 0.5,
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


def fresh_network(name: str, seed: int) -> Network:
    """Return an untrained network; networks that differ only in what is added compute the same."""
    activation, shift, _ = NETWORKS[name]
    plain = dense_network([64, 32, 32, 10], activation, seed=seed, batch_norm="norm" in name)
    layers: list[Layer] = []
    for layer in plain.layers:
        if isinstance(layer, Dense) and layers:
            # The bias takes away what the added number brings, so all start as one function.
            layer.parameters["biases"] -= shift * layer.parameters["weights"].sum(axis=1)
        layers.append(layer)
        if hasattr(layer, "passes"):
            layers.append(Add(shift))
    return Network(layers)


def training_images(centred: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the first 1200 digits, each pixel less its mean if `centred`."""
    images, labels = (part[:1200] for part in digits())
    return images - images.mean(axis=0) * centred, labels


def learning_time(configuration: Configuration, rng: np.random.Generator | None = None) -> dict:
    """Train until the loss falls below `GOAL`; return how many steps of 40 images that took.

    All randomness comes from the configuration's own number, not from `rng`, so that every network
    meets the same start and the same order of images. A run that diverges, or has not arrived
    after `EPOCHS` passes through the images, took infinitely many.
    """
    name, run = configuration["network"], configuration["run"]
    try:
        history = train(
            fresh_network(name, run),
            *training_images(NETWORKS[name][2]),
            CrossEntropy(),
            SGD(configuration["step"]),
            epochs=EPOCHS,
            batch=40,
            seed=run,
            record_every=5,
            probe=400,
            stop=lambda history: history.last("loss") < GOAL,
        )
    except DivergenceError:
        return {"steps": math.inf}
    arrived = history.last("loss") < GOAL
    return {"steps": int(history.last("step")) if arrived else math.inf}


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
