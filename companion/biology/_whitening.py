"""Natural images are redundant, and whitening takes the redundancy of pairs away.

Neighbouring pixels are alike, so most of what a pixel says has been said. Whitening is the linear
map after which all pairs of outputs are uncorrelated and all variances 1. There are many; the one
that changes the image least has filters with a centre and a surround.
"""

from dataclasses import dataclass

import numpy as np

from companion.biology._checks import finite_array, not_negative, real_number


def image_patches(image, size, count, *, rng) -> np.ndarray:
    """Cut square patches out of an image, at random places.

    Parameters
    ----------
    image : array_like, shape (rows, columns)
        Grey values.
    size : int
        Rows and columns of a patch; at least 2, and no more than the image has.
    count : int
        How many patches; at least 1.
    rng : numpy.random.Generator
        The source of the places.

    Returns
    -------
    ndarray, shape (count, size * size)
        One patch a row, read line by line.

    Raises
    ------
    TypeError
        If the image is not made of real numbers or `rng` is no generator.
    ValueError
        If the image has no two dimensions, or the patches do not fit in.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import image_patches
    >>> image = np.arange(12.0).reshape(3, 4)
    >>> image_patches(image, 3, 2, rng=np.random.default_rng(0)).shape
    (2, 9)
    """
    pixels = _image(image)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng must be a NumPy generator such as np.random.default_rng(seed), got {rng!r}"
        )
    if not 2 <= size <= min(pixels.shape):
        raise ValueError(f"size must lie between 2 and {min(pixels.shape)} pixels, got {size!r}")
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count!r}")
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (size, size))
    rows, columns = (rng.integers(n, size=count) for n in windows.shape[:2])
    return windows[rows, columns].reshape(count, size * size)


def power_spectrum(image) -> tuple[np.ndarray, np.ndarray]:
    """Return how the variance of an image is spread over spatial frequencies.

    Parameters
    ----------
    image : array_like, shape (rows, columns)
        Grey values; 16 or more rows and columns.

    Returns
    -------
    cycles_per_px : ndarray, shape (n,)
        Spatial frequencies up to 1/2, the middles of rings of equal width.
    power : ndarray, shape (n,)
        Mean squared amplitude in each ring; that of white noise is the same in all.

    Raises
    ------
    TypeError
        If the image is not made of real numbers.
    ValueError
        If it is too small or not finite.

    Notes
    -----
    The mean is taken off, and a Hann window lets the image fade towards its border. Without it the
    jump from the right border to the left one, which the Fourier transform sees, would add a 1/f²
    of its own.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import power_spectrum
    >>> x = np.arange(128)
    >>> grating = np.sin(2 * np.pi * x / 8) * np.ones((128, 1))
    >>> frequency, power = power_spectrum(grating)
    >>> bool(abs(frequency[power.argmax()] - 1 / 8) < 0.01)
    True
    """
    pixels = _image(image)
    if min(pixels.shape) < 16:
        raise ValueError(f"image must have 16 or more rows and columns, got shape {pixels.shape}")
    window = np.hanning(pixels.shape[0])[:, np.newaxis] * np.hanning(pixels.shape[1])
    faded = (pixels - np.average(pixels, weights=window)) * window
    power = np.abs(np.fft.fft2(faded)) ** 2 / np.sum(window**2)
    rows, columns = (np.fft.fftfreq(n) for n in pixels.shape)
    radius = np.hypot(rows[:, np.newaxis], columns)
    rings = min(pixels.shape) // 2
    ring = np.minimum((radius * 2 * rings).astype(int), rings)  # the last one: the corners
    sums = np.bincount(ring.ravel(), power.ravel(), minlength=rings + 1)[:rings]
    sizes = np.bincount(ring.ravel(), minlength=rings + 1)[:rings]
    middles = (np.arange(rings) + 0.5) / (2 * rings)
    return middles[1:], sums[1:] / sizes[1:]


def spectral_exponent(cycles_per_px, power, *, low=0.02, high=0.3) -> float:
    """Return the exponent a of a power spectrum that goes like 1/fᵃ.

    Parameters
    ----------
    cycles_per_px, power : array_like, shape (n,)
        As from `power_spectrum`.
    low, high : float, default 0.02, 0.3
        The frequencies, in cycles a pixel, between which a straight line is fitted on logarithmic
        axes.

    Returns
    -------
    float
        The exponent: 0 for white noise, about 2 for many photographs.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        If there are fewer than three frequencies in between, or no power.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import spectral_exponent
    >>> frequency = np.linspace(0.01, 0.5, 50)
    >>> round(spectral_exponent(frequency, frequency**-2.0), 6)
    2.0
    """
    frequency = finite_array(cycles_per_px, "cycles_per_px", "cycles a pixel")
    values = finite_array(power, "power", "squared grey values")
    if frequency.ndim != 1 or frequency.shape != values.shape:
        raise ValueError(
            "cycles_per_px and power must be lists of one length, got shapes "
            f"{frequency.shape} and {values.shape}"
        )
    low, high = real_number(low, "low", "cycles a pixel"), real_number(high, "high", "cycles a px")
    inside = (frequency >= low) & (frequency <= high)
    if inside.sum() < 3:
        raise ValueError(f"low and high must enclose three frequencies, got {inside.sum()}")
    if (values[inside] <= 0).any():
        raise ValueError("power must be greater than 0 between low and high")
    return float(-np.polyfit(np.log(frequency[inside]), np.log(values[inside]), 1)[0])


