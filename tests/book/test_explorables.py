"""Figures with sliders: what they draw is what the companion computes, in the pages' own engine.

The first part looks at the activation explorer, the second at pages that have an explorable (as
test_pages does of each, while it is open), the third at what the Sphinx extension makes of one in
each format.
"""

import itertools
import json
import re
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from browsing import DESKTOP, PHONE, Visitor
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from live_charts import REDRAW_MS, extension, live_chart, vega
from looks import ALL_ALIVE
from site_map import HTML, ROOT, toc_entries
from test_pages import browser, site  # noqa: F401

from companion.activations import ACTIVATIONS, gelu, hardshrink, logistic, relu, softsign, tanh
from companion.explorables import explore_activations
from companion.explorables._activations_tables import NODES, variants
from companion.taylor import taylor

# The activation explorer, by itself.

# One of each kind: smooth, bounded on the whole line or not, with kinks, with jumps.
CHOICE = [logistic, tanh, gelu, relu, hardshrink.with_parameters(lambd=2.0), softsign]
GIVEN = variants(CHOICE)
TABULATED = 1e-4


@pytest.fixture(scope="module")
def explorer(browser):  # noqa: F811
    with live_chart(browser, explore_activations(CHOICE)) as chart:
        yield chart


def columns(rows, *names):
    return tuple(np.array([float(row[name]) for row in rows]) for name in names)


def polynomial_of(activation, order, centre):
    try:
        return taylor(activation, order, centre)
    except ValueError:
        return None


@pytest.mark.parametrize("label", GIVEN)
def test_curve_slope_and_tangent(explorer, label):
    activation = GIVEN[label]
    kinks = [kink.at for kink in activation.facts.kinks]
    for a in (-6.0, -2.5, 0.0, 0.3, 6.0):
        explorer.set(f=label, a=a)
        for name, function in (("curve", activation), ("slope", activation.derivative)):
            x, y = columns(explorer.drawn(name), "x", "y")
            smooth = ~np.isin(x, kinks)
            assert np.abs(y - function(x))[smooth].max() <= TABULATED
            assert set(NODES) <= set(np.round(x, 10)) | set(kinks)
        x, y = columns(explorer.drawn("tangent"), "x", "y")
        line = activation(a) + activation.derivative(a) * (x - a)
        assert np.abs(y - line).max() <= TABULATED * 13
        for name, function in (("point", activation), ("slope_point", activation.derivative)):
            x, y = columns(explorer.drawn(name), "x", "y")
            assert x == pytest.approx([a])
            assert y == pytest.approx([function(a)], abs=TABULATED)


@pytest.mark.parametrize("around", ["zero", "point"])
@pytest.mark.parametrize("label", GIVEN)
def test_polynomial_and_its_band(explorer, label, around):
    activation = GIVEN[label]
    for a, order in itertools.product((-3.7, 0.0, 1.2), (0, 1, 2, 5, 9)):
        explorer.set(f=label, a=a, order=order, around=around)
        centre = 0.0 if around == "zero" else a
        polynomial = polynomial_of(activation, order, centre)
        drawn, band = explorer.drawn("polynomial"), explorer.drawn("band")
        if polynomial is None or (activation.name == "softsign" and centre == 0):
            assert drawn == band == []
            assert explorer.title()[1] == "no Taylor polynomial:"
            continue
        x, y = columns(drawn, "x", "y")
        steps = np.abs(x - centre)
        # Each coefficient is given with four digits, value and slope with four decimals.
        size = sum(abs(a) * steps**n for n, a in enumerate(polynomial.coefficients))
        assert (np.abs(y - polynomial(x)) <= 6e-4 * size + TABULATED * (1 + steps)).all()
        if activation.name == "softsign":
            assert band == []
            assert "no band" in explorer.title()[2]
            continue
        x, low, high = columns(band, "x", "y", "top")
        # It holds the curve, and is no wider than Lagrange's remainder says.
        slack = 6e-4 * size + TABULATED * (1 + steps)
        assert (low - slack <= activation(x)).all()
        assert (activation(x) <= high + slack).all()
        constant, power = polynomial.uniform_bound
        wide = 2 * constant * steps**power
        seen = (np.abs(low) < 1000) & (np.abs(high) < 1000)
        assert np.allclose((high - low)[seen], wide[seen], rtol=3e-3, atol=1e-9)


