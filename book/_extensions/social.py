"""Show a picture and a sentence where somebody shares a page.

The tags come from ``sphinxext.opengraph``; the picture is the title page's, drawn by the companion
when the book is built, with the title beside it. Previews need full addresses, which follow from
the repository's (see ``repository.py``).
"""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import matplotlib.pyplot as plt
from sphinx.application import Sphinx
from sphinx.config import Config

from companion.figures import draw_title

PICTURE = "_static/preview.png"
# What networks ask for; also the ratio at which they cut.
WIDTH, HEIGHT = 1200, 630
ALT = "The course's six activations behind one another, from a step to GELU, each turning into the next."


def _describe(_app: Sphinx, config: Config) -> None:
    config.ogp_site_url = config.html_baseurl
    config.ogp_site_name = config.html_title
    config.ogp_image = PICTURE
    config.ogp_image_alt = ALT
    config.ogp_social_cards = {"enable": False}
    config.ogp_custom_meta_tags = [
        f'<meta property="og:image:width" content="{WIDTH}" />',
        f'<meta property="og:image:height" content="{HEIGHT}" />',
        '<meta name="twitter:card" content="summary_large_image" />',
    ]


def draw(path: Path, title: str) -> None:
    """Draw the preview of the whole book into a file."""
    axes = draw_title()
    figure = axes.figure
    figure.set_layout_engine("none")
    figure.set(dpi=100, size_inches=(WIDTH / 100, HEIGHT / 100))
    axes.set_position((0.46, 0.1, 0.53, 0.87))
    words = {"va": "center", "family": "DejaVu Sans"}
    figure.text(0.05, 0.56, fill(title, 12), size=50, weight="bold", linespacing=1.25, **words)
    figure.savefig(path, dpi=100, metadata={"Software": None})
    plt.close(figure)


def _draw(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name == "html":
        draw(Path(app.outdir, PICTURE), app.config.html_title)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.setup_extension("sphinxext.opengraph")
    app.connect("config-inited", _describe)
    app.connect("build-finished", _draw)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
