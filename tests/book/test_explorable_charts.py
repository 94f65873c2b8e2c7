"""The charts with sliders, in a real browser: what they draw is what the companion computes."""

import itertools
from contextlib import ExitStack
from functools import cache

import numpy as np
import pytest
from live_charts import REDRAW_MS, live_chart
from test_pages import browser  # noqa: F401 - a fixture

from companion.activations import gelu, logistic, relu, swish
from companion.biology import LIFNeuron
from companion.explorables import (
    explore_dying_relu,
    explore_gelu_forms,
    explore_lif,
    explore_swish,
    explore_threshold_neuron,
    explore_vanishing_gradient,
    training_runs,
)
from companion.explorables._gated import FACTORS
from companion.explorables._threshold import TARGETS
from companion.neurons import binary_inputs, mp_neuron

ALL = {
    explore_swish: ("beta", (0, 1, 7, 20)),
    explore_gelu_forms: ("power", (0, 1, 2, 3.2)),
    explore_lif: ("current", (0, 2, 3, 6)),
    explore_threshold_neuron: ("w1", (-3, -1, 0, 3)),
    explore_vanishing_gradient: ("depth", (10, 20, 30, 50)),
    explore_dying_relu: ("power", (-0.5, 0.5, 1.0, 1.375)),
}


@pytest.fixture(scope="module")
def charts(browser):  # noqa: F811
    """Return a function that opens a chart, on a telephone, or gives the one that is open."""
    with ExitStack() as open_pages:

        @cache
        def chart(explore):
            return open_pages.enter_context(live_chart(browser, explore(), width=360))

        yield chart


@pytest.fixture(params=ALL, ids=lambda explore: explore.__name__)
def any_chart(request, charts):
    return charts(request.param), *ALL[request.param]


def columns(rows, *names):
    """Return columns of the rows behind marks, as arrays."""
    return tuple(np.array([row[name] for row in rows], dtype=float) for name in names)


def test_every_control_can_be_put_to_its_ends(any_chart):
    chart, _, _ = any_chart
    labels = chart.page.locator(".explorable-controls label")
    assert labels.count() > 0
    for input_ in chart.page.locator(".explorable-controls [name]").all():
        control = input_.get_attribute("name")
        is_slider = input_.get_attribute("type") == "range"
        for value in chart.ends(control) if is_slider else chart.options(control):
            chart.set(**{control: value})
            assert "NaN" not in chart.signal("readout")
            assert "undefined" not in chart.signal("readout")
            drawn = chart.page.locator(".explorable-chart svg path").evaluate_all(
                "all => all.map(one => one.getAttribute('d')).join(' ')"
            )
            assert "NaN" not in drawn
            assert "Infinity" not in drawn


def test_a_redraw_is_quick_and_fits_a_telephone(any_chart):
    chart, name, values = any_chart
    # The best of three: other tests run beside this one.
    assert min(chart.redraw_ms(name, values * 3) for _ in range(3)) <= REDRAW_MS
    assert chart.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def swish_chart(charts):
    return charts(explore_swish)


@pytest.mark.parametrize("beta", [0, 0.1, 1.5, 20])
def test_swish_is_the_companions(swish_chart, beta):
    swish_chart.set(beta=beta, at=2.5)
    x, y = columns(swish_chart.drawn("swish"), "x", "y")
    assert (x[0], len(x)) == (-5, 1001)
    assert x[-1] == pytest.approx(5)
    assert np.allclose(y, swish(x, beta=beta), rtol=1e-12, atol=1e-14)
    x, y = columns(swish_chart.drawn("gate"), "x", "y")
    assert np.allclose(y, logistic(beta * x), rtol=1e-12)
    for name in ("gate_here", "swish_here"):
        ((x,), (y,)) = columns(swish_chart.drawn(name), "x", "y")
        assert x == 2.5
        expected = logistic(beta * x) if name == "gate_here" else swish(x, beta=beta)
        assert y == pytest.approx(expected, rel=1e-12)
    assert f"{swish(2.5, beta=beta):.3f}" in swish_chart.signal("readout")


