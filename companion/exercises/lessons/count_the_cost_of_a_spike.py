"""Exercises of the lesson `count_the_cost_of_a_spike`."""

import math

from companion.biology import cheapest_code
from companion.exercises._answers import Hint, choice, integer, number
from companion.exercises._engine import exercise

SUPPLY, UPKEEP, SPIKE, ACTIVE_HZ = 2e9, 1.4e9, 3e8, 20.0
MESSAGES, RATIO = 1000, 10.0


def _near(value: float, wanted: float) -> bool:
    return math.isclose(value, wanted, rel_tol=1e-3)


@exercise("energy-share")
def energy_share(mean_rate_hz, share):
    """Say which mean rate a budget affords, and which share can be active at 20 Hz."""
    rate = number(mean_rate_hz, "the mean rate", low=0)
    share = number(share, "the share", low=0)
    wanted = (SUPPLY - UPKEEP) / SPIKE
    if _near(rate, SUPPLY / SPIKE):
        raise Hint("You spend the whole supply on spikes. What is left of it after upkeep?")
    if _near(rate, UPKEEP / SPIKE):
        raise Hint("That is what the upkeep would buy in spikes. It is spent already.")
    if not _near(rate, wanted):
        raise Hint("Take upkeep from supply, and see how often the price of a spike fits into it.")
    if _near(share, 100 * wanted / ACTIVE_HZ):
        raise Hint("The digits are right: give the share as a number from 0 to 1, not in per cent.")
    if _near(share, ACTIVE_HZ / wanted):
        raise Hint("You have it upside down: a share cannot be above 1.")
    if not _near(share, wanted / ACTIVE_HZ):
        raise Hint(
            "The rate is right. If a share p fires at 20 Hz and the rest is silent, what is the "
            "mean rate?"
        )
    return (
        "2 Hz on average, so one neuron in ten at 20 Hz. Had “active” meant 4 Hz, half of them "
        "could have been."
    )


@exercise("energy-code")
def energy_code(neurons, active):
    """Find the cheapest code for 1000 messages if an active neuron costs 10 silent ones."""
    neurons = integer(neurons, "the number of neurons", low=1)
    active = integer(active, "the number of active ones", low=1)
    if active > neurons:
        raise Hint(f"{active} of {neurons} neurons cannot be active: are the two swapped?")
    sets = math.comb(neurons, active)
    if sets < MESSAGES:
        raise Hint(
            f"{active} of {neurons} active makes {sets} sets, and 1000 things have to be said."
        )
    if math.comb(neurons - 1, active) >= MESSAGES:
        raise Hint(f"With {active} active, fewer than {neurons} neurons would do: which is least?")
    best = cheapest_code(MESSAGES, RATIO)
    cost = neurons + active * (RATIO - 1)
    if cost > best.cost:
        more = "more" if active < best.active else "fewer"
        raise Hint(
            f"That works and costs {cost:g}. It can be had for less: try {more} active neurons at "
            "once."
        )
    return (
        "1140 sets for a price of 47. One neuron for each message would cost 1009, and one more "
        "active neuron would cost 50, for it saves six silent ones and is dearer than that."
    )


@exercise("energy-definition")
def energy_definition(rate_hz, about):
    """Say at which rate a neuron is active in the second paper, and what the two differ in."""
    rate = number(rate_hz, "the rate", low=0)
    about = choice(about, ("energy", "definition", "species"), "what they disagree about")
    if _near(rate, 1.0):
        raise Hint("A quarter of the share needs a higher rate, not a lower one: why?")
    if _near(rate, 0.16):
        raise Hint("That is the mean over all neurons, most of which are silent.")
    if not _near(rate, 16.0):
        raise Hint("Share times rate is the mean rate. You know the share, and the mean rate.")
    if about == "energy":
        raise Hint("The rate is right. But both papers grant the cortex the same spikes a second.")
    if about == "species":
        raise Hint("The rate is right. But it is one cortex: what differs is in the papers.")
    return (
        "The same spikes, shared out among many that fire at 4 Hz or among few that fire at 16. "
        "Before you compare two shares, ask what “active” meant."
    )
