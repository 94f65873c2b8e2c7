"""Let every unit learn how sharp its own gate is, and see whether that is worth anything.

Small networks with three hidden layers read digits. They start from the same weights, up to their
size, and differ in the gate: β fixed, β learned for every unit, or ReLU, whose gate is hard.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from companion.activations import Swish
from companion.experiments._digits import fit, shuffled_digits
from companion.experiments._stored import StoredSweep
from companion.network import (
    Activate,
    CrossEntropy,
    Dense,
    LearnableSwish,
    LeCun,
    Network,
    gain,
)
from companion.sweeps import Configuration, Sweep, SweepResults, grid

SEED = 2017
SIZES = (64, 32, 32, 32, 10)

#: By name: where β starts, and whether it is learned; infinite β is ReLU.
CONTENDERS: Mapping[str, tuple[float, bool]] = {
    "β = 0, a line": (0.0, False),
    "β = 1": (1.0, False),
    "β learned, from 1": (1.0, True),
    "β learned, from 0": (0.0, True),
    "ReLU": (math.inf, False),
}

#: The step sizes tried on the runs that only choose, and the one chosen for the others.
STEPS = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016)
CHOSEN: Mapping[str, float] = {
    "β = 0, a line": 0.008,
    "β = 1": 0.008,
    "β learned, from 1": 0.008,
    "β learned, from 0": 0.002,
    "ReLU": 0.008,
}
CHOOSING, REPORTED = range(8), range(8, 38)


def fresh_network(contender: str, seed: int | np.random.Generator) -> Network:
    """Return an untrained network in which signals keep their size, whatever the gate.

    Returns
    -------
    Network
        Of one seed all contenders have the same weights, but for a factor.
    """
    beta, learned = CONTENDERS[contender]
    function = "relu" if beta == math.inf else Swish(beta=beta)
    rng = np.random.default_rng(seed)
    layers = []
    for index, (inputs, outputs) in enumerate(pairwise(SIZES)):
        # What comes before the first layer has mean square 1; an activation changes that.
        size = 1.0 if index == 0 else gain(function)
        layers.append(Dense.random(inputs, outputs, rng, LeCun(gain=size)))
        middle = LearnableSwish(np.full(outputs, beta)) if learned else Activate(function)
        layers.append(middle)
    return Network(layers[:-1])


def start(contender: str, run: int) -> tuple[Network, list[tuple[np.ndarray, np.ndarray]]]:
    """Return the fresh network and the digits of a run; all contenders get the same digits."""
    network = fresh_network(contender, np.random.default_rng([SEED, run, 1]))
    return network, shuffled_digits(SEED, run)


def sharpnesses(network: Network) -> list[np.ndarray]:
    """Return the learned β of each hidden layer, from the first to the last."""
    layers = (layer for layer in network.layers if isinstance(layer, LearnableSwish))
    return [layer.parameters["betas"] for layer in layers]


def learn(configuration: Configuration, _: np.random.Generator) -> dict[str, object]:
    """Train one contender with one step size.

    Returns
    -------
    dict
        ``"choice"``: the loss on the digits for choosing; ``"error"`` and ``"right"``: the loss
        and the share of digits read rightly on those for the report; ``"betas"``: what was
        learned, one list a layer, of runs that are reported on.
    """
    run = configuration["run"]
    network, data = start(configuration["contender"], run)
    choice = fit(network, data, configuration["step"], run)
    if math.isinf(choice):
        return {"choice": choice, "error": math.inf, "right": 0.0, "betas": []}
    loss, (images, labels) = CrossEntropy(), data[2]
    outputs = network(images)
    betas_kept = sharpnesses(network) if run in REPORTED else []
    return {
        "choice": round(choice, 5),
        "error": round(loss(outputs, labels), 5),
        "right": round(loss.accuracy(outputs, labels), 4),
        "betas": [np.round(betas, 3).tolist() for betas in betas_kept],
    }


def folded(network: Network) -> Network:
    """Return the same function with β = 1 everywhere: each unit's β is worked into weights.

    As z·σ(βz) is swish(βz)/β, the weights and the bias that make z can be multiplied by β, and the
    weights that use the output divided by it.

    Raises
    ------
    ValueError
        If some β is 0: a line is no scaled swish.
    """
    layers = network.copy().layers
    for index, layer in enumerate(layers):
        if not isinstance(layer, LearnableSwish):
            continue
        betas = layer.parameters["betas"].copy()
        if not betas.all():
            raise ValueError("network has a unit with β = 0, a line, which no β = 1 can replace")
        before, after = layers[index - 1].parameters, layers[index + 1].parameters
        before["weights"] *= betas[:, None]
        before["biases"] *= betas
        after["weights"] /= betas
        layer.parameters["betas"][:] = 1.0
    return Network(layers)


def reported(results: SweepResults, what: str, contender: str) -> np.ndarray:
    """Return one quantity of the runs that are reported on, and not of those that chose."""
    cells = results.select(contender=contender, step=CHOSEN[contender])
    found = [cell.result[what] for cell in cells if cell.configuration["run"] in REPORTED]
    return np.array(found)


CELLS = (
    *grid(contender=CONTENDERS, step=STEPS, run=CHOOSING),
    *({"contender": c, "step": CHOSEN[c], "run": run} for c in CHOSEN for run in REPORTED),
)

STORED = (
    StoredSweep(
        Sweep("let-a-neuron-gate-itself", learn, CELLS, seed=SEED),
        "book/5-gated-activations/let-a-neuron-gate-itself.jsonl",
    ),
)
