"""A real browser for the built pages, and a server that shows them to it."""

import atexit
import contextlib
import functools
import gzip
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
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")


@functools.lru_cache(maxsize=256)
def packed(data: bytes) -> bytes:
    """Compress as a server does; what many pages share need not be compressed for each."""
    return gzip.compress(data, 6)


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serve as GitHub Pages does, and without a word: text packed, everything kept ten minutes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer."""
        try:
            data = Path(self.translate_path(self.path)).read_bytes()
        except OSError:
            self.send_error(404)
            return
        kind = self.guess_type(self.path.partition("?")[0])
        self.send_response(200)
        if kind.startswith(COMPRESSED) or "javascript" in kind:
            data = packed(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Bear with a browser that leaves a page before all of it has come."""

    def handle_error(self, request, client_address):
        """Report anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder at a free port of this machine; give the address."""
    handler = functools.partial(Packing, directory=folder)
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@functools.cache
def running(path: str) -> Browser:
    """Return a Chromium that runs until Python ends, so that all test files share one."""
    until_the_end = contextlib.ExitStack()
    atexit.register(until_the_end.close)
    playwright = until_the_end.enter_context(sync_playwright())
    return until_the_end.enter_context(launch(playwright, path))


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

    def resize(self, size):
        """Give the window another size, and wait until the page has followed."""
        width, height = size
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
