"""Spectra of images made to have a known one, and whitening against linear algebra."""

import numpy as np
import pytest
from scipy.linalg import sqrtm

from companion.biology import (
    Whitening,
    image_patches,
    mean_correlation,
    power_spectrum,
    spectral_exponent,
)


def coloured_noise(exponent, shape=(256, 320), seed=0):
    """Make an image whose power goes like 1/f to an exponent."""
    rng = np.random.default_rng(seed)
    rows, columns = (np.fft.fftfreq(n) for n in shape)
    radius = np.hypot(rows[:, np.newaxis], columns)
    radius[0, 0] = np.inf
    return np.fft.ifft2(np.fft.fft2(rng.standard_normal(shape)) * radius ** (-exponent / 2)).real


@pytest.mark.parametrize("exponent", [0.0, 1.0, 2.0])
def test_the_exponent_of_a_made_image_is_found(exponent):
    found = spectral_exponent(*power_spectrum(coloured_noise(exponent)))
    assert found == pytest.approx(exponent, abs=0.1)


def test_white_noise_has_its_variance_as_power():
    frequency, power = power_spectrum(3 * np.random.default_rng(1).standard_normal((200, 200)))
    assert power.mean() == pytest.approx(9, rel=0.05)
    assert 0 < frequency[0] < frequency[-1] < 0.5


def test_a_border_that_does_not_fit_adds_no_power():
    # A ramp jumps from one border to the other; without a window its power would go like 1/f².
    _, power = power_spectrum(np.ones((64, 1)) * np.linspace(0, 1, 64))
    assert power[20:].max() < 1e-6 * power.max()


def patches(rng, count=3000, size=25):
    mixing = np.exp(-np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / 5)
    return rng.standard_normal((count, size)) @ mixing + np.arange(size)


def test_whitened_patches_have_unit_covariance_and_the_matrix_is_the_inverse_root():
    data = patches(np.random.default_rng(0))
    whiten = Whitening.fit(data)
    white = whiten(data)
    np.testing.assert_allclose(white.mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(np.cov(white, rowvar=False), np.eye(25), atol=1e-8)
    inverse_root = np.linalg.inv(sqrtm(np.cov(data, rowvar=False)).real)
    np.testing.assert_allclose(whiten.matrix, inverse_root, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(whiten.matrix, whiten.matrix.T, atol=1e-10)
    assert (np.diff(whiten.variances) <= 0).all()


def test_no_rotated_whitening_is_nearer_to_the_patches():
    rng = np.random.default_rng(2)
    data = patches(rng, size=6)
    centred = data - data.mean(axis=0)
    white = Whitening.fit(data)(data)
    nearest = np.sum((white - centred) ** 2)
    for _ in range(20):
        turn, _ = np.linalg.qr(rng.standard_normal((6, 6)))
        assert np.sum((white @ turn - centred) ** 2) >= nearest


def test_a_ridge_holds_back_what_hardly_varies():
    data = patches(np.random.default_rng(3))
    plain, held = Whitening.fit(data), Whitening.fit(data, ridge=0.1)
    assert np.linalg.norm(held.matrix, 2) < np.linalg.norm(plain.matrix, 2)
    flat = data.copy()
    flat[:, 0] = flat[:, 1]
    with pytest.raises(ValueError, match="must vary in every direction"):
        Whitening.fit(flat)
    assert np.isfinite(Whitening.fit(flat, ridge=1e-3).matrix).all()


def test_mean_correlation_of_known_data():
    rng = np.random.default_rng(4)
    assert mean_correlation(rng.standard_normal((20_000, 5))) < 0.02
    x = rng.standard_normal((1000, 1))
    assert mean_correlation(np.hstack([x, -2 * x, 3 * x + 1])) == pytest.approx(1)


def test_patches_are_cut_out_of_the_image():
    image = np.arange(600.0).reshape(20, 30)
    cut = image_patches(image, 4, 9000, rng=np.random.default_rng(5))
    corners = cut[:, 0].astype(int)
    offsets = (np.arange(4)[:, np.newaxis] * 30 + np.arange(4)).ravel()
    np.testing.assert_array_equal(cut, corners[:, np.newaxis] + offsets)
    assert corners.min() == 0
    assert corners.max() == 16 * 30 + 26
    assert image_patches(image, 20, 3, rng=np.random.default_rng(0)).shape == (3, 400)


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: image_patches(np.zeros(9), 3, 1, rng=RNG), ValueError, "rows and columns"),
        (lambda: image_patches(np.zeros((9, 5)), 6, 1, rng=RNG), ValueError, "between 2 and 5"),
        (lambda: image_patches(np.zeros((9, 9)), 3, 0, rng=RNG), ValueError, "at least 1"),
        (lambda: image_patches(np.zeros((9, 9)), 3, 1, rng=0), TypeError, "NumPy generator"),
        (lambda: power_spectrum(np.zeros((8, 99))), ValueError, "16 or more"),
        (lambda: power_spectrum([["a"] * 20] * 20), TypeError, "real numbers"),
        (lambda: spectral_exponent([0.1, 0.2], [1, 1]), ValueError, "three frequencies"),
        (lambda: spectral_exponent([0.1, 0.2, 0.25], [1, 0, 1]), ValueError, "greater than 0"),
        (lambda: spectral_exponent([0.1, 0.2], [1]), ValueError, "lists of one length"),
        (lambda: Whitening.fit([[1.0, 2.0]]), ValueError, "two or more rows"),
        (lambda: Whitening.fit([[1, 2], [3, np.nan]]), ValueError, "finite numbers"),
        (lambda: Whitening.fit(np.eye(3), ridge=-1), ValueError, "ridge must be at least 0"),
        (lambda: Whitening.fit(np.eye(9)[:4]), ValueError, "vary in every direction"),
        (lambda: mean_correlation([[1.0], [2.0]]), ValueError, "two rows and columns"),
        (lambda: mean_correlation([[1.0, 2.0], [1.0, 3.0]]), ValueError, "never does"),
    ],
)
def test_what_makes_no_sense_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
