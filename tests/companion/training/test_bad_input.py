"""Bad data, bad labels, a loss that is no number: each is named at once, and where."""

import numpy as np
import pytest

from companion.network import (
    SGD,
    BinaryCrossEntropy,
    Constant,
    CrossEntropy,
    SquaredError,
    dense_network,
)
from companion.training import DivergenceError, train

RNG = np.random.default_rng(0)
INPUTS = RNG.standard_normal((60, 4))
LABELS = np.arange(60) % 3


def attempt(inputs=INPUTS, targets=LABELS, loss=None, outputs=3, optimiser=None, **options):
    network = dense_network([4, 8, outputs], "relu", seed=0)
    before = network.state()
    try:
        return train(
            network, inputs, targets, loss or CrossEntropy(), optimiser or SGD(), **options
        )
    except (TypeError, ValueError):
        after = network.state()
        assert all(np.array_equal(before[key], after[key]) for key in before)
        raise


def spoiled(value, row=7, column=2):
    inputs = INPUTS.copy()
    inputs[row, column] = value
    return inputs


def relabelled(label, row=9):
    labels = LABELS.copy()
    labels[row] = label
    return labels


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"inputs": spoiled(np.nan)}, ValueError, "1 of 240 .* nan in example 7, column 2"),
        ({"inputs": spoiled(np.inf)}, ValueError, "inf in example 7, column 2"),
        ({"inputs": INPUTS[:, :3]}, ValueError, "3 columns, but the network takes 4"),
        ({"inputs": INPUTS[0]}, ValueError, r"inputs must have shape \(n, inputs\)"),
        ({"inputs": INPUTS[:0], "targets": []}, ValueError, "inputs must have shape"),
        ({"inputs": INPUTS.astype(str)}, TypeError, "real numbers"),
        ({"targets": LABELS[:59]}, ValueError, r"each of the 60 examples, got shape \(59,\)"),
        ({"targets": relabelled(3)}, ValueError, "from 0 to 2 .* got 3 for example 9"),
        ({"targets": relabelled(-1)}, ValueError, "got -1 for example 9"),
        ({"targets": relabelled(1).astype(float) + 0.5}, ValueError, "whole numbers"),
        ({"targets": np.where(LABELS == 9, np.nan, LABELS * np.nan)}, ValueError, "nan"),
        ({"targets": LABELS % 2}, ValueError, "no example of class 2"),
        ({"targets": LABELS * 0}, ValueError, "no example of class 1, 2"),
        (
            {"targets": np.ones(60), "loss": BinaryCrossEntropy(), "outputs": 1},
            ValueError,
            "no example of class 0",
        ),
        ({"validation": (INPUTS[:, :2], LABELS)}, ValueError, "validation inputs have 2 columns"),
        ({"validation": (spoiled(np.nan), LABELS)}, ValueError, "validation inputs must be finite"),
        ({"epochs": 0}, ValueError, "epochs must be a whole number >= 1"),
        ({"epochs": 1.5}, TypeError, "epochs"),
        ({"batch": 0}, ValueError, "batch"),
        ({"record_every": 0}, ValueError, "record_every"),
        ({"record_every": "step"}, TypeError, "record_every"),
        ({"probe": 0}, ValueError, "probe"),
    ],
)
def test_it_is_refused_before_the_first_step(changes, error, message):
    with pytest.raises(error, match=message):
        attempt(**changes)


def test_numbers_too_large_for_float32():
    network = dense_network([4, 3], seed=0, dtype="float32")
    with pytest.raises(ValueError, match="inf in example 7, column 2"):
        train(network, spoiled(1e300), LABELS, CrossEntropy(), SGD())


def test_a_missing_class_can_be_meant():
    attempt(targets=LABELS % 2, missing_classes=True, epochs=1)
    attempt(validation=(INPUTS[:1], LABELS[:1]), epochs=1)
    soft = np.full(60, 0.5)
    attempt(targets=soft, loss=BinaryCrossEntropy(), outputs=1, epochs=1)


def test_divergence_stops_at_once_and_keeps_the_history():
    targets = RNG.standard_normal((60, 3))
    with pytest.raises(DivergenceError) as caught:
        attempt(
            targets=targets,
            loss=SquaredError(),
            optimiser=SGD(10.0),
            epochs=50,
            batch=10,
            record_every=1000,
        )
    error = caught.value
    losses = error.history.batch_losses
    assert error.step == len(losses)
    assert np.isfinite(losses[:-1]).all()
    assert not np.isfinite(losses[-1])
    assert error.epoch == (error.step - 1) // 6 + 1
    assert error.history["step"].tolist() == [0]
    assert error.layer in (0, 2)
    for words in (
        f"step {error.step}",
        f"layer {error.layer}",
        "have grown from",
        "step size of 10",
    ):
        assert words in str(error)


def test_a_broken_update_is_noticed_at_the_next_record():
    """The last step's update makes the network useless; no further batch would show it."""
    with pytest.raises(DivergenceError, match="weights that are not finite") as caught:
        attempt(
            epochs=1,
            batch=60,
            after_step=lambda network, _: network.layers[2].parameters["weights"].fill(np.nan),
        )
    assert (caught.value.step, caught.value.layer) == (1, 2)


def test_a_network_that_is_broken_from_the_start():
    network = dense_network([4, 8, 8, 3], "relu", seed=0, weights=Constant(gain=1e200))
    with pytest.raises(DivergenceError, match="before anything was learned") as caught:
        train(network, INPUTS, LABELS, CrossEntropy(), SGD())
    assert (caught.value.step, caught.value.layer) == (0, 2)
    assert np.isinf(caught.value.history["loss"]).all() or np.isnan(caught.value.history["loss"])
