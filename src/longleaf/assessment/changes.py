"""What changed in the work from one round to the next. Plain values; no database.

Told to the earner alone: whoever reads a later round reads it as it stands, and learns nothing of earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\S+\s*|\s+")
SENTENCE = re.compile(r".+?(?:[.!?]\s+|\n+|$)|\s+", re.DOTALL)
# Comparing takes about as many steps as the product; beyond this, whole sentences are compared, which is as clear.
MOST_PAIRS_OF_WORDS = 4_000_000


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Stretch:
    """Words that follow each other and stayed, came, or went."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Brought:
    """What a round holds for one requirement: its text, and the names of files and links by what they are."""

    text: str
    things: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """What is another in one requirement. `text` is empty where the text is as it was.

    `replaced` holds pairs of names, before and after: one thing went and one came.
    """

    text: Sequence[Stretch] = ()
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    replaced: Sequence[tuple[str, str]] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.added or self.removed or self.replaced)

    @property
    def in_words(self) -> list[str]:
        """Each change as a short sentence without its end."""
        return [
            *(["text changed"] if self.text else []),
            *(f"“{old}” replaced by {'others' if old == new else f'“{new}”'}" for old, new in self.replaced),
            *(f"“{name}” added" for name in self.added),
            *(f"“{name}” removed" for name in self.removed),
        ]


def change(before: Brought, after: Brought) -> Change:
    """What changed for one requirement. The order of files and links does not count."""
    added = [name for key, name in after.things.items() if key not in before.things]
    removed = [name for key, name in before.things.items() if key not in after.things]
    text = changed_words(before.text, after.text)
    if len(added) == len(removed) == 1:
        return Change(text, replaced=[(removed[0], added[0])])
    return Change(text, added, removed)


def changed_words(before: str, after: str) -> list[Stretch]:
    """The new text with what went still in its place, word by word; empty where only spaces or nothing changed.

    Put together, what stayed and what came is the new text; what stayed and what went has the words of the old one.
    """
    if before.split() == after.split():
        return []
    old, new = _pieces(before, after)
    # A word is the same whatever space follows it.
    matcher = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new], autojunk=False)
    stretches: list[Stretch] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            stretches.append(Stretch(Kind.SAME, "".join(new[new_from:new_to])))
            continue
        went, came = _apart("".join(old[old_from:old_to]), stretches), "".join(new[new_from:new_to])
        stretches += [Stretch(kind, text) for kind, text in ((Kind.REMOVED, went), (Kind.ADDED, came)) if text]
    return stretches


def _apart(went: str, before: Sequence[Stretch]) -> str:
    """What went, with space around it, so that it is not read as one word with what stands beside it."""
    if not went:
        return ""
    space = " " if before and not before[-1].text[-1].isspace() else ""
    return f"{space}{went}" if went[-1].isspace() else f"{space}{went} "


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) * len(new) > MOST_PAIRS_OF_WORDS:
        return SENTENCE.findall(before), SENTENCE.findall(after)
    return old, new
