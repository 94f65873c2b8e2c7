"""A sweep loses nothing and does nothing twice, whatever happens to it."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from companion.sweeps import Sweep, SweepResults, grid, read_results, run_sweep
from companion.sweeps._file import ResultsFile

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.fixture(scope="module")
def experiments():
    """Import the module under a name that a fresh process finds as well."""
    sys.path.insert(0, str(HERE))
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE), before]))
    yield import_module("experiments")
    sys.path.remove(str(HERE))
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


@pytest.fixture
def threads():
    with ThreadPoolExecutor(2) as pool:
        yield pool


def cube(configuration, rng):
    return {"cube": configuration["k"] ** 3, "noise": float(rng.random())}


CUBES = Sweep("cubes", cube, grid(k=range(5)), seed=3)


# The grid, and randomness


def test_grid_is_every_combination():
    assert grid(a=[1, 2], b=["x"]) == ({"a": 1, "b": "x"}, {"a": 2, "b": "x"})
    assert grid(a=np.arange(2), b=[np.float32(0.5)])[1] == {"a": 1, "b": 0.5}
    assert type(grid(a=np.arange(2))[0]["a"]) is int
    assert len(grid(a=[True, 1, 1.0, "1", None])) == 5


@pytest.mark.parametrize(
    ("axes", "error", "said"),
    [
        ({"a": 3}, TypeError, "a must be several values"),
        ({"a": "text"}, TypeError, "a must be several values"),
        ({"a": []}, ValueError, "a must have at least one value"),
        ({"a": [1, 1]}, ValueError, "a has the value 1 twice"),
        ({"a": [np.nan]}, ValueError, "a must be finite, got nan"),
        ({"a": [[1, 2]]}, TypeError, r"got \[1, 2\] \(list\)"),
        ({"a": [1j]}, TypeError, "complex"),
    ],
)
def test_an_unfit_grid_is_refused(axes, error, said):
    with pytest.raises(error, match=said):
        grid(**axes)


def test_randomness_hangs_on_seed_and_configuration_alone(threads, tmp_path):
    larger = Sweep("cubes", cube, grid(k=range(9)), seed=3)
    other = Sweep("cubes", cube, grid(k=range(5)), seed=4)
    first = run_sweep(CUBES, tmp_path / "a", executor=threads).values("noise")
    assert len(set(first)) == 5
    np.testing.assert_array_equal(
        run_sweep(larger, tmp_path / "b", executor=threads).values("noise")[:5], first
    )
    assert set(run_sweep(other, tmp_path / "c", executor=threads).values("noise")) != set(first)
    assert CUBES.run_cell({"k": 2})["noise"] == first[2]


# Results and the file


def test_results_come_in_the_order_of_the_grid(threads, tmp_path):
    def later_first(configuration, rng):
        time.sleep(0.03 * (3 - configuration["k"]))
        return {"k": configuration["k"]}

    path = tmp_path / "folder" / "r.jsonl"
    results = run_sweep(Sweep("order", later_first, grid(k=range(4))), path, executor=threads)
    assert [cell.result["k"] for cell in results] == [0, 1, 2, 3]
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["configuration"]["k"] for line in lines[1:]] == [0, 1, 2, 3]
    assert lines[0]["sweep"] == "order"
    assert {"seed", "experiment", "numpy", "date"} <= lines[0].keys()
    assert read_results(path) == results


def test_values_and_selections(threads, tmp_path):
    def experiment(configuration, rng):
        return {"both": [configuration["a"], configuration["b"]], "bad": np.inf}

    sweep = Sweep("pairs", experiment, grid(a=[1.0, 2.0], b=[10, 20, 30]))
    results = run_sweep(sweep, tmp_path / "r.jsonl", executor=threads)
    assert results.axis("b") == [10, 20, 30]
    np.testing.assert_array_equal(results.values("both", a=2.0)[:, 1], [10, 20, 30])
    assert read_results(tmp_path / "r.jsonl").values("bad").tolist() == [np.inf] * 6
    assert isinstance(results.select(b=10), SweepResults)
    with pytest.raises(ValueError, match=r"no cell has .*7.*there are .*\[10, 20, 30\]"):
        results.select(b=7)
    with pytest.raises(ValueError, match=r"name must be one of .*'bad', 'both'.* got 'neither'"):
        results.values("neither")


def test_a_second_run_does_nothing(threads, tmp_path):
    path = tmp_path / "r.jsonl"
    first = run_sweep(CUBES, path, executor=threads)
    text = path.read_bytes()

    class Refusing(ThreadPoolExecutor):
        def submit(self, *_):
            raise AssertionError("a cell was run again")

    with Refusing(1) as pool:
        assert run_sweep(CUBES, path, executor=pool) == first
    assert path.read_bytes() == text


def test_a_larger_grid_runs_only_what_is_new(threads, tmp_path):
    path, ran = tmp_path / "r.jsonl", []

    def experiment(configuration, rng):
        ran.append(configuration["k"])
        return {}

    run_sweep(Sweep("s", experiment, grid(k=[1, 2])), path, executor=threads)
    run_sweep(Sweep("s", experiment, grid(k=[0, 2, 3])), path, executor=threads)
    assert sorted(ran) == [0, 1, 2, 3]
    assert len(read_results(path)) == 4  # the cell of the smaller grid is still there


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.97])
def test_a_line_cut_off_is_run_again(threads, tmp_path, keep):
    path = tmp_path / "r.jsonl"
    whole = run_sweep(CUBES, path, executor=threads)
    text = path.read_bytes()
    header = text.index(b"\n") + 1
    path.write_bytes(text[: header + int(keep * (len(text) - header))])
    assert len(read_results(path)) < 5
    assert run_sweep(CUBES, path, executor=threads).cells == whole.cells
    assert path.read_bytes() == text


def test_a_damaged_or_foreign_file_is_refused_and_left_as_it_is(threads, tmp_path):
    path = tmp_path / "r.jsonl"
    run_sweep(CUBES, path, executor=threads)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    for text, said in {
        "".join([*lines[:2], '{"configuration": {"k"\n', *lines[3:]]): "line 3 is damaged; remove",
        "".join([lines[0], '{"k": 1}\n']): "line 2 is none of a sweep's",
        "a,b\n1,2\n": "line 1 is damaged",
        "[1]\n": "line 1 is none of a sweep's",
        "no line at all": "no whole line; remove the file",
    }.items():
        path.write_text(text, "utf-8")
        with pytest.raises(ValueError, match=said):
            run_sweep(CUBES, path, executor=threads)
        with pytest.raises(ValueError, match=said):
            read_results(path)
        assert path.read_text("utf-8") == text
    path.write_text("".join(lines), "utf-8")
    for other in (Sweep("other", cube, grid(k=[1])), Sweep("cubes", cube, grid(k=[1]), seed=4)):
        with pytest.raises(ValueError, match="holds the results of another sweep"):
            run_sweep(other, path, executor=threads)
    assert path.read_text("utf-8") == "".join(lines)


def test_only_one_run_writes(tmp_path, threads):
    path = tmp_path / "r.jsonl"

    def nested(configuration, rng):
        with pytest.raises(BlockingIOError, match="another run is writing"):
            run_sweep(CUBES, path, executor=threads)
        return {}

    results = run_sweep(Sweep("outer", nested, grid(k=[1])), path, executor=threads)
    assert not results.failures


# What goes wrong


def test_failures_are_recorded_with_their_configuration(experiments, threads, tmp_path):
    sweep = Sweep("odd", experiments.fails_on_odd, grid(k=range(4)))
    results = run_sweep(sweep, tmp_path / "r.jsonl", executor=threads)
    assert [(c.configuration["k"], c.failure) for c in results.failures] == [
        (1, "ValueError: odd: 1"),
        (3, "ValueError: odd: 3"),
    ]
    assert read_results(tmp_path / "r.jsonl").values("k").tolist() == [0, 2]
    mended = Sweep("odd", experiments.fails_on_odd, grid(k=range(4)))
    assert len(run_sweep(mended, tmp_path / "r.jsonl", executor=threads).failures) == 2
    repaired = Sweep("odd", lambda c, rng: {"k": c["k"]}, grid(k=range(4)))
    object.__setattr__(repaired.experiment, "__qualname__", "fails_on_odd")
    repaired.experiment.__module__ = experiments.fails_on_odd.__module__
    again = run_sweep(repaired, tmp_path / "r.jsonl", executor=threads, retry_failures=True)
    assert again.failures == ()
    assert again.values("k").tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("result", [3, {"a": object()}, {"a": [1j]}, None])
def test_a_result_that_no_file_can_hold_is_a_failure(threads, tmp_path, result):
    sweep = Sweep("bad", lambda c, rng: result, grid(k=[0]))
    (cell,) = run_sweep(sweep, tmp_path / "r.jsonl", executor=threads)
    assert cell.failure.startswith("TypeError: ")


def test_a_worker_that_dies_once_costs_nothing(experiments, tmp_path):
    cells = grid(k=range(8), mark=[str(tmp_path / "died")])
    results = run_sweep(Sweep("d", experiments.deadly, cells), tmp_path / "r.jsonl", workers=2)
    assert (tmp_path / "died").exists()
    assert len(results) == 8
    assert results.failures == ()


def test_a_cell_that_kills_every_worker_fails_alone(experiments, tmp_path):
    cells = grid(k=range(6), mark=[None])
    results = run_sweep(Sweep("d", experiments.deadly, cells), tmp_path / "r.jsonl", workers=2)
    assert [(c.configuration["k"], c.failure) for c in results.failures] == [
        (3, "the process that ran it died")
    ]
    assert len(results) == 6


def test_an_executor_that_breaks_leaves_what_was_done(tmp_path):
    class Breaking(ThreadPoolExecutor):
        def submit(self, run, experiment, configuration, rng):
            future = Future()
            if configuration["k"] < 3:
                future.set_result(run(experiment, configuration, rng))
            else:
                future.set_exception(BrokenExecutor("gone"))
            return future

    path = tmp_path / "r.jsonl"
    with Breaking(1) as pool, pytest.raises(BrokenExecutor, match="gone"):
        run_sweep(CUBES, path, executor=pool)
    assert sorted(c.configuration["k"] for c in read_results(path)) == [0, 1, 2]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_goes_on(experiments, tmp_path, how):
    path, traces = tmp_path / "r.jsonl", tmp_path / "traces"
    environment = {**os.environ, "SWEEP_TRACES": str(traces)}
    program = [sys.executable, str(HERE / "experiments.py"), str(path)]
    process = subprocess.Popen(program, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (path.exists() and path.read_bytes().count(b"\n") > 8):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(how)
    process.wait(30)
    before = read_results(path).cells
    assert 8 <= len(before) < 60
    subprocess.run(program, env=environment, cwd=ROOT, check=True, timeout=60)
    after = read_results(path)
    assert [cell.configuration["k"] for cell in after] == list(range(60))
    assert set(map(str, before)) <= set(map(str, after.cells))  # what was stored was not redone
    if how == signal.SIGINT:
        ran = traces.read_text("utf-8").split()
        assert sorted(map(int, ran)) == list(range(60))  # nothing was done twice


@pytest.mark.parametrize("place", ["while a result is written", "while a cell is handed out"])
def test_an_interruption_at_the_worst_moment_loses_nothing(tmp_path, monkeypatch, place):
    ran = []

    def experiment(configuration, rng):
        ran.append(configuration["k"])
        return {}

    class Immediate(Executor):
        def submit(self, run, *arguments):
            future = Future()
            future.set_result(run(*arguments))
            if place == "while a cell is handed out" and len(ran) == 3:
                os.kill(os.getpid(), signal.SIGINT)
            return future

    append = ResultsFile.append

    def interrupted(self, cell, record):
        if place == "while a result is written" and cell.configuration["k"] == 3:
            os.kill(os.getpid(), signal.SIGINT)
        append(self, cell, record)

    monkeypatch.setattr(ResultsFile, "append", interrupted)
    sweep, path = Sweep("s", experiment, grid(k=range(6))), tmp_path / "r.jsonl"
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run_sweep(sweep, path, executor=Immediate())
    assert signal.getsignal(signal.SIGINT) is before
    monkeypatch.undo()
    run_sweep(sweep, path, executor=Immediate())
    assert sorted(ran) == list(range(6))  # nothing was done twice
    assert len(read_results(path)) == 6


def test_every_executor_gives_the_same(experiments, threads, tmp_path):
    sweep = Sweep("draws", experiments.draw, grid(n=[1, 10, 100], run=range(3)), seed=5)
    by_threads = run_sweep(sweep, tmp_path / "a", executor=threads)
    by_processes = run_sweep(sweep, tmp_path / "b", workers=2)
    with ProcessPoolExecutor(1) as pool:
        by_pool = run_sweep(sweep, tmp_path / "c", executor=pool)
    assert by_threads.cells == by_processes.cells == by_pool.cells
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"executor": 3}, TypeError, r"executor must be one of concurrent.futures, got int"),
        ({"workers": 0}, ValueError, "workers must be an integer, 1 or more, got 0"),
        ({"workers": True}, ValueError, "workers must be an integer"),
    ],
)
def test_unfit_arguments(tmp_path, arguments, error, said):
    with pytest.raises(error, match=said):
        run_sweep(CUBES, tmp_path / "r", **arguments)
    assert not (tmp_path / "r").exists()


def test_more_unfit_arguments(tmp_path, threads):
    with pytest.raises(ValueError, match="workers is for the default pool only"):
        run_sweep(CUBES, tmp_path / "r", executor=threads, workers=2)
    with pytest.raises(TypeError, match="sweep must be a Sweep, got dict"):
        run_sweep({}, tmp_path / "r")
    with pytest.raises(TypeError, match="must be defined at the top level of a module"):
        run_sweep(Sweep("s", lambda c, rng: {}, grid(k=[1])), tmp_path / "r")
    with pytest.raises(FileNotFoundError):
        read_results(tmp_path / "none")
    for arguments, error, said in [
        (("", cube, grid(k=[1])), ValueError, "name must be a text"),
        (("s", 3, grid(k=[1])), TypeError, "experiment must be a function"),
        (("s", cube, []), ValueError, "at least one"),
        (("s", cube, [{"k": 1}, {"k": 1}]), ValueError, "twice"),
        (("s", cube, [3]), TypeError, "must hold dicts"),
        (("s", cube, grid(k=[1]), -1), ValueError, "seed must be an integer, 0 or more, got -1"),
    ]:
        with pytest.raises(error, match=said):
            Sweep(*arguments)