@pytest.mark.parametrize("beta", [0.5, 1, 20])
def test_swish_is_farthest_from_relu_where_it_says(swish_chart, beta):
    swish_chart.set(beta=beta)
    x = np.linspace(-10, 10, 400_001)
    gap = np.abs(swish(x, beta=beta) - relu(x))
    ((lowest_x,), (lowest_y,)) = columns(swish_chart.drawn("lowest"), "x", "y")
    assert abs(lowest_x) == pytest.approx(abs(x[gap.argmax()]), abs=1e-3)
    assert lowest_y == pytest.approx(-gap.max(), abs=1e-7)
    assert f"by {gap.max():.3f}" in swish_chart.signal("readout")


def test_swish_at_beta_zero_marks_no_lowest_point(swish_chart):
    swish_chart.set(beta=0)
    assert swish_chart.drawn("lowest") == []
    assert "without a lowest point" in swish_chart.signal("readout")


@pytest.fixture
def gelu_chart(charts):
    return charts(explore_gelu_forms)


def test_gelu_and_its_forms_are_the_companions(gelu_chart):
    # Magnified once: the curves themselves.
    gelu_chart.set(power=0, c=0.044715, k=1.702, factor="√(2/π)")
    x, y = columns(gelu_chart.drawn("gelu"), "x", "y")
    # Vega's Φ is good to about 1e-15 where it is not small.
    assert np.allclose(y, gelu(x), rtol=0, atol=1e-14)
    for form in ("tanh", "sigmoid"):
        x, y = columns(gelu_chart.drawn(f"{form}_form"), "x", "y")
        assert np.allclose(y, gelu(x, approximate=form), rtol=0, atol=1e-14)


@pytest.mark.parametrize(("c", "k", "factor"), [(0.043, 1.6, "√2/π"), (0.047, 1.85, "√(2/π)")])
def test_gelu_errors_follow_the_constants(gelu_chart, c, k, factor):
    gelu_chart.set(power=3, c=c, k=k, factor=factor)
    x, tanh_error = columns(gelu_chart.drawn("tanh_error"), "x", "y")
    form = x / 2 * (1 + np.tanh(FACTORS[factor] * (x + c * x**3)))
    assert np.allclose(tanh_error, 1000 * (form - gelu(x)), atol=1e-10)
    x, sigmoid_error = columns(gelu_chart.drawn("sigmoid_error"), "x", "y")
    assert np.allclose(sigmoid_error, 1000 * (swish(x, beta=k) - gelu(x)), atol=1e-10)
    for name, error in (("tanh", tanh_error), ("sigmoid", sigmoid_error)):
        (said,) = gelu_chart.texts(f"{name}_worst")
        assert f"at worst {np.abs(error).max() / 1000:.6f}" in said


@pytest.fixture
def lif_chart(charts):
    return charts(explore_lif)


@pytest.mark.parametrize(
    ("current", "refractory"), [*itertools.product([0, 1.95, 2, 2.05, 3.3, 6], [0, 2, 10])]
)
def test_the_membrane_is_the_companions(lif_chart, current, refractory):
    lif_chart.set(current=current, refractory=refractory)
    neuron = LIFNeuron(refractory_ms=float(refractory))
    run = neuron.simulate(current, 100, dt_ms=0.1 if refractory else 0.05)

    spikes = np.array([row["t"] for row in lif_chart.drawn("spikes")])
    assert np.allclose(spikes, run.spike_times_ms, rtol=0, atol=1e-9)

    t, v = columns(lif_chart.drawn("voltage"), "t", "v")
    simulated = np.interp(t, run.time_ms, run.voltage_mv)
    # Within a step of a spike the drawn and the simulated grid fall on either side of the jump.
    calm = np.ones(len(t), bool)
    for edge in np.concatenate([spikes, spikes + refractory]):
        calm &= np.abs(t - edge) > 0.11
    assert calm.sum() > 300
    assert np.allclose(v[calm], simulated[calm], rtol=0, atol=2e-3)

    i, f = columns(lif_chart.drawn("rate"), "i", "f")
    assert np.allclose(f, neuron.rate_hz(i), rtol=1e-10)
    ((_,), (here,)) = columns(lif_chart.drawn("rate_here"), "i", "f")
    assert here == pytest.approx(neuron.rate_hz(current), rel=1e-12)
    fires = "it spikes" in lif_chart.signal("readout")
    assert fires == (run.spike_counts > 0) == (current > 2)


