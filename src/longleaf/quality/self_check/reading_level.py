"""How hard an English text is to read, by the formula of Flesch and Kincaid (1975). Plain Python.

Syllables are counted by groups of vowels, as usual where no dictionary is at hand; so the grade is an estimate.
"""

from __future__ import annotations

import re

FEWEST_WORDS = 30
WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
END_OF_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")


def grade_of(text: str) -> int | None:
    """The school grade that reads a text with ease; None where there is too little of it."""
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(bool(WORD.search(each)) for each in END_OF_SENTENCE.split(text))
    syllables = sum(syllables_in(word) for word in words)
    return max(0, round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59))


def syllables_in(word: str) -> int:
    """How many syllables an English word has, about; at least one."""
    small = word.lower()
    groups = len(VOWELS.findall(small))
    silent = small.endswith("e") and not small.endswith("le") and groups > 1
    return max(1, groups - silent)
