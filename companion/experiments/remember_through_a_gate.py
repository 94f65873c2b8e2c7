"""Keep a number for a long time: the lesson's long experiment.

At each step a sequence shows a number between −1 and 1, and a mark, which is 1 at the first step
and 0 at all others. After the last step the network shall say the marked number. What comes in
between is of the same kind, and only distracts. It is one half of the adding problem of Hochreiter
and Schmidhuber (1997), in which two marked numbers are to be added.

`choose` tries three steps for every contender and lag; `keep` runs the best of them on new seeds.
An easier task, to keep a bit, is there for comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from companion.experiments._stored import StoredSweep
from companion.network import Adam, Dense, Network, SquaredError
from companion.recurrent import Cell, GRUCell, LastOutput, LSTMCell, TanhCell
from companion.sweeps import Sweep, SweepResults, grid
from companion.training import MedianInterval, median_interval

SEED = 1997
UNITS, BATCH, UPDATES = 16, 32, 300
#: The error is a mean over so many batches, all of them new; solved means an error below this.
LOOK_BACK, SOLVED = 10, 0.05
#: Who at half-time is hardly better than a guess gives up.
HOPELESS = 0.9
LAGS = (10, 30, 100)
STEPS = (0.003, 0.01, 0.03)
CHOOSING, REPORTED = range(3), range(3, 23)

#: By name: how to draw the cell.
CONTENDERS: Mapping[str, Callable[[np.random.Generator], Cell]] = {
    "tanh": lambda rng: TanhCell.random(2, UNITS, rng),
    "tanh, rotation": lambda rng: TanhCell.random(2, UNITS, rng, "orthogonal"),
    "LSTM, bias 0": lambda rng: LSTMCell.random(2, UNITS, rng, 0.0),
    "LSTM, bias 1": lambda rng: LSTMCell.random(2, UNITS, rng, 1.0),
    "LSTM, bias 5": lambda rng: LSTMCell.random(2, UNITS, rng, 5.0),
    "GRU, bias 0": lambda rng: GRUCell.random(2, UNITS, rng, 0.0),
    "GRU, bias 5": lambda rng: GRUCell.random(2, UNITS, rng, 5.0),
}


def sequences(rng: np.random.Generator, count: int, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sequences and the number that each has marked.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    count : int
        How many sequences.
    lag : int
        How many distracting steps follow the marked one.

    Returns
    -------
    ndarray of shape (count, lag + 1, 2), and ndarray of shape (count, 1)

    Examples
    --------
    >>> inputs, wanted = sequences(np.random.default_rng(0), 4, lag=10)
    >>> inputs.shape, bool((inputs[:, 0, :1] == wanted).all()), inputs[0, :3, 1]
    ((4, 11, 2), True, array([1., 0., 0.]))
    """
    inputs = np.zeros((count, lag + 1, 2))
    inputs[:, :, 0] = rng.uniform(-1, 1, (count, lag + 1))
    inputs[:, 0, 1] = 1
    return inputs, inputs[:, 0, :1].copy()


