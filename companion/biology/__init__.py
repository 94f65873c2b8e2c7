"""Membranes that spike: the neurons that the course's activation functions were taken from.

`LIFNeuron` is a leaky capacitor with a threshold. Its firing rate has a closed form, and that form,
drawn against the input current, is the curve that ReLU imitates. `HodgkinHuxley` is the full
membrane, where the threshold is not put in by hand.

Units are in the names: ms, mV, MΩ, nA and Hz, and µA/cm² for the Hodgkin–Huxley patch.
They fit together without factors, since 1 MΩ · 1 nA = 1 mV.

`CentreSurround`, `DirectionUnit`, `TunedUnit` and `compete` show what inhibition between neighbours
does, and `Whitening` why natural pictures ask for it.

`EnergyBudget` counts what spikes cost and what a cortex can pay for, in molecules of ATP, and
`judge_activation` scores activations in four tests of biological plausibility.
"""

from companion.biology._direction import DirectionUnit, Passage
from companion.biology._energy import (
    ENERGY_FIGURES,
    EnergyBudget,
    EnergyFigure,
    PopulationCode,
    atp_per_neuron,
    bits_per_cost,
    cheapest_code,
    efficient_share,
)
from companion.biology._excitability import QIFNeuron
from companion.biology._fit import RateFit, fit_rate
from companion.biology._gates import BoltzmannGate
from companion.biology._hodgkin_huxley import HodgkinHuxley, gate_rates, steady_gates
from companion.biology._lif import LIFNeuron
from companion.biology._noise import NoisyLIFNeuron
from companion.biology._plausibility import (
    LEARNING_RULES,
    PLAUSIBILITY_TESTS,
    Criterion,
    Plausibility,
    PlausibilityTest,
    judge_activation,
    judge_activations,
)
from companion.biology._receptive_fields import CentreSurround, TunedUnit, compete
from companion.biology._record import MembraneRecord, held_current
from companion.biology._whitening import (
    Whitening,
    image_patches,
    mean_correlation,
    power_spectrum,
    spectral_exponent,
)

__all__ = [
    "ENERGY_FIGURES",
    "LEARNING_RULES",
    "PLAUSIBILITY_TESTS",
    "BoltzmannGate",
    "CentreSurround",
    "Criterion",
    "DirectionUnit",
    "EnergyBudget",
    "EnergyFigure",
    "HodgkinHuxley",
    "LIFNeuron",
    "MembraneRecord",
    "NoisyLIFNeuron",
    "Passage",
    "Plausibility",
    "PlausibilityTest",
    "PopulationCode",
    "QIFNeuron",
    "RateFit",
    "TunedUnit",
    "Whitening",
    "atp_per_neuron",
    "bits_per_cost",
    "cheapest_code",
    "compete",
    "efficient_share",
    "fit_rate",
    "gate_rates",
    "held_current",
    "image_patches",
    "judge_activation",
    "judge_activations",
    "mean_correlation",
    "power_spectrum",
    "spectral_exponent",
    "steady_gates",
]
