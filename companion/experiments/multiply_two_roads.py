"""Let gated and plain networks of equal size read digits, complete them, and multiply.

Two tasks on real images. `read`: which digit is it, from all 64 pixels? `complete`: draw the lower
half of a digit from its upper half. And one that is made up, as a control: `multiply` asks for
the sum of four products of random numbers. Every contender has one hidden layer and as many
parameters as the others, up to what whole units allow. Each chooses its own step size, and each
run its own moment to stop, by examples that the report does not use. The last sweep asks whether
weight decay, as strong as each likes it, changes who completes digits best.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from companion.activations import (
    Activation,
    Maxout,
    SwiGLU,
    VectorActivation,
    find,
    geglu,
    glu,
    reglu,
    swiglu,
)
from companion.data import digits
from companion.experiments._stored import StoredSweep
from companion.network import (
    Activate,
    Adam,
    CrossEntropy,
    Dense,
    LeCun,
    Loss,
    Network,
    SquaredError,
    gain,
)
from companion.sweeps import Configuration, Sweep, SweepResults, grid
from companion.training import DivergenceError, EarlyStop, History, train

SEED = 2020
LEARN, VALIDATE = 1000, 300
EPOCHS, PATIENCE, BATCH = 40, 5, 40

#: By name: the activation of the hidden layer, and the one that decides how large its outputs are.
CONTENDERS: Mapping[str, tuple[Activation | VectorActivation, str]] = {
    "linear": (find("identity"), "identity"),
    "bilinear": (SwiGLU(beta=0.0), "identity"),
    "logistic": (find("logistic"), "logistic"),
    "GLU": (glu, "logistic"),
    "ReLU": (find("relu"), "relu"),
    "ReGLU": (reglu, "relu"),
    "GELU": (find("gelu"), "gelu"),
    "GEGLU": (geglu, "gelu"),
    "Swish": (find("swish"), "swish"),
    "SwiGLU": (swiglu, "swish"),
    "tanh": (find("tanh"), "tanh"),
    "maxout": (Maxout(pieces=2), "identity"),
}
#: Who has a second road, and the one that has the same activation without it.
PAIRS = {
    "bilinear": "linear",
    "GLU": "logistic",
    "ReGLU": "ReLU",
    "GEGLU": "GELU",
    "SwiGLU": "Swish",
}

#: By task: how many numbers go in and come out, and the hidden units of a plain network.
TASKS: Mapping[str, tuple[int, int, int]] = {
    "read": (64, 10, 28),
    "complete": (32, 32, 48),
    "multiply": (8, 1, 48),
}

#: The step sizes tried on the runs that only choose, and the one chosen for the others.
STEPS = (0.001, 0.003, 0.01, 0.03)
CHOOSING, REPORTED = range(4), range(4, 24)
CHOSEN: Mapping[str, Mapping[str, float]] = {
    "read": {
        "linear": 0.003,
        "bilinear": 0.01,
        "logistic": 0.01,
        "GLU": 0.003,
        "ReLU": 0.003,
        "ReGLU": 0.001,
        "GELU": 0.03,
        "GEGLU": 0.01,
        "Swish": 0.03,
        "SwiGLU": 0.01,
        "tanh": 0.01,
        "maxout": 0.003,
    },
    "complete": {
        "linear": 0.003,
        "bilinear": 0.003,
        "logistic": 0.01,
        "GLU": 0.01,
        "ReLU": 0.003,
        "ReGLU": 0.01,
        "GELU": 0.003,
        "GEGLU": 0.003,
        "Swish": 0.01,
        "SwiGLU": 0.003,
        "tanh": 0.01,
        "maxout": 0.003,
    },
    "multiply": {
        "linear": 0.03,
        "bilinear": 0.003,
        "logistic": 0.03,
        "GLU": 0.01,
        "ReLU": 0.03,
        "ReGLU": 0.01,
        "GELU": 0.01,
        "GEGLU": 0.01,
        "Swish": 0.01,
        "SwiGLU": 0.01,
        "tanh": 0.03,
        "maxout": 0.03,
    },
}
#: The weight decays tried for completing digits; the contest itself has none.
DECAYS = (0.1, 0.3, 1.0)


def parameters(inputs: int, hidden: int, outputs: int, roads: int = 1) -> int:
    """Return the number of weights and biases of a network with one hidden layer."""
    return roads * hidden * (inputs + 1) + outputs * (hidden + 1)


def equal_units(inputs: int, hidden: int, outputs: int, roads: int = 2) -> int:
    """Return how many units with several roads have about as many parameters as plain ones.

    Examples
    --------
    >>> equal_units(32, 48, 32), equal_units(64, 28, 10)
    (32, 15)
    """
    return round(hidden * (inputs + 1 + outputs) / (roads * (inputs + 1) + outputs))


def fresh_network(task: str, contender: str, rng: np.random.Generator) -> Network:
    """Return an untrained network whose hidden outputs have about mean square 1, times weights.

    Whatever the activation, the first layer's sums and the outputs start with the same size.
    """
    inputs, outputs, hidden = TASKS[task]
    activation, sized_by = CONTENDERS[contender]
    activate = Activate(activation)
    roads = activate.input_width(1)
    units = hidden if roads == 1 else equal_units(inputs, hidden, outputs, roads)
    size = gain(sized_by) * (2 if contender == "bilinear" else 1)  # SwiGLU with β = 0 is ab/2
    return Network(
        [
            Dense.random(inputs, roads * units, rng, LeCun()),
            activate,
            Dense.random(units, outputs, rng, LeCun(gain=size)),
        ]
    )


def material(task: str, run: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return inputs and targets to learn from, to choose by, and to report on.

    Inputs are centred, and their mean square is about 1.
    """
    if task == "multiply":
        rng = np.random.default_rng([SEED, run])
        inputs = rng.standard_normal((len(digits().images), 8))
        targets = (inputs[:, :4] * inputs[:, 4:]).sum(axis=1, keepdims=True) / 2
    else:
        images, labels = _shuffled(run)
        mean, size = _scale(images)
        images = (images - mean) / size
        inputs, targets = (images, labels) if task == "read" else np.hsplit(images, 2)
    ends = [LEARN, LEARN + VALIDATE]
    return list(zip(np.split(inputs, ends), np.split(targets, ends), strict=True))


