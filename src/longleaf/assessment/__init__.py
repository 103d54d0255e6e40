"""Attempts at a micro-credential: evidence, handing in, completeness, blind scoring, decision, trying again.

Owns: attempts, submissions, evidence and its files, and the decision. Does not own: raters, assignments and ratings
(`panels`), the badge (`awards`), what a badge is worth (`recognition`).
"""
