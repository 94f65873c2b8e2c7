"""Who else computes an activation on this machine: found by name, and only if the numbers agree."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from companion.activations import Activation

#: What is called differently elsewhere. All else is found under its name, with or without "_".
NAMES_ELSEWHERE = {
    "log_sigmoid": ("log_expit",),
    "softsign": ("soft_sign",),
    "hard_swish": ("hard_silu",),
}
# Agreement on this grid makes a function "the same": conventions differ between libraries.
_GRID = np.linspace(-4.0, 4.0, 33) + 1e-3


def scipy_peer(activation: Activation, dtype: np.dtype) -> Callable[[np.ndarray], Any] | None:
    """Return what scipy.special has for it; for exact GELU the way through its error function."""
    import scipy.special

    def gelu(x: np.ndarray) -> np.ndarray:
        return 0.5 * x * (1.0 + scipy.special.erf(x * 0.5**0.5))

    known = {"gelu": gelu}
    for name in _names(activation):
        call = known.get(name) or getattr(scipy.special, name, None)
        if call is not None and _agrees(activation, call, dtype):
            return call
    return None


def torch_peer(activation: Activation, dtype: np.dtype) -> SimpleNamespace | None:
    """Return PyTorch's function, its derivative by autograd, and how an array becomes a tensor."""
    if importlib.util.find_spec("torch") is None:
        return None
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    values = tuple(activation.parameters.values())
    special = {
        "prelu": lambda t: functional.prelu(t, torch.tensor(values, dtype=t.dtype)),
        "heaviside": lambda t: torch.heaviside(t, torch.tensor(values[0], dtype=t.dtype)),
        "threshold": lambda t: functional.threshold(t, *values),
    }

    def slope(call: Callable) -> Callable:
        def run(t: torch.Tensor) -> torch.Tensor:
            t = t.detach().requires_grad_()
            return torch.autograd.grad(call(t).sum(), t)[0]

        return run

    for name in _names(activation):
        found = special.get(name) or getattr(functional, name, None) or getattr(torch, name, None)
        if not callable(found):
            continue
        call = _with_words(found, activation)
        if _agrees(activation, lambda x, call=call: call(torch.from_numpy(x)).numpy(), dtype):
            return SimpleNamespace(value=call, slope=slope(call), convert=torch.from_numpy)
    return None


def jax_peer(activation: Activation, dtype: np.dtype) -> SimpleNamespace | None:
    """Return JAX's compiled function, its derivative, and how an array becomes JAX's."""
    if importlib.util.find_spec("jax") is None:
        return None
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", True)
    if activation.parameters.get("approximate") in ("none", "tanh"):
        exact_or_tanh = activation.parameters["approximate"] == "tanh"
        special = {"gelu": lambda x: jax.nn.gelu(x, approximate=exact_or_tanh)}
    else:
        special = {}
    for name in _names(activation):
        found = special.get(name) or getattr(jax.nn, name, None) or getattr(jnp, name, None)
        if not callable(found):
            continue
        call = jax.jit(found)
        if _agrees(activation, lambda x, call=call: np.asarray(call(jnp.asarray(x))), dtype):

            def slope(x: Any, found: Callable = found) -> Any:
                return jax.vjp(found, x)[1](jnp.ones_like(x))[0]

            def done(call: Callable) -> Callable:
                return lambda x: call(x).block_until_ready()

            return SimpleNamespace(
                value=done(call), slope=done(jax.jit(slope)), convert=jnp.asarray
            )
    return None


def _names(activation: Activation) -> Iterator[str]:
    own = (activation.name, *activation.aliases)
    yield from own
    yield from (name.replace("_", "") for name in own)
    yield from NAMES_ELSEWHERE.get(activation.name, ())


def _with_words(call: Callable, activation: Activation) -> Callable:
    """Pass the parameters that choose between formulas; numbers are left at their defaults."""
    words = {k: v for k, v in activation.parameters.items() if isinstance(v, str)}
    return (lambda t: call(t, **words)) if words else call


def _agrees(activation: Activation, call: Callable, dtype: np.dtype) -> bool:
    x = _GRID.astype(dtype)
    try:
        result = np.asarray(call(x))
    except (TypeError, ValueError, RuntimeError):
        return False
    return result.shape == x.shape and np.allclose(result, activation(x), rtol=1e-3, atol=1e-5)
