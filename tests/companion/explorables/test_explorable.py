"""The engine: what an explorable stores, and what it refuses."""

import json
from base64 import b64decode
from io import BytesIO

import altair as alt
import nbformat
import numpy as np
import pytest
import vl_convert
from PIL import Image

from companion import explorables
from companion.explorables import Explorable
from companion.explorables import _style as look
from companion.explorables._explorable import MIME, VEGA_LITE, table

ALT = "A straight line through the origin, as steep as the slider says."
SUMMARY = "A line through the origin, with its slope on a slider."


def slider(name="slope"):
    return alt.param(name=name, value=1, bind=alt.binding_range(min=0, max=2, step=0.1))


def panel(rows=({"x": -1}, {"x": 1}), name="line"):
    data = alt.InlineData(list(rows)) if not isinstance(rows, str) else rows
    return alt.Chart(data, name=name).mark_line().encode(x="x:Q", y="x:Q").properties(height=100)


def explorable(chart=None, alt=ALT, summary=SUMMARY, **more):
    return Explorable(chart or panel().add_params(slider()), alt=alt, summary=summary, **more)


def test_a_notebook_stores_chart_picture_and_one_line():
    bundle = explorable()._repr_mimebundle_()
    assert bundle.keys() == {MIME, "image/png", "text/plain"}
    assert bundle["text/plain"] == SUMMARY == repr(explorable())
    picture = Image.open(BytesIO(b64decode(bundle["image/png"])))
    assert picture.width > 2 * look.WIDTH
    assert len(picture.convert("RGB").getcolors(1000)) > 2, "nothing is drawn"


def test_nbformat_accepts_what_is_stored():
    output = nbformat.v4.new_output("execute_result", explorable()._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell("explore()", outputs=[output | {"execution_count": 1}])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_the_chart_is_vega_lite_5_and_compiles_without_a_word(capfd):
    spec = explorable().spec
    assert spec["$schema"].endswith("/vega-lite/v5.json")
    assert vl_convert.vegalite_to_vega(spec, vl_version=VEGA_LITE)["signals"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", [n for n in explorables.__all__ if n.startswith("explore_")])
def test_every_figure_is_valid_by_altairs_schema(name):
    alt.Chart.from_dict(getattr(explorables, name)().spec, validate=True)


def test_the_description_is_the_alt_text():
    assert explorable(alt=f"  {ALT}\n  ").spec["description"] == ALT


def test_the_same_is_stored_whenever_it_is_made():
    first = explorable().spec
    explorable(alt.layer(panel(), panel(name="other")).add_params(slider("other")))
    assert json.dumps(explorable().spec) == json.dumps(first)


def test_numbers_are_rounded_and_stay_numbers():
    rows = [{"x": 1 / 3, "n": 3, "yes": True, "none": None}, {"x": -0.0}, {"x": 2.0}, {"x": 1e-17}]
    stored = explorable(panel(rows)).spec["data"]["values"]
    assert stored[0] == {"x": 0.333333, "n": 3, "yes": True, "none": None}
    assert [row["x"] for row in stored[1:]] == [0, 2, 1e-17]
    assert "-0" not in json.dumps(stored[1])


@pytest.mark.parametrize("hidden", [np.inf, np.nan])
def test_what_is_no_number_is_refused(hidden):
    chart = panel().add_params(alt.param(name="a", value=hidden))
    with pytest.raises(ValueError, match="finite"):
        explorable(chart)


def test_every_panel_has_the_same_width():
    spec = explorable(alt.vconcat(panel(), panel(name="second").properties(width=99))).spec
    assert {inner["width"] for inner in spec["vconcat"]} == {look.WIDTH}
    assert explorable().spec["width"] == look.WIDTH


def test_a_charts_own_settings_go_before_the_common_ones():
    chart = panel().configure_axis(labelFontSize=20)
    axis = explorable(chart).spec["config"]["axis"]
    assert axis["labelFontSize"] == 20
    assert axis["gridColor"] == look.GRID
    assert look.CONFIG["axis"]["labelFontSize"] == 12


def test_the_look_is_that_of_the_figures():
    from companion.figures import _style as figures

    names = ("BLUE", "VERMILLION", "GREEN", "PURPLE", "GREY", "INK")
    assert [getattr(look, n) for n in names] == [getattr(figures, n) for n in names]
    sheet = figures.STYLE.read_text("utf-8")
    for colour in (*look.CYCLE, look.AXIS, look.GRID):
        assert colour.removeprefix("#") in sheet
    assert len(set(look.DASHES)) == len(look.CYCLE)


def test_drag_names_a_slider():
    assert explorable(drag="slope").spec["usermeta"] == {"drag": "slope"}
    with pytest.raises(ValueError, match=r"\(slope\); got 'a'"):
        explorable(drag="a")


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"alt": "A line."}, ValueError, "what is seen and what it means"),
        ({"alt": "   "}, ValueError, "what is seen"),
        ({"alt": None}, TypeError, "alt must be a string, got NoneType"),
        ({"summary": ""}, ValueError, "one line"),
        ({"summary": "two\nlines"}, ValueError, "one line"),
        ({"summary": 3}, TypeError, "summary must be a string, got int"),
        ({"chart": {"mark": "line"}}, TypeError, "Altair chart, got dict"),
        ({"chart": "line"}, TypeError, "Altair chart, got str"),
        ({"chart": panel() | panel(name="second")}, ValueError, "below one another.*hconcat"),
        ({"chart": panel().facet("x:N")}, ValueError, "below one another.*facet"),
        ({"chart": panel("https://example.org/x.csv")}, ValueError, "hold its data.*example"),
        ({"chart": panel(name="view_7")}, ValueError, "view_7"),
        (
            {"chart": panel().add_params(alt.param(bind=alt.binding_range(), value=1))},
            ValueError,
            "name of its own",
        ),
    ],
)
def test_mistakes_are_named(wrong, error, message):
    with pytest.raises(error, match=message):
        explorable(**wrong)


def test_a_table_is_one_line_of_whole_numbers():
    values = np.array([0.12345, -2.0, -1e-9])
    line = table(values, 3)
    assert line == "123 -2000 0"
    assert np.allclose([int(n) / 1000 for n in line.split(" ")], values, atol=5e-4)


@pytest.mark.parametrize(
    ("values", "decimals", "error"),
    [([1.0, np.nan], 2, ValueError), ([1.0], -1, TypeError), ([1.0], True, TypeError)],
)
def test_a_table_refuses_what_it_cannot_keep(values, decimals, error):
    with pytest.raises(error):
        table(values, decimals)
