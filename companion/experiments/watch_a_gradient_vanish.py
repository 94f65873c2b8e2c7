"""Does a deep network learn? Activation, start and depth, each with the step that suits it best.

`on_digits` measures gradients at the start and accuracy after a short training. `on_circles` is a
popular demonstration of tanh against ReLU, with its two starts in all combinations.
"""

from __future__ import annotations

import numpy as np

from companion.data import digits
from companion.experiments._stored import StoredSweep
from companion.network import (
    SGD,
    Activate,
    BinaryCrossEntropy,
    Constant,
    CrossEntropy,
    Dense,
    Network,
    dense_network,
)
from companion.sweeps import Configuration, Sweep, grid
from companion.training import DivergenceError, train

WIDTH = 32
#: With momentum 0.9, whose long-run effect is that of steps ten times as large.
STEPS = (0.003, 0.01, 0.03, 0.1, 0.3)
_STARTS = {"small": Constant(gain=0.01), "large": Constant(gain=1.0)}


def logistic_twin(network: Network) -> Network:
    """Rewrite a tanh network with logistic activations so that it computes the same.

    Since tanh(z) = 2σ(2z) − 1, a hidden layer's weights become 4 times as large, and its biases
    take back that σ's outputs are centred at ½.

    Parameters
    ----------
    network : Network
        Dense layers with tanh between them, as `dense_network` makes them.

    Returns
    -------
    Network

    Examples
    --------
    >>> told = dense_network([3, 5, 5, 2], "tanh", seed=0)
    >>> inputs = np.eye(3)
    >>> np.allclose(logistic_twin(told)(inputs), told(inputs))
    True
    """
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    layers = []
    for number, layer in enumerate(dense):
        weights, biases = layer.parameters["weights"], layer.parameters["biases"]
        if number > 0:  # reads 2s − 1, with s from the logistic function
            weights, biases = 2 * weights, biases - weights.sum(axis=1)
        is_last = number == len(dense) - 1
        layers += [Dense(weights, biases)] if is_last else [Dense(2 * weights, 2 * biases)]
        layers += [] if is_last else [Activate("logistic")]
    return Network(layers, network.dtype)


def fresh_network(
    activation: str, start: str, depth: int, seed: int | np.random.Generator
) -> Network:
    """Return an untrained network for images of digits.

    Parameters
    ----------
    activation : str
        Of all hidden layers.
    start : {"xavier", "he", "small", "large", "twin"}
        How the weights are drawn: by a rule, with a standard deviation of 0.01 or 1, or, for the
        logistic function only, as the twin of a tanh network that starts by Xavier's rule.
    depth : int
        How many hidden layers, of 32 units each.
    seed : int or numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    Network
    """
    sizes = [64, *[WIDTH] * depth, 10]
    if start == "twin":
        return logistic_twin(dense_network(sizes, "tanh", seed=seed, weights="xavier"))
    return dense_network(sizes, activation, seed=seed, weights=_STARTS.get(start, start))


def centred_digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the digits' images, each pixel with mean 0 and all with mean square 1, and labels."""
    images, labels = digits()
    images -= images.mean(axis=0)
    return images / images.std(), labels


