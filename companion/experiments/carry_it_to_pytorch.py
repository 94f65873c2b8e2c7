"""Patches of photographs in the place of CIFAR-10, and what a hidden layer adds."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from companion.data import LabelledImages, digits, photograph
from companion.experiments._stored import StoredSweep
from companion.network import SGD, CrossEntropy, Network, dense_network
from companion.sweeps import Configuration, Sweep, SweepResults, grid
from companion.training import train

#: What is asked of an image, as the number of answers.
TASKS = {"which digit": 10, "odd or even": 2}
#: Hidden units; 0 is the network that goes straight from the pixels to its answers.
HIDDEN = (0, 32)
STEPS = (0.03, 0.1, 0.3, 1.0, 3.0)
#: The runs that only choose each network's step, and those that are reported.
CHOOSING, REPORTED = range(5), range(5, 25)
LEARN, EPOCHS, BATCH = 1000, 60, 50


#: What the patches show, by their labels.
PHOTOGRAPHS = ("temple", "flower")


def patches(count: int = 10_000, seed: int = 10) -> LabelledImages:
    """Cut patches of 32 × 32 pixels from two photographs at half their size, at random places."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(PHOTOGRAPHS), count)
    images = np.empty((count, 3, 32, 32), np.uint8)
    for label, name in enumerate(PHOTOGRAPHS):
        pixels = np.round(255 * photograph(name).pixels[::2, ::2]).astype(np.uint8)
        windows = sliding_window_view(pixels, (32, 32), (0, 1))
        here = np.flatnonzero(labels == label)
        rows, columns = (rng.integers(0, size, here.size) for size in windows.shape[:2])
        images[here] = windows[rows, columns]
    return LabelledImages(images, labels)


def data(task: str, run: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all images in an order of this run, and the right answers to a task."""
    images, labels = digits()
    order = np.random.default_rng([13, run]).permutation(len(images))
    answers = labels % 2 if task == "odd or even" else labels
    return images[order], answers[order]


def start(task: str, hidden: int, run: int) -> Network:
    """Return an untrained network, with ReLU if it has a hidden layer."""
    layers = [64, *([hidden] if hidden else []), TASKS[task]]
    return dense_network(layers, "relu", seed=run)


def read_digits(configuration: Configuration, rng: np.random.Generator | None = None) -> dict:
    """Return the shares of digits that a trained network reads; `rng` is not used."""
    task, hidden, run = (configuration[name] for name in ("task", "hidden", "run"))
    network, (images, answers) = start(task, hidden, run), data(task, run)
    rule = {"epochs": EPOCHS, "batch": BATCH, "seed": run, "record_every": EPOCHS}
    learn, step = slice(LEARN), SGD(configuration["step"])
    train(network, images[learn], answers[learn], CrossEntropy(), step, **rule)
    right = network(images).argmax(axis=1) == answers
    seen, new = (round(float(part.mean()), 6) for part in (right[learn], right[LEARN:]))
    return {"seen": seen, "new": new}


def own_step(results: SweepResults, task: str, hidden: int) -> float:
    """Return the step with which a network read most new digits in the runs that only choose."""
    return max(STEPS, key=lambda step: np.median(scores(results, task, hidden, step, CHOOSING)))


def scores(
    results: SweepResults,
    task: str,
    hidden: int,
    step: float,
    runs: range = REPORTED,
    of: str = "new",
) -> np.ndarray:
    """Return the shares of images answered rightly, one a run."""
    cells = results.select(task=task, hidden=hidden, step=step)
    by_run = {cell.configuration["run"]: cell.result[of] for cell in cells}
    return np.array([by_run[run] for run in runs])


STORED = (
    StoredSweep(
        Sweep(
            "no-hidden-layer",
            read_digits,
            grid(task=TASKS, hidden=HIDDEN, step=STEPS, run=[*CHOOSING, *REPORTED]),
        ),
        "book/5-gated-activations/carry-it-to-pytorch.jsonl",
    ),
)