def test_the_readout_says_what_the_companion_says(explorer):
    explorer.set(f="logistic", a=4.0, order=9, around="zero")
    polynomial = taylor("logistic", 9)
    error = abs(polynomial(4.0) - logistic(4.0))
    value, off, bound = explorer.title()
    assert value == "x = 4.0: value 0.9820, slope 0.0177"
    assert float(off.split()[-1]) == pytest.approx(error, rel=1e-3)
    constant, power = polynomial.uniform_bound
    said = float(bound.split()[-1])
    assert constant * 4**power <= said <= 1.002 * constant * 4**power
    explorer.set(a=-0.4, around="point")
    assert explorer.title()[0].startswith("x = −0.4: value 0.4013")
    heard = explorer.page.locator(".explorable-readout")
    explorer.page.wait_for_function(
        "document.querySelector('.explorable-readout').textContent.includes('0.4013')"
    )
    assert heard.text_content() == "; ".join(explorer.title())
    for a, order in itertools.product(explorer.ends("a"), explorer.ends("order")):
        explorer.set(a=a, order=int(order))
        assert not re.search("NaN|undefined|Infinity", "".join(explorer.title()))


def test_zones_are_shaded_and_named(explorer):
    explorer.set(f="relu")
    assert [(z["x"], z["end"], z["kind"]) for z in explorer.drawn("zones")] == [(-6, 0, "dead")]
    assert explorer.texts("zone_names") == ["dead: slope 0"]
    explorer.set(f="logistic")
    assert explorer.texts("zone_names") == ["saturated"] * 2
    explorer.set(f="hardshrink, lambd = 2")
    assert columns(explorer.drawn("jumps"), "x", "y")[0].tolist() == [-2, 2]


def test_a_redraw_takes_a_moment(explorer):
    explorer.set(f="logistic", around="point")
    assert explorer.redraw_ms("a", np.arange(-6, 6.1, 1)) <= REDRAW_MS
    assert explorer.redraw_ms("order", range(10)) <= REDRAW_MS
    assert explorer.redraw_ms("f", [*GIVEN, "logistic"]) <= REDRAW_MS


def test_the_point_follows_a_pull(explorer):
    explorer.set(f="logistic", a=1.0)
    page = explorer.page
    page.locator(".explorable-chart").scroll_into_view_if_needed()
    point = page.locator('.explorable-chart [class*=" point_"] path').first.bounding_box()
    x, y = point["x"] + point["width"] / 2, point["y"] + 40
    unit = explorer.signal("width") / 12
    page.mouse.move(x, y)
    page.mouse.down()
    assert explorer.signal("a") == 1, "the point jumps when it is touched"
    page.mouse.move(x - 3 * unit, y, steps=4)
    assert explorer.signal("a") == pytest.approx(-2)
    page.mouse.move(0, y)
    assert explorer.signal("a") == -6
    page.mouse.move(x + 4000, y)
    assert explorer.signal("a") == 6
    page.mouse.up()
    page.mouse.move(x, y)
    assert explorer.signal("a") == 6, "it still follows after the button was let go"
    # The slider has come along.
    assert page.get_by_label("Touch the curve at x").input_value() == "6"


def test_every_control_works_from_the_keyboard(explorer):
    explorer.set(f="logistic", a=1.0, order=1, around="zero")
    page = explorer.page
    for label, key, name, value in (
        ("Touch the curve at x", "ArrowRight", "a", 1.1),
        ("Order of the polynomial", "End", "order", 9),
        ("Taylor polynomial around", "ArrowDown", "around", "point"),
        ("Activation f", "ArrowDown", "f", "tanh"),
    ):
        control = page.get_by_label(label)
        control.focus()
        assert control.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
        page.keyboard.press(key)
        page.wait_for_function(
            """([name, value]) => {
                const now = document.querySelector('.explorable').view.signal(name);
                return now === value || Math.abs(now - value) < 1e-9; }""",
            arg=[name, value],
        )


