"""Send the figures as WebP without loss: the same pixels in well under half the bytes of a PNG.

The notebooks keep their PNG; only the pages of the site change. Pictures below the first one are
fetched when the reader comes near them, and each says its size, so that nothing jumps meanwhile.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

FOLDER = "webp"


class LightImages(SphinxPostTransform):
    """Replace each PNG of a page."""

    # After MyST-NB has chosen which picture of an output to show.
    default_priority = 900
    builders = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Convert what was not converted before."""
        for place, node in enumerate(self.document.findall(nodes.image)):
            if place:
                node["loading"] = "lazy"
            source = Path(self.env.srcdir, node["uri"])
            if source.suffix != ".png" or not source.is_file():
                continue
            with Image.open(source) as image:
                node["pixels"] = image.size
                node["uri"] = self.convert(image, source)

    def convert(self, image: Image.Image, source: Path) -> str:
        """Return the address of the WebP, and have the builder copy it."""
        # Stored outputs are named by their content. Other pictures share no name in this book.
        target = Path(self.env.doctreedir, FOLDER, f"{source.stem}.webp")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.parent.mkdir(parents=True, exist_ok=True)
            # The usual method 4 saves 3 in 1000 of the bytes, and takes half as long again.
            image.save(target, lossless=True, quality=80, method=2)
        uri = target.as_posix()
        self.env.images.add_file(self.env.docname, uri)
        return uri


def _visit_image(self: HTML5Translator, node: nodes.image) -> None:
    type(self).visit_image(self, node)
    if "pixels" in node:
        width, height = node["pixels"]
        size = f'<img width="{width}" height="{height}" '
        self.body[-1] = self.body[-1].replace("<img ", size, 1)


def _depart_image(self: HTML5Translator, node: nodes.image) -> None:
    type(self).depart_image(self, node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.add_post_transform(LightImages)
    app.add_node(nodes.image, override=True, html=(_visit_image, _depart_image))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
