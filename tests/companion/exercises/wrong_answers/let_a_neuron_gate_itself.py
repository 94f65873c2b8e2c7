"""Wrong answers to the exercises on swish, and what the hint has to name."""


def _fold(weights=1.0, bias=1.0, out=-1.0):
    """Return a function that multiplies w, b and u by these powers of β."""

    def without_beta(w, b, u, beta):
        return w * beta**weights, b * beta**bias, u * beta**out

    return without_beta


def _positive_only(w, b, u, beta):
    return w * abs(beta), b * abs(beta), u / abs(beta)


def _forgets_u(w, b, u, beta):
    return w * beta, b * beta


WRONG = {
    "swish-dip": [
        ([-1.2785, -0.2785], "the place for β = 1"),
        ([-1.2785, -0.1392], "the place for β = 1"),
        ([1.2785, -0.1392], "the place for β = 1"),
        ([-0.1392, -0.6392], "wrong order"),
        ([-2.5569, -0.1392], "outwards"),
        ([-0.6392, -0.2785], "value is still that for β = 1"),
        ([-0.6392, 0.1392], "above or below 0"),
        ([-0.6392, -0.5569], "once only"),
        ([-0.6392, -0.0696], "once only"),
        ([-0.64, -0.14], "four decimals"),
        ([-0.6392, -0.14], "four decimals"),
        ([-0.6392, -5], "how does the value scale"),
        ([0.6392, 0.1392], "both negative"),
        ([0.6392, -0.1392], "only rises"),
        ([-3, -0.1392], "Start from the place"),
        (-0.6392, "2 numbers"),
        (["a", "b"], "real numbers"),
    ],
    "swish-near-relu": [
        (27, "still 0.0103"),
        (27.8465, "whole number"),
        (29, "smaller whole β"),
        (100, "if the distance were 1/β"),
        (1, "still 0.2785"),
        (0, "positive"),
        (-28, "positive"),
        ("28", "not the text"),
    ],
    "swish-steepest": [
        ([2.3994, 1.0998], "the place for β = 1"),
        ([7.198, 1.0998], "outwards"),
        ([-0.7998, -0.0998], "other side"),
        ([0, 0.5], "still grows"),
        ([1.0998, 0.7998], "wrong order"),
        ([0.79, 1.0998], "four decimals"),
        ([1.3, 1.0998], "Start from the v"),
        ([0.7998, 3.2995], "shrinks both"),
        ([0.7998, 0.3666], "shrinks both"),
        ([0.7998, 1.09], "four decimals"),
        ([0.7998, 1.0], "What does the lesson say"),
        (0.7998, "2 numbers"),
    ],
    "swish-fold": [
        (_fold(bias=0), "The bias"),
        (_fold(out=0), "outgoing weights u lack"),
        (_fold(out=1), "Must what goes out grow"),
        (_fold(-1, -1, 1), "Upside down"),
        (_fold(0, 0, 0), "does not compute the same"),
        (_positive_only, "negative β"),
        (_forgets_u, "3"),
        (lambda w, b, u: (w, b, u), "argument"),
        (2.0, "should be a function"),
    ],
}
