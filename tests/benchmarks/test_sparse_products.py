"""The contenders compute the same product, and a tiny run stores what the lesson reads."""

import json

import numpy as np
import pytest

from benchmarks import sparse_products


@pytest.mark.parametrize("density", [0.01, 0.25, 1.0])
def test_all_contenders_compute_the_same_product(density):
    results = {
        name: call().copy() for name, call in sparse_products.contenders(40, 3, density).items()
    }
    np.testing.assert_allclose(results["sparse"], results["zeros"], rtol=1e-5, atol=1e-6)
    rows = results["fewer rows"]
    assert len(rows) == max(1, round(density * 40))
    np.testing.assert_allclose(rows, results["zeros"][: len(rows)], rtol=1e-5, atol=1e-6)


def test_a_tiny_run_stores_what_the_lesson_needs(tmp_path, monkeypatch):
    monkeypatch.setattr(sparse_products, "LEAST_SECONDS", 1e-5)
    sizes = ["--widths", "32", "--batches", "1", "4", "--densities", "0.1", "1", "--repeats", "2"]
    path = sparse_products.main([*sizes, "--output", str(tmp_path / "tiny.json")])
    result = json.loads(path.read_text(encoding="utf-8"))
    settings = [(row["width"], row["batch"], row["density"]) for row in result["products"]]
    assert settings == [(32, 1, 0.1), (32, 1, 1.0), (32, 4, 0.1), (32, 4, 1.0)]
    assert all(row["us"].keys() == {"zeros", "sparse", "fewer rows"} for row in result["products"])
    assert all(us >= 0 for row in result["products"] for us in row["us"].values())
    assert {"processor", "versions", "date"} <= result["machine"].keys()
    assert (result["threads"], result["clock"]) == (1, "processor time")
