"""Every certificate against formulas written here once more, and maxima found by mpmath."""

import mpmath as mp
import pytest

from companion.approximation import CERTIFICATES, certify

DIGITS = 50


def sigma(x):
    return 1 / (1 + mp.exp(-x))


def phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def tanh_form(x):
    return x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3)))


# Where the maximum is on the right side, roughly, and the error there.
ERRORS = {
    "hard-logistic": (2, lambda x: min(x / 4 + 0.5, 1) - sigma(x)),
    "hard-tanh": (1, lambda x: min(x, 1) - mp.tanh(x)),
    "hard-sigmoid-1/6": (1.3, lambda x: sigma(x) - min(x / 6 + 0.5, 1)),
    "hard-sigmoid-0.2": (2.5, lambda x: min(x / 5 + 0.5, 1) - sigma(x)),
    "hard-sigmoid-1/2": (1, lambda x: min(x / 2 + 0.5, 1) - sigma(x)),
    "gelu-tanh": (2.7, lambda x: abs(tanh_form(x) - x * phi(x))),
    "gelu-sigmoid": (2.3, lambda x: abs(x * sigma(mp.mpf("1.702") * x) - x * phi(x))),
    "normal-logistic": (0.57, lambda x: abs(sigma(mp.mpf("1.702") * x) - phi(x))),
    "softplus-relu": (0, lambda x: mp.log1p(mp.exp(x)) - max(x, 0)),
    "swish-relu": (1.28, lambda x: x - x * sigma(x)),
}
AT_KINKS = {"hard-logistic", "hard-tanh", "hard-sigmoid-0.2", "hard-sigmoid-1/2", "softplus-relu"}


def true_maximum(name):
    start, error = ERRORS[name]
    at = mp.mpf(start)
    if name not in AT_KINKS:
        at = mp.findroot(lambda x: mp.diff(error, x), at)
    return at, error(at)


def test_every_certificate_is_tested():
    assert set(ERRORS) == set(CERTIFICATES)


@pytest.mark.parametrize("name", CERTIFICATES)
def test_the_enclosure_holds_the_maximum_and_nothing_near_it(name):
    enclosure = certify(name)
    with mp.workdps(DIGITS):
        at, largest = true_maximum(name)
        assert mp.mpf(enclosure.lower) <= largest <= mp.mpf(enclosure.upper)
        assert any(mp.mpf(a) <= at <= mp.mpf(b) for a, b in enclosure.where)
        for wrong in (largest * (1 - mp.mpf(10) ** -15), largest * (1 + mp.mpf(10) ** -15)):
            assert wrong not in enclosure
    assert enclosure.width <= 3e-16 * enclosure.upper
    assert all(b - a <= 1e-12 for a, b in enclosure.where)


@pytest.mark.parametrize("name", CERTIFICATES)
def test_both_sides_share_the_maximum(name):
    places = [a for a, _ in certify(name).where]
    assert places == pytest.approx([-x for x in reversed(places)], abs=1e-12)
    assert len(places) == (1 if name == "softplus-relu" else 2)


EXACT = [
    (name, dict.fromkeys(certificate.parameters, beta))
    for name, certificate in CERTIFICATES.items()
    for beta in ([1e-6, 0.01, 0.3, 1.0, 1.702, 37.0, 1e4] if certificate.parameters else [1.0])
    if certificate.exact
]


@pytest.mark.parametrize(("name", "parameters"), EXACT)
def test_closed_forms(name, parameters):
    certificate = CERTIFICATES[name]
    enclosure = certify(name, **parameters)
    with mp.workdps(DIGITS):
        exact = certificate.exact(mp, **parameters)
        assert mp.mpf(enclosure.lower) <= exact <= mp.mpf(enclosure.upper)
        assert certificate.closed_form
    assert enclosure.width <= 1e-12 * enclosure.upper


def test_swish_comes_nearer_to_relu_as_one_over_beta():
    one = certify("swish-relu")
    for beta in (0.5, 2.0, 4.0, 1024.0):  # Powers of two scale floats without rounding.
        other = certify("swish-relu", beta=beta)
        assert (other.lower * beta, other.upper * beta) == (one.lower, one.upper)


def test_what_the_course_says():
    assert certify("hard-logistic").upper < 0.1193
    assert certify("gelu-tanh").upper < 4.74e-4
    assert certify("gelu-sigmoid").upper < 0.0204
    assert certify("normal-logistic").upper < 0.0095


def test_what_there_is_not():
    with pytest.raises(ValueError, match=r"name must be one of .*'gelu-tanh'.*, got 'gelu'"):
        certify("gelu")
    with pytest.raises(TypeError, match=r"gelu-tanh: unknown parameter 'beta'; accepted: none"):
        certify("gelu-tanh", beta=2.0)
    with pytest.raises(TypeError, match=r"unknown parameter 'alpha'; accepted: beta"):
        certify("swish-relu", alpha=2.0)
    with pytest.raises(ValueError, match="beta must be a finite number > 0"):
        certify("softplus-relu", beta=0.0)
