"""Journal lines by the hundred thousand, chained as the product chains them.

The product writes canonical JSON by the book, which takes a tenth of a millisecond a line. These lines hold only short
texts and whole numbers under plain keys, and for such the standard library gives the same bytes; a check on a sample
of what was written makes sure of it.
"""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import models

from bench.seeding.invention import name, reference
from bench.seeding.pouring import pour
from longleaf.journal.models import JournalHead, JournalLine
from longleaf.journal.recording import SYSTEM_NAME, digest_of

CHECKED = 100


class Line(NamedTuple):
    """One decision. `actor` is the key of a person, or 0 for the system."""

    at: datetime
    event: models.TextChoices
    actor: int
    subject: str
    data: dict[str, Any]


class ChainBroken(Exception):
    """The seeded journal would not verify: the product has changed what a digest is taken of."""


def write(lines: Iterable[Line]) -> int:
    """Append the lines in the order of their time; returns how many. Raises `ChainBroken`."""
    head = JournalHead.objects.get(pk=1)
    before: int = head.number
    end: list[Any] = [before, head.digest]
    pour(JournalLine, _chained(sorted(lines, key=lambda line: line.at), end))
    JournalHead.objects.filter(pk=1).update(number=end[0], digest=end[1])
    after: int = end[0]
    _check(before + 1)
    _check(after - CHECKED)
    return after - before


def _chained(lines: Iterable[Line], end: list[Any]) -> Iterator[dict[str, Any]]:
    random_bits, canonical = random.Random(11).getrandbits, json.JSONEncoder(sort_keys=True, separators=(",", ":"))
    for line in lines:
        row = {
            "number": end[0] + 1,
            "at": line.at,
            "act": str(uuid.UUID(int=random_bits(128), version=4)),
            "event": line.event.value,
            "actor": reference("P", line.actor, groups=3) if line.actor else "",
            "actor_name": name(line.actor) if line.actor else SYSTEM_NAME,
            "subject": line.subject,
            "data": canonical.encode(line.data),
            "previous": end[1],
        }
        end[:] = row["number"], hashlib.sha256(_content(row).encode()).hexdigest()
        yield row | {"act": row["act"].replace("-", ""), "digest": end[1]}


def _content(row: Mapping[str, Any]) -> str:
    """The line in canonical JSON, its members in the order of their names."""
    return (
        f'{{"act":"{row["act"]}","actor":"{row["actor"]}","actor_name":"{row["actor_name"]}",'
        f'"at":"{_instant(row["at"])}","data":{row["data"]},"event":"{row["event"]}","number":{row["number"]},'
        f'"previous":"{row["previous"]}","subject":"{row["subject"]}"}}'
    )


@lru_cache(maxsize=100_000)
def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _check(first: int) -> None:
    written = list(JournalLine.objects.filter(number__gte=first, number__lt=first + CHECKED).order_by("number"))
    for before, line in pairwise(written):
        if line.previous != before.digest or line.digest != digest_of(line):
            raise ChainBroken(f"Line {line.number} of the seeded journal does not verify. Mend tools/bench/seeding.")
