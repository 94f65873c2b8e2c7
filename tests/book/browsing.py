"""A real browser for the built pages, and a server that shows them to it."""

import contextlib
import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from site_map import ROOT

sys.path.insert(0, str(ROOT / "book" / "_press"))
from chromium import find as chromium  # noqa: F401
from chromium import launch

PHONE, DESKTOP = (360, 740), (1280, 900)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve files without a word."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder at a free port of this machine; give the address."""
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Start a Chromium."""
    with sync_playwright() as playwright, launch(playwright, path) as browser:
        yield browser


class Visitor:
    """A browser window that writes down everything that goes wrong in it."""

    def __init__(self, browser, site, size):
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(15_000)
        self.site, self.size, self.page, self.faults = site, size, context.new_page(), []
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("console", self._console)

    def _request(self, request):
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"asks another host: {request.url}")

    def _failed(self, request):
        # Opening the next page aborts what the last one was still loading, its icon for one.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _response(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def open(self, path):
        """Open a page and wait until it and its formulas stand."""
        self.faults.clear()
        self.page.goto(self.site + path, wait_until="load")
        self.page.evaluate("window.MathJax?.startup?.promise")
        return self.page
