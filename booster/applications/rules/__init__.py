"""Decisions about applications, on plain values."""
