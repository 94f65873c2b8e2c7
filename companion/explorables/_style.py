"""The one look of all explorables: that of the figures, in the words of Vega-Lite."""

# Okabe and Ito's colours, as in companion/figures/course.mplstyle; a test holds them together.
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#AA4499"
SKY, ORANGE = "#56B4E9", "#E69F00"
CYCLE = (BLUE, VERMILLION, GREEN, PURPLE, SKY, ORANGE)
# Beside each colour a dash pattern of its own, for readers who see no difference in colour.
DASHES = ((1, 0), (7, 3), (8, 3, 2, 3), (2, 2), (9, 2, 2, 2, 2, 2), (4, 4))
GREY, INK, AXIS, GRID = "#767676", "#222222", "#4d4d4d", "#e3e3e3"

FONT = "DejaVu Sans, Verdana, sans-serif"

# The width of every panel, in pixels, where nothing says how much room there is; a page changes it.
WIDTH = 560

CONFIG = {
    "background": "white",
    "font": FONT,
    "padding": {"left": 4, "right": 12, "top": 6, "bottom": 4},
    "view": {"stroke": None},
    "concat": {"spacing": 26},
    "axis": {
        "domainColor": AXIS,
        "gridColor": GRID,
        "labelColor": AXIS,
        "labelFontSize": 12,
        "labelOverlap": True,
        "tickColor": AXIS,
        "titleColor": INK,
        "titleFontSize": 12.5,
        "titleFontWeight": "normal",
    },
    # The title of a vertical axis lies above it: turned on its side it costs width, and the neck.
    "axisY": {
        "minExtent": 34,
        "maxExtent": 34,
        "tickCount": 5,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleAngle": 0,
        "titleBaseline": "bottom",
        "titleX": -34,
        "titleY": -8,
    },
    "mark": {"color": BLUE},
    "legend": {
        "direction": "horizontal",
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 0,
        "orient": "top",
        "symbolSize": 500,
        "symbolStrokeWidth": 2.4,
        "title": None,
    },
    "line": {"strokeWidth": 2.2},
    "rule": {"strokeWidth": 1.2},
    "point": {"filled": True, "opacity": 1, "size": 90},
    "text": {"color": INK, "fontSize": 12},
    "range": {"category": list(CYCLE)},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 13,
        "fontWeight": "normal",
        "frame": "bounds",
        "lineHeight": 18,
        "offset": 12,
    },
}
