"""Biases that start at the prior, that are fine-tuned alone, and that come from the input.

Three sweeps. Contenders of one seed share their data and first weights. The step sizes were chosen
for each contender on seeds from `CHOOSING` on, which the comparison does not use.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from companion.data import digits
from companion.experiments._stored import StoredSweep
from companion.network import (
    SGD,
    Activate,
    Adam,
    BinaryCrossEntropy,
    BinaryFocal,
    CrossEntropy,
    Dense,
    Network,
    dense_network,
)
from companion.sweeps import Configuration, Sweep, grid
from companion.training import train

#: The share of eights among the rare digits.
SHARE = 0.05
#: Seeds of the comparison, and the first of those on which step sizes were chosen.
SEEDS, CHOOSING = range(20), 100
#: At which steps `first_steps` looks at the network.
LOOKS = (0, 5, 10, 20, 40, 60, 100, 150, 200)
LOSSES = {
    "logistic": BinaryCrossEntropy(),
    "softmax": CrossEntropy(),
    "focal": BinaryFocal(gamma=2.0, alpha=0.25),
}


class Rare(NamedTuple):
    """Digits of which few are eights, to learn from and to be tested on.

    Attributes
    ----------
    images, labels : ndarray of shape (1000, 64) and (1000,)
        50 eights (label 1) and 950 others (label 0).
    test_images, test_labels : ndarray of shape (700, 64) and (700,)
        35 eights and 665 others.
    """

    images: np.ndarray
    labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def rare_digits(rng: np.random.Generator) -> Rare:
    """Draw handwritten digits of which exactly 5 % are eights, all different.

    Parameters
    ----------
    rng : numpy.random.Generator
        Decides which.

    Returns
    -------
    Rare

    Examples
    --------
    >>> rare = rare_digits(np.random.default_rng(0))
    >>> rare.labels.sum().item(), rare.test_labels.sum().item()
    (50, 35)
    """
    images, digit = digits()
    eights = rng.permutation(np.flatnonzero(digit == 8))
    others = rng.permutation(np.flatnonzero(digit != 8))
    learn = np.r_[eights[:50], others[:950]]
    test = np.r_[eights[50:85], others[950:1615]]
    label = (digit == 8).astype(int)
    return Rare(images[learn], label[learn], images[test], label[test])


def rare_network(start: str, outputs: int, rng: np.random.Generator, size: float = 0.01) -> Network:
    """Return an untrained network for rare digits.

    Parameters
    ----------
    start : {"zero", "prior"}
        Where the output biases begin: at 0, or so that the prediction is the share of eights.
    outputs : int
        1 for a logistic output, 2 for softmax.
    rng : numpy.random.Generator
        Where the weights come from.
    size : float
        The spread of the output weights. Lin and others (2017) take 0.01.

    Returns
    -------
    Network
        64 inputs, 32 ReLUs, `outputs` weighted sums.

    Examples
    --------
    >>> from companion.activations import logistic
    >>> network = rare_network("prior", 1, np.random.default_rng(0), size=0.0)
    >>> float(logistic(network(np.ones((1, 64))))[0, 0].round(6))
    0.05
    """
    odds = np.log(SHARE / (1 - SHARE))
    at_prior = odds if outputs == 1 else np.log([1 - SHARE, SHARE])
    hidden = Dense.random(64, 32, rng, "he")
    last = Dense(
        rng.normal(0.0, size, (outputs, 32)) if size else np.zeros((outputs, 32)),
        np.broadcast_to(at_prior if start == "prior" else 0.0, (outputs,)),
    )
    return Network([hidden, Activate("relu"), last])


def average_precision(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return how well scores rank the positives before the negatives: 1 is perfect.

    For each positive, take the share of positives among all that score at least as high; the mean
    of these shares is the average precision. A constant added to all scores changes nothing.
    Without knowledge it is about the share of positives.

    Parameters
    ----------
    scores : ndarray of shape (n,)
        Larger for what looks more like a positive.
    labels : ndarray of shape (n,)
        1 for positives, 0 for negatives.

    Returns
    -------
    float

    Examples
    --------
    >>> round(average_precision(np.array([3.0, 2.0, 1.0]), np.array([1, 0, 1])), 3)
    0.833
    """
    positive = labels == 1
    sought = scores[positive]
    # How many score at least as high; equal scores count as a group, in whatever order they come.
    positives = np.sum(sought[:, np.newaxis] <= sought, axis=1)
    everything = np.sum(sought[:, np.newaxis] <= scores, axis=1)
    return float(np.mean(positives / everything))


