"""Settling a claim: from evidence to a verdict that a notebook shows and stores."""

import re
from dataclasses import dataclass
from html import escape

from companion.claims._evidence import Evidence

HOLDS = "holds"
BOUND = "holds within a bound"
DIFFERS = "does not hold as stated"

# What the ledger reads from a lesson's stored outputs.
MIME = "application/vnd.neurons-to-gates.verdict+json"

# The style sheet knows these class names; the symbol repeats the words for the eye only.
_LOOK = {
    HOLDS: ("verdict-holds", "✓"),
    BOUND: ("verdict-bound", "≤"),
    DIFFERS: ("verdict-differs", "≠"),
}

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class ClaimError(AssertionError):
    """A claim whose evidence failed. It stops the lesson, so that no page can state it."""

    __module__ = "companion.claims"


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """What became of a claim.

    Attributes
    ----------
    id : str
        The claim, as listed in the syllabus.
    verdict : {"holds", "holds within a bound", "does not hold as stated"}
        Derived from the evidence.
    evidence : tuple of Evidence
        What was measured, in the order given; all of it passed.
    instead : str or None
        What is true, where the claim does not hold as stated.

    Notes
    -----
    A notebook shows it as a card: a ``div`` of class ``verdict`` and one of ``verdict-holds``,
    ``verdict-bound`` and ``verdict-differs``, with the parts ``verdict-head``
    (``verdict-symbol``, ``verdict-word``, ``verdict-id``), ``verdict-evidence`` and
    ``verdict-instead``. Its id, ``claim-<id>``, is where the ledger links to.
    """

    id: str
    verdict: str
    evidence: tuple[Evidence, ...]
    instead: str | None = None

    def __repr__(self) -> str:
        lines = [f"{self.id}: {self.verdict}", *(f"  {item.text}" for item in self.evidence)]
        if self.instead:
            lines.append(f"  instead: {self.instead}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        name, symbol = _LOOK[self.verdict]
        items = "".join(f"<li>{escape(item.text)}</li>" for item in self.evidence)
        instead = (
            f'<p class="verdict-instead"><strong>What is true:</strong> {escape(self.instead)}</p>'
            if self.instead
            else ""
        )
        return (
            f'<div class="verdict {name}" id="claim-{self.id}">'
            f'<p class="verdict-head"><span class="verdict-symbol" aria-hidden="true">{symbol}'
            f'</span> <strong class="verdict-word">{self.verdict.capitalize()}</strong> '
            f'<code class="verdict-id">{self.id}</code></p>'
            f'<ul class="verdict-evidence">{items}</ul>{instead}</div>'
        )

    def as_dict(self) -> dict:
        """Return the verdict as JSON takes it, numbers as shown.

        Returns
        -------
        dict
            With the keys ``id``, ``verdict``, ``evidence`` and ``instead``. Nothing in it is
            finer than what the card shows, so it is the same on every machine.
        """
        return {
            "id": self.id,
            "verdict": self.verdict,
            "evidence": [
                {
                    "kind": item.kind,
                    "what": item.what,
                    "measured": item.measured,
                    "bound": item.bound,
                    "where": item.where,
                    "text": item.text,
                }
                for item in self.evidence
            ],
            "instead": self.instead,
        }

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": repr(self), "text/html": self._repr_html_(), MIME: self.as_dict()}


def settle(id: str, *evidence: Evidence, instead: str | None = None) -> Verdict:
    """Settle a claim by its evidence.

    Parameters
    ----------
    id : str
        The claim: lower-case words joined by hyphens.
    *evidence : Evidence
        At least one, from `at_most`, `at_least`, `equal`, `holds` or `refuted`.
    instead : str, optional
        What is true, in one sentence. Required exactly when there is evidence from `refuted`.

    Returns
    -------
    Verdict
        "does not hold as stated" if any evidence is from `refuted`; else "holds within a
        bound" if any is from `at_most` or `at_least`; else "holds".

    Raises
    ------
    ClaimError
        If any evidence failed; the message lists each one with the numbers in full.
    TypeError, ValueError
        If the id is malformed, there is no evidence, something else is given as evidence, or
        `instead` is missing or out of place.

    Examples
    --------
    >>> from companion.claims import equal, holds, refuted, settle
    >>> settle("mp-xor", equal("functions of 2 inputs", measured=14, expected=14, tolerance=0))
    mp-xor: holds
      functions of 2 inputs = 14, as expected
    >>> settle(
    ...     "relu-depth",
    ...     refuted("share of units active at depth 8", told=2**-8, measured=0.497, apart=0.1),
    ...     instead="About half of the units are active at every depth.",
    ... )
    relu-depth: does not hold as stated
      share of units active at depth 8: told 0.003906, measured 0.497
      instead: About half of the units are active at every depth.
    >>> settle("mp-xor", holds("one neuron computes XOR", False))
    Traceback (most recent call last):
        ...
    companion.claims.ClaimError: mp-xor: one neuron computes XOR: found false
    """
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise ValueError(f"id must be lower-case words joined by hyphens, got {id!r}")
    if not evidence:
        raise ValueError(f"{id}: a claim needs evidence, and none was given")
    for item in evidence:
        if not isinstance(item, Evidence):
            raise TypeError(
                f"{id}: evidence comes from at_most, at_least, equal, holds or refuted, "
                f"got {item!r}"
            )
    if failures := [item.failure for item in evidence if not item.passed]:
        raise ClaimError(f"{id}: " + "; ".join(failures))

    kinds = {item.kind for item in evidence}
    if "refuted" in kinds:
        if not isinstance(instead, str) or not instead.strip() or "\n" in instead:
            raise ValueError(
                f"{id}: instead must say what is true, in one line, where the popular version "
                f"is refuted; got {instead!r}"
            )
        return Verdict(id, DIFFERS, evidence, instead.strip())
    if instead is not None:
        raise ValueError(f"{id}: instead is for claims with evidence from refuted, got {instead!r}")
    return Verdict(id, BOUND if kinds & {"at_most", "at_least"} else HOLDS, evidence)
