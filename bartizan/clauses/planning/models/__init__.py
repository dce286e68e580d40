"""Clause 6: what may happen, what is to be reached, and what changes."""
