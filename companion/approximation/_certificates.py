"""The worst-case errors that the course speaks of, each a certificate that anybody can rerun."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from companion.activations import (
    gelu,
    hard_logistic,
    hard_sigmoid,
    hard_tanh,
    logistic,
    relu,
    softplus,
    swish,
    tanh,
)

from ._certify import certified_maximum
from ._curves import clipped_line, normal_cdf, scaled_logistic
from ._maximum import Enclosure


@dataclass(frozen=True)
class Certificate:
    """A statement about the largest distance of two functions on the real line.

    Attributes
    ----------
    name : str
        What `certify` knows it by.
    statement : str
        Which largest distance it is.
    pair : callable
        Gives both functions, from the certificate's parameters.
    closed_form : str
        The exact value, as one writes it; empty where none is known.
    exact : callable of mp, optional
        The same for computing, in mpmath's vocabulary, with the parameters.
    parameters : tuple of str
        Names of the parameters, each a positive float that is 1 by default.
    """

    name: str
    statement: str
    pair: Callable[..., tuple[Any, Any]]
    closed_form: str = ""
    exact: Callable[..., Any] | None = None
    parameters: tuple[str, ...] = ()


def _sigmoid_above_line(mp: Any, slope: Any) -> Any:
    """Return the largest σ(x) − slope · x − ½, where the slopes agree: σ(1 − σ) = slope."""
    y = (1 + mp.sqrt(1 - 4 * slope)) / 2
    return y - slope * mp.log(y / (1 - y)) - mp.mpf(1) / 2


_ALL = (
    Certificate(
        "hard-logistic",
        "|hard_logistic(x) − σ(x)|, slope 1/4",
        lambda: (hard_logistic, logistic),
        "1 − σ(2)",
        lambda mp: 1 - logistic.definition(mp.mpf(2), mp),
    ),
    Certificate(
        "hard-tanh",
        "|hard_tanh(x) − tanh x|",
        lambda: (hard_tanh, tanh),
        "1 − tanh 1",
        lambda mp: 1 - tanh.definition(mp.mpf(1), mp),
    ),
    Certificate(
        "hard-sigmoid-1/6",
        "|hard_sigmoid(x) − σ(x)|, slope 1/6 (PyTorch, JAX)",
        lambda: (hard_sigmoid, logistic),
        "√3/6 − log(2 + √3)/6",
        lambda mp: _sigmoid_above_line(mp, mp.mpf(1) / 6),
    ),
    Certificate(
        "hard-sigmoid-0.2",
        "|clip(0.2x + ½) − σ(x)|, slope 0.2 (Keras 2, ONNX's default)",
        lambda: (clipped_line("0.2"), logistic),
        "1 − σ(2.5)",
        lambda mp: 1 - logistic.definition(mp.mpf(2.5), mp),
    ),
    Certificate(
        "hard-sigmoid-1/2",
        "|clip(x/2 + ½) − σ(x)|, slope 1/2 (BinaryConnect)",
        lambda: (clipped_line("1/2"), logistic),
        "1 − σ(1)",
        lambda mp: 1 - logistic.definition(mp.mpf(1), mp),
    ),
    Certificate(
        "gelu-tanh",
        "|x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))) − x Φ(x)|",
        lambda: (gelu.with_parameters(approximate="tanh"), gelu),
    ),
    Certificate(
        "gelu-sigmoid",
        "|x σ(1.702x) − x Φ(x)|",
        lambda: (gelu.with_parameters(approximate="sigmoid"), gelu),
    ),
    Certificate(
        "normal-logistic",
        "|σ(1.702x) − Φ(x)|",
        lambda: (scaled_logistic("1.702"), normal_cdf),
    ),
    Certificate(
        "softplus-relu",
        "softplus(x) − relu(x), sharpness beta",
        lambda beta: (softplus.with_parameters(beta=beta), relu),
        "log(2)/beta",
        lambda mp, beta: mp.log(2) / mp.mpf(beta),
        ("beta",),
    ),
    Certificate(
        "swish-relu",
        "|swish(x) − relu(x)|, sharpness beta",
        lambda beta: (swish.with_parameters(beta=beta), relu),
        "W(1/e)/beta",
        lambda mp, beta: mp.lambertw(1 / mp.e).real / mp.mpf(beta),
        ("beta",),
    ),
)

#: Every certificate, by its name.
CERTIFICATES: Mapping[str, Certificate] = MappingProxyType({c.name: c for c in _ALL})


def certify(name: str, **parameters: float) -> Enclosure:
    """Prove anew the worst-case error of that name, over the whole real line.

    Parameters
    ----------
    name : str
        One of `CERTIFICATES`.
    **parameters : float
        ``beta``, more than 0 and by default 1, for those of softplus and swish.

    Returns
    -------
    Enclosure
        At most a few floats wide.

    Raises
    ------
    ImportError
        If python-flint is not installed.
    TypeError, ValueError
        If there is no such certificate or parameter.

    Examples
    --------
    >>> error = certify("gelu-tanh")
    >>> 4.7323552068728e-4 < error.lower <= error.upper < 4.7323552068730e-4
    True
    >>> [round(x, 6) for x, _ in error.where]
    [-2.698941, 2.698941]
    >>> print(f"{certify('swish-relu', beta=2.0).upper:.10f}")
    0.1392322714
    """
    if name not in CERTIFICATES:
        raise ValueError(f"name must be one of {sorted(CERTIFICATES)}, got {name!r}")
    certificate = CERTIFICATES[name]
    unknown = sorted(set(parameters) - set(certificate.parameters))
    if unknown:
        accepted = ", ".join(certificate.parameters) or "none"
        raise TypeError(f"{name}: unknown parameter {unknown[0]!r}; accepted: {accepted}")
    return certified_maximum(
        *certificate.pair(**{p: parameters.get(p, 1.0) for p in certificate.parameters})
    )
