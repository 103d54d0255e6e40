"""Competency standards as versioned data: frameworks and their items, each with its source and standing.

Does not own: which micro-credential is aligned to which item (`catalog`).
"""
