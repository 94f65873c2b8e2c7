"""The energy budget against the papers' own sums, and cheap codes against brute force."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.biology import (
    ENERGY_FIGURES,
    EnergyBudget,
    atp_per_neuron,
    bits_per_cost,
    cheapest_code,
    efficient_share,
)

# Attwell & Laughlin (2001): one spike of the cell and the 2000 vesicles it releases, and rest.
SPIKE = 3.84e8 + 8000 * 0.25 * 1.64e5
REST = 3.42e8 + 1.02e8
AT_4_HZ = 1 + 4 * SPIKE / REST


def test_the_published_parts_add_up_to_the_published_wholes():
    assert pytest.approx(ENERGY_FIGURES["rat spike"].high, rel=0.005) == SPIKE
    assert ENERGY_FIGURES["rest, neuron and glia"].high == REST
    total = EnergyBudget(1.0, REST, SPIKE).use_atp_per_s(4.0)
    assert total == pytest.approx(3.29e9, rel=0.005)
    assert REST / total == pytest.approx(0.13, abs=0.01)
    assert 4 * 3.84e8 / total == pytest.approx(0.47, abs=0.01)
    assert atp_per_neuron(30.0, 9.2e7) == pytest.approx(total, rel=0.01)


def test_lennies_numbers_agree_with_each_other():
    supply = ENERGY_FIGURES["human cortex, supply"].high / 60
    share = 3.36e9 * ENERGY_FIGURES["human spike"].high / supply
    assert share == pytest.approx(ENERGY_FIGURES["human share for spikes"].low, abs=0.005)


def test_low_ends_follow_from_the_shares_of_2012():
    # Rest is 20 % there and spikes with their synapses 80 %, at 4 spikes a second.
    low = REST * 0.80 / 0.20 / 4
    assert ENERGY_FIGURES["rat spike"].low == pytest.approx(low)
    correction = low / SPIKE
    human = ENERGY_FIGURES["human spike"]
    assert human.low == pytest.approx(human.high * correction, rel=0.01)


def test_every_figure_has_a_range_and_a_source():
    for figure in ENERGY_FIGURES.values():
        assert 0 < figure.low <= figure.high
        assert figure.source
        drawn = figure.sample(200, np.random.default_rng(0))
        assert drawn.shape == (200,)
        assert figure.low <= drawn.min() <= drawn.max() <= figure.high


def test_a_budget_works_for_many_draws_at_once():
    budget = EnergyBudget([4e9, 5e9], 1e9, [[1e9], [5e8]])
    assert budget.affordable_rate_hz.tolist() == [[3.0, 4.0], [6.0, 8.0]]
    assert budget.active_share(4.0).tolist() == [[0.75, 1.0], [1.0, 1.0]]


@given(st.floats(1e8, 1e11), st.floats(0, 1e11), st.floats(1e7, 1e10))
def test_the_affordable_rate_spends_the_supply(supply, upkeep, spike):
    budget = EnergyBudget(supply, upkeep, spike)
    rate = budget.affordable_rate_hz
    if upkeep >= supply:
        assert rate == 0
    else:
        assert budget.use_atp_per_s(rate) == pytest.approx(supply, rel=1e-9)


@given(st.floats(1.0, 1e6))
def test_efficient_share_is_where_bits_per_cost_peaks(ratio):
    share = efficient_share(ratio)
    assert 0 < share <= 0.5
    best = bits_per_cost(share, ratio)
    around = share * np.array([0.9, 0.99, 1.01, 1.1])
    assert (bits_per_cost(np.minimum(around, 1), ratio) <= best * (1 + 1e-12)).all()
    assert math.log(share) == pytest.approx(ratio * math.log1p(-share), rel=1e-6)


def test_bits_per_cost_at_the_ends_is_nothing():
    assert bits_per_cost([0.0, 1.0], 7.0).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("ratio", [1.0, 3.0, 7.4, 65.0])
@pytest.mark.parametrize("messages", [2, 3, 17, 100, 300])
def test_cheapest_code_against_every_code(messages, ratio):
    every = [
        neurons + active * (ratio - 1)
        for neurons in range(1, messages + 1)
        for active in range(1, neurons + 1)
        if math.comb(neurons, active) >= messages
    ]
    code = cheapest_code(messages, ratio)
    assert code.cost == pytest.approx(min(every))
    assert code.messages >= messages


def test_the_published_savings_of_distributed_codes():
    """Attwell & Laughlin give 4 times for 100 conditions and 200 times for 10 000."""
    for messages, saving in ((100, 4), (10_000, 200)):
        singly = cheapest_code(messages, AT_4_HZ, active=1)
        assert singly.neurons == messages
        ratio = singly.cost / cheapest_code(messages, AT_4_HZ).cost
        assert ratio == pytest.approx(saving, rel=0.05)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: EnergyBudget(0.0, 1.0, 1.0), ValueError, "supply_atp_per_s must be greater than"),
        (lambda: EnergyBudget(1.0, -1.0, 1.0), ValueError, "upkeep_atp_per_s must be at least 0"),
        (lambda: EnergyBudget(1.0, 1.0, np.nan), ValueError, "spike_atp must hold finite"),
        (lambda: EnergyBudget("1", 1.0, 1.0), TypeError, "supply_atp_per_s"),
        (lambda: EnergyBudget([1.0, 2.0], [1.0, 2.0, 3.0], 1.0), ValueError, "fit together"),
        (lambda: EnergyBudget(1.0, 0.0, 1.0).use_atp_per_s(-1.0), ValueError, "rate_hz"),
        (lambda: EnergyBudget(1.0, 0.0, 1.0).active_share(0.0), ValueError, "active_rate_hz"),
        (lambda: atp_per_neuron(-1.0, 9e7), ValueError, "umol_per_g_min"),
        (lambda: atp_per_neuron(1.0, 0.0), ValueError, "neurons_per_g"),
        (lambda: bits_per_cost(1.5, 2.0), ValueError, "share must lie from 0 to 1"),
        (lambda: bits_per_cost(0.5, 0.5), ValueError, "cost_ratio must be at least 1"),
        (lambda: efficient_share(math.inf), ValueError, "cost_ratio"),
        (lambda: efficient_share([2.0]), TypeError, "cost_ratio"),
        (lambda: cheapest_code(1, 2.0), ValueError, "messages must lie from 2"),
        (lambda: cheapest_code(10.0, 2.0), TypeError, "messages must be a whole number"),
        (lambda: cheapest_code(10, 2.0, active=0), ValueError, "active"),
        (lambda: ENERGY_FIGURES["rat spike"].sample(3, 7), TypeError, "rng must be"),
    ],
)
def test_bad_input_is_refused_by_name(call, error, says):
    with pytest.raises(error, match=says):
        call()
