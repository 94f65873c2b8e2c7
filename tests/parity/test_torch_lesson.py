"""What the lesson on PyTorch is made of, with PyTorch."""

import numpy as np
import pytest

from companion.exercises import check
from tests.parity.conventions import AGREEMENT

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

from companion.pytorch import agreement, logged_images  # noqa: E402


def test_the_agreement_shown_is_within_the_bounds_on_record():
    found = agreement()
    assert found.keys() == AGREEMENT["torch"].keys()
    for name, row in found.items():
        assert row.value <= AGREEMENT["torch"][name][0], name
        assert row.gradient <= AGREEMENT["torch"][name][1], name
        assert (row.value == 0) == (row.value_ulps == 0)


def test_a_difference_is_noticed(monkeypatch):
    from companion import pytorch

    real = pytorch.twins()
    monkeypatch.setattr(pytorch, "twins", lambda: {"relu": lambda x: 1.001 * real["relu"](x)})
    [row] = agreement().values()
    assert row.value == pytest.approx(1e-3)
    assert row.gradient == pytest.approx(1e-3)


def test_logged_images_come_back_in_the_order_of_their_steps(tmp_path):
    tensorboard = pytest.importorskip("torch.utils.tensorboard")
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (3, 5, 7, 3), dtype=np.uint8)
    with tensorboard.SummaryWriter(tmp_path) as writer:
        for step in (2, 0, 1):
            writer.add_image("grid", images[step], step, dataformats="HWC")
    np.testing.assert_array_equal(logged_images(tmp_path, "grid"), images)
    with pytest.raises(KeyError):
        logged_images(tmp_path, "none")


@pytest.mark.parametrize(
    ("id", "answers"),
    [
        ("last-batch", (torch.tensor(391), torch.tensor(80))),
        ("grey-range", (*torch.sigmoid(torch.tensor([-1.0, 1.0], requires_grad=True)),)),
        ("count-the-inputs", (torch.Size([3072, 100]), torch.tensor([100, 10]))),
        (
            "write-a-record",
            (
                lambda picture, label: torch.cat(
                    [torch.tensor([label]), torch.from_numpy(picture).permute(2, 0, 1).flatten()]
                ),
            ),
        ),
    ],
)
def test_answers_may_be_tensors(id, answers):
    assert check(id, *answers).passed
