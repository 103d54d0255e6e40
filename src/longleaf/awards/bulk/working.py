"""The background work on lists that are confirmed: claim some rows, sign, and write what was signed in one go.

A claim is a lease on the rows of one list. Signing takes the time, so it is done while nothing is locked; then one
transaction locks the claimed rows, asks again what stands in the way, and writes awards, rows and journal together. A
worker that dies has written nothing, and its rows are claimed anew when the lease has run out; a worker that was only
slow finds its rows claimed by another and writes none of them.

Locks are taken in this order: the list, its rows, the issuer's key, the status list, the journal.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.awards import issuing, status_lists
from longleaf.awards.bulk import awarding, checking, signing
from longleaf.awards.bulk.checking import Problem
from longleaf.awards.bulk.signing import Signed
from longleaf.awards.contents import moments
from longleaf.awards.contents.finding import judged_elsewhere
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.events import Event
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, BulkAward, BulkRow
from longleaf.awards.status import AWARD_MOVES, BULK_MOVES, ROW_MOVES, AwardStatus, BulkStatus, RowStatus
from longleaf.journal.recording import Entry, record, record_many
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.awards.keys.signing_keys import IssuerSigner
    from longleaf.awards.status_lists import Place

logger = logging.getLogger(__name__)

# Few enough to be written in a moment, enough that the questions around them do not count.
ROWS_IN_A_CLAIM = 200
# Signing so many takes seconds; nobody waits longer than this for a worker that died.
LEASE = timedelta(minutes=2)
# What is read together with a list that is worked on.
_NEEDED = ("issuer", "version__micro_credential__issuer", "confirmed_by")


@dataclass(frozen=True)
class Claim:
    """Rows of one list that are one worker's to award until the lease runs out."""

    id: uuid.UUID
    bulk_award: BulkAward


@transaction.atomic
def claim(*, only: BulkAward | None = None, without: Collection[int] = ()) -> Claim | None:
    """Lease the next rows of the list that has waited longest, or of one list only. None when nothing is to be done.

    `without` names lists, by their key, that were tried just now and have to wait.
    """
    now = timezone.now()
    free = Q(status=RowStatus.READY) & (Q(leased_until__isnull=True) | Q(leased_until__lt=now))
    waiting = BulkAward.objects.filter(status=BulkStatus.CONFIRMED).exclude(pk__in=without)
    for bulk in (waiting.filter(pk=only.pk) if only else waiting).order_by("confirmed_at", "pk"):
        # Another worker's rows are passed by; where a database cannot do that, its writers take turns anyway.
        rows = bulk.rows.filter(free).order_by("number").select_for_update(skip_locked=True)
        taken = list(rows.values_list("pk", flat=True)[:ROWS_IN_A_CLAIM])
        if taken:
            made = Claim(uuid.uuid4(), bulk)
            BulkRow.objects.filter(pk__in=taken).update(claim=made.id, leased_until=now + LEASE)
            return made
    return None


def award_claimed(claim: Claim) -> int:
    """Award the rows of a claim, and return how many badges were issued.

    Without a usable key the rows are given back and wait, as single awards do.
    """
    rows = list(_rows_of(claim).select_related("person"))
    bulk = BulkAward.objects.select_related(*_NEEDED).get(pk=claim.bulk_award.pk)
    awards = [_award_of(row, bulk) for row in rows]
    try:
        signer, places = _key_and_places(bulk, len(rows))
        created = signer.moment(timezone.now())
        signed = signing.sign_all(awards, places=places, signer=signer, created=created)
        return _write(claim, bulk, {row.pk: each for row, each in zip(rows, signed, strict=True)}, signer)
    except NoUsableKey as problem:
        logger.warning("The list %s waits for its signatures: %s", bulk.ref, problem)
        _rows_of(claim).update(claim=None, leased_until=None)
        return 0


@transaction.atomic
def _key_and_places(bulk: BulkAward, count: int) -> tuple[IssuerSigner, list[Place]]:
    signer = signing_keys.signer_for(bulk.issuer)
    return signer, status_lists.allot_many(organisation=bulk.issuer, count=count)


