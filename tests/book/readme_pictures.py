"""Take the two pictures of the README from the built book.

Usage: python tests/book/readme_pictures.py
"""

import io

from browsing import chromium, running, serving
from PIL import Image
from site_map import HTML, ROOT

FOLDER = ROOT / ".github"
COLOURS = 128
MOST_BYTES = 150_000

LESSON = "book/3-sigmoid-family/replace-a-curve-by-two-lines.html"
RELU = "book/4-relu-family/bend-a-line-once.html"
# Name, page, what is scrolled to and how far from the top it is to stand, window in pixels, mode.
PICTURES = (
    ("readme-lesson", LESSON, "#fig-tangent", 200, (1180, 860), "light"),
    ("readme-phone", RELU, "#claim-relu-depth", 90, (375, 760), "dark"),
)


def optimised(picture: bytes) -> bytes:
    """Store a picture with few colours, which pages of text and lines do not miss."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    stored = io.BytesIO()
    few.save(stored, "PNG", optimize=True)
    return stored.getvalue()


def main() -> None:
    """Take and store the pictures."""
    path = chromium()
    if path is None:
        raise SystemExit("There is no Chromium on this machine: run `make browser`.")
    total = 0
    browser = running(path)
    with serving(HTML) as site:
        for name, address, place, above, (width, height), mode in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": height})
            context.add_init_script(
                f"localStorage.setItem('mode', '{mode}'); localStorage.setItem('theme', '{mode}')"
            )
            page = context.new_page()
            page.goto(site + address)
            page.evaluate("window.MathJax?.startup?.promise")
            page.locator(place).evaluate(
                "(e, above) => scrollTo(0, e.getBoundingClientRect().top - above)", above
            )
            page.wait_for_timeout(500)  # until what slides in and fades has done so
            picture = optimised(page.screenshot())
            (FOLDER / f"{name}.png").write_bytes(picture)
            total += len(picture)
            print(f"{name}.png: {len(picture)} bytes")
            context.close()
    if total > MOST_BYTES:
        raise SystemExit(f"{total} bytes together, more than {MOST_BYTES}.")


if __name__ == "__main__":
    main()
