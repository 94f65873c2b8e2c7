"""The published site is found, shared and stamped, all from the one address in the settings."""

import functools
import http.server
import re
import subprocess
import sys
import threading
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup
from PIL import Image
from site_map import HTML, ROOT, toc_entries
from sphinx.config import Config
from sphinx.errors import ConfigError
from test_pages import DESKTOP, Visitor, browser  # noqa: F401

sys.path.insert(0, str(ROOT / "book" / "_extensions"))
from repository import VARIABLE, Repository
from stamp import Stamp

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
HERE = "https://github.com/owner/name"


@pytest.fixture(scope="module")
def repository():
    """Return the book's own, as its build sees it."""
    config = Config(
        overrides={"html_baseurl": CONFIG.get("html", {}).get("baseurl", "")}
        | {"html_theme_options": {"repository_url": CONFIG["repository"]["url"]}}
    )
    config.add("html_baseurl", "", "", ())
    config.add("html_theme_options", {}, "", ())
    return Repository.of(config)


def soup(path):
    return BeautifulSoup((HTML / path).read_text("utf-8"), "html.parser")


@pytest.fixture(params=toc_entries())
def page(request):
    return request.param, soup(f"{request.param}.html")


# One setting


@pytest.mark.parametrize(
    ("url", "site"),
    [
        (HERE, "https://owner.github.io/name/"),
        ("https://github.com/Owner/Name", "https://owner.github.io/Name/"),
        ("https://github.com/owner/owner.github.io", "https://owner.github.io/"),
        ("https://gitlab.com/group/part/name", "https://group.gitlab.io/part/name/"),
        ("https://git.example.org/owner/name", None),
    ],
)
def test_the_site_s_address_follows_from_the_repository_s(url, site):
    assert Repository(url).site == site
    assert Repository(url, baseurl="https://book.example.org").site == "https://book.example.org/"


def test_other_addresses_follow_too():
    one = Repository(HERE, "trunk")
    assert (one.host, one.owner, one.name) == ("github.com", "owner", "name")
    assert one.view("a/b.md") == f"{HERE}/blob/trunk/a/b.md"
    assert one.edit("a/b.md") == f"{HERE}/edit/trunk/a/b.md"
    assert one.archive == f"{HERE}/archive/refs/heads/trunk.zip"
    lab = Repository("https://gitlab.com/owner/name")
    assert lab.view("a.md") == "https://gitlab.com/owner/name/-/blob/main/a.md"
    assert lab.archive == "https://gitlab.com/owner/name/-/archive/main/name-main.zip"


@pytest.mark.parametrize(
    "url", ["", "owner/name", "git@github.com:owner/name.git", "https://x.org"]
)
def test_what_is_no_repository_is_refused(url):
    with pytest.raises(ConfigError, match=r"should be like 'https://github\.com/owner/name'"):
        Repository(url)


def test_the_environment_goes_before_the_setting(monkeypatch):
    config = Config()
    config.add("html_baseurl", "", "", ())
    config.add("html_theme_options", {"repository_url": HERE, "repository_branch": "x"}, "", ())
    monkeypatch.delenv(VARIABLE, raising=False)
    assert Repository.of(config) == Repository(HERE, "x")
    monkeypatch.setenv(VARIABLE, "https://github.com/fork/name.git")
    assert Repository.of(config).url == "https://github.com/fork/name"


def test_the_address_stands_nowhere_else_in_the_settings():
    text = (ROOT / "_config.yml").read_text("utf-8")
    assert text.count(CONFIG["repository"]["url"]) == 1
    assert urlsplit(CONFIG["repository"]["url"]).path in CONFIG["repository"]["url"]


# Every page


def test_page_has_its_canonical_address_and_preview(page, repository):
    entry, html = page
    assert html.select_one("link[rel=canonical]")["href"] == f"{repository.site}{entry}.html"
    said = {tag["property"]: tag["content"] for tag in html.select("meta[property^='og:']")}
    assert said["og:url"] == f"{repository.site}{entry}.html"
    assert said["og:title"]
    assert said["og:description"]
    assert said["og:site_name"] == CONFIG["title"]
    assert len(said["og:image:alt"]) > 40
    picture = HTML / said["og:image"].removeprefix(repository.site)
    with Image.open(picture) as image:
        assert image.size == (int(said["og:image:width"]), int(said["og:image:height"]))
    assert html.select_one("meta[name=description]")["content"]


