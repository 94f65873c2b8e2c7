"""The companion of the course *Neurons to Gates*: what its lessons import and its tests measure.

Nothing is imported here. Take what you need from the parts: `companion.activations` is the library
of activation functions, with `companion.wishlist`, `companion.taylor` and `companion.approximation`
beside it; `companion.network` and `companion.training` are networks that learn and the loop that
trains them, `companion.data` has real data, and `companion.sweeps` maps long experiments over many
processors; `companion.biology`, `companion.neurons`, `companion.learning` and
`companion.topologies` belong to the first two chapters; `companion.claims` and
`companion.exercises` are how a lesson proves a statement and checks an answer; `companion.figures`
and `companion.explorables` draw.
"""
