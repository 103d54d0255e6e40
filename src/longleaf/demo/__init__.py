"""Synthetic people caught in the middle of their work, made through the same verbs that pages call."""
