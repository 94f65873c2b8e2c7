"""What published models use, each with a quotation and its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """One model, and what stands between the two layers of its feed-forward part.

    Attributes
    ----------
    name : str
        Its name.
    year : int
        When its makers first published this code or configuration.
    activation : {"relu", "gelu", "geglu", "swiglu"}
        What it uses; the last two are gates.
    quote : str
        A few words of its makers' own code, configuration or notes.
    source : str
        The address of what is quoted, with the state of the file that was read.
    """

    name: str
    year: int
    activation: str
    quote: str
    source: str

    @property
    def gated(self) -> bool:
        """Whether the activation is a gated linear unit."""
        return self.activation.endswith("glu")


def published_models() -> tuple[PublishedModel, ...]:
    """Return the models whose makers' own source was opened for this course, oldest first.

    Returns
    -------
    tuple of PublishedModel

    Notes
    -----
    It is no sample of all models, only a list of well-known ones whose code or notes are public.

    Examples
    --------
    >>> oldest = published_models()[0]
    >>> oldest.name, oldest.year, oldest.activation, oldest.gated
    ('Transformer', 2017, 'relu', False)
    """
    return _stored()


@cache
def _stored() -> tuple[PublishedModel, ...]:
    place = files("companion.transformers").joinpath("published.toml")
    return tuple(
        PublishedModel(**entry) for entry in tomllib.loads(place.read_text("utf-8"))["model"]
    )
