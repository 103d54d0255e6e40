"""A policy as it was typed: what it says, and every mistake with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from longleaf.engines.policy import Mistake, Policy, PolicyError, check_examples, policy_from_document

LONGEST = 400_000


@dataclass(frozen=True)
class Problem:
    """Something to mend: its line (None for the whole text), its path, and a sentence."""

    line: int | None
    path: str
    reason: str


@dataclass(frozen=True)
class Draft:
    """A text as it was read.

    `document` is what it holds, if it is a mapping at all; `policy` only where there is no mistake. `failing` are the
    policy's own examples that do not come out as they say.
    """

    document: Mapping[str, Any] | None
    policy: Policy | None
    mistakes: tuple[Problem, ...]
    failing: tuple[Problem, ...] = ()
    examples: int = 0

    @property
    def is_sound(self) -> bool:
        return self.policy is not None and not self.failing

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self.mistakes, *self.failing)


@lru_cache(maxsize=32)
def read(text: str) -> Draft:
    """Read a text and run its examples. The same text is read once; nobody may change what comes out."""
    file = import_string(settings.POLICY_READER)(text)
    content = file.content
    mistakes = [Problem(each.line, each.path, each.reason) for each in file.mistakes_of_writing]
    if not isinstance(content, Mapping):
        if not mistakes:
            mistakes.append(Problem(1, "", "A policy is a mapping of names to values, such as `title: …`."))
        return Draft(None, None, tuple(mistakes))
    try:
        policy = policy_from_document(content)
    except PolicyError as error:
        return Draft(content, None, (*mistakes, *(_placed(file, each) for each in error.mistakes)))
    if mistakes:
        return Draft(content, None, tuple(mistakes))
    examples = policy.examples.value
    number = len(examples) if isinstance(examples, list) else 0
    failing = tuple(_placed(file, each) for each in check_examples(policy)) if number else ()
    return Draft(content, policy, (), failing, number)


def _placed(file: Any, mistake: Mistake) -> Problem:
    return Problem(file.line_at(mistake.path), mistake.path, mistake.reason)
