"""Which curves there are, and which of them an activation is."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ._cubic_gate import CubicGateCurve
from ._curves import CURVES, SmoothCurve
from ._gated import (
    LOGISTIC_GATE,
    MISH_GATE,
    GatedCurve,
    Mirrored,
    Shrunk,
    SoftplusCurve,
    Stretched,
)
from ._gelu import GELUCurve
from ._softsign import SoftsignCurve
from ._squareplus import SquareplusCurve

ALIASES = {"sigmoid": "logistic", "expit": "logistic", "silu": "swish"}
_SWISH = GatedCurve("swish", LOGISTIC_GATE)


def _swish(activation: Any, beta: float = 1.0) -> SmoothCurve:
    return _stretched(_SWISH, activation, beta)


def _softplus(activation: Any, beta: float = 1.0) -> SmoothCurve:
    return _stretched(SoftplusCurve(), activation, beta)


def _gelu(activation: Any, approximate: str = "none") -> SmoothCurve:
    if approximate == "none":
        return GELUCurve()
    if approximate == "tanh":
        return CubicGateCurve(repr(activation))
    return Stretched(repr(activation), _SWISH, Fraction("1.702"))


def _squareplus(activation: Any, b: float = 4.0) -> SmoothCurve:
    if b == 0:
        raise ValueError(f"activation must be smooth, b > 0, got {activation!r}")
    return SquareplusCurve("squareplus" if b == 4 else repr(activation), Fraction(b))


def _stretched(curve: SmoothCurve, activation: Any, beta: float) -> SmoothCurve:
    if beta == 0:
        raise ValueError(f"activation must be no straight line, got {activation!r}")
    return curve if beta == 1 else Stretched(repr(activation), curve, Fraction(beta))


_MAKERS: dict[str, Callable[..., SmoothCurve]] = {
    **{name: lambda activation, curve=curve: curve for name, curve in CURVES.items()},
    "gelu": _gelu,
    "log_sigmoid": lambda activation: Mirrored("log_sigmoid", SoftplusCurve()),
    "mish": lambda activation: GatedCurve("mish", MISH_GATE),
    "softplus": _softplus,
    "softsign": lambda activation: SoftsignCurve(),
    "squareplus": _squareplus,
    "swish": _swish,
    "tanhshrink": lambda activation: Shrunk("tanhshrink", CURVES["tanh"]),
}


def curve_of(activation: Any) -> SmoothCurve:
    """Find the curve by its name, or by an activation of the companion that bears the name."""
    name = activation if isinstance(activation, str) else getattr(activation, "name", None)
    if not isinstance(name, str):
        raise TypeError(
            f"activation must be a name or an activation of the companion, got {activation!r} "
            f"({type(activation).__name__})"
        )
    name = ALIASES.get(name, name)
    if name not in _MAKERS:
        raise ValueError(f"activation must be one of {sorted(_MAKERS)}, got {name!r}")
    return _MAKERS[name](activation, **getattr(activation, "parameters", {}))
