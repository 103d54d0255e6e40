"""Reads of reviews: a reviewer's queue and desk, and the reviews of an issuer or an agency.

What a reviewer sees is taken through `panels.blindness`: the text, and of a design nothing of whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.catalog.queries import labelled_title
from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.engines.rubrics import Criterion, Level
from longleaf.panels import instruments as panel_instruments
from longleaf.panels import queries as panels
from longleaf.panels.blindness import BLIND_RATER
from longleaf.panels.status import AssignmentStatus
from longleaf.quality import instruments
from longleaf.quality.errors import NoSuchReview
from longleaf.quality.instruments import Component
from longleaf.quality.models import QualityDecision, Quotation, Review
from longleaf.quality.monitoring.beside import figures_beside
from longleaf.quality.queries import RECOGNISES, replaced, replaced_on_organisation
from longleaf.quality.reviewing import places, reading
from longleaf.quality.reviewing.access import (
    PANEL_KIND,
    asked_to_read,
    may_see,
    reviews_spoken_for,
    reviews_visible_to,
)
from longleaf.quality.reviewing.places import PlaceInDesign
from longleaf.quality.reviewing.subjects import Subject, subject_under
from longleaf.quality.reviewing.titled import titled
from longleaf.quality.status import APPLIED_FOR, UNDER_WAY

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment, Rating

A_YEAR = timedelta(days=365)
PANEL_SUBJECTS = ("panel", "reading")


@dataclass(frozen=True)
class QueueRow:
    """A reading that is offered or under way: the title of the design, and how far it is."""

    assignment: Assignment
    title: str
    to_rate: int

    @property
    def is_new(self) -> bool:
        return self.assignment.status == AssignmentStatus.OFFERED

    @property
    def rated(self) -> int:
        return int(getattr(self.assignment, "rated", 0))


@dataclass(frozen=True)
class ComponentRow:
    """One component on the desk, with what the reviewer has given so far."""

    criterion: Criterion
    component: Component
    levels: Sequence[Level]
    rating: Rating | None
    quotation: Quotation | None

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def kept(self) -> Mapping[str, str]:
        """What is kept of each field."""
        return {
            "level": self.rating.level if self.rating else "",
            "comment": self.rating.comment if self.rating else "",
            "quote": self.quotation.words if self.quotation else "",
        }

    @property
    def revisions(self) -> Mapping[str, int]:
        """How often each field was saved."""
        return {
            "level": self.rating.level_revision if self.rating else 0,
            "comment": self.rating.comment_revision if self.rating else 0,
            "quote": self.quotation.revision if self.quotation else 0,
        }


@dataclass(frozen=True)
class ReviewDesk:
    """A reading with all that its reviewer needs: the design by its places, and the components to rate."""

    assignment: Assignment
    review: Review

    @property
    def title(self) -> str:
        return str(self.review.design.document["title"])

    @cached_property
    def subject(self) -> Subject:
        return subject_under(self.review)

    @cached_property
    def places(self) -> tuple[PlaceInDesign, ...]:
        return places.places_of(titled(self.review.design.document), BLIND_RATER)

    @cached_property
    def rows(self) -> list[ComponentRow]:
        levels = panel_instruments.rubric_of(self.assignment.panel).levels
        given, quoted = panels.ratings_on(self.assignment), reading.quotations_on(self.assignment)
        told = instruments.components_of(self.review.instrument.document)
        return [
            ComponentRow(each, told[each.code], levels, given.get(each.code), quoted.get(each.code))
            for each in panel_instruments.criteria_to_rate(self.assignment.panel)
        ]

    @property
    def rated(self) -> int:
        return sum(bool(row.kept["level"]) for row in self.rows)

    @property
    def level_texts(self) -> Sequence[Mapping[str, str]]:
        """What each level means for every component, as the instrument says it."""
        return list(self.review.instrument.document["levels"])

    @property
    def is_finished(self) -> bool:
        return self.assignment.status == AssignmentStatus.SUBMITTED

    def place_title(self, pointer: str) -> str:
        """What the place at a pointer is called; "" where there is none."""
        return next((each.title for each in self.places if each.pointer == pointer), "")


def queue_of(person: Person) -> list[QueueRow]:
    """What somebody is asked to review, in a constant number of queries."""
    return _rows(list(panels.queue_of(person, kind=PANEL_KIND)))


def finished_by(person: Person) -> QuerySet[Assignment]:
    """Readings that somebody handed in, without what came of them."""
    return panels.finished_readings_of(person, kind=PANEL_KIND)


def desk_of(person: Person, ref: str) -> ReviewDesk:
    """A reading with its design, for its reviewer. Raises `panels.errors.NoSuchReading` for anybody else."""
    assignment = panels.reading_for(person, ref, kind=PANEL_KIND)
    related = ("design", "instrument", "version", "application__organisation")
    found = Review.objects.select_related(*related).defer("version__document", "version__search_text")
    review = found.get(panel=assignment.panel_id)
    return ReviewDesk(assignment, review)


def reviews_of(person: Person) -> QuerySet[Review]:
    """Every review that somebody may see, the one to be decided first on top."""
    related = ("version__micro_credential__issuer", "application__organisation", "instrument")
    listed = reviews_visible_to(person).select_related(*related)
    return listed.defer("version__document", "version__search_text", "instrument__document").order_by(
        "-status", "due_at", "ref"
    )


def review_for(person: Person, ref: str) -> Review:
    """A review with its subject, for its owner or an officer of the agency. Raises `NoSuchReview` for others."""
    related = (
        *("version__micro_credential__issuer", "application__organisation", "application__instrument"),
        *("instrument", "design", "panel__rubric", "agency", "decision"),
    )
    found = Review.objects.select_related(*related).filter(ref=ref).first()
    if found is None or not person.is_authenticated or not may_see(person, found):
        raise NoSuchReview
    return found


def journal_subjects_kept_from(person: Person) -> list[str]:
    """What the journal must not tell somebody now: whose it is that they are asked to read, who wrote it, who else
    reads it, and who reads what they speak for."""
    # Asked anew by key, for the filter on their own reading would leave out everybody else's.
    read = Review.objects.filter(pk__in=asked_to_read(person).values("pk"))
    rows = read.values_list("ref", "application__ref", "panel__ref", "panel__assignments__ref")
    kept = _journal_subjects(rows, ("review", "application", "panel", "reading"))
    own = reviews_spoken_for(person).filter(status__in=UNDER_WAY)
    return sorted(kept | _journal_subjects(own.values_list("panel__ref", "panel__assignments__ref"), PANEL_SUBJECTS))


def _journal_subjects(rows: Iterable[tuple[str | None, ...]], kinds: Sequence[str]) -> set[str]:
    # A design has no application, and what was taken back at once no reading.
    return {f"{kind}:{ref}" for row in rows for kind, ref in zip(kinds, row, strict=True) if ref}


def ending_soon(person: Person, *, today: date) -> QuerySet[QualityDecision]:
    """What an officer's agency recognised that ends within a year and that no later decision took the place of."""
    if not person.is_authenticated:
        return QualityDecision.objects.none()
    ending = QualityDecision.objects.filter(
        decided_by__in=places_where(person, Role.STATE_OFFICER),
        outcome__in=RECOGNISES,
        valid_until__range=(today, today + A_YEAR),
    )
    standing = ending.filter(~replaced(), ~replaced_on_organisation())
    related = standing.select_related("version__micro_credential__issuer", "organisation")
    return related.defer("version__document", "version__search_text").order_by("valid_until", "pk")