@transaction.atomic
def _write(claim: Claim, bulk: BulkAward, signed: Mapping[int, Signed], signer: IssuerSigner) -> int:
    """Write what was signed, for the rows that are still this claim's and that nothing has come in the way of."""
    locked = BulkAward.objects.select_for_update().get(pk=bulk.pk)
    rows = list(_rows_of(claim).select_for_update(of=("self",)).select_related("person"))
    if not rows:
        # The lease ran out, and another worker has done it.
        return 0
    if signing_keys.signer_for(bulk.issuer).verification_method != signer.verification_method:
        # The key was rotated meanwhile. What the old one signed is thrown away, and the rows are signed anew.
        _rows_of(claim).update(claim=None, leased_until=None)
        return 0
    in_the_way = {
        **{row.number: Problem("", "cannot-be-signed", signed[row.pk].reason) for row in rows if signed[row.pk].reason},
        **checking.still_in_the_way(rows, version=bulk.version),
    }
    _leave_out([row for row in rows if row.number in in_the_way], in_the_way)
    good = [(row, signed[row.pk]) for row in rows if row.number not in in_the_way]
    _store(good)
    _record_issued(bulk, [made.award for _, made in good], signer)
    _finish(locked)
    return len(good)


def _rows_of(claim: Claim) -> QuerySet[BulkRow]:
    return BulkRow.objects.filter(claim=claim.id, status=RowStatus.READY).order_by("number")


def _award_of(row: BulkRow, bulk: BulkAward) -> Award:
    assert row.person is not None, "the database keeps that a ready row is complete"
    assert row.earned_on is not None, "the database keeps that a ready row is complete"
    return Award(
        occasion=checking.occasion_of(bulk.version, row.person, row.earned_on),
        earner=row.person,
        earner_name=row.person.name,
        version=bulk.version,
        issuer=bulk.issuer,
        finding=judged_elsewhere(bulk.judged),
        earned_at=moments.first_instant(row.earned_on),
    )


def _leave_out(rows: Sequence[BulkRow], in_the_way: Mapping[int, Problem]) -> None:
    for row in rows:
        require_move(ROW_MOVES, RowStatus(row.status), RowStatus.SKIPPED, what="The row")
        row.status, row.problems = RowStatus.SKIPPED, [asdict(in_the_way[row.number])]
    BulkRow.objects.bulk_update(rows, ["status", "problems"])


def _store(good: Sequence[tuple[BulkRow, Signed]]) -> None:
    now = timezone.now()
    for _, made in good:
        award = made.award
        require_move(AWARD_MOVES, AwardStatus(award.status), AwardStatus.ISSUED, what="The badge")
        award.credential, award.status, award.issued_at = made.credential, AwardStatus.ISSUED, now
        award.status_list, award.status_index = made.place.status_list, made.place.index
    Award.objects.bulk_create([made.award for _, made in good])
    for row, made in good:
        require_move(ROW_MOVES, RowStatus(row.status), RowStatus.AWARDED, what="The row")
        row.status, row.award = RowStatus.AWARDED, made.award
    BulkRow.objects.bulk_update([row for row, _ in good], ["status", "award"])


def _record_issued(bulk: BulkAward, awards: Sequence[Award], signer: IssuerSigner) -> None:
    """One line for each badge, as for any other; whoever confirmed the list is who acted."""
    if awards:
        entries = [Entry(Event.AWARD_ISSUED, issuing.subject_of(each), issuing.told(each, signer)) for each in awards]
        record_many(entries, actor=bulk.confirmed_by)


def _finish(locked: BulkAward) -> None:
    """Close the list when its last row is settled. Writers take turns at the list, so one of them sees that."""
    if locked.rows.filter(status=RowStatus.READY).exists():
        return
    require_move(BULK_MOVES, BulkStatus(locked.status), BulkStatus.DONE, what="The list")
    locked.status, locked.finished_at = BulkStatus.DONE, timezone.now()
    locked.save(update_fields=["status", "finished_at"])
    counted = Counter(locked.rows.values_list("status", flat=True))
    data = {"awarded": counted[RowStatus.AWARDED], "left_out": counted[RowStatus.SKIPPED]}
    record(Event.BULK_FINISHED, actor=None, subject=awarding.subject_of(locked), data=data)