def bits(rng: np.random.Generator, count: int, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Return easier sequences: the marked number is −1 or 1, and what follows is faint noise.

    Parameters and what is returned are as for `sequences`.

    Examples
    --------
    >>> inputs, wanted = bits(np.random.default_rng(0), 40, lag=10)
    >>> sorted(set(wanted.ravel().tolist())), bool(np.abs(inputs[:, 1:, 0]).max() < 1)
    ([-1.0, 1.0], True)
    """
    inputs = np.zeros((count, lag + 1, 2))
    inputs[:, :, 0] = rng.normal(0, 0.2, (count, lag + 1))
    inputs[:, 0, 0] = rng.choice([-1.0, 1.0], count)
    inputs[:, 0, 1] = 1
    return inputs, inputs[:, 0, :1].copy()


#: By name: how to draw sequences, and the variance of the answers.
TASKS = {"number": (sequences, 1 / 3), "bit": (bits, 1.0)}


def learn(
    contender: str, lag: int, step: float, run: int, task: str = "number"
) -> dict[str, object]:
    """Train one contender until it has solved the task, or gives up.

    Every batch is new, so that its error is that on sequences never seen. An error of 1 is that of
    the answer 0, which knows nothing.

    Returns
    -------
    dict
        ``"updates"``: how many there were; ``"error"``: the mean squared error of the last batches,
        as a share of the variance of the numbers; ``"solved"``.
    """
    rng = np.random.default_rng([SEED, lag, run])
    cell = CONTENDERS[contender](rng)
    network = Network([LastOutput(cell, lag + 1), Dense.random(UNITS, 1, rng, "xavier")])
    loss, optimiser = SquaredError(), Adam(step, clip=1.0)
    (draw, variance), errors = TASKS[task], []
    for update in range(1, UPDATES + 1):
        inputs, wanted = draw(rng, BATCH, lag)
        value = network.differentiate(inputs.reshape(BATCH, -1), wanted, loss)
        errors.append(2 * value / variance)
        error = np.mean(errors[-LOOK_BACK:])
        if update >= LOOK_BACK and error < SOLVED:
            break
        if update == UPDATES // 2 and error > HOPELESS:
            break
        optimiser.update(network)
    return {"updates": update, "error": round(float(error), 4), "solved": bool(error < SOLVED)}


def choose(configuration: Mapping[str, object], _: np.random.Generator) -> dict[str, object]:
    """Train one contender at one lag with one step."""
    return learn(**configuration)


def keep(configuration: Mapping[str, object], _: np.random.Generator) -> dict[str, object]:
    """Train one contender at one lag with its own step."""
    step = OWN_STEP[configuration["contender"]][LAGS.index(configuration["lag"])]
    return learn(step=step, **configuration) | {"step": step}


def best_steps(results: SweepResults) -> dict[str, tuple[float, ...]]:
    """Return for each contender its step at each lag, from the runs that are there for choosing.

    The best is solved most often, then comes closest to it, then takes the fewest updates.
    """

    def cost(contender: str, lag: int, step: float) -> tuple[float, float, float]:
        of = {"contender": contender, "lag": lag, "step": step}
        solved, errors, updates = (results.values(w, **of) for w in ("solved", "error", "updates"))
        missing = np.maximum(errors.astype(float), SOLVED)
        return -float(solved.sum()), float(missing.mean()), float(updates.mean())

    return {
        name: tuple(min(STEPS, key=lambda step: cost(name, lag, step)) for lag in LAGS)
        for name in CONTENDERS
    }


def summary(results: SweepResults, what: str, **chosen: object) -> MedianInterval:
    """Return the median of one quantity over the runs, with an interval."""
    return median_interval(results.values(what, **chosen).astype(float), resamples=999)


#: What `best_steps` has found in the stored results, lag by lag; a test compares.
OWN_STEP: Mapping[str, tuple[float, ...]] = {
    "tanh": (0.03, 0.03, 0.003),
    "tanh, rotation": (0.01, 0.01, 0.003),
    "LSTM, bias 0": (0.01, 0.003, 0.003),
    "LSTM, bias 1": (0.03, 0.003, 0.003),
    "LSTM, bias 5": (0.03, 0.03, 0.003),
    "GRU, bias 0": (0.03, 0.003, 0.003),
    "GRU, bias 5": (0.03, 0.03, 0.03),
}

CHOOSE = Sweep(
    "keep-a-number-steps",
    choose,
    grid(contender=CONTENDERS, lag=LAGS, step=STEPS, run=CHOOSING),
    seed=SEED,
)
KEEP = Sweep("keep-a-number", keep, grid(contender=CONTENDERS, lag=LAGS, run=REPORTED), seed=SEED)

STORED = (
    StoredSweep(CHOOSE, "book/5-gated-activations/remember-through-a-gate-steps.jsonl"),
    StoredSweep(KEEP, "book/5-gated-activations/remember-through-a-gate.jsonl"),
)
