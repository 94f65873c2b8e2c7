"""The margin against a support vector machine, closed forms, and its own certificate."""

import numpy as np
import pytest
from sklearn.svm import SVC

from companion.learning import margin
from companion.neurons import binary_inputs


def cloud(seed, gap, d=2, n=60):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(n, d))
    side = points[:, 0]
    points[:, 0] += np.sign(side) * gap
    return points, np.sign(side)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("d", [2, 5, 40])
def test_against_a_hard_margin_machine(seed, d):
    points, labels = cloud(seed, gap=0.5, d=d)
    ours = margin(points, labels, bias=False)
    # The data and their mirror image have a boundary through 0: the machine's free bias is then 0.
    machine = SVC(kernel="linear", C=1e8, tol=1e-8)
    machine.fit(np.vstack([points, -points]), np.concatenate([labels, -labels]))
    theirs = 1 / np.linalg.norm(machine.coef_)
    assert ours.gamma == pytest.approx(theirs, rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
def test_margin_is_certified_from_both_sides(seed, scale):
    points, labels = cloud(seed, gap=0.2, d=3)
    ours = margin(points * scale, labels)
    extended = np.column_stack([points * scale, np.ones(len(points))])
    reached = labels * (extended @ ours.direction)
    assert np.linalg.norm(ours.direction) == pytest.approx(1)
    assert reached.min() == pytest.approx(ours.gamma, rel=1e-6)
    assert ours.gamma_upper == pytest.approx(ours.gamma, rel=1e-4)
    np.testing.assert_allclose(reached[ours.support], ours.gamma, rtol=1e-4)


def test_closed_forms():
    two = margin([[3.0, 4.0], [-3.0, -4.0]], [1, -1], bias=False)
    assert two.gamma == pytest.approx(5)
    assert two.most_updates == pytest.approx(1)
    # AND with a bias: the shortest w with y·wᵀx ≥ 1 is (2, 2, −3), and R is √3.
    gate = margin(binary_inputs(2), [0, 0, 0, 1])
    assert gate.gamma == pytest.approx(17**-0.5)
    assert gate.most_updates == pytest.approx(51)


@pytest.mark.parametrize(
    ("points", "labels"),
    [
        (binary_inputs(2), [0, 1, 1, 0]),
        ([[1.0], [1.0]], [0, 1]),
        ([[0.0, 0.0]], [1]),
        ([[-1.0], [0.0], [1.0]], [1, -1, 1]),
    ],
)
def test_what_cannot_be_separated_has_no_margin(points, labels):
    bias = len(points) != 1
    with pytest.raises(ValueError, match="cannot be separated"):
        margin(points, labels, bias=bias)
