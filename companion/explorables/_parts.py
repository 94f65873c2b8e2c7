"""What several figures with sliders are put together from."""

import altair as alt

from companion.explorables._style import INK


def slider(name, value, limits, label):
    """Return a parameter with a range input; `limits` are its least, its greatest and its step.

    JupyterLab puts input and label side by side with nothing between, hence the space.
    """
    low, high, step = limits
    bind = alt.binding_range(min=low, max=high, step=step, name=f"{label} ")
    return alt.param(name=name, value=value, bind=bind)


def menu(name, options, label):
    """Return a parameter with a list to choose from, its first option chosen."""
    bind = alt.binding_select(options=list(options), name=f"{label} ")
    return alt.param(name=name, value=next(iter(options)), bind=bind)


def readouts(**lines):
    """Return parameters with what each panel says, by name, and one that says all of it."""
    spoken = " + '. ' + ".join(lines)
    own = [alt.param(name=name, expr=expression) for name, expression in lines.items()]
    return [*own, alt.param(name="readout", expr=spoken)]


def says(name):
    """Return a panel's title: the line that `readouts` has under a name."""
    return alt.Title(alt.ExprRef(name))


def inputs(low, high, steps, name="x"):
    """Return evenly spaced inputs, both ends included, which the page makes itself."""
    step = (high - low) / steps
    return alt.sequence(low, high + step / 2, step, as_=name)


def once():
    """Return a table of one empty row, for what is drawn once."""
    return alt.InlineData([{}])


def curves(styles):
    """Return a function that draws the rows of a chart as the curve of a given name.

    `styles` maps a name to (colour, dashes, width), so that curves differ by more than colour. All
    of them share one legend.
    """
    names = list(styles)
    colours, dashes, _ = (list(column) for column in zip(*styles.values(), strict=True))
    legend = alt.Legend(columns=3)  # a telephone has no room for more
    colour = alt.Color("curve:N", scale=alt.Scale(domain=names, range=colours), legend=legend)
    dash = alt.StrokeDash("curve:N", scale=alt.Scale(domain=names, range=dashes), legend=legend)

    def draw(chart, name, **encoding):
        chart = chart.transform_calculate(curve=f"'{name}'")
        line = chart.mark_line(clip=True, strokeWidth=styles[name][2])
        return line.encode(color=colour, strokeDash=dash, **encoding)

    return draw


def dot(chart, colour, x, y):
    """Draw the rows of a chart as diamonds, which the sliders move along a curve."""
    look = {"shape": "diamond", "size": 150, "color": colour, "stroke": INK, "strokeWidth": 0.8}
    return chart.mark_point(**look).encode(x=x, y=y)
