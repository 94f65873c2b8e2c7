"""The activations, one module for each family. A module put here is found and imported."""
