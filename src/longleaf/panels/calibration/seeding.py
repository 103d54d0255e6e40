"""Anchors among live work: when somebody gets one, and which. Its reader must not be able to tell.

The rule is exact and cannot be foreseen. After each anchor a digest of the secret says how many live readings lie
before the next one (evenly between 1 and twice the mean less 1, so that one reading in so many is an anchor), and how
many hours after the last of them it comes, so that it arrives neither at a known count nor together with live work.
What is due when, and how long it may wait, is as for the newest live reading of the same rubric.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.journal.recording import record, take_turn
from longleaf.kit.dates import end_of_day
from longleaf.panels.assigning.barring import AWAY_TOO_LONG
from longleaf.panels.assigning.gathering import raters_of
from longleaf.panels.assigning.matching import Match
from longleaf.panels.assigning.vacancies import Rater, Vacancy, by_list
from longleaf.panels.assigning.weighing import fields_confirmed, fields_known
from longleaf.panels.assigning.wording import why
from longleaf.panels.calibration import standing
from longleaf.panels.calibration.anchors import subject_of
from longleaf.panels.calibration.checking import seed_check
from longleaf.panels.calibration.choosing import anchors_for, digest
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.events import Event
from longleaf.panels.models import Anchor, Assignment, Certification, CheckReading, Panel
from longleaf.panels.pool.queries import rules_of
from longleaf.panels.pool.rules import PoolRules
from longleaf.panels.status import AnchorUse, CertificationStatus, MemberStatus, Purpose

# An anchor comes at most so long after the live reading that made it due.
LATEST = 48  # hours


def seed(*, new_subject: Callable[[], str], secret: str, now: datetime) -> int:
    """Offer an anchor to everybody for whom one is due; returns how many were offered.

    `new_subject` gives a blind reference such as live work has; `secret` keeps the draw from being foreseen.
    """
    in_force = Certification.objects.filter(
        status=CertificationStatus.CERTIFIED,
        certified_until__gte=timezone.localdate(now),
        person__assignments__isnull=False,
    ).distinct()
    keys = list(in_force.order_by("pk").values_list("pk", flat=True))
    return sum(_seed(key, new_subject, secret, now) for key in keys)


def gap_before(number: int, *, one_in: int, secret: str, ref: str) -> tuple[int, timedelta]:
    """How many live readings lie before somebody's anchor of this number, and how long it then waits."""
    drawn = int(digest(secret, ref, str(number))[:16], 16)
    widest = max(1, 2 * (one_in - 1) - 1)
    return 1 + drawn % widest, timedelta(hours=drawn // widest % (LATEST + 1))


@transaction.atomic
def _seed(key: int, new_subject: Callable[[], str], secret: str, now: datetime) -> int:
    held = standing.lock(key)
    take_turn()
    newest = _due_after(held, secret)
    if newest is None or now < newest[0]:
        return 0
    rules, live = rules_of(held.edition.pool_id), newest[1].panel
    due_at = max(live.due_at, end_of_day(now + rules.least_time_to_read))
    anchor, rater = _unseen(held, secret), _with_room(held, rules, now, due_at)
    if anchor is None or rater is None:
        return 0
    seat = seed_check(
        subject=new_subject(),
        reader=held.person,
        certification=held,
        anchor=anchor,
        like=live,
        why_chosen=_why(rater, live),
        take_up_by=now + rules.take_up_within,
        due_at=due_at,
        now=now,
    )
    data = {"person": held.person.ref, "reading": seat.ref}
    record(Event.ANCHOR_SEEDED, actor=None, subject=subject_of(anchor), data=data)
    return 1


def _due_after(held: Certification, secret: str) -> tuple[datetime, Assignment] | None:
    """From when on an anchor is due, and the live reading that made it so; None while there were too few."""
    one_in = gate_for(held.edition).one_in
    if held.status != CertificationStatus.CERTIFIED or not one_in:
        return None
    before = CheckReading.objects.filter(certification=held, purpose=Purpose.SEEDED).order_by("drawn_at")
    last = before.last()
    since = last.drawn_at if last else held.watched_since
    live = Assignment.objects.filter(_live(held), rater=held.person, offered_at__gt=since).order_by("offered_at", "pk")
    wanted, wait = gap_before(before.count(), one_in=one_in, secret=secret, ref=held.ref)
    found = list(live.select_related("panel__edition")[:wanted])
    return (found[-1].offered_at + wait, found[-1]) if len(found) == wanted else None


def _with_room(held: Certification, rules: PoolRules, now: datetime, due: datetime) -> Rater | None:
    """Its reader as the pool sees them, or None: an anchor asks no more of somebody than live work may."""
    members = raters_of(held.edition.pool_id, rules=rules, now=now)
    own = next((each for each in members if each.person == held.person_id), None)
    if own is None or own.status != MemberStatus.ACTIVE or own.is_away or own.room <= 0:
        return None
    days = (timezone.localdate(now), timezone.localdate(due))
    reads = Vacancy(0, (), due, days=days, least_days=rules.least_days_to_read)
    return None if AWAY_TOO_LONG.keeps_out(reads, own) else own


def _why(rater: Rater, live: Panel) -> str:
    """The sentence that a live offer would carry; its reader sees it."""
    tags = by_list(live.tags)
    known, confirmed = fields_known(rater, tags), fields_confirmed(rater, tags)
    return why(Match(live.pk, 1, rater, 0, fields=len(tags), fields_known=known, fields_confirmed=confirmed))


def _live(held: Certification) -> Q:
    same = Q(panel__edition=held.edition_id) | Q(panel__edition__same_as=held.edition_id)
    return same & Q(panel__check_reading__isnull=True)


def _unseen(held: Certification, secret: str) -> Anchor | None:
    key = digest(secret, held.ref)
    found = anchors_for(held.person, held.edition, AnchorUse.UNSEEN, key=key, unseen_only=True)
    return found[0] if found else None
