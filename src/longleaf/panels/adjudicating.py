"""The verbs by which what readers differ on comes before a lead assessor, where the rule of a panel says so.

A lead of the pool takes it, if they stand outside by the same rules as readers do. A lead who does not, or who has no
time, asks a certified reader of the pool. What is found is handed in as every reading is (`panels.rating`) and decides.

Locks: the panel, then the journal's turn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record, take_turn
from longleaf.kit.dates import end_of_day
from longleaf.panels import convening, eligibility, queries
from longleaf.panels.assigning.matching import match
from longleaf.panels.errors import MayNotAdjudicate, NobodyToAsk, NoSuchPanel, NothingToAdjudicate
from longleaf.panels.events import Event
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.pool.queries import rules_of
from longleaf.panels.status import SEATED, AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

TAKEN_BY_THEMSELVES = "Took it up as a lead assessor who stands outside by every rule of the pool."


@transaction.atomic
def take(*, panel: str, acting_person: Person) -> Assignment:
    """Take up, by its panel's reference, what its readers differ on; the lead's seat, begun. Twice is once.

    Raises `NoSuchPanel` for whoever does not lead the pool, `NothingToAdjudicate` where somebody else has it or it is
    decided, and `MayNotAdjudicate` for a lead whom a rule keeps out.
    """
    held = _held(panel, acting_person)
    own = held.assignments.filter(adjudicates=True, rater=acting_person, status__in=SEATED).first()
    if own is not None:
        return own
    _require_waiting(held)
    if not eligibility.may_adjudicate(acting_person, held):
        raise MayNotAdjudicate
    now = timezone.now()
    due = max(held.due_at, end_of_day(now + rules_of(held.pool_id).least_time_to_read))
    seat = Assignment.objects.create(
        panel=held,
        rater=acting_person,
        seat=_free_seat(held),
        adjudicates=True,
        status=AssignmentStatus.STARTED,
        why_chosen=TAKEN_BY_THEMSELVES,
        take_up_by=now,
        due_at=due,
        started_at=now,
    )
    data = {"panel": held.ref, "subject": held.subject}
    record(Event.ADJUDICATION_TAKEN, actor=acting_person, subject=f"reading:{seat.ref}", data=data)
    return seat


@transaction.atomic
def ask_reader(*, panel: str, acting_person: Person) -> Assignment:
    """Offer it to a reader of the pool who stands outside, drawn as every reader is. The lead may have a part in it.

    Raises `NoSuchPanel`, `NothingToAdjudicate`, and `NobodyToAsk` where nobody may be asked at the moment.
    """
    held = _held(panel, acting_person)
    _require_waiting(held)
    take_turn()
    now, rules = timezone.now(), rules_of(held.pool_id)
    found = eligibility.standing(held, now=now)
    vacancy = replace(found.vacancy, seats=(_free_seat(held),))
    matches = match([vacancy], found.raters, rules=rules)
    if not matches:
        raise NobodyToAsk
    (seat,) = convening.offer(matches, panels={held.pk: held}, rules=rules, now=now, adjudicates=True)
    data = {"subject": held.subject}
    record(Event.ADJUDICATION_OFFERED, actor=acting_person, subject=f"reading:{seat.ref}", data=data)
    return seat


def _held(ref: str, acting_person: Person) -> Panel:
    found = queries.panels_led_without_a_seat(acting_person).filter(ref=ref).first()
    if found is None:
        raise NoSuchPanel
    return convening.lock(found.pk)


def _require_waiting(panel: Panel) -> None:
    has_it = panel.assignments.filter(adjudicates=True, status__in=SEATED)
    if panel.status != PanelStatus.ADJUDICATING or has_it.exists():
        raise NothingToAdjudicate


def _free_seat(panel: Panel) -> int:
    """Beyond the seats of readers, so that no draw ever fills it."""
    return panel.seats + 1
