"""Drawings of the course; each function returns the Axes it drew on."""

from companion.figures._costs import draw_costs
from companion.figures._energy import draw_active_share, draw_bits_per_cost, draw_budgets
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
from companion.figures._layer_costs import draw_branch_costs, draw_layer_shares
from companion.figures._learning import (
    draw_hidden_sizes,
    draw_perceptron,
    draw_settling,
    draw_updates,
    draw_weight_paths,
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
from companion.figures._membrane_gates import (
    draw_solver_errors,
    draw_spike_and_gates,
    draw_steady_gates,
)
from companion.figures._plausibility import draw_plausibility
from companion.figures._rates import (
    draw_noisy_rates,
    draw_onsets,
    draw_rate_fits,
    draw_step_errors,
)
from companion.figures._receptive_fields import (
    draw_field,
    draw_filters,
    draw_passages,
    draw_photo_and_answer,
    draw_spectra,
    draw_staircase,
    draw_tuning,
)
from companion.figures._relu import (
    draw_activity,
    draw_bent_line,
    draw_depth,
    draw_mirrors,
    draw_relu_kink,
    draw_shares_by_recipe,
)
from companion.figures._separability import (
    draw_collapse,
    draw_cover,
    draw_crossing,
    draw_dip,
    draw_folding,
    draw_level_lines,
    draw_wishlist,
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
from companion.figures._topologies import (
    draw_capacity,
    draw_circuit,
    draw_graph,
    draw_pictures,
    draw_swaps,
    draw_topologies,
    draw_unrolled,
)

__all__ = [
    "draw_active_share",
    "draw_activity",
    "draw_all_or_none",
    "draw_bent_line",
    "draw_bits_per_cost",
    "draw_branch_costs",
    "draw_budgets",
    "draw_capacity",
    "draw_charging",
    "draw_circuit",
    "draw_collapse",
    "draw_convergence",
    "draw_costs",
    "draw_cover",
    "draw_crossing",
    "draw_depth",
    "draw_descents",
    "draw_dip",
    "draw_field",
    "draw_filters",
    "draw_float_gaps",
    "draw_folding",
    "draw_gates",
    "draw_gelu_errors",
    "draw_graph",
    "draw_hard_errors",
    "draw_hidden_sizes",
    "draw_layer_shapes",
    "draw_layer_shares",
    "draw_left_tail",
    "draw_level_lines",
    "draw_log_odds",
    "draw_logic_network",
    "draw_lost_slope",
    "draw_mirrors",
    "draw_neuron",
    "draw_noisy_rates",
    "draw_onsets",
    "draw_passages",
    "draw_perceptron",
    "draw_photo_and_answer",
    "draw_pictures",
    "draw_plausibility",
    "draw_ramps",
    "draw_random_masks",
    "draw_rate_curve",
    "draw_rate_fits",
    "draw_relu_kink",
    "draw_self_gate",
    "draw_settling",
    "draw_shares_by_recipe",
    "draw_slopes",
    "draw_solver_errors",
    "draw_spectra",
    "draw_spike_and_gates",
    "draw_staircase",
    "draw_steady_gates",
    "draw_step_and_curve",
    "draw_step_errors",
    "draw_swaps",
    "draw_swish_limits",
    "draw_tangent",
    "draw_taylor_band",
    "draw_threshold_test",
    "draw_title",
    "draw_topologies",
    "draw_tuning",
    "draw_two_classes",
    "draw_ulp_errors",
    "draw_unrolled",
    "draw_updates",
    "draw_weight_paths",
    "draw_wishlist",
]
