"""Inhibition between neighbours: centre-surround fields, sharpened tuning, competition.

A unit is excited from a narrow region and inhibited from a wide one (or the other way round). In
space that finds edges, along a feature such as pitch or orientation it sharpens tuning, and among
stimuli it makes them compete.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from scipy.special import ndtr

from companion.biology._checks import finite_array, not_negative, positive, real_array


@dataclass(frozen=True)
class CentreSurround:
    """A receptive field that is the difference of two Gaussians.

    Parameters
    ----------
    centre_px, surround_px : float, default 2, 6
        Standard deviations of the exciting centre and of the inhibiting surround, in pixels (or
        whatever one sample is); at least 0.5, and not equal.
    surround_weight : float, default 0.9
        How much the surround weighs, w; the centre weighs 1. At least 0.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite or out of its range.

    Notes
    -----
    The difference of Gaussians was fitted to the cat's retinal ganglion cells in [1]_. The defaults
    describe no particular cell. What the field says where the light is even is (1 − w) times the
    light. At an edge from 0 to 1 it answers Φ(x/σ_c) − w·Φ(x/σ_s), with Φ the normal distribution
    function; a grating of f cycles a pixel passes with the gain
    exp(−2π²σ_c²f²) − w·exp(−2π²σ_s²f²).

    References
    ----------
    .. [1] R. W. Rodieck, Quantitative analysis of cat retinal ganglion cell response to visual
       stimuli, *Vision Research* 5 (1965), 583-601. doi:10.1016/0042-6989(65)90033-7

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import CentreSurround
    >>> field = CentreSurround(centre_px=2, surround_px=6)
    >>> light = np.repeat([1.0, 2.0], 60)
    >>> answer = field.respond(light)
    >>> [f"{value:.2f}" for value in (answer[10], answer.min(), answer.max(), answer[110])]
    ['0.10', '-0.11', '0.41', '0.20']
    """

    centre_px: float = 2.0
    surround_px: float = 6.0
    surround_weight: float = 0.9

    def __post_init__(self):
        for name in ("centre_px", "surround_px"):
            value = positive(getattr(self, name), name, "pixels")
            if value < 0.5:
                raise ValueError(f"{name} must be at least 0.5 pixels, got {value!r}")
            object.__setattr__(self, name, value)
        if self.centre_px == self.surround_px:
            raise ValueError(f"surround_px must differ from centre_px = {self.centre_px:g} pixels")
        weight = not_negative(self.surround_weight, "surround_weight", "times the centre")
        object.__setattr__(self, "surround_weight", weight)

    def profile(self, distance_px):
        """Return the field's weight at a distance, along a line.

        Parameters
        ----------
        distance_px : array_like
            Distance from the centre, in pixels, of any shape.

        Returns
        -------
        ndarray or float
            The weight per pixel, in the same shape.
        """
        x = real_array(distance_px, "distance_px", "pixels")
        bells = (
            np.exp(-(x**2) / (2 * sd**2)) / (np.sqrt(2 * np.pi) * sd)
            for sd in (self.centre_px, self.surround_px)
        )
        centre, surround = bells
        return (centre - self.surround_weight * surround)[()]

    def edge_response(self, distance_px):
        """Return the answer of fields near an edge from darkness (0) to light (1).

        Parameters
        ----------
        distance_px : array_like
            How far the field's centre is on the light side, in pixels, of any shape.

        Returns
        -------
        ndarray or float
            The answer, in the same shape.
        """
        x = real_array(distance_px, "distance_px", "pixels")
        return (ndtr(x / self.centre_px) - self.surround_weight * ndtr(x / self.surround_px))[()]

    @property
    def edge_peak_px(self) -> float:
        """Where an edge is answered most, in pixels into the light; NaN if there is no such place.

        Centre and surround then contribute alike: the profile is 0.
        """
        c, s = self.centre_px, self.surround_px
        if self.surround_weight == 0:
            return np.nan
        square = 2 * np.log(s / (self.surround_weight * c)) * c**2 * s**2 / (s**2 - c**2)
        return float(np.sqrt(square)) if square >= 0 else np.nan

    def gain(self, cycles_per_px):
        """Return how strongly a grating passes.

        Parameters
        ----------
        cycles_per_px : array_like
            Spatial frequency, in cycles a pixel, of any shape.

        Returns
        -------
        ndarray or float
            The factor by which the grating's amplitude is multiplied, in the same shape.
        """
        f = real_array(cycles_per_px, "cycles_per_px", "cycles a pixel")
        centre, surround = (
            np.exp(-2 * (np.pi * sd * f) ** 2) for sd in (self.centre_px, self.surround_px)
        )
        return (centre - self.surround_weight * surround)[()]

    def respond(self, light) -> np.ndarray:
        """Put such a field on every sample of a line or of an image.

        Parameters
        ----------
        light : array_like, shape (n,) or (rows, columns)
            The light, in any unit.

        Returns
        -------
        ndarray
            The answers, in the same shape and unit. Beyond its border the light goes on as it is
            there.

        Raises
        ------
        TypeError
            If the light is not made of real numbers.
        ValueError
            If it is not finite, empty, or has more than two dimensions.
        """
        values = finite_array(light, "light", "any unit")
        if values.ndim not in (1, 2) or values.size == 0:
            raise ValueError(f"light must be a line or an image, got shape {values.shape}")
        centre, surround = (
            scipy.ndimage.gaussian_filter(values, sd, mode="nearest", truncate=6.0)
            for sd in (self.centre_px, self.surround_px)
        )
        return centre - self.surround_weight * surround


@dataclass(frozen=True)
class TunedUnit:
    """A unit that is excited around its favourite feature and inhibited around it, too.

    Parameters
    ----------
    excitation_width, inhibition_width : float
        Standard deviations of both, in the feature's unit (degrees, octaves); greater than 0.
    inhibition_weight : float, default 0.5
        Inhibition at the favourite, where excitation is 1; at least 0 and less than 1.

    Notes
    -----
    The unit answers max(0, exp(−x²/2σ_e²) − w·exp(−x²/2σ_i²)), x being the distance from its
    favourite.

    Examples
    --------
    >>> from companion.biology import TunedUnit
    >>> lone, surrounded = TunedUnit(20, 20, 0.0), TunedUnit(20, 60, 0.5)
    >>> f"{lone.full_width():.1f} {surrounded.full_width():.1f}"
    '47.1 31.5'
    """

    excitation_width: float
    inhibition_width: float
    inhibition_weight: float = 0.5

    def __post_init__(self):
        for name in ("excitation_width", "inhibition_width"):
            value = positive(getattr(self, name), name, "of the feature")
            object.__setattr__(self, name, value)
        weight = not_negative(self.inhibition_weight, "inhibition_weight", "times the excitation")
        if weight >= 1:
            raise ValueError(f"inhibition_weight must be less than 1, got {weight!r}")
        object.__setattr__(self, "inhibition_weight", weight)

    def respond(self, distance):
        """Return the answer at a distance from the favourite feature.

        Parameters
        ----------
        distance : array_like
            Distance, in the feature's unit, of any shape.

        Returns
        -------
        ndarray or float
            The answer, at least 0, in the same shape.
        """
        x = real_array(distance, "distance", "the feature's unit")
        excitation = np.exp(-(x**2) / (2 * self.excitation_width**2))
        inhibition = np.exp(-(x**2) / (2 * self.inhibition_width**2))
        return np.maximum(0.0, excitation - self.inhibition_weight * inhibition)[()]

    def full_width(self) -> float:
        """Return the width over which the answer is at least half of its largest.

        Returns
        -------
        float
            Full width at half height, in the feature's unit; to within a 20 000th of it.
        """
        x = np.linspace(0, 6 * self.excitation_width, 60_001)
        answer = self.respond(x)
        return float(2 * x[np.flatnonzero(answer >= answer.max() / 2)[-1]])


def compete(drive, *, half_saturation=1.0, exponent=2.0, gain=1.0) -> np.ndarray:
    """Let units inhibit each other by dividing: each drive over the pool of all.

    Parameters
    ----------
    drive : array_like, shape (..., units)
        How strongly each unit is driven; at least 0.
    half_saturation : float, default 1
        The drive at which a lone unit reaches half its largest answer; greater than 0.
    exponent : float, default 2
        Power to which the drives are raised; greater than 0.
    gain : array_like, default 1
        Factor on each drive before the competition, such as attention; at least 0.

    Returns
    -------
    ndarray, shape (..., units)
        Answers between 0 and 1: dⁿ/(sⁿ + Σ dⁿ), with d = gain · drive.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        If one is not finite or out of its range.

    Notes
    -----
    A pool of one width for all units is the simplest case of the normalization model of [1]_, in
    which attention multiplies a drive before the division.

    References
    ----------
    .. [1] J. H. Reynolds, D. J. Heeger, The normalization model of attention, *Neuron* 61 (2009),
       168-185. doi:10.1016/j.neuron.2009.01.002

    Examples
    --------
    >>> from companion.biology import compete
    >>> compete([4.0, 4.0]).round(2), compete([4.0, 4.0], gain=[1, 2]).round(2)
    (array([0.48, 0.48]), array([0.2 , 0.79]))
    """
    drives, gains = finite_array(drive, "drive", "any unit"), finite_array(gain, "gain", "times")
    if drives.ndim == 0 or drives.shape[-1] == 0:
        raise ValueError("drive must have a last axis of one or more units, got none")
    for name, values in (("drive", drives), ("gain", gains)):
        if (values < 0).any():
            raise ValueError(f"{name} must be at least 0, got {values.min()!r}")
    half = positive(half_saturation, "half_saturation", "of the drive")
    power = positive(exponent, "exponent", "(a pure number)")
    raised = (gains * drives / half) ** power
    return raised / (1.0 + raised.sum(axis=-1, keepdims=True))
