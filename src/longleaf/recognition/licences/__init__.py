"""Licences as offices enter them, one by one or from a file, and as their holders see them.

No number of a licence is kept: who holds it, its kind and its days tell it apart.
"""
