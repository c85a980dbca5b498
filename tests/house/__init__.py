"""The rules of the house, checked by reading the code."""
