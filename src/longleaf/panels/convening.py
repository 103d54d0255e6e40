"""The verbs that bring a panel together: convene it, and seat raters who stand outside.

Whom a seat is offered to follows from the data alone: of everybody outside, the one with the fewest readings under way,
then the one who was asked longest ago. Each offer says why. Where too few stand outside, the panel begins with those
there are, and a chore seats the others when they appear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.engines.rubrics import rubric_from_document, rule_from_document
from longleaf.journal.recording import record
from longleaf.kit.dates import day, end_of_day
from longleaf.kit.numbers import number
from longleaf.panels import queries
from longleaf.panels.errors import AlreadyConvened
from longleaf.panels.events import Event
from longleaf.panels.instruments import keep_rubric
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import AT_WORK, SEATED, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# An offer that nobody opens goes on to another: the earner waits for a decision, not for somebody's holiday to end.
TAKE_UP_WITHIN = timedelta(days=3)
# Whoever is asked late, because two differed or somebody declined, still gets time to read with care.
LEAST_TIME_TO_READ = timedelta(days=5)


@transaction.atomic
def convene(
    *,
    kind: str,
    subject: str,
    pool: Organisation,
    rubric: Mapping[str, Any],
    rule: Mapping[str, Any],
    met_before: Iterable[str] = (),
    barred_people: Iterable[Person] = (),
    barred_organisations: Iterable[Organisation] = (),
    due_at: datetime,
    acting_person: Person | None,
) -> Panel:
    """Bring a panel together on a subject and offer its seats.

    `subject` is the blind reference under which raters will know it; `rubric` and `rule` are documents (see
    `engines.rubrics`); criteria in `met_before` are not rated again. Whoever is barred, or holds any role today in a
    barred organisation, is never seated. Raises `AlreadyConvened` for a subject that has its panel, and `RubricError`
    for documents that cannot be used.
    """
    readers = rule_from_document(rule, rubric_from_document(rubric)).readers
    panel, is_new = Panel.objects.get_or_create(
        kind=kind,
        subject=subject,
        defaults={
            "pool": pool,
            "rubric": keep_rubric(rubric),
            "rule": dict(rule),
            "met_before": sorted(met_before),
            "barred_people": sorted(person.ref for person in barred_people),
            "barred_organisations": sorted(organisation.pk for organisation in barred_organisations),
            "seats": readers,
            "due_at": end_of_day(due_at),
        },
    )
    if not is_new:
        raise AlreadyConvened(f"A panel reads {subject} already. Reload the page to see how far it is.")
    data = {"subject": subject, "rubric": panel.rubric_id, "readers": readers}
    record(Event.PANEL_CONVENED, actor=acting_person, subject=subject_of(panel), data=data)
    fill_seats(panel=panel)
    return panel


@transaction.atomic
def fill_seats(*, panel: Panel, now: datetime | None = None) -> int:
    """Offer every free seat of an open panel to somebody outside; returns how many were offered."""
    locked = lock(panel.pk)
    if locked.status != PanelStatus.OPEN:
        return 0
    raters = list(outside_raters(locked)[: locked.seats])
    offers = zip(_free_seats(locked), raters, strict=False)
    return len([_offer(locked, seat, rater, now or timezone.now()) for seat, rater in offers])


def fill_empty_seats() -> int:
    """Try again for every panel that is short of raters; returns how many seats were offered."""
    return sum(fill_seats(panel=panel) for panel in queries.short_panels())


def lock(panel_id: int) -> Panel:
    """The panel, locked until the transaction ends. Whoever also locks assignments locks the panel first."""
    return Panel.objects.select_for_update(of=("self",)).select_related("rubric").get(pk=panel_id)


def outside_raters(panel: Panel) -> QuerySet[Any]:
    """Everybody who may still be asked to read for a panel, in the order in which they are asked.

    A role in a barred organisation keeps a person out whatever it is, and whoever was asked once is not asked again.
    """
    insiders = directory.roles_on().filter(organisation_id__in=panel.barred_organisations)
    return (
        directory.people_with(Role.ASSESSOR, organisation_id=panel.pool_id)
        .exclude(ref__in=panel.barred_people)
        .exclude(pk__in=insiders.values("person"))
        .exclude(pk__in=panel.assignments.values("rater"))
        .annotate(
            under_way=Count("assignments", filter=Q(assignments__status__in=AT_WORK)),
            last_asked=Max("assignments__offered_at"),
        )
        .order_by("under_way", F("last_asked").asc(nulls_first=True), "pk")
    )


def subject_of(panel: Panel) -> str:
    """How the journal names a panel."""
    return f"panel:{panel.ref}"


def _free_seats(panel: Panel) -> list[int]:
    taken = set(panel.assignments.filter(status__in=SEATED).values_list("seat", flat=True))
    return [seat for seat in range(1, panel.seats + 1) if seat not in taken]


def _offer(panel: Panel, seat: int, rater: Any, now: datetime) -> Assignment:
    assignment = Assignment.objects.create(
        panel=panel,
        rater=rater,
        seat=seat,
        why_chosen=_why(rater),
        take_up_by=now + TAKE_UP_WITHIN,
        due_at=max(panel.due_at, end_of_day(now + LEAST_TIME_TO_READ)),
    )
    data = {"reading": assignment.ref, "seat": seat, "rater": rater.ref, "why": assignment.why_chosen}
    record(Event.SEAT_OFFERED, actor=None, subject=subject_of(panel), data=data)
    return assignment


def _why(rater: Any) -> str:
    load = number(rater.under_way, "reading") if rater.under_way else "no reading"
    asked = f"last asked on {day(rater.last_asked)}" if rater.last_asked else "not asked before"
    return f"Works outside every organization kept out; has {load} under way, as few as anybody free; {asked}."
