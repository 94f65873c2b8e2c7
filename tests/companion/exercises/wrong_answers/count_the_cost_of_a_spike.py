"""Answers that must not pass, and a fragment of the hint that each of them must get."""

WRONG = {
    "energy-share": [
        ((20 / 3, 1 / 3), "after upkeep"),
        ((14 / 3, 0.2), "spent already"),
        ((3.0, 0.1), "price of a spike fits"),
        ((2.0, 10.0), "not in per cent"),
        ((2.0, 40.0), "fires at 20 Hz"),
        ((2.0, 0.5), "what is the mean rate"),
        ((-2.0, 0.1), "below 0"),
        (("2", 0.1), "leave out the quotes"),
    ],
    "energy-code": [
        ((1000, 1), "more active"),
        ((46, 2), "more active"),
        ((14, 4), "fewer active"),
        ((21, 3), "which is least"),
        ((19, 3), "969 sets"),
        ((3, 20), "swapped"),
        ((20.5, 3), "whole number"),
    ],
    "energy-definition": [
        ((1.0, "definition"), "higher rate"),
        ((0.16, "definition"), "mean over all"),
        ((8.0, "definition"), "Share times rate"),
        ((16.0, "energy"), "same spikes"),
        ((16.0, "species"), "one cortex"),
        ((16.0, "words"), "one of"),
    ],
}
