"""An explorable in a real browser, without the book around it: move its sliders, read its marks.

A test asks for the fixture ``browser`` of test_pages and opens a chart in it::

    from live_charts import live_chart
    from test_pages import browser  # noqa: F401

    def test_curve_follows_beta(browser):
        with live_chart(browser, explore_swish()) as chart:
            chart.set(beta=2.0)                       # moves the slider, as a reader does
            drawn = chart.drawn("curve")              # the marks of the view named "curve"
            x = np.array([mark["x"] for mark in drawn])
            y = np.array([mark["y"] for mark in drawn])
            assert np.allclose(y, swish(x, beta=2.0), atol=1e-4)

- `LiveChart.set` takes parameters by name and puts their inputs (slider, list, tick box) where you
  say. A number beyond a slider's end is refused, since no reader could choose it.
- `LiveChart.ends` gives the least and the greatest value of a slider.
- `LiveChart.drawn` returns the rows behind a view's marks, as Vega drew them. Those of all layers
  with that name come together, in the order of drawing.
- `LiveChart.pixels` returns where those marks are, in the panel: arrays x and y.
- `LiveChart.signal` evaluates one parameter, `LiveChart.title` the lines of the readout.
- `LiveChart.redraw_ms` moves a slider along several values and returns the median time of a redraw.
- `LiveChart.faults` holds what went wrong in the page: script errors, console messages, requests to
  anywhere. It is checked when the block ends.

The page is opened from the disk, with the book's own script, style and Vega.
"""

import importlib.util
import json
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from site_map import ROOT

STATIC = ROOT / "book" / "_static"
REDRAW_MS = 50

PAGE = """<!DOCTYPE html>
<html lang="en" data-theme="light"><head><meta charset="utf-8"><title>An explorable</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="_static/explorables.css">
<style>figure { margin: 0; }</style></head>
<body><main><h1>An explorable</h1><figure>
<img src="still.png" alt="{alt}"><div class="explorable" data-controls="Sliders" hidden>
<script type="application/json">{vega}</script></div>
<figcaption>A caption.</figcaption></figure></main>
<script src="_static/explorables.js"></script></body></html>"""

# The rows and places of all marks whose view has a given name; Altair counts views of one name.
MARKS = """(name) => {
    const found = [];
    const mine = new RegExp(`^${name}(_\\\\d+)?_marks$`);
    const walk = (mark) => {
        const group = mark.marktype === "group";
        for (const item of mark.items ?? []) {
            if (group) (item.items ?? []).forEach(walk);
            else if (mine.test(mark.name ?? ""))
                found.push({row: item.datum ?? {}, x: item.x, y: item.y,
                            x2: item.x2, y2: item.y2, text: item.text});
        }
    };
    walk(document.querySelector(".explorable").view.scenegraph().root);
    return JSON.stringify(found, (key, value) =>
        typeof value === "number" && !isFinite(value) ? String(value) : value);
}"""

ARRIVED = """(wanted) => {
    const view = document.querySelector(".explorable").view;
    return Object.entries(wanted).every(([name, value]) => {
        const now = view.signal(name);
        return String(now) === String(value) || Math.abs(now - value) < 1e-9;
    });
}"""

REDRAWS = """async ([name, values]) => {
    const view = document.querySelector(".explorable").view;
    const times = [];
    for (const value of values) {
        const start = performance.now();
        await view.signal(name, value).runAsync();
        times.push(performance.now() - start);
    }
    return times;
}"""


@cache
def extension():
    """Import the Sphinx extension that puts explorables into pages."""
    path = ROOT / "book" / "_extensions" / "explorables.py"
    spec = importlib.util.spec_from_file_location("explorables", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def vega() -> str:
    """Return the library as the book has it."""
    return extension().library()


class LiveChart:
    """A chart that stands in a page; see the head of this module."""

    def __init__(self, page):
        self.page, self.faults = page, []
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.faults.append(f"asks another host: {request.url}")

    def set(self, **values) -> None:
        """Put the inputs of these parameters to these values, and wait for the chart."""
        for name, value in values.items():
            control = self.page.locator(f'.explorable-controls [name="{name}"]')
            kind = control.first.get_attribute("type")
            if kind == "range":
                least, greatest = self.ends(name)
                assert least <= value <= greatest, f"{name} goes from {least} to {greatest}"
                control.fill(str(value))
            elif kind == "checkbox":
                control.set_checked(value)
            elif kind == "radio":
                control.locator(f'xpath=self::*[@value="{value}"]').check()
            else:
                control.select_option(str(value))
        # Vega waits a moment after an input event, lest it redraws for each of many.
        self.page.wait_for_function(ARRIVED, arg=values, timeout=5000)
        self.page.evaluate("document.querySelector('.explorable').view.runAsync().then(() => 1)")

    def ends(self, name: str) -> tuple[float, float]:
        """Return how far the slider of a parameter goes."""
        control = self.page.locator(f'.explorable-controls input[name="{name}"]')
        return float(control.get_attribute("min")), float(control.get_attribute("max"))

    def options(self, name: str) -> list[str]:
        """Return what a list offers."""
        options = f'.explorable-controls select[name="{name}"] option'
        return self.page.locator(options).evaluate_all("all => all.map(one => one.value)")

    def signal(self, name: str):
        """Return the value of a parameter."""
        return self.page.evaluate(f"document.querySelector('.explorable').view.signal({name!r})")

    def title(self) -> list[str]:
        """Return the lines above the chart."""
        lines = self.page.locator(".explorable-chart .role-title-text").first
        spans = lines.locator("tspan")
        return spans.all_text_contents() if spans.count() else lines.all_text_contents()

    def drawn(self, name: str) -> list[dict]:
        """Return the rows behind the marks of a view."""
        return [mark["row"] for mark in self._marks(name)]

    def pixels(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return where the marks of a view are."""
        marks = self._marks(name)
        return np.array([m["x"] for m in marks]), np.array([m["y"] for m in marks])

    def texts(self, name: str) -> list[str]:
        """Return what the text marks of a view say."""
        return [mark["text"] for mark in self._marks(name)]

    def _marks(self, name: str) -> list[dict]:
        return json.loads(self.page.evaluate(MARKS, re.escape(name)))

    def redraw_ms(self, name: str, values) -> float:
        """Return the median time that a redraw takes, over these values of a parameter."""
        values = [v if isinstance(v, str) else float(v) for v in values]
        return statistics.median(self.page.evaluate(REDRAWS, [name, values]))


@contextmanager
def live_chart(browser, explorable, width: int = 800) -> Iterator[LiveChart]:
    """Open an explorable in a page of its own, and refuse whatever goes wrong in it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "_static" / "vega").mkdir(parents=True)
        for name in ("explorables.js", "explorables.css"):
            shutil.copy(STATIC / name, place / "_static" / name)
        (place / "_static" / "vega" / "vega.js").write_text(vega(), "utf-8")
        (place / "still.png").write_bytes(explorable.still)
        page_text = PAGE.replace("{alt}", explorable.alt.replace('"', "&quot;"))
        chart_text = extension().compiled(json.dumps(explorable.spec))
        (place / "index.html").write_text(page_text.replace("{vega}", chart_text), "utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900})
        try:
            chart = LiveChart(context.new_page())
            chart.page.goto((place / "index.html").as_uri())
            try:
                chart.page.locator(".explorable-live").wait_for(timeout=10_000)
            except PlaywrightTimeout:
                raise AssertionError(f"the chart does not come to life: {chart.faults}") from None
            yield chart
            assert not chart.faults, chart.faults
        finally:
            context.close()