def first_steps(configuration: Configuration, rng: np.random.Generator) -> dict[str, Any]:
    """Train a network on rare digits for 200 steps of Adam, and look at it now and then.

    Parameters
    ----------
    configuration : dict
        "loss" ("logistic", "softmax" or "focal"), "start" ("zero" or "prior"), "step", "seed".
    rng : numpy.random.Generator
        Not used: contenders of one seed are to share their data.

    Returns
    -------
    dict
        "loss" and "precision" on the test digits, one number each for every step in `LOOKS`.
    """
    rng = np.random.default_rng((5, configuration["seed"]))
    data = rare_digits(rng)
    outputs = 2 if configuration["loss"] == "softmax" else 1
    network = rare_network(configuration["start"], outputs, rng)

    def precision(network: Network) -> float:
        sums = network(data.test_images)
        scores = sums[:, 1] - sums[:, 0] if outputs == 2 else sums[:, 0]
        return average_precision(scores, data.test_labels)

    history = train(
        network,
        data.images,
        data.labels,
        LOSSES[configuration["loss"]],
        Adam(configuration["step"]),
        epochs=10,
        batch=50,
        seed=rng,
        validation=data[2:],
        record_every=5,
        measures={"precision": precision},
        progress=False,
    )
    kept = np.isin(history["step"], LOOKS)
    return {
        "loss": history["validation_loss"][kept].round(4).tolist(),
        "precision": history["precision"][kept].round(3).tolist(),
    }


#: Rows and columns of a cross, drawn over every image of the task "cross".
CROSS = np.zeros((8, 8))
CROSS[:, 3] = CROSS[3] = 1.0


def shifted(images: np.ndarray, task: str) -> np.ndarray:
    """Return digits as a new place shows them.

    Parameters
    ----------
    images : ndarray of shape (n, 64)
        Ink from 0 to 1.
    task : {"added", "cross", "moved", "negative"}
        A cross added to each image; a cross drawn over it, ink at most 1; the digit one pixel
        further right; ink and paper exchanged.

    Returns
    -------
    ndarray of shape (n, 64)

    Examples
    --------
    >>> shifted(np.zeros((1, 64)), "negative").min().item()
    1.0
    """
    if task == "added":
        return images + CROSS.ravel()
    if task == "cross":
        return np.minimum(images + CROSS.ravel(), 1.0)
    if task == "moved":
        moved = np.zeros((len(images), 8, 8))
        moved[:, :, 1:] = images.reshape(-1, 8, 8)[:, :, :-1]
        return moved.reshape(-1, 64)
    if task == "negative":
        return 1.0 - images
    raise ValueError(f"task must be 'added', 'cross', 'moved' or 'negative', got {task!r}")


class Trained(NamedTuple):
    """A network that reads digits, and digits that it has not seen.

    Attributes
    ----------
    network : Network
        64–96–96–10, with ReLUs. Copy it before you train it.
    images, labels : ndarray of shape (897, 64) and (897,)
        The digits it has not seen. The first 400 are there to adapt, the others to test.
    """

    network: Network
    images: np.ndarray
    labels: np.ndarray


@cache
def trained_network(seed: int) -> Trained:
    """Train a network on 900 digits as they are, the same one at every call.

    Parameters
    ----------
    seed : int
        Decides which digits, first weights and their order.

    Returns
    -------
    Trained

    Examples
    --------
    >>> network, images, labels = trained_network(0)
    >>> network.count(), bool(CrossEntropy().accuracy(network(images), labels) > 0.9)
    (16522, True)
    """
    rng = np.random.default_rng((6, seed))
    images, labels = digits()
    order = rng.permutation(len(images))
    images, labels = images[order], labels[order]
    network = dense_network([64, 96, 96, 10], "relu", seed=rng)
    optimiser = Adam(0.003)
    train(
        network,
        images[:900],
        labels[:900],
        CrossEntropy(),
        optimiser,
        epochs=20,
        batch=50,
        seed=rng,
        progress=False,
    )
    return Trained(network, images[900:], labels[900:])


