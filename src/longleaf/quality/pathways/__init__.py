"""Pathways of the state that a school unit runs itself: what an application names, and whose attempts it has judged.

The micro-credential stays its issuer's, and so do its badges; the unit has the work of its own educators judged.
"""
