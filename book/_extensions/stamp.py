"""Stamp every page with the version it shows: number, commit, date.

All comes from git, so the same commit always makes the same page. Without git it comes from this
file, where ``git archive`` (a zip downloaded from the project's page) writes the commit; without
either only the version's number is left.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from repository import Repository
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

_ = get_translation("book")

# .gitattributes has git fill this in when it makes an archive.
ARCHIVED = "$Format:%H %cs$"
COMMIT = re.compile(r"([0-9a-f]{40}) (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Stamp:
    """Which state of the source a page was made from."""

    number: str
    commit: str | None = None
    date: date | None = None
    changed: bool = False

    @classmethod
    def read(cls, root: Path, archived: str = ARCHIVED) -> Stamp:
        """Ask git, or this file; `root` is the top of the source."""
        number = version("neurons-to-gates")
        # A copy inside some other repository does not have that one's commit.
        top = _git(root, "rev-parse", "--show-toplevel")
        in_git = top is not None and Path(top).resolve() == root.resolve()
        said = _git(root, "log", "-1", "--format=%H %cs") if in_git else archived
        found = COMMIT.fullmatch(said or "")
        if not found:
            return cls(number)
        changes = _git(root, "status", "--porcelain", "--untracked-files=no") if in_git else ""
        return cls(number, found[1], date.fromisoformat(found[2]), bool(changes))

    def words(self, language: str | None = "en") -> str:
        """Return a sentence, such as ``Version 0.1.0, 1 May 2026, commit 0123abc``."""
        parts = [_("Version %s") % self.number]
        if self.commit and self.date:
            day = format_date("%d %B %Y", date=self.date, language=language or "en")
            parts += [day.removeprefix("0"), _("commit %s") % self.commit[:7]]
        if self.changed:
            parts.append(_("changed since"))
        return ", ".join(map(str, parts))


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says, None if it cannot say anything."""
    try:
        done = subprocess.run(
            ["git", "-C", root, *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _stamp(app: Sphinx, config: Config) -> None:
    """Put the stamp into the footer."""
    stamp = Stamp.read(Path(app.srcdir))
    words = stamp.words(config.language)
    config.version = config.release = stamp.number
    if stamp.commit:
        short = stamp.commit[:7]
        address = f"{Repository.of(config).url}/commit/{stamp.commit}"
        words = words.replace(short, f'<a href="{address}"><code>{short}</code></a>')
    options = config.html_theme_options
    options["extra_footer"] = f'{options.get("extra_footer", "")}<p class="stamp">{words}</p>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("config-inited", _stamp)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
