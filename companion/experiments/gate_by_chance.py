"""Train networks with one form of GELU, run them with another, and see what the swap costs.

Small networks with three hidden layers read digits. Each is trained with exact GELU, with one of
its two approximations, with one of five misprints of the first, or with ReLU. After training, its
activation is exchanged for each of the others, weights untouched, and its answers are compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from companion.activations import gelu, logistic, relu
from companion.experiments._digits import fit, shuffled_digits
from companion.experiments._stored import StoredSweep
from companion.network import CrossEntropy, Dense, LeCun, Network, gain
from companion.network._layer import Layer
from companion.sweeps import Configuration, Sweep, SweepResults, grid

SEED = 1606
SIZES = (64, 32, 32, 32, 10)

_ROOT = math.sqrt(2 / math.pi)

#: By name: k and c of the form x·σ(2k(x + c·x³)), which is ½x(1 + tanh(k(x + c·x³))).
FORMS: Mapping[str, tuple[float, float]] = {
    "tanh form": (_ROOT, 0.044715),
    "sigmoid form": (0.851, 0.0),
    "2/π": (2 / math.pi, 0.044715),
    "0.44715": (_ROOT, 0.44715),
    "√2": (math.sqrt(2), 0.044715),
    "√2/π": (math.sqrt(2) / math.pi, 0.044715),
    "swapped": (0.044715, _ROOT),
}
#: All that a network is trained with and run with.
NAMES = ("exact", *FORMS, "ReLU")
#: A yardstick: exact GELU, with weights and biases rounded to half precision.
ROUNDED = "exact, float16 weights"

#: The step sizes tried on the runs that only choose, and the one chosen for the others.
STEPS = (0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008)
CHOSEN: Mapping[str, float] = {
    "exact": 0.0005,
    "tanh form": 0.0005,
    "sigmoid form": 0.0005,
    "2/π": 0.0005,
    "0.44715": 0.0005,
    "√2": 0.001,
    "√2/π": 0.002,
    "swapped": 0.001,
    "ReLU": 0.001,
}
CHOOSING, REPORTED = range(6), range(6, 30)


class Form(Layer):
    """Apply exact GELU, one of its approximations or misprints, or ReLU, by name.

    Parameters
    ----------
    name : str
        One of `NAMES`.

    Examples
    --------
    >>> Form("sigmoid form").forward(np.array([[1.0]])).round(4)  # 1/(1 + exp(−1.702))
    array([[0.8458]])
    """

    def __init__(self, name: str):
        super().__init__()
        self.name = name
        self._inputs = np.zeros((0, 0))

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the outputs."""
        self._inputs = inputs
        if self.name in FORMS:
            return inputs * logistic(self._log_odds(inputs))
        return (relu if self.name == "ReLU" else gelu)(inputs)

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Return the gradient times the slope."""
        return gradient * self._slopes() if through else None

    def passes(self) -> np.ndarray:
        """Return where the last batch's gradient gets through."""
        return self._slopes() != 0

    def _log_odds(self, x: np.ndarray) -> np.ndarray:
        k, c = FORMS[self.name]
        return 2 * k * x * (1 + c * x * x)

    def _slopes(self) -> np.ndarray:
        x = self._inputs
        if self.name not in FORMS:
            return (relu if self.name == "ReLU" else gelu).derivative(x)
        k, c = FORMS[self.name]
        v = self._log_odds(x)
        return logistic(v) + x * logistic.derivative(v) * 2 * k * (1 + 3 * c * x * x)


def fresh_network(name: str, seed: int | np.random.Generator) -> Network:
    """Return an untrained network; of one seed, all forms have the same weights."""
    rng, layers = np.random.default_rng(seed), []
    for index, (inputs, outputs) in enumerate(pairwise(SIZES)):
        # The pixels have mean square 1; what GELU makes of such numbers is smaller.
        size = 1.0 if index == 0 else gain("gelu")
        layers += [Dense.random(inputs, outputs, rng, LeCun(gain=size)), Form(name)]
    return Network(layers[:-1])


def exchanged(network: Network, name: str) -> Network:
    """Return a copy of a network that runs with another form, or with rounded weights."""
    copy = network.copy()
    if name == ROUNDED:
        for values in copy.parameters().values():
            values[...] = values.astype(np.float16)
        return copy
    return Network([Form(name) if isinstance(layer, Form) else layer for layer in copy.layers])


def trained(name: str, step: float, run: int) -> tuple[Network, float]:
    """Train with one form; go back to where it was best on the digits for choosing.

    Returns
    -------
    Network, float
        And its loss there; infinite for a run that diverged.
    """
    network = fresh_network(name, np.random.default_rng([SEED, run, 1]))
    return network, fit(network, shuffled_digits(SEED, run), step, run)


def swap(network: Network, name: str, images: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Run a trained network with another form, and compare.

    Returns
    -------
    dict
        ``"moved"``: the root mean square of what the outputs change by, as a share of the root
        mean square of the outputs themselves, both less their mean over each image's ten, which
        softmax does not see. ``"flipped"``: the share of images with another answer. ``"right"``
        and ``"error"``: accuracy and loss with the other form.
    """
    before, after = network(images), exchanged(network, name)(images)
    before, after = (values - values.mean(axis=1, keepdims=True) for values in (before, after))
    loss = CrossEntropy()
    return {
        "moved": float(f"{np.sqrt(np.mean((after - before) ** 2) / np.mean(before**2)):.3g}"),
        "flipped": round(float(np.mean(after.argmax(axis=1) != before.argmax(axis=1))), 4),
        "right": round(loss.accuracy(after, labels), 4),
        "error": round(loss(after, labels), 5),
    }


def learn_and_swap(configuration: Configuration, _: np.random.Generator) -> dict[str, object]:
    """Train with one form, then run with each, its own included.

    Returns
    -------
    dict
        ``"choice"``: the loss on the digits for choosing. And what `swap` measures on the digits
        for the report, one number for each form of `runs_with`; nothing for a run that only
        chooses a step.
    """
    name, run = configuration["trained_with"], configuration["run"]
    network, choice = trained(name, configuration["step"], run)
    report: dict[str, list[float]] = {"moved": [], "flipped": [], "right": [], "error": []}
    if run in REPORTED and math.isfinite(choice):
        images, labels = shuffled_digits(SEED, run)[2]
        for other in runs_with(name):
            for what, value in swap(network, other, images, labels).items():
                report[what].append(value)
    return {"choice": round(choice, 5)} | report


def runs_with(name: str) -> tuple[str, ...]:
    """Return what a network that was trained with this form is run with afterwards."""
    return (*NAMES, ROUNDED) if name == "exact" else NAMES


def found(results: SweepResults, trained_with: str, run_with: str, what: str) -> np.ndarray:
    """Return one quantity of a swap for every run that is reported on."""
    place = runs_with(trained_with).index(run_with)
    cells = results.select(trained_with=trained_with, step=CHOSEN[trained_with])
    return np.array([c.result[what][place] for c in cells if c.configuration["run"] in REPORTED])


CELLS = (
    *grid(trained_with=NAMES, step=STEPS, run=CHOOSING),
    *({"trained_with": n, "step": CHOSEN[n], "run": run} for n in CHOSEN for run in REPORTED),
)

STORED = (
    StoredSweep(
        Sweep("gate-by-chance", learn_and_swap, CELLS, seed=SEED),
        "book/5-gated-activations/gate-by-chance.jsonl",
    ),
)
