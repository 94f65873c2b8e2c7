"""What a measurement was made on: without it, a time says nothing."""

from __future__ import annotations

import datetime
import importlib.metadata
import platform
import re
from pathlib import Path

import numpy as np


def describe() -> dict[str, object]:
    """Return the processor, NumPy's vector extensions in use, the versions and the date."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return {
        "processor": _processor(),
        "simd": [*simd],
        "avx512": any("AVX512" in name or name == "X86_V4" for name in simd),
        "system": platform.system(),
        "versions": {"python": platform.python_version(), **_versions()},
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def label(machine: dict[str, object]) -> str:
    """Return a short name for files, such as "amd-epyc-avx512"."""
    words = re.sub(r"\(.*?\)|@.*|\bcpu\b|\bprocessor\b", " ", str(machine["processor"]).lower())
    name = re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "unknown"
    if "X86_V2" in np.show_config(mode="dicts")["SIMD Extensions"]["baseline"]:
        name += "-avx512" if machine["avx512"] else "-avx2"
    return name


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    facts = dict(re.split(r"\s*:\s*", line, maxsplit=1) for line in lines if ":" in line)
    if "model name" not in facts:
        return platform.processor() or platform.machine()
    return facts["model name"]


def _versions() -> dict[str, str]:
    versions = {}
    for package in ("numpy", "scipy", "torch", "jax"):
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions
