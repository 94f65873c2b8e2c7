"""Run what is left of a sweep, and keep every result."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from companion._progress import progress as progress_bar
from companion.sweeps._file import ResultsFile
from companion.sweeps._grid import Configuration, key_of
from companion.sweeps._results import Cell, SweepResults
from companion.sweeps._sweep import Sweep, restored, run_cell

# So many cells are handed out beyond those that came back: enough to keep a cluster busy, and few
# to call back when somebody interrupts.
_AHEAD = 256
# A pool of our own may lose a worker so often before its cells are run one by one.
_BREAKS = 2


def run_sweep(
    sweep: Sweep,
    path: str | Path,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    retry_failures: bool = False,
    progress: bool | None = None,
) -> SweepResults:
    """Run the cells of a sweep that its results file does not hold yet.

    Parameters
    ----------
    sweep : Sweep
        What to run.
    path : str or Path
        The results file, one line of JSON a cell. If it exists, the sweep goes on with it.
    executor : concurrent.futures.Executor, optional
        Where to run: for example ``dask.distributed.Client(…).get_executor()``. By default a pool
        of processes of its own.
    workers : int, optional
        How many processes that pool has; by default one a processor.
    retry_failures : bool
        Run the cells that failed before again.
    progress : bool, optional
        Whether to show a bar; by default only on a terminal.

    Returns
    -------
    SweepResults
        All cells of the sweep, in the order of its grid. A cell whose experiment raised is there
        with its failure.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of its kind, the experiment cannot be sent to another process, or the
        file is damaged or belongs to another sweep.
    BlockingIOError
        If another run is writing to the file.
    concurrent.futures.BrokenExecutor
        If the executor given breaks. What came back until then is in the file; with a fresh
        executor the sweep goes on.

    Notes
    -----
    Every cell has its own random generator, made of the sweep's seed and its configuration, so
    the results are the same on any number of workers, in any order, and after any interruption.
    If a worker of the default pool dies, its cells run again in a new one; a cell that brings down
    three workers, the last while it ran alone, has failed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from companion.sweeps import grid
    >>> sweep = Sweep("halves", lambda c, rng: {"half": 1 / c["n"]}, grid(n=[2, 1, 0]))
    >>> with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as executor:
    ...     results = run_sweep(sweep, Path(folder) / "halves.jsonl", executor=executor)
    >>> [cell.result or cell.failure for cell in results]
    [{'half': 0.5}, {'half': 1.0}, 'ZeroDivisionError: division by zero']
    """
    if not isinstance(sweep, Sweep):
        raise TypeError(f"sweep must be a Sweep, got {type(sweep).__name__}")
    if executor is not None and not isinstance(executor, Executor):
        raise TypeError(
            f"executor must be one of concurrent.futures, got {type(executor).__name__}; of a Dask "
            "client it is client.get_executor()"
        )
    if workers is not None and (
        isinstance(workers, bool) or not isinstance(workers, int) or workers < 1
    ):
        raise ValueError(f"workers must be an integer, 1 or more, got {workers!r}")
    if workers is not None and executor is not None:
        raise ValueError("workers is for the default pool only, and an executor was given")
    with ResultsFile(Path(path), sweep) as file:
        todo = _todo(sweep, file.results, retry_failures)
        if todo and executor is None:
            _expect_sendable(sweep)
        with progress_bar(len(todo), progress, "cell") as advance:

            def keep(cell: Cell, record: dict) -> None:
                file.append(cell, record)
                advance()

            if executor is not None:
                _run_on(executor, sweep, todo, keep)
            elif todo:
                _run_on_own_pool(sweep, todo, keep, workers or _processors())
        file.sort()
        return file.results


Keep = Callable[[Cell, dict], None]


def _todo(sweep: Sweep, so_far: SweepResults, retry: bool) -> list[Configuration]:
    done = {key_of(c.configuration) for c in so_far if not (retry and c.failure is not None)}
    return [c for c in sweep.configurations if key_of(c) not in done]


def _run_on(
    executor: Executor, sweep: Sweep, todo: list[Configuration], keep: Keep, *, finish: bool = False
) -> None:
    """Run cells on an executor; whatever happens, keep what has come back.

    With `finish`, an interruption waits for the cells that are being computed at that moment.
    """
    waiting = iter(todo)
    under_way: dict[Future, Configuration] = {}
    try:
        with _interruptions_held_back() as first_completed:
            while True:
                for configuration in waiting:
                    future = executor.submit(
                        run_cell, sweep.experiment, configuration, sweep.generator(configuration)
                    )
                    under_way[future] = configuration
                    if len(under_way) >= _AHEAD:
                        break
                if not under_way:
                    return
                for future in first_completed(under_way):
                    _keep_result(future, under_way.pop(future), keep)
    finally:
        # What is finished is kept even now, when another cell broke everything.
        started = {f: c for f, c in under_way.items() if not f.cancel()}
        if finish:
            wait(started)
        for future, configuration in started.items():
            if future.done() and not _is_broken(future):
                _keep_result(future, configuration, keep)


@contextmanager
def _interruptions_held_back() -> Iterator[Callable[[Iterable[Future]], set[Future]]]:
    """Let Ctrl+C through only while nothing is in hand that could fall down.

    Yields a function that waits for the first of some futures. An interruption that comes while a
    cell is being handed out, or a result written down, takes effect when that has been done.
    """
    is_pending = is_waiting = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal is_pending
        is_pending = True
        if is_waiting:
            previous(number, frame)

    def first_completed(futures: Iterable[Future]) -> set[Future]:
        nonlocal is_waiting
        is_waiting = True
        try:
            if is_pending:
                raise KeyboardInterrupt
            return wait(futures, return_when=FIRST_COMPLETED).done
        finally:
            is_waiting = False

    previous = signal.getsignal(signal.SIGINT)
    if not callable(previous) or threading.current_thread() is not threading.main_thread():
        yield first_completed  # nobody interrupts by the keyboard here
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield first_completed
    finally:
        signal.signal(signal.SIGINT, previous)
    if is_pending:
        raise KeyboardInterrupt


def _keep_result(future: Future, configuration: Configuration, keep: Keep) -> None:
    try:
        result = future.result()
    except BrokenExecutor:
        raise  # a dead worker is nothing the experiment did, as far as anybody knows
    except Exception as error:
        _keep_failure(configuration, f"{type(error).__name__}: {error}", keep)
    else:
        cell = Cell(configuration, {name: restored(value) for name, value in result.items()})
        keep(cell, {"configuration": configuration, "result": result})


def _keep_failure(configuration: Configuration, failure: str, keep: Keep) -> None:
    keep(
        Cell(configuration, failure=failure),
        {"configuration": configuration, "failure": failure},
    )


def _is_broken(future: Future) -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenExecutor)


def _run_on_own_pool(sweep: Sweep, todo: list[Configuration], keep: Keep, workers: int) -> None:
    kept: set[str] = set()

    def keep_and_note(cell: Cell, record: dict) -> None:
        keep(cell, record)
        kept.add(key_of(cell.configuration))

    def left() -> list[Configuration]:
        return [c for c in todo if key_of(c) not in kept]

    for _ in range(_BREAKS):
        try:
            with _pool(min(workers, len(todo))) as pool:
                _run_on(pool, sweep, left(), keep_and_note, finish=True)
            return
        except BrokenExecutor:
            continue
    # Which of the cells under way brought the worker down is not known, so now each runs alone.
    for configuration in left():
        try:
            with _pool(1) as pool:
                _run_on(pool, sweep, [configuration], keep_and_note, finish=True)
        except BrokenExecutor:
            _keep_failure(configuration, "the process that ran it died", keep_and_note)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # Fresh processes: a forked one would share the locks of the threads that linear algebra runs.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_alone)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone() -> None:
    """Prepare a worker.

    Every processor has a worker already, so linear algebra keeps to one thread. An interruption
    from the keyboard reaches all processes of a terminal: it is the parent's to deal with. And who
    has lost the parent would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        from threadpoolctl import threadpool_limits
    except ModuleNotFoundError:
        return
    threadpool_limits(1)


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def _expect_sendable(sweep: Sweep) -> None:
    try:
        pickle.dumps(sweep.experiment)
    except Exception:
        raise TypeError(
            "experiment must be defined at the top level of a module to run in other processes, "
            f"got {sweep.experiment!r}; or give an executor of threads"
        ) from None
