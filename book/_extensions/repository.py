"""Know where the project lives, from the one setting that says it: ``repository:`` in _config.yml.

What it provides:

- ``Repository.of(config)``, for other extensions once the event ``config-inited`` is over (this one
  handles it first, with priority 1): ``url``, ``branch``, ``host``, ``owner``, ``name``, ``site``
  (where the book is published, with a final slash; None if unknown), and ``view(path)``,
  ``edit(path)``, ``archive`` (the branch as a zip file).
- ``html_baseurl``, and with it the canonical address of each page, the sitemap and the addresses in
  previews: GitHub's and GitLab's pages have addresses that follow from the repository's. For any
  other place set ``baseurl`` under ``html:`` in _config.yml.
- The theme's options ``repository_url`` and ``repository_branch``, from which it makes the buttons
  for launching, editing and reporting, and the same address for Jupyter Book's ``launch_buttons``.
- ``{{ repository_url }}``, ``{{ repository_name }}`` and ``{{ repository_branch }}`` in Markdown
  pages, in code blocks too.

The variable ``BOOK_REPOSITORY`` of the environment goes before the setting: the workflow that
publishes sets it, so a fork's own pages are right before anybody edits anything.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

VARIABLE = "BOOK_REPOSITORY"
PLACEHOLDER = re.compile(r"\{\{ repository_(url|name|branch) \}\}")


@dataclass(frozen=True)
class Repository:
    """Where the source is kept, and what follows from that."""

    url: str
    branch: str = "main"
    baseurl: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no address of a repository."""
        if not re.fullmatch(r"https?://[^\s/]+(/[^\s/?#]+){2,}", self.url):
            raise ConfigError(
                f"The repository's address is {self.url!r}, and should be like "
                "'https://github.com/owner/name': see `repository:` in _config.yml."
            )

    @classmethod
    def of(cls, config: Config) -> Repository:
        """Read a book's settings."""
        options = config.html_theme_options
        url = os.environ.get(VARIABLE) or options.get("repository_url") or ""
        return cls(
            url.strip().rstrip("/").removesuffix(".git"),
            options.get("repository_branch") or "main",
            config.html_baseurl,
        )

    @property
    def host(self) -> str:
        """The machine that keeps it, such as ``github.com``."""
        return urlsplit(self.url).netloc.lower()

    @property
    def owner(self) -> str:
        """Whose it is; GitLab's groups may stand in one another."""
        return urlsplit(self.url).path.strip("/").rpartition("/")[0]

    @property
    def name(self) -> str:
        """What it is called, and so is the folder of a clone."""
        return self.url.rpartition("/")[2]

    @property
    def site(self) -> str | None:
        """Where the book is published."""
        if self.baseurl:
            return self.baseurl.rstrip("/") + "/"
        domain = {"github.com": "github.io", "gitlab.com": "gitlab.io"}.get(self.host)
        if domain is None:
            return None
        first, _, rest = self.owner.partition("/")
        root = f"{first.lower()}.{domain}"
        folders = [part for part in (rest, self.name) if part and part.lower() != root]
        return "/".join([f"https://{root}", *folders, ""])

    @property
    def archive(self) -> str:
        """The branch as a zip file."""
        if self.host == "gitlab.com":
            return f"{self.url}/-/archive/{self.branch}/{self.name}-{self.branch}.zip"
        return f"{self.url}/archive/refs/heads/{self.branch}.zip"

    def view(self, path: str) -> str:
        """Return the page that shows a file."""
        return self._page("blob", path)

    def edit(self, path: str) -> str:
        """Return the page on which to edit a file."""
        return self._page("edit", path)

    def _page(self, action: str, path: str) -> str:
        dash = "/-" if self.host == "gitlab.com" else ""
        return f"{self.url}{dash}/{action}/{self.branch}/{path}"


def _derive(_app: Sphinx, config: Config) -> None:
    """Give all settings that speak of the repository the one address."""
    repository = Repository.of(config)
    config.html_theme_options["repository_url"] = repository.url
    config.html_theme_options["repository_branch"] = repository.branch
    config.html_baseurl = repository.site or ""


def _fill_in(app: Sphinx, _docname: str, source: list[str]) -> None:
    """Replace the placeholders of a page."""
    repository = Repository.of(app.config)
    source[0] = PLACEHOLDER.sub(lambda found: getattr(repository, found[1]), source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("config-inited", _derive, priority=1)
    app.connect("source-read", _fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
