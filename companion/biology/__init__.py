"""Membranes that spike: the neurons that the course's activation functions were taken from.

`LIFNeuron` is a leaky capacitor with a threshold. Its firing rate has a closed form, and that form,
drawn against the input current, is the curve that ReLU imitates. `HodgkinHuxley` is the full
membrane, where the threshold is not put in by hand.

Units are in the names: ms, mV, MΩ, nA and Hz, and µA/cm² for the Hodgkin–Huxley patch.
They fit together without factors, since 1 MΩ · 1 nA = 1 mV.
"""

from companion.biology._hodgkin_huxley import HodgkinHuxley
from companion.biology._lif import LIFNeuron
from companion.biology._record import MembraneRecord, held_current

__all__ = ["HodgkinHuxley", "LIFNeuron", "MembraneRecord", "held_current"]
