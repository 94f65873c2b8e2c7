"""Measurements of speed and memory. They are run by hand, and their results are stored."""

import os

# One thread for everybody. Libraries read this when they are imported, so it stands here.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
