"""Take weights, bits and active units from networks that read digits, until they cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from companion.data import digits
from companion.experiments._stored import StoredSweep
from companion.network import (
    SGD,
    Adam,
    CrossEntropy,
    Dense,
    KWinners,
    Network,
    SquaredError,
    dense_network,
    prune,
    quantise,
)
from companion.sweeps import Configuration, Sweep, grid
from companion.training import median_interval, train

KEEPS = (1.0, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01)
BITS = (8, 6, 5, 4, 3, 2)
WINNERS = (1, 2, 4, 8, 16, 32, 64)
RUNS = range(20)


def digit_parts() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the images and labels to learn from, and the unseen ones."""
    images, labels = digits()
    return (images[:1200], labels[:1200]), (images[1200:], labels[1200:])


def learn(
    network: Network,
    seed: int,
    after_step: Callable | None = None,
    *,
    epochs: int = 20,
    l1: float = 0.0,
) -> Network:
    """Train a reader of digits in place; `after_step` puts back to 0 what is to stay there.

    The step did best, or as well as any, on seeds and images that the sweep does not use.
    """
    seen, _ = digit_parts()
    optimiser = SGD(0.05, momentum=0.9, l1=l1)
    train(
        network,
        *seen,
        CrossEntropy(),
        optimiser,
        epochs=epochs,
        batch=40,
        seed=seed,
        record_every=10**6,
        after_step=after_step,
    )
    return network


def bands(values: Iterable[np.ndarray]) -> np.ndarray:
    """Return median, low and high end of the 95 % interval, for each set of runs in a row."""
    return np.array([median_interval(runs, resamples=2000)[:3] for runs in values])


def share_right(network: Network) -> float:
    """Return the share of unseen digits that a network reads right."""
    _, (images, labels) = digit_parts()
    return round(float(np.mean(network(images).argmax(axis=1) == labels)), 4)


def keep_random(network: Network, keep: float, rng: np.random.Generator) -> Callable[..., None]:
    """Prune as `prune` does, but let chance and not size decide which weights stay."""
    weights = [v for (_, name), v in network.parameters().items() if name == "weights"]
    total = sum(value.size for value in weights)
    stays = rng.permutation(total) < round(keep * total)
    ends = np.cumsum([value.size for value in weights])
    masks = [part.reshape(v.shape) for part, v in zip(np.split(stays, ends), weights, strict=False)]

    def keep_pruned(network: Network, step: int = 0) -> None:
        dense = [layer for layer in network.layers if "weights" in layer.parameters]
        for layer, mask in zip(dense, masks, strict=True):
            layer.parameters["weights"][~mask] = 0.0

    keep_pruned(network)
    return keep_pruned


def pruned_reader(configuration: Configuration, rng: np.random.Generator) -> dict:
    """Prune a trained reader in several ways, each followed by 20 epochs, and quantise one.

    Everything random comes from the configuration's own run, so that all shares prune the same
    networks; only the random choice of weights uses `rng`.
    """
    keep, run = configuration["keep"], configuration["run"]
    start = dense_network([64, 64, 64, 10], "relu", seed=run)
    dense = start.copy()
    learn(dense, run)
    result = {"dense": share_right(dense)}

    network = dense.copy()
    keep_pruned = prune(network, keep)
    result["cut"] = share_right(network)
    learn(network, run, keep_pruned)
    result["tuned"] = share_right(network)
    result["quantised"] = []
    for bits in BITS:
        small = network.copy()
        quantise(small, bits)
        result["quantised"].append(share_right(small))

    network = dense.copy()
    for part in range(1, 5):
        learn(network, run, prune(network, keep ** (part / 4)), epochs=5)
    result["gradual"] = share_right(network)

    network = dense.copy()
    learn(network, run, keep_random(network, keep, rng))
    result["random"] = share_right(network)
    return result


def winners_code(configuration: Configuration, rng: np.random.Generator) -> dict:
    """Describe digits by the k strongest of 64 units, and ask what the description still holds.

    `error` is the squared error of the pictures drawn from it, as a share of the pixels' variance;
    `read` is the share of digits that a linear map reads from it. Both are of unseen images.
    """
    winners, run = configuration["winners"], configuration["run"]
    (images, labels), (unseen, answers) = digit_parts()
    mean = images.mean(axis=0)
    generator = np.random.default_rng(run)
    encoder = Dense.random(64, 64, generator, "lecun")
    network = Network([encoder, KWinners(winners), Dense.random(64, 64, generator, "lecun")])
    seen = images - mean
    train(
        network,
        seen,
        seen,
        SquaredError(),
        Adam(0.003),
        epochs=30,
        batch=40,
        seed=run,
        record_every=10**6,
    )
    off = network(unseen - mean) - (unseen - mean)
    coded, code = (
        np.column_stack([network.signals(x - mean)[1], np.ones(len(x))]) for x in (images, unseen)
    )
    readout = np.linalg.lstsq(coded, np.eye(10)[labels], rcond=1e-6)[0]
    return {
        "error": round(float(np.sum(off**2) / np.sum((unseen - mean) ** 2)), 4),
        "read": round(float(np.mean((code @ readout).argmax(axis=1) == answers)), 4),
        "used": int(np.any(coded[:, :-1] != 0, axis=0).sum()),
    }


STORED = (
    StoredSweep(
        Sweep("pruned-readers", pruned_reader, grid(keep=KEEPS, run=RUNS), seed=4),
        "book/4-relu-family/measure-sparsity.jsonl",
    ),
    StoredSweep(
        Sweep("winners-codes", winners_code, grid(winners=WINNERS, run=RUNS), seed=4),
        "book/4-relu-family/measure-sparsity-winners.jsonl",
    ),
)