def _shuffled(run: int) -> tuple[np.ndarray, np.ndarray]:
    images, labels = digits()
    order = np.random.default_rng([SEED, run]).permutation(len(images))
    return images[order], labels[order]


def _scale(images: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the mean of the images that are learned from, and how far they stray from it."""
    mean = images[:LEARN].mean(axis=0)
    return mean, float(np.sqrt(np.mean((images[:LEARN] - mean) ** 2)))


def _loss(task: str) -> Loss:
    return CrossEntropy() if task == "read" else SquaredError()


def ink(pixels: np.ndarray, run: int) -> np.ndarray:
    """Return centred and scaled pixels of a run's digits as ink again, from 0 to 1."""
    mean, size = _scale(_shuffled(run)[0])
    return pixels * size + mean


def trained(
    task: str, contender: str, step: float, run: int, decay: float = 0.0
) -> tuple[Network, History]:
    """Train one contender, and go back to where it was best on the examples for choosing.

    Raises
    ------
    DivergenceError
        If the loss becomes infinite.
    """
    learned, chosen, _ = material(task, run)
    network = fresh_network(task, contender, np.random.default_rng([SEED, run, 1]))
    history = train(
        network,
        *learned,
        _loss(task),
        Adam(step, weight_decay=decay),
        epochs=EPOCHS,
        batch=BATCH,
        seed=run,
        validation=chosen,
        probe=50,
        stop=EarlyStop(PATIENCE),
        progress=False,
    )
    return network, history


def contest(configuration: Configuration, _: np.random.Generator) -> dict[str, float]:
    """Train one contender with one step. All chance comes from the run, the same for everybody.

    Returns
    -------
    dict
        ``"choice"``, ``"error"`` and ``"learned"``: the loss on the examples for choosing, on
        those for the report, and on those it learned from. For `read` it is the cross-entropy,
        else the mean squared error as a share of the targets' mean square. ``"right"``: for
        `read`, the share of digits read rightly; else NaN. If the run diverges, losses are
        infinite.
    """
    task, run = configuration["task"], configuration["run"]
    learned, _, reported = material(task, run)
    loss, reads = _loss(task), task == "read"
    unit = 1.0 if reads else loss(0 * learned[1], learned[1])
    try:
        network, history = trained(**{"decay": 0.0} | configuration)
    except DivergenceError:
        return {"choice": math.inf, "error": math.inf, "learned": math.inf, "right": 0.0}
    outputs = network(reported[0])
    return {
        "choice": round(float(history["validation_loss"].min()) / unit, 6),
        "error": round(loss(outputs, reported[1]) / unit, 6),
        "learned": round(loss(network(learned[0]), learned[1]) / unit, 6),
        "right": round(loss.accuracy(outputs, reported[1]), 4) if reads else math.nan,
    }


def own_step(results: SweepResults, task: str, contender: str) -> float:
    """Return the step of the least median loss, on examples and runs that are for choosing only."""
    medians = [
        np.median(
            [
                cell.result["choice"]
                for cell in results.select(task=task, contender=contender, step=step)
                if cell.configuration["run"] in CHOOSING
            ]
        )
        for step in STEPS
    ]
    return STEPS[int(np.argmin(medians))]


def reported(results: SweepResults, what: str, task: str, contender: str) -> np.ndarray:
    """Return one quantity of the runs that are reported on, in their order."""
    cells = results.select(task=task, contender=contender)
    return np.array([c.result[what] for c in cells if c.configuration["run"] in REPORTED])


def tuned(without: SweepResults, decayed: SweepResults, contender: str) -> np.ndarray:
    """Return the errors of completing digits where each run has the decay that it chose.

    It chooses by the loss on the examples for choosing, none at all included.

    Parameters
    ----------
    without, decayed : SweepResults
        Of the contest, and of the sweep with weight decay.
    contender : str
        Whose errors.

    Returns
    -------
    ndarray of shape (2, runs)
        The errors, and the decays that were chosen.
    """
    tables = [without, *(decayed.select(decay=decay) for decay in DECAYS)]
    choices, errors = (
        np.array([reported(table, what, "complete", contender) for table in tables])
        for what in ("choice", "error")
    )
    best = choices.argmin(axis=0)
    return np.array([errors[best, np.arange(len(best))], np.array([0.0, *DECAYS])[best]])


def _cells(*tasks: str) -> tuple[Configuration, ...]:
    return (
        *grid(task=tasks, contender=CONTENDERS, step=STEPS, run=CHOOSING),
        *(
            {"task": task, "contender": contender, "step": step, "run": run}
            for task in tasks
            for contender, step in CHOSEN[task].items()
            for run in REPORTED
        ),
    )


def _decaying() -> tuple[Configuration, ...]:
    contenders = [name for pair in PAIRS.items() if "linear" not in pair for name in pair[::-1]]
    return tuple(
        {
            "task": "complete",
            "contender": contender,
            "step": CHOSEN["complete"][contender],
            "decay": decay,
            "run": run,
        }
        for contender in contenders
        for decay in DECAYS
        for run in REPORTED
    )


STORED = (
    StoredSweep(
        Sweep("multiply-two-roads", contest, _cells("read", "complete"), seed=SEED),
        "book/5-gated-activations/multiply-two-roads.jsonl",
    ),
    StoredSweep(
        Sweep("multiply-two-roads-control", contest, _cells("multiply"), seed=SEED),
        "book/5-gated-activations/multiply-two-roads-control.jsonl",
    ),
    StoredSweep(
        Sweep("multiply-two-roads-decay", contest, _decaying(), seed=SEED),
        "book/5-gated-activations/multiply-two-roads-decay.jsonl",
    ),
)
