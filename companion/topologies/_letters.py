"""A few letters as pictures of 7 × 7 dots, for a memory to keep."""

import numpy as np

_DOTS = {
    "C": (".#####.", "#.....#", "#......", "#......", "#......", "#.....#", ".#####."),
    "H": ("##...##", "##...##", "##...##", "#######", "##...##", "##...##", "##...##"),
    "N": ("#.....#", "##....#", "#.#...#", "#..#..#", "#...#.#", "#....##", "#.....#"),
    "T": ("#######", "#######", "...#...", "...#...", "...#...", "...#...", "...#..."),
    "X": ("#.....#", ".#...#.", "..#.#..", "...#...", "..#.#..", ".#...#.", "#.....#"),
    "Z": ("#######", ".....#.", "....#..", "...#...", "..#....", ".#.....", "#######"),
}

#: Rows and columns of a letter.
LETTER_SHAPE = (7, 7)


def letter_patterns(letters="CHNTXZ"):
    """Return letters as states of a memory: +1 for a dot, −1 for none.

    Parameters
    ----------
    letters : str, optional
        Any of C, H, N, T, X and Z.

    Returns
    -------
    ndarray of int64, shape (len(letters), 49)
        One letter a row, its 7 lines of 7 dots one after the other.

    Raises
    ------
    ValueError
        If there is no letter, or one that is not drawn here.

    Examples
    --------
    >>> letter_patterns("TX").shape
    (2, 49)
    """
    unknown = sorted(set(letters) - set(_DOTS))
    if not letters or unknown:
        got = ", ".join(unknown) or "none"
        raise ValueError(f"letters must be some of {', '.join(_DOTS)}, got {got}")
    pictures = [[dot == "#" for line in _DOTS[letter] for dot in line] for letter in letters]
    return 2 * np.array(pictures, dtype=np.int64) - 1
