"""The membrane with sliders: its argument, its alt text, its first state."""

import pytest

from companion.biology import LIFNeuron
from companion.explorables import explore_lif


def sliders(explorable):
    """Return the sliders by name."""
    return {p["name"]: p for p in explorable.spec["params"] if "bind" in p}


def test_the_default_is_the_neuron_of_the_lesson():
    assert explore_lif().spec == explore_lif(LIFNeuron()).spec


def test_the_sliders_follow_the_neuron():
    neuron = LIFNeuron(resistance_mohm=40.0, refractory_ms=4.0)
    current, refractory = sliders(explore_lif(neuron)).values()
    assert current["bind"]["max"] == 3 * neuron.rheobase_na
    assert current["value"] == 1.25 * neuron.rheobase_na
    assert refractory["value"] == 4


def test_the_rheobase_is_a_place_of_the_slider():
    bind = sliders(explore_lif())["current"]["bind"]
    steps = LIFNeuron().rheobase_na / bind["step"]
    assert steps == pytest.approx(round(steps))


def test_the_alt_text_names_what_is_drawn():
    neuron = LIFNeuron()
    alt = explore_lif().alt
    for number in (neuron.threshold_mv, neuron.rheobase_na, round(neuron.rate_hz(2.5))):
        assert f"{number:g}" in alt


def test_other_things_are_refused():
    with pytest.raises(TypeError, match="neuron must be a LIFNeuron, got float"):
        explore_lif(2.5)
    with pytest.raises(ValueError, match="refractory_ms must be at most 10 ms here, got 12"):
        explore_lif(LIFNeuron(refractory_ms=12))
