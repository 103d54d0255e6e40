"""Who rates what, blind, by when: panels, their raters, assignments and ratings.

A panel is convened on a subject by another app (`assessment` on a submission, `quality` on a design), is told the
rubric, the rule and who must not sit on it, and ends in an outcome on which the convening app acts. A panel does not
know what its subject is: it holds a kind and a blind reference.
"""
