"""What an upper floor adds to somebody's learner record: credentials of others, and what the agency states of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class Statement:
    """Something that the state's agency states in a learner record, and signs with it.

    `about` is the id of what it speaks of. Where that does not stand in the record itself, because it cannot, the
    statement stands among the credentials in its place.
    """

    id: str
    about: str
    name: str
    comment: str
    valid_from: datetime
    stands_alone: bool


@dataclass(frozen=True)
class Further:
    """Credentials of others as they were signed, with their proofs inside, and statements of the agency."""

    credentials: tuple[Mapping[str, Any], ...] = ()
    statements: tuple[Statement, ...] = ()


def further_of(person: Person) -> Further:
    """What `settings.FURTHER_IN_RECORD` adds."""
    ask: Callable[[Person], Further] = import_string(settings.FURTHER_IN_RECORD)
    return ask(person)
