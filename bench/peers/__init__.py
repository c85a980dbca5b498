"""Peers of the algorithms, run side by side in an environment of their own."""
