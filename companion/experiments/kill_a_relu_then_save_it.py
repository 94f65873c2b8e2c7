"""Kill units with steps that are too large, and try to save them: the lesson's long experiments.

A small network reads digits. `kill` trains it from a healthy start with one activation and one step
size, and counts the units that die. `save` first kills ReLU units, the same ones for all
contenders, then goes on with another activation and a sensible step, and counts who comes back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from companion.data import digits
from companion.experiments._stored import StoredSweep
from companion.network import (
    SGD,
    Activate,
    CrossEntropy,
    LearnablePReLU,
    Network,
    dense_network,
)
from companion.sweeps import Sweep, SweepResults, grid
from companion.training import DivergenceError, MedianInterval, median_interval, train

SEED = 2013
UNITS, LEARN, VALIDATE = 32, 1000, 400
#: A slope below this on every image lets hardly anything through: the unit counts as dead.
STILL = 1e-3
#: The first runs choose each contender's step size, by validation; the others are reported.
CHOOSING, REPORTED = range(8), range(8, 28)
#: The step that kills, and for how many epochs; 20 updates are an epoch.
KILLING_STEP, KILLING_EPOCHS, EPOCHS = 10.0, 2, 20

#: By name: the activation, and the longest gradient that is let through.
CONTENDERS: Mapping[str, tuple[str, float | None]] = {
    "ReLU": ("relu", None),
    "ReLU, clipped": ("relu", 0.25),
    "leaky ReLU": ("leaky_relu", None),
    "PReLU": ("prelu", None),
    "ELU": ("elu", None),
    "SELU": ("selu", None),
    "softplus": ("softplus", None),
}


def start(run: int) -> tuple[Network, tuple[np.ndarray, ...]]:
    """Return a fresh ReLU network and shuffled digits, the same for all contenders of a run.

    Returns
    -------
    Network, and tuple of ndarray
        Images (n, 64), centred, and labels (n,): the first `LEARN` are for learning, the next
        `VALIDATE` for choosing, the others for the report.
    """
    rng = np.random.default_rng([SEED, run])
    images, labels = digits()
    order = rng.permutation(len(images))
    network = dense_network([64, UNITS, 10], "relu", seed=rng, weights="he")
    return network, ((images - images.mean(axis=0))[order], labels[order])


def with_activation(network: Network, name: str) -> Network:
    """Return a copy of a network of three layers with another activation in the middle."""
    hidden, _, outputs = network.copy().layers
    is_learned = name == "prelu"
    middle = LearnablePReLU(np.full(UNITS, 0.25)) if is_learned else Activate(name)
    return Network([hidden, middle, outputs])


def dead(network: Network, images: np.ndarray) -> np.ndarray:
    """Return for each hidden unit whether its slope is below `STILL` on every image."""
    hidden, middle, _ = network.layers
    sums = hidden.forward(images)
    if isinstance(middle, LearnablePReLU):
        slopes = np.where(sums > 0, 1.0, middle.parameters["slopes"])
    else:
        slopes = middle.activation.derivative(sums)
    return np.abs(slopes).max(axis=0) < STILL


def silent(network: Network, images: np.ndarray) -> np.ndarray:
    """Return for each hidden unit whether its weighted sum is positive for no image."""
    return (network.layers[0].forward(images) <= 0).all(axis=0)


def fit(
    network: Network,
    data: tuple[np.ndarray, ...],
    step: float,
    clip: float | None,
    epochs: int,
    run: int,
) -> dict[str, object]:
    """Train in place with plain SGD; count the dead after each epoch, and read new digits.

    Returns
    -------
    dict
        ``"dead"``: how many units are dead in the end; ``"revived"``: how often one that was dead
        after an epoch was not after the next; ``"choice"`` and ``"right"``: accuracy on the
        images for choosing and on those for the report. If the run diverges, the counts are NaN
        and the accuracies 0.
    """
    images, labels = data
    seen, asked = slice(LEARN), slice(LEARN, LEARN + VALIDATE)
    loss = CrossEntropy()
    try:
        history = train(
            network,
            images[seen],
            labels[seen],
            loss,
            SGD(step, clip=clip),
            epochs=epochs,
            batch=50,
            seed=run,
            probe=50,
            measures={"still": lambda network: dead(network, images[seen])},
            progress=False,
        )
    except DivergenceError:
        return {"dead": math.nan, "revived": math.nan, "choice": 0.0, "right": 0.0}
    still = history["still"]
    outputs = network(images)
    rest = slice(LEARN + VALIDATE, None)
    return {
        "dead": int(still[-1].sum()),
        "revived": int((still[:-1] & ~still[1:]).sum()),
        "choice": round(loss.accuracy(outputs[asked], labels[asked]), 4),
        "right": round(loss.accuracy(outputs[rest], labels[rest]), 4),
    }


def kill(configuration: Mapping[str, object], _: np.random.Generator) -> dict[str, object]:
    """Train one contender from a healthy start with one step size.

    Returns
    -------
    dict
        That of `fit`, how many units were dead ``"at_start"``, and how many are ``"silent"`` in
        the end.
    """
    name, clip = CONTENDERS[configuration["contender"]]
    network, data = start(configuration["run"])
    network = with_activation(network, name)
    learned_from = data[0][:LEARN]
    at_start = int(dead(network, learned_from).sum())
    found = fit(network, data, configuration["step"], clip, EPOCHS, configuration["run"])
    is_lost = math.isnan(found["dead"])
    last = math.nan if is_lost else int(silent(network, learned_from).sum())
    return {"at_start": at_start, "silent": last} | found


def save(configuration: Mapping[str, object], _: np.random.Generator) -> dict[str, object]:
    """Kill ReLU units with too large a step; go on with one contender and another step.

    Returns
    -------
    dict
        Units ``"killed"``, and of these ``"back"``: positive again for some image in the end.
        ``"choice"`` and ``"right"`` as in `fit`; ``"right_before"`` of the killed network.
    """
    run = configuration["run"]
    name, clip = CONTENDERS[configuration["contender"]]
    network, data = start(run)
    before = fit(network, data, KILLING_STEP, None, KILLING_EPOCHS, run)
    killed = silent(network, data[0][:LEARN])
    network = with_activation(network, name)
    after = fit(network, data, configuration["step"], clip, EPOCHS, SEED + run)
    is_lost = math.isnan(after["dead"])
    back = killed & ~silent(network, data[0][:LEARN])
    return {
        "killed": int(killed.sum()),
        "back": math.nan if is_lost else int(back.sum()),
        "right_before": before["right"],
        "choice": after["choice"],
        "right": after["right"],
    }


def reported(results: SweepResults, what: str, **chosen: object) -> np.ndarray:
    """Return one quantity of the runs that are reported on, and not of those that chose."""
    return results.values(what, **chosen)[len(CHOOSING) :].astype(float)


def own_step(results: SweepResults, contender: str) -> float:
    """Return the step of the best median, on images and runs that are there for choosing only."""
    own = results.select(contender=contender)
    steps = own.axis("step")
    choices = [own.values("choice", step=step) for step in steps]
    return steps[int(np.argmax([np.median(scores[: len(CHOOSING)]) for scores in choices]))]


def summary(values: np.ndarray) -> MedianInterval | None:
    """Return the median of the runs that came to an end; None if hardly any did."""
    kept = values[np.isfinite(values)]
    return median_interval(kept, resamples=999) if len(kept) > 1 else None


RUNS = [*CHOOSING, *REPORTED]
KILL = Sweep(
    "kill-a-relu",
    kill,
    grid(contender=CONTENDERS, step=[0.5, 1.0, 2.0, 4.0, 7.0, 10.0], run=RUNS),
    seed=SEED,
)
SAVE = Sweep(
    "save-a-relu",
    save,
    grid(contender=CONTENDERS, step=[0.03, 0.1, 0.3, 1.0, 3.0], run=RUNS),
    seed=SEED,
)

STORED = (
    StoredSweep(KILL, "book/4-relu-family/kill-a-relu-then-save-it.jsonl"),
    StoredSweep(SAVE, "book/4-relu-family/kill-a-relu-then-save-it-saved.jsonl"),
)
