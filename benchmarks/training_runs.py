"""Measure how gradients fade in deep networks, and how units die when the step is too large.

Usage: python -m benchmarks.training_runs [FILE]

The figures with sliders *vanishing gradient* and *dying ReLU* read the file that this writes, for a
page cannot train a network by itself. It takes three minutes on one processor.
"""

from __future__ import annotations

import datetime
import json
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from companion.data import digits
from companion.network import SGD, Activate, CrossEntropy, Dense, LeCun, Network, dense_network

FILE = Path(__file__).parents[1] / "companion" / "explorables" / "training-runs.json"
SEED = 1991

# Fading gradients: freshly initialised networks, no training.
FADING = ("logistic", "tanh", "relu", "leaky_relu", "selu", "gelu", "swish")
DEPTHS = (10, 20, 30, 40, 50)
GAIN_POWERS = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)  # of two: gains from 1/2 over √2 to 4
WIDTH = 64
IMAGES = 128
REPEATS = 10

# Dying units: digits, learned by plain stochastic gradient descent.
DYING = ("relu", "leaky_relu", "elu", "gelu", "swish")
STEP_POWERS = tuple(i / 8 for i in range(-4, 12))  # of ten: steps from 0.32 to 24
UNITS = 128
BATCH = 64
LEARNED_FROM = 1400
LOOKS = (0, 1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150, 200, 250, 300, 350, 400)
RUNS = 5
# A unit counts as dead if its slope stays below this on every image that it learns from.
STILL = 1e-3


def fading(name: str, depth: int, powers: Sequence[float], repeats: int = REPEATS) -> np.ndarray:
    """Put a gradient of length 1 in at the top of a fresh network; see what arrives below.

    Weights are normal with variance gain²/inputs, biases 0. For every layer, the gradient with
    respect to its outputs is measured: the root mean square of its length over the images, of
    which the geometric mean over the repeats is taken.

    Returns
    -------
    ndarray, shape (powers, depth)
        Decimal logarithms, the lowest layer first; the last is 0.
    """
    images = digits().images
    images = (images - images.mean(axis=0)) / images.std()
    total = np.zeros((len(powers), depth))
    for repeat in range(repeats):
        # The same images, weights up to their scale, and direction for all gains and activations.
        for row, power in enumerate(powers):
            rng = np.random.default_rng([SEED, repeat, depth])
            batch = images[rng.choice(len(images), IMAGES, replace=False)]
            rule = LeCun(gain=2.0**power)
            layers = [Dense.random(WIDTH, WIDTH, rng, rule) for _ in range(depth)]
            direction = rng.standard_normal(WIDTH)
            direction /= np.linalg.norm(direction)
            total[row] += np.log10(lengths(layers, name, batch, direction))
    return total / repeats


def lengths(
    layers: list[Dense], name: str, batch: np.ndarray, direction: np.ndarray
) -> list[float]:
    """Return the length of the gradient with respect to the outputs of every layer."""
    pairs = [(dense, Activate(name)) for dense in layers]
    network = Network([layer for pair in pairs for layer in pair])
    gradient = np.tile(direction, (len(network(batch)), 1))
    arrived = [1.0]
    for dense, activate in pairs[:0:-1]:
        gradient = dense.backward(activate.backward(gradient))
        arrived.append(float(np.sqrt(np.mean(np.sum(gradient**2, axis=1)))))
    return arrived[::-1]


def dying(name: str, step: float, run: int) -> tuple[list[float], float]:
    """Train one classifier of digits, and count its dead units along the way.

    Returns
    -------
    list of float, and float
        The share of dead hidden units after each of `LOOKS` updates, and in the end the share of
        held-out images that are read rightly.
    """
    images, labels = digits()
    images = images - images.mean(axis=0)
    # All activations and steps meet the same weights, the same images, and these in one order.
    rng = np.random.default_rng([SEED, run])
    order = rng.permutation(len(images))
    known, held_out = order[:LEARNED_FROM], order[LEARNED_FROM:]
    network = dense_network([images.shape[1], UNITS, 10], name, seed=rng, weights="he")
    loss, optimiser, shares = CrossEntropy(), SGD(step=step), []
    for update in range(LOOKS[-1] + 1):
        if update in LOOKS:
            shares.append(dead(network, images[known]))
        batch = rng.choice(known, BATCH, replace=False)
        network.differentiate(images[batch], labels[batch], loss)
        optimiser.update(network)
    return shares, loss.accuracy(network(images[held_out]), labels[held_out])


def dead(network: Network, inputs: np.ndarray) -> float:
    """Return the share of hidden units whose slope is below `STILL` at every input."""
    dense, activate, _ = network.layers
    slopes = activate.activation.derivative(dense.forward(inputs))
    return float(np.mean(np.abs(slopes).max(axis=0) < STILL))


def measure_fading(names: Sequence[str] = FADING) -> dict[str, list]:
    """Measure every activation: a list for each depth, of lists for each gain."""
    return {
        name: [np.round(fading(name, depth, GAIN_POWERS), 2).tolist() for depth in DEPTHS]
        for name in names
    }


def measure_dying(names: Sequence[str] = DYING) -> dict[str, dict[str, list]]:
    """Train every activation with every step size: means over the runs."""
    found = {}
    for name in names:
        runs = [[dying(name, 10.0**power, run) for run in range(RUNS)] for power in STEP_POWERS]
        found[name] = {
            "dead": [np.mean([s for s, _ in of_one], axis=0).round(3).tolist() for of_one in runs],
            "right": [round(float(np.mean([r for _, r in of_one])), 3) for of_one in runs],
        }
    return found


def label() -> dict[str, object]:
    """Say what was measured, where and when."""
    return {
        "what": "gradients in fresh networks, and dead units during training, on 8 × 8 digits",
        "made_by": "benchmarks/training_runs.py",
        "seed": SEED,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("numpy", "scikit-learn")},
        "machine": f"{platform.system()} {platform.machine()}",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def measure() -> dict[str, object]:
    """Measure all of it."""
    return {
        "label": label(),
        "fading": {
            "width": WIDTH,
            "images": IMAGES,
            "repeats": REPEATS,
            "depths": DEPTHS,
            "gain_powers": GAIN_POWERS,
            "log10_lengths": measure_fading(),
        },
        "dying": {
            "units": UNITS,
            "batch": BATCH,
            "learned_from": LEARNED_FROM,
            "runs": RUNS,
            "still": STILL,
            "step_powers": STEP_POWERS,
            "updates": LOOKS,
            "shares": measure_dying(),
        },
    }


def main(file: Path = FILE) -> None:
    """Measure and store."""
    file.write_text(json.dumps(measure(), separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
