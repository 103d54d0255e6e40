"""Micro-credentials: what they ask for, how they are judged, in which versions, in which stacks; and finding them.

Owns: families, micro-credentials, their immutable versions, alignments, stacks, search and badge artwork. Does not own:
whether a state recognises one (`quality`), what it is worth to somebody (`recognition`), who has earned it (`awards`).
"""