@pytest.mark.parametrize("width", [360, 800])
def test_it_fits_and_a_finger_hits_its_controls(explorer, width):
    explorer.set(f="logistic", a=0.0)
    page = explorer.page
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(200)
    for control in page.locator(".explorable-controls :is(input, select)").all():
        assert control.bounding_box()["height"] >= 44
    place, chart = page.locator(".explorable-chart"), page.locator(".explorable-chart svg")
    room, drawn = place.bounding_box()["width"], chart.bounding_box()["width"]
    assert room - 4 <= drawn <= room, f"the chart takes {drawn} of {room} pixels"
    page.set_viewport_size({"width": 800, "height": 900})


# The pages.


def with_explorables() -> list[str]:
    found = (f"{entry}.html" for entry in toc_entries() if (HTML / f"{entry}.html").exists())
    return [p for p in found if 'class="explorable"' in (HTML / p).read_text("utf-8")]


PAGES = with_explorables()


def enlivened(visitor, path):
    """Open a page and pass by all of its explorables."""
    page = visitor.open(path)
    page.wait_for_function(ALL_ALIVE)
    return page


@pytest.fixture(scope="module")
def reader(browser, site):  # noqa: F811
    visitor = Visitor(browser, site, DESKTOP)
    yield visitor
    visitor.page.context.close()


def test_the_explorer_is_a_page():
    assert (HTML / "index.html").exists(), "the book is not built: run `make book`"
    assert "book/explorer.html" in PAGES


def test_every_figure_with_sliders_has_a_picture_until_it_lives():
    for path in PAGES:
        page = BeautifulSoup((HTML / path).read_text("utf-8"), "html.parser")
        for chart in page.select(".explorable"):
            assert chart.has_attr("hidden"), path
            assert chart.parent.name == "figure", path
            assert chart.parent.select_one("img[src][alt]"), path


def test_without_scripts_the_pictures_stand(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "book/explorer.html")
    for chart in page.locator(".explorable").all():
        assert not chart.is_visible()
        assert chart.locator("xpath=..").locator("img").is_visible()
    context.close()


def test_pages_without_a_slider_ask_for_nothing(reader):
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    plain = [f"{entry}.html" for entry in toc_entries() if f"{entry}.html" not in PAGES]
    reader.open(plain[0])
    assert plain[0] == "book/index.html"
    assert not [url for url in asked if "vega" in url or "explorables" in url]


def test_vega_waits_until_a_chart_is_near(reader):
    asked = []
    path = "book/3-sigmoid-family/replace-a-curve-by-two-lines.html"
    assert path in PAGES
    reader.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open(path)
    page.evaluate("new Promise(done => requestIdleCallback(done, {timeout: 500}))")
    assert not [url for url in asked if url.endswith("/vega.js")]
    page.wait_for_function(ALL_ALIVE)
    assert [url for url in asked if url.endswith("/vega.js")]
    reader.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def test_the_page_offers_every_activation_with_its_values(reader):
    page = enlivened(reader, "book/explorer.html")
    view = "document.querySelector('.explorable').view"
    offered = page.locator('select[name="f"]').first.locator("option")
    labels = offered.evaluate_all("all => all.map(one => one.value)")
    assert labels == list(variants())
    assert {each.name for each in variants().values()} == set(ACTIVATIONS)
    for label, activation in variants().items():
        page.evaluate(f"{view}.signal('f', {json.dumps(label)}).runAsync().then(() => 1)")
        stored = page.evaluate(f"[{view}.signal('fs'), {view}.signal('ds')]")
        for texts, function in zip(stored, (activation, activation.derivative), strict=True):
            values = np.array([float(text) for text in texts]) / 10_000
            assert np.abs(values - function(NODES)).max() <= 5.1e-5, label
    assert reader.faults == []


# The formats of the book.

NAME = "fig-turning"
CAPTION = "A line that turns."
ALT = "A line through the origin. In the live figure a slider turns it."


