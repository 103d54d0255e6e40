"""Whether what a requirement asks for is there. Looks at no meaning: that is for people. No Django, no database."""

from __future__ import annotations

from dataclasses import dataclass

from longleaf.catalog.design import Requirement
from longleaf.kit.numbers import number
from longleaf.kit.words import count_words


@dataclass(frozen=True)
class Brought:
    """What an earner has brought for one requirement so far. `arriving` counts files that are still on their way."""

    text: str = ""
    artifacts: int = 0
    arriving: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.artifacts or self.arriving)


def what_is_missing(requirement: Requirement, brought: Brought) -> str:
    """A sentence that says what to do, or "" where everything asked for is there.

    A requirement names the forms that it accepts, and one of them is enough: a recording may stand in place of writing.
    Whatever is written keeps to the word limits.
    """
    if brought.arriving:
        return (
            f"{number(brought.arriving, 'file')} of “{requirement.title}” "
            f"{'is' if brought.arriving == 1 else 'are'} still on the way. Wait until it is here, or remove it."
        )
    if brought.text.strip() and "text" in requirement.accepts:
        return _outside_limits(requirement, count_words(brought.text))
    return "" if brought.artifacts else _nothing_yet(requirement)


def ways(requirement: Requirement) -> str:
    """What is accepted, in words that follow "bring": "text, a file or a link"."""
    names = {"text": "text", "file": "a file", "link": "a link"}
    accepted = [names[each] for each in requirement.accepts]
    return accepted[0] if len(accepted) == 1 else f"{', '.join(accepted[:-1])} or {accepted[-1]}"


def _outside_limits(requirement: Requirement, words: int) -> str:
    limits = requirement.words
    if limits and words < limits.min:
        more = number(limits.min - words, "word")
        return f"Write {more} more for “{requirement.title}”: it asks for at least {limits.min}, and you have {words}."
    if limits and words > limits.max:
        fewer = number(words - limits.max, "word")
        return f"Shorten “{requirement.title}” by {fewer}: it allows {limits.max}, and you have {words}."
    return ""


def _nothing_yet(requirement: Requirement) -> str:
    others = [{"file": "a file", "link": "a link"}[each] for each in requirement.accepts if each != "text"]
    if "text" not in requirement.accepts:
        return f"Add {' or '.join(others)} for “{requirement.title}”."
    limits = requirement.words
    write = f"Write {limits.min} to {limits.max} words" if limits else "Write something"
    return f"{write} for “{requirement.title}”{', or add ' + ' or '.join(others) if others else ''}."
