"""Invented names, texts and references. The same number always gives the same, so that a seed can be made again."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import product

from longleaf.kit.references import ALPHABET

GIVEN = (  # noqa: SIM905 (one long line reads worse)
    "Ada Ben Cleo Dev Elena Farid Gwen Hana Ivo Jules Kofi Lena Mara Nils Odile Pia Quinn Rosa Sami Tess Uma Viktor "
    "Wren Xenia Yara Zane Amos Bela Cora Dina Emil Faye Gil Hope Ines Jude Kira Levi Mila Noor Otto Petra Ravi Tovah"
).split()
FAMILY = (  # noqa: SIM905
    "Abara Birch Calder Dunmore Eastwick Farrow Gale Hollin Ibsen Jarrow Kestrel Larkin Merrow Norwood Ostler Pell "
    "Quill Rowan Sedge Tarn Umber Vale Wick Yarrow Zeller Ashby Brook Copse Dale Elder Fenn Grove Heath Inge Knoll Lind"
).split()
WORDS = (  # noqa: SIM905
    "the learners tried what I had shown them and told in their own words why it worked so that a plan for next week "
    "could begin with what was still unclear to half of the group while others went on alone reading aloud to a partner"
).split()
# Coprime to the size of the space of references, so that no two numbers give the same one.
STEP = 2_654_435_761


def reference(prefix: str, number: int, *, groups: int = 2) -> str:
    """A reference that looks as random as the product's own, and is different for every number."""
    all_groups = _groups()
    rest, parts = number * STEP % len(all_groups) ** groups, [prefix]
    for _ in range(groups):
        rest, group = divmod(rest, len(all_groups))
        parts.append(all_groups[group])
    return "-".join(parts)


def name(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]}"


def prose(number: int, *, words: int) -> str:
    """Some text of about so many words. There are two hundred different ones of each length."""
    return _prose(number % 200, words)


@lru_cache(maxsize=1)
def _groups() -> list[str]:
    """Every group of four letters."""
    return ["".join(letters) for letters in product(ALPHABET, repeat=4)]


@lru_cache(maxsize=2_000)
def _prose(number: int, words: int) -> str:
    chosen = random.Random(number).choices(WORDS, k=words)
    return " ".join(chosen).capitalize() + "."
