"""Figures with sliders: the reader moves them in the page, without a kernel and offline.

Each function returns an `Explorable`. In a notebook it is a live chart, with a still picture beside
it for print and for readers without scripts. They need Altair and vl-convert:
``pip install '.[explorables]'`` from a checkout.
"""

from companion.explorables._activations import explore_activations
from companion.explorables._explorable import Explorable
from companion.explorables._gated import explore_gelu_forms, explore_swish
from companion.explorables._membrane import explore_lif
from companion.explorables._threshold import explore_threshold_neuron
from companion.explorables._training import (
    explore_dying_relu,
    explore_vanishing_gradient,
    training_runs,
)

__all__ = [
    "Explorable",
    "explore_activations",
    "explore_dying_relu",
    "explore_gelu_forms",
    "explore_lif",
    "explore_swish",
    "explore_threshold_neuron",
    "explore_vanishing_gradient",
    "training_runs",
]
