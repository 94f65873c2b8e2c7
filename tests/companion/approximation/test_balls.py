import mpmath as mp
import pytest
from flint import arb

from companion.approximation._balls import UndecidedError, ball_arithmetic

FUNCTIONS = {
    "exp": (-3, 2),
    "expm1": (-3, 2),
    "log": (0.25, 4),
    "log1p": (-0.5, 4),
    "sqrt": (0.25, 9),
    "tanh": (-3, 3),
    "erf": (-2, 3),
    "erfc": (-2, 3),
    "ncdf": (-3, 4),
    "sign": (0.5, 2),
}


def holds(ball, number):
    """Whether a ball holds an mpmath number, to 60 digits of it."""
    return ball.overlaps(arb(mp.nstr(+number, 60)))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_value_slope_and_curvature_at_points_and_over_cells(name):
    low, high = FUNCTIONS[name]
    function = getattr(mp, name)
    with ball_arithmetic() as balls, mp.workdps(90):
        whole, *points = getattr(balls, name)(balls.over(arb(low), arb(high))).parts
        places = [mp.mpf(low), mp.mpf(high), (mp.mpf(low) + high) / 2]
        for point, place in zip(points, places, strict=True):
            for k, exact in enumerate(mp.taylor(function, place, 2)):
                assert holds(point[k], exact)
                assert point[k].rad() < 1e-30
        for step in range(21):
            place = low + (mp.mpf(high) - low) * step / 20
            for k, exact in enumerate(mp.taylor(function, place, 2)):
                assert holds(whole[k], exact)


def test_arithmetic_with_numbers_on_either_side():
    with ball_arithmetic() as balls:
        x = balls.over(arb(2), arb(2))
        for ours, wanted in [
            (1 - x, -1),
            (x - 1, 1),
            (3 / x, 1.5),
            (x / 4, 0.5),
            (2 * x + 1, 5),
            (x**3, 8),
            (0.5 * x, 1),
            (abs(-x), 2),
            (max(x, balls.mpf(3)), 3),
            (min(x, balls.mpf(3)), 2),
        ]:
            assert ours.value == wanted
        with pytest.raises(TypeError, match="an exponent must be an integer"):
            x**0.5
        with pytest.raises(TypeError):
            x + "1"


def test_constants():
    with ball_arithmetic() as balls, mp.workdps(90):
        assert holds(balls.pi.value, mp.pi)
        assert holds(balls.e.value, mp.e)
        assert holds(balls.lambertw(1 / balls.e).value, mp.lambertw(1 / mp.e).real)
        assert holds(balls.mpf("0.044715").value, mp.mpf("0.044715"))
        assert balls.mpf(0.044715).value != balls.mpf("0.044715").value


def test_a_comparison_has_one_answer_or_none():
    with ball_arithmetic() as balls:
        across = balls.over(arb(-1), arb(2))
        for compare in (
            lambda: across > 0,
            lambda: across < 0,
            lambda: across >= 1,
            lambda: across <= 1,
            lambda: across == 0,
            lambda: max(across, balls.mpf(0)),
            lambda: abs(across),
        ):
            with pytest.raises(UndecidedError):
                compare()
        right = balls.over(arb(0), arb(2))  # touches 0 with an end: the side counts
        assert right > 0
        assert right >= 0
        assert not right < 0
        assert right != 0
        assert balls.over(arb(-2), arb(0)) < 0
        there = balls.over(arb(0), arb(0))
        assert there == 0
        assert there >= 0
        assert there <= 0
        assert not there > 0
        assert not there < 0


def test_a_kink_between_rounded_radii():
    """x/4 + 1/2 − 1 is 0 at 2, yet its ball over [2, 2.7] reaches below: the ends decide."""
    with ball_arithmetic() as balls:
        x = balls.over(arb(2), arb(2.7))
        assert min(x / 4 + balls.mpf(1) / 2, balls.mpf(1)).value == 1


def test_a_divisor_that_may_be_zero():
    with ball_arithmetic() as balls, pytest.raises(UndecidedError):
        1 / balls.over(arb(-1), arb(2))