def fine_tune(configuration: Configuration, rng: np.random.Generator) -> dict[str, Any]:
    """Adapt a trained network to shifted digits by 200 steps of Adam on a few examples.

    Parameters
    ----------
    configuration : dict
        "task" (as for `shifted`), "trains" ("biases", "last layer" or "everything"), "examples",
        "step", "seed".
    rng : numpy.random.Generator
        Not used: contenders of one seed are to share their data.

    Returns
    -------
    dict
        The accuracy on shifted test digits "before" and "after".
    """
    seed, count = configuration["seed"], configuration["examples"]
    network, images, labels = trained_network(seed)
    network, images = network.copy(), shifted(images, configuration["task"])
    loss = CrossEntropy()
    before = loss.accuracy(network(images[400:]), labels[400:])
    if configuration["trains"] == "biases":
        network.train_only("biases")
    elif configuration["trains"] == "last layer":
        for layer in network.layers[:-1]:
            layer.frozen = set(layer.parameters)
    train(
        network,
        images[:count],
        labels[:count],
        loss,
        Adam(configuration["step"]),
        epochs=4000 // count,
        batch=20,
        seed=np.random.default_rng((7, seed)),
        missing_classes=True,
        progress=False,
    )
    after = loss.accuracy(network(images[400:]), labels[400:])
    return {"before": round(before, 4), "after": round(after, 4)}


class Dawn(NamedTuple):
    """How loud it was at some hour, and whether a bird sang.

    Attributes
    ----------
    hour, loudness, song : ndarray of shape (n, 1)
        The hour is uniform from 0 to 24, `song` is 1 with the chance `song_share` of that hour,
        and the loudness is normal with standard deviation 1 and mean 1 with song, −1 without.
    """

    hour: np.ndarray
    loudness: np.ndarray
    song: np.ndarray


def song_share(hour: np.ndarray) -> np.ndarray:
    """Return the share of songs at an hour of the day: 2 % by night, 60 % at six.

    Examples
    --------
    >>> song_share(np.array([0.0, 6.0, 18.0])).round(2)
    array([0.03, 0.6 , 0.02])
    """
    return 0.02 + 0.58 * np.exp(-(((hour - 6) / 3) ** 2))


def dawn_chorus(count: int, rng: np.random.Generator) -> Dawn:
    """Draw so many moments of a day, made up for this course.

    Examples
    --------
    >>> day = dawn_chorus(5, np.random.default_rng(0))
    >>> day.loudness.shape
    (5, 1)
    """
    hour = rng.uniform(0, 24, (count, 1))
    song = (rng.random((count, 1)) < song_share(hour)).astype(float)
    return Dawn(hour, rng.normal(2 * song - 1, 1.0), song)


def bias_from_hour(configuration: Configuration, rng: np.random.Generator) -> dict[str, Any]:
    """Fit one neuron that hears a song, with a bias that is a number or made from the hour.

    Parameters
    ----------
    configuration : dict
        "bias" ("number", "line" or "network") and "seed".
    rng : numpy.random.Generator
        Not used: contenders of one seed are to share their data.

    Returns
    -------
    dict
        "weight" of the loudness; "excess", the test loss above that of the true probabilities;
        "bias" at each hour from 0 to 24.
    """
    rng = np.random.default_rng((8, configuration["seed"]))
    day, test = dawn_chorus(3000, rng), dawn_chorus(20000, rng)
    sizes = [1, 16, 1] if configuration["bias"] == "network" else [1, 1]
    maker = dense_network(sizes, "tanh", seed=rng)
    if configuration["bias"] == "number":
        maker.train_only("biases")
        maker.layers[0].parameters["weights"][...] = 0.0
    weight, loss = Network([Dense([[0.0]])]), BinaryCrossEntropy()
    weight.train_only("weights")  # its bias is what the maker makes
    maker_optimiser, weight_optimiser = Adam(0.03), SGD(0.5)
    for _ in range(500):
        sums = weight(day.loudness) + maker(scaled(day.hour))
        _, gradient = loss.value_and_gradient(sums, day.song)
        weight.backward(gradient)
        maker.backward(gradient)
        weight_optimiser.update(weight)
        maker_optimiser.update(maker)
    said = weight(test.loudness) + maker(scaled(test.hour))
    share = song_share(test.hour)
    truth = 2 * test.loudness + np.log(share / (1 - share))
    hours = np.arange(25.0)[:, np.newaxis]
    return {
        "weight": round(float(weight.layers[0].parameters["weights"][0, 0]), 3),
        "excess": round(loss(said, test.song) - loss(truth, test.song), 5),
        "bias": maker(scaled(hours))[:, 0].round(2).tolist(),
    }