@pytest.fixture
def threshold_chart(charts):
    return charts(explore_threshold_neuron)


WEIGHTS = [(1, 1, -1.5), (-1, -1, 0.5), (3, -3, 0), (0, 0, 0), (0, 2, -1), (-2, 0, 1), (0, 0, 3)]


@pytest.mark.parametrize("target", ["AND", "XOR", "if x₁ then x₂"])
@pytest.mark.parametrize(("w1", "w2", "bias"), WEIGHTS)
def test_the_truth_table_is_that_of_the_neuron(threshold_chart, w1, w2, bias, target):
    threshold_chart.set(w1=w1, w2=w2, bias=bias, target=target)
    fires = mp_neuron(binary_inputs(2), [w1, w2], bias)
    x, y, drawn = columns(threshold_chart.drawn("points"), "x", "y", "fires")
    assert np.array_equal(np.stack([x, y], axis=1), binary_inputs(2))
    assert drawn.tolist() == fires.tolist()
    right = fires == np.array(TARGETS[target])
    assert len(threshold_chart.drawn("wrong")) == 4 - right.sum()
    assert f"{target}: {right.sum()} of 4 rows right" in threshold_chart.signal("readout")


@pytest.mark.parametrize(("w1", "w2", "bias"), WEIGHTS)
def test_the_shaded_side_is_where_the_neuron_fires(threshold_chart, w1, w2, bias):
    threshold_chart.set(w1=w1, w2=w2, bias=bias)
    x, low, high = columns(threshold_chart.drawn("side"), "x", "y", "end")
    low, high = np.minimum(low, high), np.maximum(low, high)
    for y in np.linspace(-0.59, 1.59, 60):
        shaded = (low < y) & (y < high)
        sums = w1 * x + w2 * y + bias
        clear = np.abs(sums) > 1e-9
        assert np.array_equal(shaded[clear], sums[clear] > 0)
    line = threshold_chart.drawn("line")
    assert len(line) == (0 if w1 == w2 == 0 else 2)
    for row in line:
        assert w1 * row["x"] + w2 * row["y"] + bias == pytest.approx(0, abs=1e-9)


def test_fading_gradients_are_those_measured(charts):
    runs, chart = training_runs()["fading"], charts(explore_vanishing_gradient)
    for depth, power, first, second in (
        (10, -1.0, "tanh", "gelu"),
        (30, 0.5, "relu", "relu"),
        (50, 2.0, "logistic", "selu"),
    ):
        chart.set(depth=depth, scale=power, first=first, second=second)
        at = runs["depths"].index(depth), runs["gain_powers"].index(power)
        for view, name in (("first", first), ("second", second)):
            stored = runs["log10_lengths"][name][at[0]][at[1]]
            (drawn,) = columns(chart.drawn(view), "power")
            assert np.allclose(drawn, stored, atol=1e-9)
        assert f"{depth} layers, g = {2**power:.2g}" in chart.signal("readout")


def test_deaths_are_those_measured(charts):
    runs, chart = training_runs()["dying"], charts(explore_dying_relu)
    _, rightly = chart.options("ending")
    for at, power in enumerate(runs["step_powers"]):
        if at % 5:
            continue
        chart.set(power=power, ending=rightly)
        for name, run in runs["shares"].items():
            (share,) = columns(chart.drawn(f"{name}_deaths"), "share")
            assert np.allclose(share, run["dead"][at])
            (right,) = columns(chart.drawn(f"{name}_ending"), "share")
            assert np.allclose(right, run["right"])
    chart.set(ending=chart.options("ending")[0])
    for name, run in runs["shares"].items():
        (dead,) = columns(chart.drawn(f"{name}_ending"), "share")
        assert np.allclose(dead, np.array(run["dead"])[:, -1])
