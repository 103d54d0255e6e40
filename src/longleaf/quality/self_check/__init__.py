"""A designer's own look at a draft by the rubric of the state, before anybody reviews it.

What software can find out is checked by functions that the rubric names (`checks`); the rest is asked, and answered in
writing. Nothing of it decides: reviewers read the design.
"""
