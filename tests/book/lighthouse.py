"""Measure lesson pages with Lighthouse, and ask the newest HTML checker about all pages.

Both come from npm, and so are no part of the tests; `make lighthouse` installs them.

Usage: python tests/book/lighthouse.py FOLDER [ENTRY…]
"""

import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from browsing import Packing
from site_map import HTML, ROOT, toc_entries
from test_weight import LESSONS

sys.path.insert(0, str(ROOT / "book" / "_press"))
from chromium import FLAGS, find

LEAST = {"performance": 0.95, "accessibility": 0.95}


def scores(folder: Path, address: str) -> dict[str, float]:
    """Return what Lighthouse says of a page, as seen on a telephone with a slow network."""
    done = subprocess.run(
        [
            folder / "node_modules" / ".bin" / "lighthouse",
            address,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ],
        env=os.environ | {"CHROME_PATH": find() or ""},
        check=True,
        capture_output=True,
        text=True,
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: categories[name]["score"] for name in LEAST}


def html_faults(folder: Path) -> str:
    """Return what the newest Nu HTML checker has against any page."""
    pages = [page for page in HTML.rglob("*.html") if "_static" not in page.parts]
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", jar, "--errors-only", *pages]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def main(folder: str, *entries: str) -> int:
    """Say it all; return how many pages are below what they should reach."""
    failed = 0
    handler = partial(Packing, directory=HTML)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for entry in entries or (LESSONS[0], LESSONS[-1]):
            address = f"http://127.0.0.1:{server.server_address[1]}/{entry}.html"
            found = scores(Path(folder), address)
            print(entry, *(f"{name} {score:.2f}" for name, score in found.items()), sep="  ")
            failed += any(found[name] < least for name, least in LEAST.items())
        server.shutdown()
    faults = html_faults(Path(folder))
    print(faults or f"{len(toc_entries())} pages, and no fault in the HTML of any.")
    return failed + bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
