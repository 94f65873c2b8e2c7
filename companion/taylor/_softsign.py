"""Softsign x/(1 + |x|) on one side of 0, where it is 1 − 1/(1 + x) or its mirror image."""

from dataclasses import dataclass
from fractions import Fraction
from math import factorial, inf

import numpy as np

from ._curves import Cells, SmoothCurve
from ._enclosures import Enclosed, round_up

_OCTAVES = 24


@dataclass(frozen=True)
class SoftsignCurve(SmoothCurve):
    """Softsign; about a centre, the half of it on the centre's side of 0."""

    name: str = "softsign"
    side: int = 0

    def about(self, centre: float) -> "SoftsignCurve":
        """Return the half that the centre lies on; at 0 the second derivative jumps."""
        if centre == 0:
            raise ValueError("centre must not be 0 for 'softsign', whose second derivative jumps")
        return SoftsignCurve(self.name, 1 if centre > 0 else -1)

    def coefficient_at_zero(self, n: int) -> Fraction:
        if n < 2:  # Both halves agree so far.
            return Fraction(n)
        raise ValueError("'softsign' has no second derivative at 0")

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        side = 1 if centre > 0 else -1
        if n == 0:
            return centre / (1 + abs(centre)), Fraction(0)
        return -side * (-side / (1 + abs(centre))) ** n / (1 + abs(centre)), Fraction(0)

    def cells(self, n: int) -> Cells:
        """Bound n!/(1 + |x|)ⁿ⁺¹ on the centre's side; beyond 0, Lagrange's theorem says nothing."""
        if not self.side:
            raise ValueError("'softsign' has no second derivative at 0: choose a centre")
        parts = 4 * (n + 1)
        edges = np.exp2(np.arange(_OCTAVES * parts + 1) / parts) - 1
        half = [round_up(factorial(n) / (1 + Fraction(float(x))) ** (n + 1)) for x in edges]
        if self.side < 0:
            edges, half = -edges[::-1], half[::-1]
        bounds = np.array([inf, *half] if self.side > 0 else [*half, inf]) * (1 + 1e-9)
        return Cells(edges, bounds, tail=inf, rate=0, largest=inf)

    def radius(self, centre: float) -> float:
        return 1 + abs(centre)
