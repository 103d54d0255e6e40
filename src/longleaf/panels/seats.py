"""What one seat rates: everything that is open, or, where it adjudicates, what the readers differ on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from longleaf.engines.rubrics import Criterion, Outcome, Reading, Role, decide
from longleaf.panels import queries
from longleaf.panels.blindness import BLIND_ADJUDICATOR, Fact
from longleaf.panels.instruments import criteria_to_rate, rubric_of, rule_of
from longleaf.panels.models import Assignment, Panel, Rating
from longleaf.panels.status import AssignmentStatus

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class SeenReading:
    """What one reader found, as whoever adjudicates sees it: under a letter, in an order that tells nothing."""

    name: str
    ratings: Mapping[str, Rating]
    notes: Mapping[str, str]


def criteria_of(seat: Assignment) -> tuple[Criterion, ...]:
    """The criteria that a seat rates, in the order of the rubric."""
    every = criteria_to_rate(seat.panel)
    if not seat.adjudicates:
        return every
    differing = outcome_of(seat.panel, without_lead=True).to_adjudicate
    return tuple(criterion for criterion in every if criterion.code in differing)


def outcome_of(panel: Panel, *, without_lead: bool = False) -> Outcome:
    """What the readings that are in come to."""
    return decide(
        rubric_of(panel),
        rule_of(panel),
        _readings(panel, without_lead),
        met_before=frozenset(panel.met_before),
        levels_before=panel.levels_before,
    )


def readings_beside(seat: Assignment) -> list[SeenReading]:
    """What the readers found, for whoever adjudicates; nothing for anybody else.

    Letters follow a digest of the readings' references under a secret: neither seat nor time stands in them, and nobody
    who finds a reference in the journal knows whose letter it is.
    """
    if not (seat.adjudicates and BLIND_ADJUDICATOR.shows(Fact.OTHER_READINGS)):
        return []
    read = seat.panel.assignments.filter(status=AssignmentStatus.SUBMITTED, adjudicates=False)
    lettered = sorted(
        read.prefetch_related("ratings", "notes_to_lead"), key=lambda each: salted_hmac("letter", each.ref).hexdigest()
    )
    return [
        SeenReading(
            name=f"Reader {letter}",
            ratings={rating.criterion: rating for rating in each.ratings.all()},
            notes={note.criterion: note.text for note in each.notes_to_lead.all() if note.text.strip()},
        )
        for letter, each in zip(LETTERS, lettered, strict=False)
    ]


def _readings(panel: Panel, without_lead: bool) -> list[Reading]:
    readers = rule_of(panel).readers
    handed_in = panel.assignments.filter(status=AssignmentStatus.SUBMITTED).prefetch_related("ratings", "revisions")
    return [
        Reading(
            reader=seat.ref,
            ratings=queries.levels_that_stand(seat),
            role=_role(seat, readers),
        )
        for seat in handed_in
        if not (without_lead and seat.adjudicates)
    ]


def _role(seat: Assignment, readers: int) -> Role:
    if seat.adjudicates:
        return Role.LEAD
    return Role.READER if seat.seat <= readers else Role.THIRD