def test_page_has_stamp_and_icon(page, repository):
    entry, html = page
    said = html.select_one(".bd-footer-content .stamp")
    assert STAMP.fullmatch(said.get_text()), said.get_text()
    assert said.get_text() == soup(f"{toc_entries()[0]}.html").select_one(".stamp").get_text()
    if said.a:
        assert said.a["href"].startswith(f"{repository.url}/commit/{said.a.get_text()}")
    icon = html.select_one("link[rel=icon]")["href"]
    assert (HTML / entry).parent.joinpath(icon).resolve().exists()


# Without git and without an archive's note, the number alone.
STAMP = re.compile(
    r"Version \d+\.\d+\.\d+(, \d\d? \w+ \d{4}, commit [0-9a-f]{7}(, changed since)?)?"
)


def test_the_sitemap_lists_every_page(repository):
    root = ElementTree.parse(HTML / "sitemap.xml").getroot()
    places = [place.text for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(places) == sorted(f"{repository.site}{entry}.html" for entry in toc_entries())


def test_the_root_leads_to_the_title_page(repository):
    html = soup("index.html")
    assert html.html["lang"]
    assert html.title.get_text() == CONFIG["title"]
    first = toc_entries()[0]
    assert html.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={first}.html"
    assert html.a["href"] == f"{first}.html"
    assert html.select_one("meta[property='og:image']")


# The page for wrong addresses


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serve the book below the folder where it is published, and the page for what is missing."""

    folder = ""

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(self.folder.rstrip("/")))

    def send_error(self, code, *_):
        page = (HTML / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("wrong", ["wrong.html", "book/wrong.html", "a/b/c/d/e.html"])
def test_wrong_addresses_are_answered_at_any_depth(browser, repository, wrong):  # noqa: F811
    handler = functools.partial(Pages, directory=HTML)
    Pages.folder = urlsplit(repository.site).path
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        root = f"http://127.0.0.1:{server.server_address[1]}"
        visitor = Visitor(browser, root, DESKTOP)
        page = visitor.open(f"{Pages.folder}{wrong}")
        # The address itself is missing, and Chromium says so; nothing else is.
        assert {fault for fault in visitor.faults if wrong not in fault} <= {
            "console: Failed to load resource: the server responded with a status of 404 "
            "(File not found)",
            "console: Failed to load resource: the server responded with a status of 404 "
            "(Not Found)",
        }
        assert page.locator("article h1").inner_text()
        assert page.locator(".site-logo img:visible").count() == 1
        page.locator("article a").first.click()
        page.wait_for_url(f"**/{toc_entries()[0]}.html")
        page.go_back()
        page.keyboard.press("Control+k")
        page.keyboard.type("rheobase")
        page.keyboard.press("Enter")
        page.locator("#search-results li a").first.wait_for(timeout=5000)
        visitor.page.context.close()
        server.shutdown()
        thread.join()


# The stamp


def git(folder, *arguments):
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


def test_the_stamp_comes_from_git(tmp_path):
    git(tmp_path, "init")
    (tmp_path / "a").write_text("a")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-m", "a", "--date", "2026-01-02T03:04:05Z")
    stamp = Stamp.read(tmp_path)
    assert re.fullmatch("[0-9a-f]{40}", stamp.commit)
    assert not stamp.changed
    assert stamp.words() == f"Version {stamp.number}, {_day(stamp)}, commit {stamp.commit[:7]}"
    (tmp_path / "a").write_text("b")
    assert Stamp.read(tmp_path).words() == f"{stamp.words()}, changed since"


def _day(stamp):
    return f"{stamp.date.day} {stamp.date:%B %Y}"


def test_without_git_the_stamp_comes_from_the_archive(tmp_path):
    stamp = Stamp.read(tmp_path, archived=f"{'0123abc' * 5}01234 2026-05-01")
    assert stamp.words() == f"Version {stamp.number}, 1 May 2026, commit 0123abc"


def test_without_anything_the_number_is_left(tmp_path):
    assert Stamp.read(tmp_path).words() == f"Version {Stamp.read(tmp_path).number}"


def test_a_copy_in_another_repository_has_not_its_commit(tmp_path):
    git(tmp_path, "init")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a").write_text("a")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "a")
    assert Stamp.read(tmp_path / "book").commit is None


def test_an_archive_gets_its_commit():
    lines = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    assert "book/_extensions/stamp.py export-subst" in lines
    assert "$Format:%H %cs$" in (ROOT / "book/_extensions/stamp.py").read_text("utf-8")


# The workflows


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=str)
def test_workflows_only_call_make(path):
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert commands
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for command in commands:
        called = re.fullmatch(r'make (\w+)(?: [A-Z]+="\$[A-Z]+")*', command)
        assert called, f"{path.name} runs {command!r}"
        assert called[1] in targets, f"{path.name} calls make {called[1]}, which there is not"
