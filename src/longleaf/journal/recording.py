"""Writing to the journal: in the transaction of the change, or not at all."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import rfc8785
from django.db import models, transaction
from django.utils import timezone

from longleaf.journal.errors import JournalNeedsTransaction, UnknownEvent
from longleaf.journal.models import JournalHead, JournalLine
from longleaf.kit import keeping

FIRST_DIGEST = "0" * 64
SYSTEM_NAME = "Longleaf"


class Actor(Protocol):
    """Whoever acts: a person of the directory."""

    @property
    def ref(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """What one line will say. `event` is a member of an app's `events.py`; `data` holds plain JSON values."""

    event: models.TextChoices
    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)


def take_turn() -> None:
    """Wait until nobody else is deciding, and let nobody else decide until this transaction ends.

    For whoever counts before they decide, such as how many readings somebody has. Every decision writes a line and so
    waits for the same row; whoever locks rows of their own locks them first. Raises `JournalNeedsTransaction`.
    """
    _require_transaction()
    JournalHead.objects.select_for_update().get(pk=1)


def record(
    event: models.TextChoices,
    *,
    actor: Actor | None,
    subject: str,
    data: Mapping[str, Any] | None = None,
    act: uuid.UUID | None = None,
) -> JournalLine:
    """Append one line and return it.

    `event` is a member of an app's `events.py`; `actor` None means that the system itself acted; `data` holds
    plain JSON values. Raises `JournalNeedsTransaction` outside a transaction, because a decision without its line, or
    a line without its decision, must not exist; and `UnknownEvent` for anything that is not a member of an enum.
    """
    (line,) = record_many([Entry(event, subject, data or {})], actor=actor, act=act)
    return line


def record_many(entries: Sequence[Entry], *, actor: Actor | None, act: uuid.UUID | None = None) -> list[JournalLine]:
    """Append the lines of one act in their order, with as few questions to the database for many as for one.

    Raises what `record` raises; then nothing was written.
    """
    for entry in entries:
        if not isinstance(entry.event, models.TextChoices):
            raise UnknownEvent(f"{entry.event!r} is not an event. Name it in the app's events.py.")
    _require_transaction()
    head = JournalHead.objects.select_for_update().get(pk=1)
    act, lines = act or uuid.uuid4(), list[JournalLine]()
    for entry in entries:
        line = JournalLine(
            number=head.number + 1,
            at=timezone.now(),
            act=act,
            event=entry.event.value,
            actor=actor.ref if actor else "",
            actor_name=actor.name if actor else SYSTEM_NAME,
            subject=entry.subject,
            data=dict(entry.data),
            previous=head.digest,
        )
        head.number, head.digest = line.number, digest_of(line)
        line.digest = head.digest
        lines.append(line)
    JournalLine.objects.bulk_create(lines)
    JournalHead.objects.filter(pk=1).update(number=head.number, digest=head.digest)
    keeping.look_again()
    return lines


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise JournalNeedsTransaction(
            "A journal line is written in the transaction of what it tells of. Open one first."
        )


def digest_of(line: JournalLine) -> str:
    """SHA-256, in hex, over the line's content and the digest before it, in JSON Canonicalization Scheme (RFC 8785)."""
    content = {
        "number": line.number,
        "at": _instant(line.at),
        "act": str(line.act),
        "event": line.event,
        "actor": line.actor,
        "actor_name": line.actor_name,
        "subject": line.subject,
        "data": line.data,
        "previous": line.previous,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
