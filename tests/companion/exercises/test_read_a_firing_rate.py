"""What the exercises of the lesson on firing rates hold as true is true."""

import numpy as np
import pytest
from scipy.optimize import brentq

from companion.biology import LIFNeuron, NoisyLIFNeuron, QIFNeuron
from companion.exercises.lessons import read_a_firing_rate as lesson


def test_the_noise_that_makes_ten_spikes_a_second():
    found = brentq(lambda noise: NoisyLIFNeuron(noise).rate_hz(1.5) - 10, 1, 10)
    assert abs(lesson._NOISE_FOR_TEN_MV - found) < 1e-4


def test_a_root_falls_tenfold_and_the_leaky_cell_by_far_less():
    falls = []
    for cell in (QIFNeuron(), LIFNeuron()):
        near, far = cell.rate_hz(cell.rheobase_na * (1 + np.array([1e-4, 1e-2])))
        falls.append(far / near)
    assert falls[0] == pytest.approx(10, rel=0.1)
    assert falls[1] < 2.5
