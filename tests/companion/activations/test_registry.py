"""Adding one class is enough, and every wrong parameter is refused by name."""

import dataclasses
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import companion.activations as package
from companion.activations import ACTIVATIONS, Activation, ReLU, elu, find, gelu
from tests.companion.activations.battery import VARIANTS

NAMES = [
    "heaviside",
    "identity",
    "logistic",
    "tanh",
    "hard_logistic",
    "hard_sigmoid",
    "hard_tanh",
    "relu",
    "leaky_relu",
    "elu",
    "softplus",
    "swish",
    "gelu",
]


def test_the_course_has_the_activations_that_it_teaches():
    assert set(NAMES) <= set(ACTIVATIONS)
    assert find("sigmoid") is find("expit") is ACTIVATIONS["logistic"]
    assert find("step") is ACTIVATIONS["heaviside"]
    assert find("silu") is ACTIVATIONS["swish"]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_instance_class_and_aliases_are_exported(name):
    instance = ACTIVATIONS[name]
    for exported in (name, *instance.aliases):
        assert getattr(package, exported) is instance
        assert exported in package.__all__
    assert getattr(package, type(instance).__name__) is type(instance)


@pytest.mark.parametrize("activation", VARIANTS, ids=repr)
def test_every_activation_says_what_it_is(activation):
    assert activation.formula
    assert "$" not in activation.formula
    assert len(type(activation).__doc__.splitlines()[0]) > 20
    assert "References" in type(activation).__doc__
    bibliography = Path("book/references.bib").read_text(encoding="utf-8")
    assert f"{{{activation.reference}," in bibliography


def test_the_class_in_the_contributors_guide_is_listed_and_can_be_defined_again():
    guide = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(class .*?)```", guide, flags=re.DOTALL)
    source = f"""
import numpy as np
from companion.activations import ACTIVATIONS, Activation
from companion.activations._kernels import keep_nan
{block * 2}
absolute = ACTIVATIONS["absolute"]
print(absolute([2, -1]), absolute.facts.range, absolute.facts.lipschitz, absolute.facts.kinks[0])
"""
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout == "[2. 1.] [0, ∞) 1.0 kink at 0: slope −1 | 1, taken as 0\n"


def test_a_name_that_is_taken_or_a_method_that_is_missing_is_refused():
    methods = {m: getattr(ReLU, m) for m in ("definition", "_value", "_slope", "_curvature")}
    with pytest.raises(ValueError, match="'silu' is taken by Swish"):
        type("Other", (Activation,), {"name": "silu", "reference": "r", "formula": "x", **methods})
    del methods["_slope"]
    with pytest.raises(TypeError, match="Other lacks _slope, reference"):
        type("Other", (Activation,), {"name": "other", "formula": "x", **methods})
    assert "other" not in ACTIVATIONS


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        ({"alpha": math.nan}, ValueError, r"elu: alpha must be a finite number > 0; got nan"),
        ({"alpha": 0}, ValueError, "alpha must be a finite number > 0; got 0"),
        ({"alpha": math.inf}, ValueError, "alpha must be a finite number > 0; got inf"),
        ({"alpha": "1"}, TypeError, "alpha .* got '1' of type str"),
        ({"alpha": 1j}, TypeError, "alpha .* got 1j"),
        ({"alpha": True}, TypeError, "alpha .* got True"),
        ({"alpha": np.ones(2)}, TypeError, "alpha .* of type ndarray"),
        ({"beta": 1}, TypeError, "elu: unknown parameter 'beta'; accepted: alpha"),
    ],
)
def test_bad_parameters(settings, error, said):
    with pytest.raises(error, match=said):
        elu(1.0, **settings)
    with pytest.raises(TypeError if "beta" in settings else error):
        type(elu)(**settings)


def test_a_bad_choice_names_the_choices():
    with pytest.raises(ValueError, match="one of 'none', 'tanh', 'sigmoid'; got 'erf'"):
        gelu(1.0, approximate="erf")
    with pytest.raises(TypeError, match="one of 'none'"):
        gelu(1.0, approximate=True)


def test_an_unknown_name_suggests_near_ones():
    with pytest.raises(ValueError, match=r"got 'leakyrelu'\. Try leaky_relu"):
        find("leakyrelu")


def test_an_activation_cannot_be_changed_and_compares_by_value():
    with pytest.raises(dataclasses.FrozenInstanceError):
        elu.alpha = 2.0
    assert elu.with_parameters(alpha=2) == type(elu)(alpha=2.0) != elu
    assert {elu, type(elu)()} == {elu}
    with pytest.raises(TypeError):
        ACTIVATIONS["elu"] = elu


def test_importing_needs_nothing_but_numpy_and_scipy():
    source = (
        "import sys, companion.activations; "
        "print({'matplotlib', 'sklearn', 'mpmath', 'scipy.optimize'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
