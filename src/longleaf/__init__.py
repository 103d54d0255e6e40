"""Longleaf: the system that a state runs to make educator micro-credentials count."""

__version__ = "0.1.0"
