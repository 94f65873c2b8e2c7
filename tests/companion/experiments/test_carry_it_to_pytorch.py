"""The patches are of the photographs, and each network is measured on images new to it."""

import numpy as np
import pytest

from companion.data import photograph
from companion.experiments import carry_it_to_pytorch as lab


def test_patches_are_cut_from_the_photographs():
    images, labels = lab.patches(40, seed=3)
    assert (images.shape, images.dtype) == ((40, 3, 32, 32), np.uint8)
    assert set(labels) == {0, 1}
    for image, label in zip(images, labels, strict=True):
        pixels = np.round(255 * photograph(lab.PHOTOGRAPHS[label]).pixels[::2, ::2])
        corners = np.argwhere((pixels[:-31, :-31] == image[:, 0, 0]).all(axis=-1))
        planes = image.transpose(1, 2, 0)
        assert any(np.array_equal(pixels[i : i + 32, j : j + 32], planes) for i, j in corners)


@pytest.mark.parametrize("task", lab.TASKS)
def test_every_run_has_all_images_once_in_an_order_of_its_own(task):
    (first, answers), (second, _) = lab.data(task, 0), lab.data(task, 1)
    assert not np.array_equal(first, second)
    assert np.array_equal(np.sort(first.sum(axis=1)), np.sort(second.sum(axis=1)))
    assert set(answers) == set(range(lab.TASKS[task]))


def test_the_networks_differ_in_a_hidden_layer():
    assert lab.start("which digit", 0, 0).count() == 64 * 10 + 10
    assert lab.start("which digit", 32, 0).count() == 64 * 32 + 32 + 32 * 10 + 10


def test_runs_that_choose_are_not_reported():
    assert not set(lab.CHOOSING) & set(lab.REPORTED)
