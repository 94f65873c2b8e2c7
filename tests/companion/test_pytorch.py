"""What needs PyTorch can be imported without it; tests/parity has the rest."""

import subprocess
import sys

import pytest

from companion.pytorch import agreement, evaluate, twins


def test_importing_loads_neither_pytorch_nor_tensorboard():
    code = (
        "import sys, companion.pytorch, companion.optional, companion.exercises\n"
        "assert not {'torch', 'tensorboard', 'PIL'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("call", [twins, agreement, lambda: evaluate(abs, [1.0])])
def test_without_pytorch(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModuleNotFoundError, match="torch"):
        call()