def shares_left(network: Network, inputs: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Send a gradient down the hidden layers, and measure what each of them leaves of it.

    Parameters
    ----------
    network : Network
        Hidden layers, each followed by its activation, and a last layer that is passed over.
    inputs : ndarray of shape (n, inputs)
        One example a row.
    gradient : ndarray of shape (units,)
        With respect to the outputs of the last hidden layer, the same for every example.

    Returns
    -------
    ndarray of shape (hidden layers,)
        The length of the gradient, over all examples, once it has passed the last hidden layer,
        the one before, and so on down to the inputs; 1 would be the length that it had.

    Examples
    --------
    >>> network = Network([Dense(4 * np.eye(2)), Activate("logistic"), Dense(np.eye(2))])
    >>> shares_left(network, np.zeros((1, 2)), np.ones(2))  # 4 times the slope of ¼
    array([1.])
    """
    network(inputs)
    passed = np.tile(gradient, (len(inputs), 1))
    whole, shares = np.linalg.norm(passed), []
    for layer in reversed(network.layers[:-1]):
        passed = layer.backward(passed)
        if isinstance(layer, Dense):
            shares.append(np.linalg.norm(passed) / whole)
    return np.array(shares)


def share_bounds(network: Network, steepest: float = 0.25) -> np.ndarray:
    """Return what `shares_left` cannot exceed: `steepest` times ‖W‖ for each layer passed.

    Parameters
    ----------
    network : Network
        As for `shares_left`.
    steepest : float
        The largest slope of the activation.

    Returns
    -------
    ndarray of shape (hidden layers,)
    """
    dense = [layer for layer in network.layers[:-1] if isinstance(layer, Dense)]
    stretches = [np.linalg.norm(layer.parameters["weights"], 2) for layer in reversed(dense)]
    return np.cumprod(steepest * np.array(stretches))


def on_digits(configuration: Configuration, rng: np.random.Generator) -> dict:
    """Train one network with each of the steps; keep the one that does best on 400 images.

    Returns
    -------
    dict
        ``gradients``: decimal logarithms of the lengths of the gradients with respect to each
        layer's weights, before training. ``relative``: that of the first layer relative to the
        length of its weights. ``step``: the one kept. ``accuracy``: with it, on 397 other images.
    """
    images, labels = centred_digits()
    order = rng.permutation(len(images))
    seen, chosen, unseen = order[:1000], order[1000:1400], order[1400:]
    loss, best = CrossEntropy(), (-1.0, STEPS[0], 0.0)
    fresh = fresh_network(*(configuration[k] for k in ("activation", "start", "depth")), rng)
    for step in STEPS:
        network = fresh.copy()
        try:
            # No more than the start and the end are recorded.
            history = train(
                network,
                images[seen],
                labels[seen],
                loss,
                SGD(step, momentum=0.9),
                epochs=8,
                seed=0,
                record_every=1000,
                probe=200,
                validation=(images[chosen], labels[chosen]),
            )
        except DivergenceError as error:
            history, score, right = error.history, 0.0, 0.0
        else:
            score = float(history.last("validation_accuracy"))
            with np.errstate(all="ignore"):  # its last step may have led nowhere
                right = loss.accuracy(network(images[unseen]), labels[unseen])
        best = max(best, (score, step, right), key=lambda found: found[0])
    norms = np.log10(np.maximum(history["gradient_norm"][0], 1e-300))
    weights = np.log10(np.linalg.norm(fresh.parameters()[0, "weights"]))
    return {
        "gradients": np.round(norms, 2),
        "relative": round(float(norms[0] - weights), 2),
        "step": best[1],
        "accuracy": round(best[2], 4),
    }


def circles() -> tuple[np.ndarray, np.ndarray]:
    """Return 1000 points on two noisy circles, scaled to ±1, and which circle each is on."""
    from sklearn.datasets import make_circles

    points, labels = make_circles(n_samples=1000, noise=0.1, random_state=1)
    low, high = points.min(axis=0), points.max(axis=0)
    return 2 * (points - low) / (high - low) - 1, labels


def small_network(activation: str, start: str, rng: np.random.Generator) -> Network:
    """Return the demonstration's network: five hidden layers of five units, for points.

    Parameters
    ----------
    activation : str
        Of all hidden layers.
    start : {"positive", "fitting"}
        Weights from 0 to 1, or uniform ones by the rule that fits: He for ReLU, else Xavier.
    rng : numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    Network
    """
    sizes = [2, 5, 5, 5, 5, 5, 1]
    if start == "fitting":
        rule = "he_uniform" if activation == "relu" else "xavier_uniform"
        return dense_network(sizes, activation, seed=rng, weights=rule)
    network = dense_network(sizes, activation, seed=0)
    for (_, name), value in network.parameters().items():
        if name == "weights":
            value[...] = rng.uniform(0.0, 1.0, value.shape)
    return network


def on_circles(configuration: Configuration, rng: np.random.Generator) -> dict:
    """Train the demonstration's network as it does: step 0.01, momentum 0.9, batches of 32.

    Returns
    -------
    dict
        ``gradients``: as in `on_digits`. ``accuracy``: on the 500 points not learned from.
    """
    points, labels = circles()
    network = small_network(configuration["activation"], configuration["start"], rng)
    loss = BinaryCrossEntropy()
    history = train(
        network,
        points[:500],
        labels[:500],
        loss,
        SGD(0.01, momentum=0.9),
        epochs=configuration["epochs"],
        batch=32,
        seed=rng,
        record_every=10**6,
    )
    norms = np.log10(np.maximum(history["gradient_norm"][0], 1e-300))
    right = loss.accuracy(network(points[500:]), labels[500:])
    return {"gradients": np.round(norms, 2), "accuracy": round(right, 4)}


_CONTENDERS = (
    ("logistic", "xavier"),
    ("logistic", "twin"),
    ("tanh", "xavier"),
    ("relu", "he"),
    ("relu", "small"),
)
DIGITS = Sweep(
    "vanishing-on-digits",
    on_digits,
    [
        {"depth": depth, "activation": activation, "start": start, "run": run}
        for depth in (2, 5, 10, 20)
        for activation, start in _CONTENDERS
        for run in range(20)
    ],
    seed=1991,
)
CIRCLES = Sweep(
    "vanishing-on-circles",
    on_circles,
    grid(
        activation=["tanh", "relu", "logistic"],
        start=["positive", "fitting"],
        epochs=[200],
        run=range(20),
    ),
    seed=1998,
)
_FOLDER = "book/3-sigmoid-family/watch-a-gradient-vanish"
STORED = (
    StoredSweep(DIGITS, f"{_FOLDER}.jsonl"),
    StoredSweep(CIRCLES, f"{_FOLDER}-circles.jsonl"),
)