@dataclass(frozen=True, eq=False)
class Whitening:
    """A linear map that decorrelates patches and changes them as little as it can (ZCA).

    Attributes
    ----------
    mean : ndarray, shape (pixels,)
        What is taken off before.
    matrix : ndarray, shape (pixels, pixels)
        The symmetric filters, one a row.
    variances : ndarray, shape (pixels,)
        Variances of the patches along their principal axes, largest first.

    Notes
    -----
    With the covariance C = U·diag(λ)·Uᵀ the matrix is U·diag(1/√(λ + ridge))·Uᵀ, the symmetric
    square root of C⁻¹. Any rotation of it whitens as well; this one, called zero-phase whitening in
    [1]_, is the nearest to doing nothing.

    References
    ----------
    .. [1] A. J. Bell, T. J. Sejnowski, The "independent components" of natural scenes are edge
       filters, *Vision Research* 37 (1997), 3327-3338. doi:10.1016/S0042-6989(97)00121-1

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import Whitening
    >>> rng = np.random.default_rng(0)
    >>> patches = rng.standard_normal((500, 3)) @ [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
    >>> white = Whitening.fit(patches)(patches)
    >>> np.cov(white.T).round(12) + 0.0
    array([[1., 0., 0.],
           [0., 1., 0.],
           [0., 0., 1.]])
    """

    mean: np.ndarray
    matrix: np.ndarray
    variances: np.ndarray

    @classmethod
    def fit(cls, patches, *, ridge=0.0) -> "Whitening":
        """Find the map for a set of patches.

        Parameters
        ----------
        patches : array_like, shape (count, pixels)
            One patch a row; more patches than pixels, unless there is a ridge.
        ridge : float, default 0
            Variance added to every axis, as a share of the mean variance: it keeps directions in
            which there is hardly any variance, mostly noise, from being blown up. At least 0.

        Returns
        -------
        Whitening

        Raises
        ------
        TypeError
            If the patches are not made of real numbers.
        ValueError
            If there are too few, or without a ridge a direction in which they do not vary.
        """
        values = finite_array(patches, "patches", "grey values")
        if values.ndim != 2 or values.shape[0] < 2 or values.shape[1] < 1:
            raise ValueError(
                f"patches must hold two or more rows, one patch each, got shape {values.shape}"
            )
        mean = values.mean(axis=0)
        variances, axes = np.linalg.eigh(np.atleast_2d(np.cov(values, rowvar=False)))
        extra = not_negative(ridge, "ridge", "times the mean variance") * variances.mean()
        raised = np.maximum(variances, 0.0) + extra
        if raised.min() <= 1e-12 * raised.max():
            raise ValueError(
                "patches must vary in every direction; take more of them than they have pixels, "
                "or a ridge such as 1e-3"
            )
        return cls(mean, (axes / np.sqrt(raised)) @ axes.T, variances[::-1])

    def __call__(self, patches) -> np.ndarray:
        """Whiten patches.

        Parameters
        ----------
        patches : array_like, shape (..., pixels)
            As for `fit`.

        Returns
        -------
        ndarray, shape (..., pixels)
            The whitened patches.
        """
        return (finite_array(patches, "patches", "grey values") - self.mean) @ self.matrix.T


def mean_correlation(patches) -> float:
    """Return how alike two different pixels are, on average.

    Parameters
    ----------
    patches : array_like, shape (count, pixels)
        One patch a row; two or more rows and columns.

    Returns
    -------
    float
        Mean size of the correlation coefficient over all pairs of different columns.

    Raises
    ------
    TypeError
        If the patches are not made of real numbers.
    ValueError
        If there are too few, or a pixel does not vary.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import mean_correlation
    >>> x = np.arange(5.0)
    >>> round(mean_correlation(np.column_stack([x, 2 * x, -x])), 12)
    1.0
    """
    values = finite_array(patches, "patches", "grey values")
    if values.ndim != 2 or min(values.shape) < 2:
        raise ValueError(f"patches must have two rows and columns or more, got {values.shape}")
    if (np.ptp(values, axis=0) == 0).any():
        raise ValueError("patches must vary in every pixel, and one of them never does")
    correlation = np.corrcoef(values, rowvar=False)
    different = ~np.eye(correlation.shape[0], dtype=bool)
    return float(np.abs(correlation[different]).mean())


def _image(image) -> np.ndarray:
    pixels = finite_array(image, "image", "grey values")
    if pixels.ndim != 2 or pixels.size == 0:
        raise ValueError(f"image must have rows and columns, got shape {pixels.shape}")
    return pixels
