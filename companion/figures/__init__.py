"""Drawings of the course; each function returns the Axes it drew on."""

from companion.figures._costs import draw_costs
from companion.figures._floats import (
    draw_descents,
    draw_float_gaps,
    draw_lost_slope,
    draw_ulp_errors,
)
from companion.figures._gated import (
    draw_gelu_errors,
    draw_left_tail,
    draw_log_odds,
    draw_random_masks,
    draw_self_gate,
    draw_swish_limits,
)
from companion.figures._logic import (
    draw_gates,
    draw_layer_shapes,
    draw_logic_network,
    draw_neuron,
    draw_step_and_curve,
)
from companion.figures._membrane import (
    draw_all_or_none,
    draw_charging,
    draw_ramps,
    draw_rate_curve,
    draw_threshold_test,
)
from companion.figures._relu import (
    draw_activity,
    draw_bent_line,
    draw_mirrors,
    draw_relu_kink,
    draw_shares_by_recipe,
)
from companion.figures._sigmoid import (
    draw_convergence,
    draw_hard_errors,
    draw_slopes,
    draw_tangent,
    draw_taylor_band,
    draw_two_classes,
)
from companion.figures._title import draw_title

__all__ = [
    "draw_activity",
    "draw_all_or_none",
    "draw_bent_line",
    "draw_charging",
    "draw_convergence",
    "draw_costs",
    "draw_descents",
    "draw_float_gaps",
    "draw_gates",
    "draw_gelu_errors",
    "draw_hard_errors",
    "draw_layer_shapes",
    "draw_left_tail",
    "draw_log_odds",
    "draw_logic_network",
    "draw_lost_slope",
    "draw_mirrors",
    "draw_neuron",
    "draw_ramps",
    "draw_random_masks",
    "draw_rate_curve",
    "draw_relu_kink",
    "draw_self_gate",
    "draw_shares_by_recipe",
    "draw_slopes",
    "draw_step_and_curve",
    "draw_swish_limits",
    "draw_tangent",
    "draw_taylor_band",
    "draw_threshold_test",
    "draw_title",
    "draw_two_classes",
    "draw_ulp_errors",
]
