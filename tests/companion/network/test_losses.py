"""Losses against their definitions in 50 digits, and what they refuse as a target."""

import mpmath
import numpy as np
import pytest
from numpy.testing import assert_allclose

from companion.network import BinaryCrossEntropy, BinaryFocal, CrossEntropy, Focal, SquaredError

LOGITS = np.array([[1.5, -0.3, 0.2], [40.0, 0.0, -40.0], [-800.0, 0.0, 0.0], [2.0, 2.0, 2.0]])
LABELS = np.array([2, 0, 0, 1])


def softmax_entropy(row, label):
    with mpmath.workdps(400):
        z = [mpmath.mpf(v) for v in row]
        p = mpmath.exp(z[label]) / sum(mpmath.exp(v) for v in z)
        return -mpmath.log(p), p


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 5.0])
def test_focal_and_cross_entropy_are_their_definitions(gamma):
    loss = Focal(gamma)
    for row, label in zip(LOGITS, LABELS, strict=True):
        with mpmath.workdps(400):
            entropy, p = softmax_entropy(row, label)
            expected = (1 - p) ** mpmath.mpf(gamma) * entropy
        assert_allclose(loss([row], [label]), float(expected), rtol=1e-13)
        if gamma == 0:
            assert_allclose(CrossEntropy()([row], [label]), float(entropy), rtol=1e-14)


def test_the_gradient_of_a_nearly_perfect_answer_keeps_its_digits():
    gradient = CrossEntropy().gradient([[50.0, 0.0]], [0])
    assert_allclose(gradient, [[-np.exp(-50.0), np.exp(-50.0)]], rtol=1e-14)


def test_no_idea_costs_the_logarithm_of_the_number_of_classes():
    assert_allclose(CrossEntropy()(np.zeros((5, 10)), np.arange(5)), np.log(10))
    assert_allclose(BinaryCrossEntropy()(np.zeros((5, 1)), [0, 1, 1, 0, 1]), np.log(2))


@pytest.mark.parametrize("z", [-800.0, -30.0, -1.0, 0.0, 2.0, 30.0, 800.0])
@pytest.mark.parametrize("t", [0, 1, 0.3])
def test_binary_cross_entropy_is_its_definition(z, t):
    with mpmath.workdps(400):
        p = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        t_exact = mpmath.mpf(t)
        expected = -(t_exact * mpmath.log(p) + (1 - t_exact) * mpmath.log(1 - p))
        slope = p - t_exact
    loss = BinaryCrossEntropy()
    assert_allclose(loss([[z]], [[t]]), float(expected), rtol=1e-13)
    assert_allclose(loss.gradient([[z]], [[t]]), [[float(slope)]], rtol=1e-13, atol=1e-17)


@pytest.mark.parametrize("alpha", [None, 0.25])
@pytest.mark.parametrize("t", [0, 1])
def test_binary_focal_is_its_definition(t, alpha):
    for z in (-20.0, -1.0, 0.5, 20.0):
        with mpmath.workdps(60):
            p = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
            p_t = p if t else 1 - p
            share = 1 if alpha is None else (alpha if t else 1 - alpha)
            expected = -share * (1 - p_t) ** 2 * mpmath.log(p_t)
        assert_allclose(BinaryFocal(2.0, alpha)([[z]], [t]), float(expected), rtol=1e-12)


def test_focal_without_focus_is_cross_entropy():
    outputs = np.random.default_rng(0).standard_normal((6, 1))
    targets = [0, 1, 1, 0, 1, 0]
    for one, other in ((BinaryFocal(0.0), BinaryCrossEntropy()),):
        assert_allclose(one(outputs, targets), other(outputs, targets))
        assert_allclose(one.gradient(outputs, targets), other.gradient(outputs, targets))


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_focal_has_no_nan_at_certainty(gamma):
    for loss, outputs, targets in (
        (Focal(gamma), [[800.0, 0.0]], [0]),
        (BinaryFocal(gamma), [[800.0]], [1]),
    ):
        value, gradient = loss(outputs, targets), loss.gradient(outputs, targets)
        assert value >= 0
        assert np.isfinite(gradient).all()


def test_squared_error():
    outputs, targets = np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [0.0, 4.0]])
    assert SquaredError()(outputs, targets) == (2.5 + 8.0) / 2
    assert_allclose(SquaredError().gradient(outputs, targets), (outputs - targets) / 2)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("loss", "targets"),
    [
        (CrossEntropy(), [0, 1]),
        (Focal(), [0, 1]),
        (BinaryCrossEntropy(), [[0, 1], [1, 0]]),
        (BinaryFocal(alpha=0.3), [[0, 1], [1, 0]]),
        (SquaredError(), [[0, 1], [1, 0]]),
    ],
    ids=repr,
)
def test_gradients_keep_the_type_of_the_outputs(loss, targets, dtype):
    outputs = np.array([[0.5, -1.0], [2.0, 0.0]], dtype)
    value, gradient = loss.value_and_gradient(outputs, np.array(targets))
    assert isinstance(value, float)
    assert gradient.dtype == dtype
    assert_allclose(value, loss(outputs.astype(float), targets), rtol=1e-5)


def test_accuracy():
    outputs = np.array([[0.1, 0.9], [3.0, 1.0], [0.0, 2.0]])
    assert CrossEntropy().accuracy(outputs, [1, 1, 1]) == 2 / 3
    assert BinaryCrossEntropy().accuracy([[-1.0], [2.0]], [0, 0]) == 0.5
    assert np.isnan(SquaredError().accuracy(outputs, outputs))


@pytest.mark.parametrize(
    ("loss", "targets", "message"),
    [
        (CrossEntropy(), [0, 3], "from 0 to 2 for 3 outputs, got 3 for example 1"),
        (CrossEntropy(), [-1, 0], "from 0 to 2 for 3 outputs, got -1 for example 0"),
        (CrossEntropy(), [0], r"shape \(2,\)"),
        (CrossEntropy(), [[0], [1]], r"shape \(2,\)"),
        (CrossEntropy(), [0.5, 1.0], "whole numbers, got 0.5 for example 0"),
        (CrossEntropy(), [0.0, np.nan], "whole numbers, got nan for example 1"),
        (BinaryCrossEntropy(), [[0, 1, 2], [0, 0, 0]], "got 2 for example 0"),
        (BinaryCrossEntropy(), [[0, 1, 0], [0, np.nan, 0]], "got nan for example 1"),
        (BinaryCrossEntropy(), [0, 1], r"shape \(2, 3\)"),
        (BinaryFocal(), np.full((2, 3), 0.5), "0 or 1"),
        (SquaredError(), [0, 1], r"shape \(2, 3\)"),
    ],
)
def test_targets_are_refused(loss, targets, message):
    with pytest.raises(ValueError, match=message):
        loss(np.zeros((2, 3)), targets)


def test_labels_must_be_numbers():
    with pytest.raises(TypeError, match="whole numbers"):
        CrossEntropy()(np.zeros((2, 3)), ["a", "b"])


@pytest.mark.parametrize("outputs", [np.zeros(3), np.zeros((0, 3))])
def test_outputs_are_batches(outputs):
    with pytest.raises(ValueError, match=r"outputs must have shape \(n, k\)"):
        CrossEntropy()(outputs, [])


@pytest.mark.parametrize(
    "make",
    [
        lambda: Focal(-1.0),
        lambda: Focal(np.inf),
        lambda: BinaryFocal(alpha=0.0),
        lambda: BinaryFocal(alpha=1.0),
    ],
)
def test_parameters_are_refused(make):
    with pytest.raises(ValueError, match="must be a finite number"):
        make()
