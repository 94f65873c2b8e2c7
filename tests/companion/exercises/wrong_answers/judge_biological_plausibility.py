"""Answers that must not pass, and a fragment of the hint that each of them must get."""


def _in_place(w, x, step):
    y = w @ x
    w += step * y * (x - y * w)
    return w


WRONG = {
    "oja-step": [
        (lambda w, x, step: w + step * (w @ x) * x, "Hebb's rule"),
        (lambda w, x, step: step * (w @ x) * (x - (w @ x) * w), "the new weights"),
        (lambda w, x, step: w + step * (w @ x) * (x - w), "comes in it twice"),
        (lambda w, x, step: w - step * (w @ x) * (x - (w @ x) * w), "sign of the change"),
        (lambda w, x, step: w + (w @ x) * (x - (w @ x) * w), "step size"),
        (lambda w, x, step: w + step * x, "by hand"),
        (_in_place, "changes the array"),
        (lambda w, x: w, "3 arguments"),
        ([1.0, 0.2], "should be a function"),
    ],
    "plausibility-scores": [
        ([1, 0, 1, 1], "mechanism"),
        ([2, 1, 1, 1], "benefit"),
        ([2, 0, 2, 1], "fit"),
        ([2, 0, 1, 0], "A corner is no jump"),
        ([2, 0, 1, 3], "0, 1 or 2"),
        ([2, 0, 1], "4 numbers"),
        (4, "4 numbers"),
    ],
    "local-rules": [
        ("a", "Oja's rule"),
        ("c", "felt at every synapse"),
        ("d", "one of"),
        (2, "one of"),
    ],
}
