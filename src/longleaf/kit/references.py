"""References that people read aloud: random, so that they tell nothing about order or number."""

from __future__ import annotations

import secrets

# Crockford's base 32 without the letters that are mistaken for digits, and without vowels that spell words.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_reference(prefix: str, *, groups: int = 2, length: int = 4) -> str:
    """For instance `SUB-7K3M-9QPD`: after the prefix, `groups` groups of `length` characters (38 bits for 2 by 4)."""
    parts = ["".join(secrets.choice(ALPHABET) for _ in range(length)) for _ in range(groups)]
    return "-".join([prefix, *parts])
