"""The companion of the course *Neurons to Gates*: what its lessons import and its tests measure.

Nothing is imported here. Take what you need from the parts: `companion.activations` is the library
of activation functions; `companion.neurons`, `companion.biology` and `companion.taylor` belong to
the lessons; `companion.claims` and `companion.exercises` are how a lesson proves a statement and
checks an answer; `companion.figures` draws.
"""
