"""The same sweep on a Dask cluster of two worker processes, one of which is killed on the way."""

import os
import signal
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import pytest

from companion.sweeps import Sweep, grid, read_results, run_sweep

HERE = Path(__file__).parent


# Dask's own clean-up after a killed worker is not this test's to judge.
@pytest.mark.filterwarnings("default")
def test_a_killed_worker_costs_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *sys.path]))
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("SWEEP_TRACES", str(tmp_path / "traces"))
    slow = import_module("experiments").slow
    from dask.distributed import Client, LocalCluster

    sweep, path = Sweep("slow", slow, grid(k=range(80))), tmp_path / "r.jsonl"
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster) as client,
    ):
        victim = next(iter(client.run(os.getpid).values()))

        def kill_midway():
            while not path.exists() or path.read_bytes().count(b"\n") < 10:
                time.sleep(0.01)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill_midway)
        killer.start()
        results = run_sweep(sweep, path, executor=client.get_executor())
        killer.join()
    assert [cell.configuration["k"] for cell in results] == list(range(80))
    assert results.failures == ()
    assert read_results(path) == results
    by_hand = [sweep.run_cell({"k": k})["value"] for k in (0, 40, 79)]
    assert results.values("value")[[0, 40, 79]].tolist() == by_hand
