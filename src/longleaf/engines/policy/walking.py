"""What a policy is made of: every part of its rules, however deep, for whoever asks what rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.rules import Rule


def parts_of(policy: Policy) -> Iterator[object]:
    """Everything in what values, limits, takes or asks for a credit: conditions, worths, needs and spans of days."""
    answered = (policy.results, policy.obligations, policy.ladders)
    yield from _parts_in((policy.values, policy.caps, policy.admissions, policy.versions, answered))


def _parts_in(thing: object) -> Iterator[object]:
    if is_dataclass(thing) and not isinstance(thing, Rule):
        yield thing
        for field in fields(thing):
            yield from _parts_in(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        yield from _parts_in(tuple(thing.values()))
    elif isinstance(thing, tuple | list | frozenset):
        for each in thing:
            yield from _parts_in(each)
