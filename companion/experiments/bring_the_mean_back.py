"""How soon a network of ReLUs learns, and what bringing the mean back is worth."""

from __future__ import annotations

import numpy as np

from companion.experiments._stored import StoredSweep
from companion.experiments.keep_the_mean_at_zero import (
    steps_to_learn,
    training_images,
    with_shift,
)
from companion.network import LeCun, Network, dense_network, gain
from companion.sweeps import Configuration, Sweep, grid

#: The networks: the activation, what is added to its outputs, whether sums are normalised.
NETWORKS = {
    "ReLU": ("relu", 0.0, False),
    "ReLU − 0.4": ("relu", -0.4, False),
    "ELU": ("elu", 0.0, False),
    "SELU": ("selu", 0.0, False),
    "ReLU, batch norm": ("relu", 0.0, True),
}

#: The step sizes tried on the seeds that only choose, and the one chosen for the other seeds.
STEPS = tuple(2.0**power for power in range(-5, 3))
CHOSEN = {
    "ReLU": 0.125,
    "ReLU − 0.4": 0.25,
    "ELU": 0.25,
    "SELU": 0.25,
    "ReLU, batch norm": 0.5,
}
CHOOSING, COMPARING = range(5), range(5, 25)


def fresh_network(name: str, seed: int, layers: int = 5, units: int = 32) -> Network:
    """Return an untrained network whose weights keep the size of the signals."""
    activation, shift, normalise = NETWORKS[name]
    plain = dense_network(
        [64, *[units] * layers, 10],
        activation,
        seed=seed,
        weights=LeCun(gain=gain(activation)),
        batch_norm=normalise,
    )
    return with_shift(plain, shift)


def scaled_images() -> tuple[np.ndarray, np.ndarray]:
    """Return the first 1200 digits, each pixel less its mean, with mean square 1 over all."""
    images, labels = training_images(centred=True)
    return images / np.sqrt(np.mean(images**2)), labels


def learning_time(configuration: Configuration, rng: np.random.Generator | None = None) -> dict:
    """Return how many steps a network needs to learn; `rng` is not used."""
    network = fresh_network(configuration["network"], configuration["run"])
    step, run = configuration["step"], configuration["run"]
    return {"steps": steps_to_learn(network, *scaled_images(), step, run)}


CELLS = (
    *grid(network=NETWORKS, step=STEPS, run=CHOOSING),
    *({"network": n, "step": CHOSEN[n], "run": run} for n in NETWORKS for run in COMPARING),
)

STORED = (
    StoredSweep(
        Sweep("bring-the-mean-back", learning_time, CELLS),
        "book/4-relu-family/bring-the-mean-back.jsonl",
    ),
)
