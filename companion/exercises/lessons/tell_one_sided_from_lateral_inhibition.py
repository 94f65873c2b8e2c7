"""Exercises of the lesson `tell_one_sided_from_lateral_inhibition`."""

import numpy as np

from companion.biology import CentreSurround, DirectionUnit, Whitening
from companion.exercises._answers import Hint, choice, function, number
from companion.exercises._engine import exercise

_KINDS = ("one-sided", "lateral", "directional")


@exercise("edge-bands")
def edge_bands(dark_side, bright_side, strongest):
    """Say what cells answer far from an edge on both sides, and at their strongest."""
    dark = number(dark_side, "the dark side")
    bright = number(bright_side, "the bright side")
    most = number(strongest, "the strongest answer")
    field = CentreSurround(1, 4, 0.8)
    wanted = 2 + 20 * field.edge_response(field.edge_peak_px)
    if abs(dark - 10) < 0.01 or abs(bright - 30) < 0.01:
        raise Hint("That is the light itself. What does the surround take away where it is even?")
    if abs(dark - 8) < 0.01 or abs(bright - 24) < 0.01:
        raise Hint("That is what the surround takes away. What is left?")
    if abs(dark - 2) > 0.01:
        raise Hint("Far from the edge the light is even: the factor is 1 − w, on both sides.")
    if abs(bright - 6) > 0.01:
        raise Hint("The dark side is right. The bright side has the same factor, on a light of 30.")
    if abs(most - (wanted - 2)) < 0.01:
        raise Hint("The edge does not start from darkness: even at its foot the cells say 2.")
    if abs(most - field.edge_response(field.edge_peak_px)) < 0.01:
        raise Hint("That is for an edge from 0 to 1. Yours is 20 high and starts at 10.")
    if abs(most - wanted) > 0.01:
        raise Hint("Both sides are right. Look for the largest answer near `edge_peak_px`.")
    return (
        "The strongest answer, 10.5, is far above the 6 of the bright side, though the light is no "
        "brighter: the surround is still half in the dark."
    )


@exercise("which-inhibition")
def which_inhibition(kinds):
    """Name the kind of inhibition that each of four observations shows."""
    if not isinstance(kinds, list | tuple) or len(kinds) != 4:
        raise Hint("Give a list of four kinds, one for each of (a) to (d).")
    a, b, c, d = (choice(kind, _KINDS, "each kind") for kind in kinds)
    if a != "lateral":
        raise Hint("(a): the light that matters is not its own. Whose is it?")
    if b != "one-sided":
        raise Hint("(b): no neighbour and no time is involved. What does its threshold do?")
    if c != "directional":
        raise Hint("(c): the same bar, the same places, in another order. What tells them apart?")
    if d != "one-sided":
        raise Hint("(d): each unit of such a layer looks at its own sum. Do they see each other?")
    return (
        "Only (a) needs a neighbour, only (c) needs time, and (b) and (d) are one and the same: a "
        "cell below its threshold."
    )


@exercise("veto-delay")
def veto_delay(delay_ms, response_right):
    """Find the delay, in ms, that vetoes a bar moving left, and the answer to one moving right."""
    delay = number(delay_ms, "the delay")
    response = number(response_right, "the response")
    if abs(delay - 125) < 1e-6:
        raise Hint("Time is distance over speed, not distance times speed.")
    if abs(delay - 0.05) < 1e-9:
        raise Hint("That is speed over distance. How long does the bar take for 50 µm?")
    if delay < 0:
        raise Hint("A negative delay would have the inhibition know of the bar in advance.")
    if abs(delay - 20) > 1e-6:
        raise Hint("The bar meets the inhibiting receptor first. How long until it is over yours?")
    wanted = DirectionUnit(50, 20, 20).response(2.5)
    if abs(response) < 1e-3:
        raise Hint("The delay is right. 0 is the response to the left; which sign has the right?")
    if abs(response - wanted) > 0.01:
        raise Hint("The delay is right. Ask a `DirectionUnit` of 50 µm, 20 µm and your delay.")
    return (
        "To the left both arrive together, to the right the inhibition comes 40 ms after the "
        "excitation, and hardly anything of the answer is lost."
    )


@exercise("zca")
def zca(answer):
    """Write a function that whitens patches and changes them as little as possible."""
    rng = np.random.default_rng(5)
    mixing = np.eye(6) + 0.6 * np.eye(6, k=1) + 0.3 * np.eye(6, k=-2)
    patches = rng.standard_normal((400, 6)) @ mixing + np.arange(6.0)
    white = function(answer, "your `white_patches`", shape="same")(patches)
    wanted = Whitening.fit(patches)(patches)
    if np.allclose(white, wanted, rtol=0, atol=1e-6):
        return "White, and turned by nothing: each output still belongs to its own pixel."
    if np.abs(white.mean(axis=0)).max() > 1e-6:
        raise Hint("The mean of your output is not 0. Take off the mean of each pixel first.")
    covariance = np.cov(white, rowvar=False)
    if np.allclose(covariance, np.cov(patches, rowvar=False)):
        raise Hint("The mean is off, and the correlations are all still there.")
    if np.allclose(np.diag(covariance), 1, atol=0.02) and not np.allclose(
        covariance, np.eye(6), atol=0.02
    ):
        raise Hint("Each pixel has variance 1, but different pixels are still correlated.")
    if np.allclose(covariance, np.eye(6), atol=0.02):
        raise Hint(
            "It is white, but not as near to the patches as it could be: turn it back by U, or "
            "keep `np.cov`'s own n − 1."
        )
    inverse = np.linalg.inv(np.cov(patches, rowvar=False))
    if np.allclose(covariance, inverse, rtol=1e-3, atol=1e-3):
        raise Hint("You divide by the variances. Which power of Λ makes a variance of 1?")
    raise Hint(
        f"The output's variances run from {np.diag(covariance).min():.2g} to "
        f"{np.diag(covariance).max():.2g}. They should all be 1, with no correlations."
    )
