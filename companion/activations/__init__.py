"""Activation functions whose values and derivatives are right, in the tails too.

Each activation is a small frozen dataclass in a module of `families`; defining it there is all it
takes. For each, this package has the class (``ELU``), the instance with default parameters
(``elu``), its aliases (``sigmoid`` for ``logistic``), and an entry in ``ACTIVATIONS``, or in
``VECTOR_ACTIVATIONS`` if it takes whole vectors, as softmax and the gated linear units do.

Examples
--------
>>> from companion.activations import ACTIVATIONS, elu, sigmoid
>>> elu(-1.0).round(4), sigmoid(0.0)
(np.float64(-0.6321), np.float64(0.5))
>>> ACTIVATIONS["elu"] is elu
True
"""

import importlib
import pkgutil

from companion.activations import families as _families
from companion.activations._activation import ACTIVATIONS, Activation, find
from companion.activations._facts import Facts, Interval, Kink
from companion.activations._parameter import parameter, whole_parameter
from companion.activations._vector import VECTOR_ACTIVATIONS, VectorActivation

for _module in pkgutil.iter_modules(_families.__path__):
    importlib.import_module(f"{_families.__name__}.{_module.name}")

_instances = (*ACTIVATIONS.values(), *VECTOR_ACTIVATIONS.values())
_members = {type(a).__name__: type(a) for a in _instances}
_members |= {name: a for a in _instances for name in (a.name, *a.aliases)}
globals().update(_members)

__all__ = [  # noqa: PLE0604 - the members are names of classes and instances
    "ACTIVATIONS",
    "VECTOR_ACTIVATIONS",
    "Activation",
    "Facts",
    "Interval",
    "Kink",
    "VectorActivation",
    "find",
    "parameter",
    "whole_parameter",
    *_members,
]
