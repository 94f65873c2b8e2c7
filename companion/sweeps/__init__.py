"""Map an experiment over a grid of configurations, on one processor or on a cluster.

An experiment is a plain function of one configuration; the random generator it gets is its own, and
the same whenever and wherever it runs. `run_sweep` maps it over a grid on any executor of
`concurrent.futures`, by default a pool of processes, and on a Dask cluster through
``client.get_executor()``. Each result is appended to a file as it comes, so a sweep that was
interrupted goes on where it stopped: nothing is lost and nothing is done twice.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from companion.sweeps import Sweep, grid, run_sweep
>>> def mean_of_noise(configuration, rng):
...     return {"mean": rng.normal(0.0, configuration["spread"], 100).mean()}
>>> sweep = Sweep("noise", mean_of_noise, grid(spread=[1.0, 2.0], run=range(3)), seed=7)
>>> from concurrent.futures import ThreadPoolExecutor
>>> with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as executor:
...     results = run_sweep(sweep, Path(folder) / "noise.jsonl", executor=executor)
>>> len(results), results.values("mean", spread=2.0).shape
(6, (3,))
"""

from companion.sweeps._grid import Configuration, grid
from companion.sweeps._results import Cell, SweepResults, read_results
from companion.sweeps._run import run_sweep
from companion.sweeps._sweep import Experiment, Sweep

__all__ = [
    "Cell",
    "Configuration",
    "Experiment",
    "Sweep",
    "SweepResults",
    "grid",
    "read_results",
    "run_sweep",
]