def notebook() -> str:
    import altair as alt

    from companion.explorables import Explorable

    slope = alt.param("slope", value=1, bind=alt.binding_range(min=0, max=2, step=0.1, name="</p>"))
    chart = (
        alt.Chart(alt.InlineData([{"x": -1}, {"x": 1}]), name="line")
        .transform_calculate(y="slope * datum.x")
        .mark_line()
        .encode(x="x:Q", y="y:Q")
        .add_params(slope)
    )
    bundle = Explorable(chart, alt=ALT, summary="A line.")._repr_mimebundle_()
    about = {"image": {"alt": ALT}, "figure": {"caption": CAPTION, "name": NAME}}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": bundle}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": f"# Turn\n\nSee {{numref}}`{NAME}`."},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {"mystnb": about},
            "source": "explore_line()",
            "outputs": [output],
        },
    ]
    about = {"language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    settings = (
        f"import sys\nsys.path.insert(0, {str(ROOT / 'book' / '_extensions')!r})\n"
        "extensions = ['myst_nb', 'explorables']\nnb_execution_mode = 'off'\nnumfig = True\n"
        f"root_doc = 'index'\nhtml_static_path = [{str(ROOT / 'book' / '_static')!r}]\n"
        "version = '1'\ncopyright = 'all'\nlanguage = 'en'\nepub_show_urls = 'no'\n"
    )
    source = folder / "source"
    source.mkdir()
    (source / "conf.py").write_text(settings, "utf-8")
    (source / "index.md").write_text("# Home\n\n```{toctree}\nturn\nplain\n```\n", "utf-8")
    (source / "plain.md").write_text("# Plain\n", "utf-8")
    (source / "turn.ipynb").write_text(notebook(), "utf-8")
    return folder


def build(book, builder):
    """Build a small book, reading its pages once for all builders."""
    target = book / builder
    places = ["-d", book / "doctrees", book / "source", target]
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder, *places]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_a_page_has_a_numbered_figure_with_both(book):
    target = build(book, "html")
    page = BeautifulSoup((target / "turn.html").read_text("utf-8"), "html.parser")
    figure = page.find("figure", id=NAME)
    assert figure.img["alt"] == ALT
    assert figure.figcaption.find(class_="caption-number").text.strip() == "Fig. 1"
    assert page.find("a", href=f"#{NAME}").text == "Fig. 1"
    chart = figure.find("div", class_="explorable")
    assert chart.has_attr("hidden")
    drawn = json.loads(chart.script.string)
    assert [s["bind"]["name"] for s in drawn["signals"] if "bind" in s] == ["</p>"]
    for name in ("turn.html", "plain.html"):
        asked = re.findall(r"_static/(explorables\.\w+)", (target / name).read_text("utf-8"))
        assert sorted(asked) == (["explorables.css", "explorables.js"] if "turn" in name else [])
    assert (target / "_static" / "vega" / "vega.js").read_text("utf-8") == vega()


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_for_paper_and_reading_devices_there_is_the_picture_alone(book, builder):
    target = build(book, builder)
    name = "index.html" if builder == "singlehtml" else "turn.xhtml"
    page = BeautifulSoup((target / name).read_text("utf-8"), "html.parser")
    assert page.find("img", alt=ALT)
    assert CAPTION in page.text
    assert not page.find(class_="explorable")
    assert not list(target.rglob("vega.js"))
    assert "explorables.js" not in str(page)


def test_half_a_library_is_written_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(extension(), "library", vega)
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html"))
    library = tmp_path / "_static" / "vega" / "vega.js"
    library.parent.mkdir(parents=True)
    library.write_text(vega()[:1000], "utf-8")
    extension()._write_library(app)
    assert library.read_text("utf-8") == vega()
    monkeypatch.setattr(extension(), "library", None)
    extension()._write_library(app)


def test_an_explorable_without_a_picture_is_a_warning(caplog):
    doctree = new_document("turn.ipynb")
    bundle = nodes.container(nb_element="mime_bundle")
    holder = nodes.container("", extension().explorable(vega="{}"), mime_type=extension().MIME)
    doctree += bundle
    bundle += holder
    extension()._take_out(None, doctree)
    assert "no still picture" in caplog.text
    assert isinstance(doctree.children[1], extension().explorable)


def test_the_library_leaves_one_name_behind(browser):  # noqa: F811
    page = browser.new_page()
    page.goto("about:blank")
    names = "Object.getOwnPropertyNames(window).sort()"
    before = set(page.evaluate(names))
    page.add_script_tag(content=vega())
    assert set(page.evaluate(names)) - before == {"explorablesVega"}
    page.close()
