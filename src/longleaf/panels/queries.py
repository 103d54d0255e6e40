"""Reads: whose turn it is, what they have rated, and which panels wait for raters. Every list is in the blind order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.panels.access import assignments_visible_to, may_read, panels_led_by
from longleaf.panels.blindness import BLIND_LEAD, BLIND_RATER
from longleaf.panels.errors import NoSuchReading
from longleaf.panels.instruments import OVERT, overt_kind, rubric_of_edition
from longleaf.panels.models import Assignment, Author, NoteToLead, Panel, Rating, RubricEdition
from longleaf.panels.status import AT_WORK, READING, SEATED, AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.engines.rubrics import Criterion

WITH_ITS_PANEL = ("panel", "panel__rubric")
RATED = Count("ratings", filter=~Q(ratings__level=""))
# Whoever opened the evidence has seen it, also when they gave it back.
HAS_SEEN = Q(status__in=SEATED) | Q(started_at__isnull=False)
SEATS_TAKEN = Count("assignments", filter=Q(assignments__status__in=SEATED))


@dataclass(frozen=True)
class GivenRating:
    """What one reader gave for one criterion, without who it was."""

    criterion: str
    level: str
    comment: str


def queue_of(person: Person, *, kind: str) -> QuerySet[Assignment]:
    """What somebody is asked to read now, most urgent first; `rated` is the number of criteria that have a level.

    Without the texts of rubrics: whoever needs those of many rows asks `instruments.bring_rubrics`.
    """
    waiting = assignments_visible_to(person).filter(panel__kind=kind, status__in=AT_WORK).select_related("panel")
    return BLIND_RATER.ordered(waiting.annotate(rated=RATED), due="due_at", ref="ref")


def finished_readings_of(person: Person, *, kind: str) -> QuerySet[Assignment]:
    """What somebody has handed in, newest day first."""
    done = assignments_visible_to(person).filter(panel__kind=kind, status=AssignmentStatus.SUBMITTED)
    return done.select_related("panel").order_by("-submitted_at__date", "ref")


def reading_for(person: Person, ref: str, *, kind: str) -> Assignment:
    """The reading with this reference, if it is theirs to open, also where it checks them and they know it.

    Raises `NoSuchReading` in every other case alike.
    """
    kinds = (kind, overt_kind(kind))
    found = Assignment.objects.select_related(*WITH_ITS_PANEL).filter(ref=ref, panel__kind__in=kinds).first()
    if found is None or not may_read(person, found):
        raise NoSuchReading
    return found


def ratings_on(assignment: Assignment) -> Mapping[str, Rating]:
    """What the rater has given so far, by criterion."""
    return {rating.criterion: rating for rating in assignment.ratings.all()}


def levels_that_stand(assignment: Assignment) -> dict[str, str]:
    """A reader's level for each criterion: as given blind, or as given anew after talking it over."""
    revised = sorted(assignment.revisions.all(), key=lambda each: (each.revised_at, each.pk))
    given = {rating.criterion: rating.level for rating in assignment.ratings.all()}
    return given | {each.criterion: each.level for each in revised}


def given_ratings(panel: Panel) -> list[GivenRating]:
    """Every rating of the readings that are in, for the app that convened the panel. It never tells who gave which."""
    rows = Rating.objects.filter(assignment__panel=panel, assignment__status=AssignmentStatus.SUBMITTED)
    return [
        GivenRating(row.criterion, row.level, row.comment) for row in rows.order_by("criterion", "level", "comment")
    ]


def readers_of(panels: Collection[int]) -> list[Person]:
    """Everybody who has seen what any of the panels, by key, judges; for whoever keeps them off the next round.

    Whoever read it for a check, such as a lead assessor who read it again, has seen it as well.
    """
    subjects = Panel.objects.filter(pk__in=panels).values("subject")
    read_it = Q(panel__in=panels) | Q(panel__evidence__in=subjects)
    seats = Assignment.objects.filter(HAS_SEEN, read_it).select_related("rater")
    return list({seat.rater_id: seat.rater for seat in seats}.values())


def editions_read_by(person: Person, *, kind: str) -> list[RubricEdition]:
    """The newest text of each rubric that the pools somebody belongs to read by, as assessor or lead, by title."""
    pools = places_where(person, Role.ASSESSOR, Role.LEAD_ASSESSOR)
    found = RubricEdition.objects.filter(pool__in=pools, kind=kind).select_related("rubric")
    newest = {edition.instrument: edition for edition in found.order_by("number")}
    return sorted(newest.values(), key=lambda edition: (edition.title, edition.instrument))


def criteria_by(edition: RubricEdition) -> tuple[Criterion, ...]:
    """The criteria of a text of a rubric."""
    return rubric_of_edition(edition).criteria


def seated_on(panel: Panel) -> list[Assignment]:
    """Whoever has a seat on a panel, by its number, with their names. Ask `panels.blindness` before showing them."""
    return list(panel.assignments.filter(status__in=SEATED).select_related("rater").order_by("seat"))


def seats_at_work(*, kind: str) -> QuerySet[Assignment]:
    """Every reading that somebody has under way on panels of a kind, for whoever reminds them. An anchor among live
    work is among them like any other, or it would be known by the reminder that does not come."""
    return Assignment.objects.filter(panel__kind=kind, panel__status__in=READING, status__in=AT_WORK)


def latest_due_of(panel_id: int) -> datetime | None:
    """When the last of those who read for a panel, by key, has to be done; None where nobody reads."""
    seats = Assignment.objects.filter(panel=panel_id, status__in=AT_WORK)
    return seats.order_by("-due_at").values_list("due_at", flat=True).first()