def scaled(hour: np.ndarray) -> np.ndarray:
    """Return hours from 0 to 24 as numbers from −2 to 2, which suit a network.

    Examples
    --------
    >>> scaled(np.array([0.0, 24.0]))
    array([-2.,  2.])
    """
    return hour / 6 - 2


def strips(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw strips of 8 × 24 pixels, each with a digit somewhere.

    Parameters
    ----------
    count : int
        How many.
    rng : numpy.random.Generator
        Decides which digits, and where they are.

    Returns
    -------
    images : ndarray of shape (count, 192)
        The strips, read line by line.
    centres : ndarray of shape (count,)
        Where the middle of the digit's 8 × 8 pixels is, from 4 to 20, in pixels from the left.

    Examples
    --------
    >>> images, centres = strips(3, np.random.default_rng(0))
    >>> images.shape, bool(centres.min() >= 4 and centres.max() <= 20)
    ((3, 192), True)
    """
    shown = digits().images[rng.permutation(1797)[:count]].reshape(-1, 8, 8)
    left = rng.integers(0, 17, count)
    found = np.zeros((count, 8, 24))
    for strip, digit, column in zip(found, shown, left, strict=True):
        strip[:, column : column + 8] = digit
    return found.reshape(count, -1), left + 4.0


#: The step size of each contender: of `_STEPS`, the best on the seeds from `CHOOSING` on.
BEST_STARTS = {
    ("logistic", "zero"): 0.1,
    ("logistic", "prior"): 0.03,
    ("softmax", "zero"): 0.1,
    ("softmax", "prior"): 0.03,
    ("focal", "zero"): 0.03,
    ("focal", "prior"): 0.03,
}
BEST_TUNINGS = {
    ("cross", "biases", 20): 0.01,
    ("cross", "biases", 100): 0.03,
    ("cross", "last layer", 20): 0.001,
    ("cross", "last layer", 100): 0.001,
    ("cross", "everything", 20): 0.001,
    ("cross", "everything", 100): 0.003,
    ("moved", "biases", 20): 0.1,
    ("moved", "biases", 100): 0.3,
    ("moved", "last layer", 20): 0.03,
    ("moved", "last layer", 100): 0.03,
    ("moved", "everything", 20): 0.01,
    ("moved", "everything", 100): 0.01,
    ("negative", "biases", 20): 1.0,
    ("negative", "biases", 100): 0.3,
    ("negative", "last layer", 20): 0.3,
    ("negative", "last layer", 100): 1.0,
    ("negative", "everything", 20): 0.01,
    ("negative", "everything", 100): 0.01,
}

_STEPS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0]
_CHOOSE = range(CHOOSING, CHOOSING + 5)


def _choose_then_compare(
    names: tuple[str, ...], best: dict[tuple, float]
) -> tuple[Configuration, ...]:
    """Return every contender with every step on the seeds for choosing, and its best on others."""
    contenders = [dict(zip(names, values, strict=True)) for values in best]
    chosen = [
        contender | cell for contender in contenders for cell in grid(step=_STEPS, seed=_CHOOSE)
    ]
    compared = [
        contender | {"step": step, "seed": seed}
        for contender, step in zip(contenders, best.values(), strict=True)
        for seed in SEEDS
    ]
    return (*chosen, *compared)


_BOOK = "book/3-sigmoid-family/start-the-bias-at-the-prior"

STORED = (
    StoredSweep(
        Sweep(
            "start-the-bias-at-the-prior",
            first_steps,
            _choose_then_compare(("loss", "start"), BEST_STARTS),
            seed=5,
        ),
        f"{_BOOK}.jsonl",
    ),
    StoredSweep(
        Sweep(
            "fine-tune-the-biases",
            fine_tune,
            _choose_then_compare(("task", "trains", "examples"), BEST_TUNINGS),
            seed=6,
        ),
        f"{_BOOK}-fine-tuning.jsonl",
    ),
    StoredSweep(
        Sweep(
            "make-the-bias-from-the-hour",
            bias_from_hour,
            grid(bias=["number", "line", "network"], seed=SEEDS),
            seed=7,
        ),
        f"{_BOOK}-hours.jsonl",
    ),
)
