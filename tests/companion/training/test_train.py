"""The loop does what its arguments say, and says what it has seen."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.data import digits
from companion.network import (
    SGD,
    Adam,
    BatchNorm,
    CrossEntropy,
    Dense,
    Network,
    SquaredError,
    dense_network,
)
from companion.training import EarlyStop, measure, train

RNG = np.random.default_rng(0)
INPUTS = RNG.standard_normal((90, 2))
LABELS = (INPUTS[:, 0] * INPUTS[:, 1] > 0).astype(int)


def fresh(seed=0, **options):
    return dense_network([2, 16, 2], "relu", seed=seed, **options)


def run(network=None, **options):
    network = network or fresh()
    options = {"epochs": 4, "batch": 20, "seed": 1} | options
    return network, train(network, INPUTS, LABELS, CrossEntropy(), SGD(0.2), **options)


def test_it_is_the_plain_loop():
    network, _ = run()
    twin, loss, optimiser, rng = fresh(), CrossEntropy(), SGD(0.2), np.random.default_rng(1)
    for _ in range(4):
        order = rng.permutation(90)
        for start in range(0, 90, 20):
            rows = order[start : start + 20]
            twin.differentiate(INPUTS[rows], LABELS[rows], loss)
            optimiser.update(twin)
    for key, value in network.parameters().items():
        assert_array_equal(value, twin.parameters()[key])


def test_records_of_every_epoch_with_start_and_end():
    _, history = run()
    assert_array_equal(history["step"], [0, 5, 10, 15, 20])
    assert_array_equal(history["epoch"], range(5))
    assert len(history.batch_losses) == 20
    assert history["activity"].shape == (5, 1)
    assert history["gradient_norm"].shape == (5, 2)
    assert (history.activation_layers, history.weight_layers) == ((1,), (0, 2))
    assert history.stopped == "after all 4 epochs"
    assert "validation_loss" not in history.names
    with pytest.raises(KeyError, match="validation_loss"):
        history["validation_loss"]


@pytest.mark.parametrize(("every", "steps"), [(7, [0, 7, 14, 20]), (100, [0, 20]), (20, [0, 20])])
def test_records_of_chosen_steps(every, steps):
    _, history = run(record_every=every)
    assert_array_equal(history["step"], steps)


def test_a_record_is_what_measure_finds():
    network, history = run(validation=(INPUTS[:30], LABELS[:30]))
    found = measure(network, INPUTS, LABELS, CrossEntropy())
    for name, value in found.items():
        assert_allclose(history.last(name), value, rtol=1e-12)
    assert_allclose(
        history.last("validation_loss"), CrossEntropy()(network(INPUTS[:30]), LABELS[:30])
    )
    assert history.last("validation_accuracy") == np.mean(
        network(INPUTS[:30]).argmax(axis=1) == LABELS[:30]
    )


def test_looking_changes_nothing():
    seldom, _ = run(record_every=1000)
    often, _ = run(record_every=1, validation=(INPUTS, LABELS), measures={"n": Network.count})
    assert_array_equal(seldom(INPUTS), often(INPUTS))


def test_seeds_decide_the_order_alone():
    one, again, other = run()[0], run()[0], run(seed=2)[0]
    assert_array_equal(one(INPUTS), again(INPUTS))
    assert not np.array_equal(one(INPUTS), other(INPUTS))


def test_a_last_batch_of_one_joins_the_one_before():
    network = Network([Dense.random(2, 4, 0), BatchNorm(4), Dense.random(4, 2, 1)])
    _, history = run(network, batch=89, epochs=2)
    assert_array_equal(history["step"], [0, 1, 2])
    _, history = run(batch=44, epochs=1)
    assert_array_equal(history["step"], [0, 3])


def test_further_measures_and_a_call_after_each_step():
    steps = []

    def note(network, step):
        steps.append(step)
        network.layers[0].parameters["weights"][0] = 0.0  # as pruning does

    network, history = run(
        after_step=note,
        measures={"zeros": lambda n: np.sum(n.layers[0].parameters["weights"] == 0)},
    )
    assert steps == list(range(1, 21))
    assert_array_equal(history["zeros"], [0, 2, 2, 2, 2])
    assert (network.layers[0].parameters["weights"][0] == 0).all()


def test_early_stop_gives_back_the_best():
    network = fresh()
    stop = EarlyStop(patience=3)
    noisy = np.random.default_rng(5).integers(0, 2, 90)  # nothing to be learned
    history = train(
        network,
        INPUTS[:60],
        noisy[:60],
        CrossEntropy(),
        SGD(0.5),
        epochs=200,
        batch=10,
        validation=(INPUTS[60:], noisy[60:]),
        stop=stop,
    )
    best = stop.best(history)
    assert len(history) == best + 4 < 201
    assert history["validation_loss"].min() == history["validation_loss"][best]
    assert CrossEntropy()(network(INPUTS[60:]), noisy[60:]) == history["validation_loss"][best]
    assert "EarlyStop" in history.stopped


def test_any_function_of_the_history_can_stop():
    _, history = run(epochs=200, stop=lambda h: bool(h.last("accuracy") > 0.8))
    assert history.last("accuracy") > 0.8
    assert len(history) < 201


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimiser", [SGD(0.1, momentum=0.9), Adam(0.01)], ids=repr)
def test_it_learns_to_read_digits(dtype, optimiser):
    images, labels = digits()
    network = dense_network([64, 32, 10], "relu", seed=0, dtype=dtype)
    history = train(
        network,
        images[:1200],
        labels[:1200],
        CrossEntropy(),
        optimiser,
        epochs=12,
        validation=(images[1200:], labels[1200:]),
    )
    assert history.last("validation_accuracy") > 0.9
    assert network(images).dtype == dtype


def test_it_fits_numbers():
    targets = np.sin(INPUTS[:, :1])
    network = dense_network([2, 32, 1], "tanh", seed=0)
    history = train(network, INPUTS, targets, SquaredError(), Adam(0.02), epochs=60, batch=30)
    assert history.last("loss") < 2e-3
    assert np.isnan(history.last("accuracy"))


def test_bias_only_training_moves_biases_only():
    network = fresh()
    network.train_only("biases")
    before = network.state()
    run(network)
    for (layer, name), value in network.parameters().items():
        assert np.array_equal(value, before[layer, name]) == (name == "weights")
