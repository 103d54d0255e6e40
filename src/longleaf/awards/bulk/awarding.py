"""The verbs on a list of people who are awarded together: hand it in (a dry run), confirm it, discard it.

Nothing is awarded by handing in. Confirming leaves the rows that are ready for `awards.bulk.working`; pressing twice
confirms once. A list that is handed in twice is harmless too: a person earns a version once a day, whatever list says
so, and the database keeps that (`checking.occasion_of`).
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.awards import access
from longleaf.awards.bulk import checking, reading
from longleaf.awards.errors import JudgedUnsaid, MayNotAward, NothingToAward, VersionNotAwarded
from longleaf.awards.events import Event
from longleaf.awards.models import BulkAward, BulkRow
from longleaf.awards.status import BULK_MOVES, BulkStatus, RowStatus
from longleaf.catalog.status import VersionStatus
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

SHORTEST_TELLING, LONGEST_TELLING = 20, 600
ROWS_AT_ONCE = 1000


def hand_in(
    *,
    version: Version,
    content: bytes,
    file_name: str,
    judged: str,
    day: date | None,
    acting_person: Person | None,
) -> BulkAward:
    """Keep a list as a dry run: every row is ready, or says what is to be mended. Nobody is awarded anything yet.

    `judged` is how the issuer judged the work, in its own words; every badge of the list will say so. `day` is for
    lines that give none. `acting_person` None is the command line. Raises `MayNotAward`, `VersionNotAwarded`,
    `JudgedUnsaid` and `UnreadableList`.
    """
    issuer = version.micro_credential.issuer
    if acting_person is not None and not access.may_award(acting_person, issuer):
        raise MayNotAward
    if version.status == VersionStatus.DRAFT:
        raise VersionNotAwarded
    bulk = BulkAward(
        version=version,
        issuer=issuer,
        judged=_checked(judged),
        file_name=file_name[:200],
        digest=hashlib.sha256(content).hexdigest(),
        handed_in_by=acting_person,
    )
    # A long list takes seconds to check, and what is checked is asked again before anybody is awarded: nothing is
    # locked for it.
    return _kept(bulk, checking.check(reading.read(content), version=version, day=day), acting_person)


@transaction.atomic
def confirm(*, bulk_award: BulkAward, acting_person: Person | None) -> BulkAward:
    """Have the rows that are ready awarded in the background. Confirmed already, it is returned as it is.

    Raises `MayNotAward`, `NothingToAward`, and `WrongState` for a list that was discarded.
    """
    locked = _locked(bulk_award, acting_person)
    if locked.status in {BulkStatus.CONFIRMED, BulkStatus.DONE}:
        return locked
    require_move(BULK_MOVES, BulkStatus(locked.status), BulkStatus.CONFIRMED, what="The list")
    ready = locked.rows.filter(status=RowStatus.READY).count()
    if not ready:
        raise NothingToAward
    locked.status, locked.confirmed_at = BulkStatus.CONFIRMED, timezone.now()
    locked.confirmed_by = acting_person
    locked.save(update_fields=["status", "confirmed_at", "confirmed_by"])
    data = {"version": str(locked.version.uuid), "judged": locked.judged, "ready": ready}
    record(Event.BULK_CONFIRMED, actor=acting_person, subject=subject_of(locked), data=data)
    return locked


@transaction.atomic
def discard(*, bulk_award: BulkAward, acting_person: Person | None) -> BulkAward:
    """Let a list go that was not confirmed, and forget whom it named. Discarded already, it is returned as it is.

    Raises `MayNotAward`, and `WrongState` for a list that was confirmed.
    """
    locked = _locked(bulk_award, acting_person)
    if locked.status == BulkStatus.DISCARDED:
        return locked
    require_move(BULK_MOVES, BulkStatus(locked.status), BulkStatus.DISCARDED, what="The list")
    locked.status = BulkStatus.DISCARDED
    locked.save(update_fields=["status"])
    locked.rows.all().delete()
    record(Event.BULK_DISCARDED, actor=acting_person, subject=subject_of(locked))
    return locked


def subject_of(bulk_award: BulkAward) -> str:
    """How the journal names a list."""
    return f"bulk-award:{bulk_award.ref}"


@transaction.atomic
def _kept(bulk: BulkAward, rows: list[BulkRow], acting_person: Person | None) -> BulkAward:
    bulk.save()
    for row in rows:
        row.bulk_award = bulk
    BulkRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    data = {"version": str(bulk.version.uuid), "digest": bulk.digest, "rows": len(rows), "ready": _ready(rows)}
    record(Event.BULK_HANDED_IN, actor=acting_person, subject=subject_of(bulk), data=data)
    return bulk


def _locked(bulk_award: BulkAward, acting_person: Person | None) -> BulkAward:
    found = BulkAward.objects.select_for_update(of=("self",)).select_related("issuer", "version")
    locked = found.get(pk=bulk_award.pk)
    if acting_person is not None and not access.may_award(acting_person, locked.issuer):
        raise MayNotAward
    return locked


def _checked(judged: str) -> str:
    said = " ".join(judged.split())
    if not SHORTEST_TELLING <= len(said) <= LONGEST_TELLING or not said.isprintable():
        sentence = (
            f"Say in {SHORTEST_TELLING} to {LONGEST_TELLING} letters who judged the work, by what and when. Every badge"
            " of the list will repeat it."
        )
        raise JudgedUnsaid(sentence, fields={"judged": sentence})
    return said


def _ready(rows: list[BulkRow]) -> int:
    return sum(row.status == RowStatus.READY for row in rows)
