"""Graph layers: averages over neighbours, blind to numbering, feed-forward without edges."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.activations import relu
from companion.neurons import artificial_neuron
from companion.topologies import AGGREGATES, GraphLayer, mixing_matrix

graphs = st.builds(
    lambda n, p, seed: nx.to_numpy_array(nx.gnp_random_graph(n, p, seed=seed)),
    st.integers(1, 9),
    st.floats(0, 1),
    st.integers(0, 99),
)


@given(graphs, st.sampled_from(AGGREGATES), st.booleans())
def test_mixing_is_what_its_name_says_node_by_node(adjacency, aggregate, self_loops):
    mixing = mixing_matrix(adjacency, aggregate, self_loops=self_loops)
    heard = adjacency + np.eye(len(adjacency)) * self_loops
    sums = heard.sum(axis=1)
    for i, row in enumerate(mixing):
        for j, entry in enumerate(row):
            if heard[i, j] == 0:
                assert entry == 0
                continue
            wanted = {"sum": 1, "mean": sums[i], "symmetric": np.sqrt(sums[i] * sums[j])}
            assert entry == pytest.approx(heard[i, j] / wanted[aggregate])


@given(graphs, st.sampled_from(AGGREGATES), st.integers(0, 99))
def test_renumbering_the_nodes_renumbers_the_outputs(adjacency, aggregate, seed):
    rng = np.random.default_rng(seed)
    n = len(adjacency)
    layer = GraphLayer(rng.normal(size=(2, 3)), rng.normal(size=2), relu, aggregate)
    features, order = rng.normal(size=(n, 3)), rng.permutation(n)
    renumbered = layer(features[order], adjacency[np.ix_(order, order)])
    np.testing.assert_allclose(renumbered, layer(features, adjacency)[order], atol=1e-12)


@given(st.integers(1, 6), st.sampled_from(AGGREGATES), st.integers(0, 99))
def test_without_edges_it_is_a_feed_forward_layer(n, aggregate, seed):
    rng = np.random.default_rng(seed)
    weights, bias, features = rng.normal(size=(2, 3)), rng.normal(size=2), rng.normal(size=(n, 3))
    layer = GraphLayer(weights, bias, relu, aggregate)
    wanted = artificial_neuron(features, weights, bias, relu)
    np.testing.assert_allclose(layer(features, np.zeros((n, n))), wanted, atol=1e-12)


def test_messages_travel_one_edge_a_round():
    path = nx.to_numpy_array(nx.path_graph(6))
    layer, held = GraphLayer([[1.0]]), np.eye(6)[:, :1]
    for reach in range(1, 6):
        held = layer(held, path)
        assert np.flatnonzero(held[:, 0]).tolist() == list(range(reach + 1))


def test_on_a_line_it_is_a_convolution():
    signal = np.random.default_rng(0).normal(size=30)
    line = nx.to_numpy_array(nx.path_graph(30))
    out = GraphLayer([[1.0]], aggregate="sum")(signal[:, None], line)[:, 0]
    np.testing.assert_allclose(out, np.convolve(signal, np.ones(3), "same"))


def test_a_node_that_hears_nobody_gets_the_bias():
    layer = GraphLayer([[5.0]], [0.25], self_loops=False)
    assert layer([[1.0], [2.0]], np.zeros((2, 2))).tolist() == [[0.25], [0.25]]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: mixing_matrix([[0, 1]]), ValueError, r"adjacency must have shape \(n, n\)"),
        (lambda: mixing_matrix(np.empty((0, 0))), ValueError, "at least one node"),
        (lambda: mixing_matrix([[-1]]), ValueError, "adjacency must not be negative, got -1"),
        (lambda: mixing_matrix([[np.inf]]), ValueError, "adjacency must be finite"),
        (lambda: mixing_matrix([[1]], "max"), ValueError, "aggregate must be one of mean, sum"),
        (lambda: GraphLayer([1.0]), ValueError, r"weights must have shape \(m, d\)"),
        (lambda: GraphLayer([[1.0]], [1, 2]), ValueError, r"bias must have shape \(1,\)"),
        (lambda: GraphLayer([[1.0]], activation=2), TypeError, "activation must be callable"),
        (lambda: GraphLayer([[1.0]], aggregate="max"), ValueError, "aggregate must be one of"),
        (lambda: GraphLayer([[1.0]])([[1.0, 2.0]], [[0]]), ValueError, "1 numbers for each of the"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
