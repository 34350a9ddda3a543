"""Measures of the network as pure functions."""