def asked_about(evidence: Collection[str]) -> set[tuple[str, int]]:
    """Who was ever asked to read each piece of evidence, by reference: on the panel that judges it, or for an anchor
    made of it, or to read it again. Pairs of the reference and the key of a person; two queries."""
    judging = Assignment.objects.filter(panel__subject__in=evidence).values_list("panel__subject", "rater")
    checking = Assignment.objects.filter(panel__evidence__in=evidence).values_list("panel__evidence", "rater")
    return {*judging, *checking}


def panels_read_again(*, kind: str) -> QuerySet[Panel]:
    """Open panels on which a reading was given back to its reader and nobody is at work now: what is in may be enough,
    and whoever was asked in between may have given up."""
    seats = Assignment.objects.filter(panel=OuterRef("pk"))
    given_back = Exists(seats.exclude(reopened_because=""))
    return Panel.objects.filter(
        given_back, ~Exists(seats.filter(status__in=AT_WORK)), kind=kind, status=PanelStatus.OPEN
    )


def short_panels() -> QuerySet[Panel]:
    """Open panels with a seat that nobody takes; `taken` of `seats`."""
    open_ones = Panel.objects.filter(status=PanelStatus.OPEN).annotate(taken=SEATS_TAKEN)
    return open_ones.filter(taken__lt=F("seats")).order_by("due_at", "ref")


def panels_to_watch(person: Person, *, kind: str) -> QuerySet[Panel]:
    """The open panels of a lead assessor's pool, with `taken` seats and readings that are `in_hand`.

    Those for which they read themselves are left out: there they are a rater, who must not see how far others are. So
    are those that read work of their own.
    """
    led = panels_to_lead(person).filter(kind=kind, status=PanelStatus.OPEN)
    led = led.exclude(pk__in=Assignment.objects.filter(rater=person, status__in=SEATED).values("panel"))
    # Each counts for itself, so that a list that is cut counts for no panel behind the cut.
    counted = led.annotate(taken=_seats_with(SEATED), in_hand=_seats_with({AssignmentStatus.SUBMITTED}))
    return BLIND_LEAD.ordered(counted, due="due_at", ref="ref")


def panels_to_be_told_of(person: Person) -> QuerySet[Panel]:
    """The panels of whose readers a lead assessor may be told: of their pool, and in which they have no part.

    Panels that check a reader are among them: an anchor among live work is told apart by nothing.
    """
    return panels_to_lead(person).exclude(pk__in=Assignment.objects.filter(rater=person).values("panel"))


def panels_to_lead(person: Person) -> QuerySet[Panel]:
    """The panels of a lead assessor's pool that do not judge work of their own, nor work to which they came near."""
    led = panels_led_by(person).exclude(kind__endswith=OVERT)
    return led.exclude(pk__in=Author.objects.filter(person=person).values("panel")).exclude(_of_work_near(person))


def subjects_read_by(person: Person, *, kind: str) -> list[str]:
    """What they read, or were asked to read and gave back, by the references under which it is judged."""
    return list(Panel.objects.filter(kind=kind, assignments__rater=person).values_list("subject", flat=True).distinct())


def panels_led_without_a_seat(person: Person) -> QuerySet[Panel]:
    """The live panels of a lead assessor's pool in which they never held a seat but one that adjudicates."""
    read = Assignment.objects.filter(rater=person, adjudicates=False)
    return panels_to_lead(person).exclude(pk__in=read.values("panel"))


def panels_to_adjudicate(person: Person, *, kind: str) -> QuerySet[Panel]:
    """The panels of a lead assessor's pool whose readers differ and on which a lead decides; `in_hand` where somebody
    has it. Those that they read, or adjudicate themselves, are left out: these stand in their own queue."""
    under_way = Assignment.objects.filter(panel=OuterRef("pk"), adjudicates=True, status__in=SEATED)
    waiting = panels_to_be_told_of(person).filter(kind=kind, status=PanelStatus.ADJUDICATING)
    return BLIND_LEAD.ordered(waiting.annotate(in_hand=Exists(under_way)), due="due_at", ref="ref")


def panels_with_notes(person: Person, *, kind: str) -> QuerySet[Panel]:
    """Those of them on which readers who have handed in left notes that nobody put away yet."""
    noted = notes_not_seen().filter(reading__panel__kind=kind).values("reading__panel")
    return BLIND_LEAD.ordered(panels_to_be_told_of(person).filter(pk__in=noted), due="due_at", ref="ref")


def notes_not_seen() -> QuerySet[NoteToLead]:
    """What readers told the lead in readings that are in, and nobody put away yet."""
    in_hand = NoteToLead.objects.filter(reading__status=AssignmentStatus.SUBMITTED, seen_at__isnull=True)
    return in_hand.exclude(text="")


def notes_to_lead_on(assignment: Assignment) -> Mapping[str, NoteToLead]:
    """What a reader has told the lead so far, by criterion; under "" what is about the whole."""
    return {note.criterion: note for note in assignment.notes_to_lead.all()}


def _of_work_near(person: Person) -> Q:
    """Panels that read work with which somebody helped or which they share, by `settings.SUBJECTS_NEAR`: under its own
    reference, or as an anchor under another. Who reads it is not for them to know, whatever they lead since."""
    found = Q(pk__in=[])
    for kind, path in settings.SUBJECTS_NEAR.items():
        subjects = import_string(path)(person)
        found |= Q(kind=kind) & (Q(subject__in=subjects) | Q(evidence__in=subjects))
    return found


def _seats_with(statuses: Collection[AssignmentStatus]) -> Any:
    seats = Assignment.objects.filter(panel=OuterRef("pk"), status__in=statuses).order_by()
    return Coalesce(Subquery(seats.values("panel").annotate(number=Count("pk")).values("number")), 0)