def live_figures(desk: ReviewDesk) -> Mapping[str, Sequence[str]]:
    """What the live work of an organisation that applies shows, by criterion. Whose a design is stays untold, so there
    is nothing beside one."""
    application = desk.review.application
    if application is None:
        return {}
    return figures_beside(application.organisation, desk.review.instrument, today=timezone.localdate())


def titles_of(refs: Iterable[str]) -> dict[str, str]:
    """What each review, by its reference, is of, as its readers may know it (`settings.SUBJECT_TITLES`). One query."""
    rows = Review.objects.filter(ref__in=list(refs))
    named = rows.values_list(
        "ref", labelled_title("version"), "application__organisation__name", "application__judged_as"
    )
    return {ref: title or f"{name}: {APPLIED_FOR[judged_as]}" for ref, title, name, judged_as in named}


def quoted_by_seat(panel_id: int) -> dict[tuple[int, str], str]:
    """The words that each reader of a panel quoted, by the key of the seat and the component."""
    rows = Quotation.objects.filter(reading__panel=panel_id).exclude(words="")
    return {(reading_id, code): words for reading_id, code, words in rows.values_list("reading", "criterion", "words")}


def _rows(assignments: Sequence[Assignment]) -> list[QueueRow]:
    titles = titles_of(each.panel.subject for each in assignments)
    panel_instruments.bring_rubrics([each.panel for each in assignments])
    return [
        QueueRow(each, titles[each.panel.subject], len(panel_instruments.criteria_to_rate(each.panel)))
        for each in assignments
    ]
