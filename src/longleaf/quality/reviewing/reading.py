"""The verbs of a reviewer: declare and take up, quote, hand in. Levels and comments are given by `panels.rating`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.journal.recording import record
from longleaf.kit.words import plain_line_ends
from longleaf.panels import queries as panels
from longleaf.panels import rating
from longleaf.panels.blindness import BLIND_RATER
from longleaf.panels.errors import IncompleteReading, ReadingIsOver, ReadingNotTakenUp, UnknownCriterion
from longleaf.panels.instruments import criteria_to_rate, rubric_of, rule_of
from longleaf.panels.status import AssignmentStatus, PanelStatus
from longleaf.quality.errors import NotDeclared, QuotationTooLong, StaleQuotation
from longleaf.quality.events import Event
from longleaf.quality.models import ConflictDeclaration, Quotation, Review
from longleaf.quality.reviewing import places
from longleaf.quality.reviewing.access import PANEL_KIND
from longleaf.quality.reviewing.handing_in import lock, move, subject_of
from longleaf.quality.reviewing.subjects import subject_under
from longleaf.quality.reviewing.titled import titled
from longleaf.quality.status import ReviewStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment, Panel

LONGEST_QUOTATION = 2_000  # characters


@transaction.atomic
def take_up(*, assignment: Assignment, declared: bool, acting_person: Person) -> Assignment:
    """Begin a reading, having declared that nothing stands between the reviewer and a fair one.

    Raises `NotDeclared`, and what `panels.rating.take_up` raises. Whoever cannot declare it gives the reading back.
    """
    if not declared:
        raise NotDeclared
    seat = rating.take_up(assignment=assignment, acting_person=acting_person)
    text = "\n".join(subject_under(_review_of(seat)).declaration)
    _, is_new = ConflictDeclaration.objects.get_or_create(reading=seat, defaults={"text": text})
    if is_new:
        record(Event.CONFLICT_FREE, actor=acting_person, subject=f"reading:{seat.ref}")
    return seat


@transaction.atomic
def quote(*, assignment: Assignment, criterion: str, words: str, revision: int, acting_person: Person) -> Quotation:
    """Keep the words of the design or application on which a rating rests, and find the place where they stand.

    Saved as they are typed, also while they stand nowhere yet: handing in asks for that. `revision` is the save on
    which they were changed. Raises `StaleQuotation` (with what is kept), `QuotationTooLong`, `UnknownCriterion`,
    `NoSuchReading`, `ReadingNotTakenUp` and `ReadingIsOver`.
    """
    seat = panels.reading_for(acting_person, assignment.ref, kind=PANEL_KIND)
    _require_under_way(seat)
    if criterion not in [each.code for each in criteria_to_rate(seat.panel)]:
        raise UnknownCriterion(f"“{criterion}” is no component that is rated here.")
    text = plain_line_ends(words)
    if len(text) > LONGEST_QUOTATION:
        raise QuotationTooLong(f"Quote at most {LONGEST_QUOTATION:,} characters: the words that matter are enough.")
    kept, _ = Quotation.objects.select_for_update().get_or_create(reading=seat, criterion=criterion)
    if kept.words == text:
        return kept
    if kept.revision != revision:
        raise StaleQuotation(kept)
    shown = places.places_of(titled(_document(seat)), BLIND_RATER)
    found = places.place_with(text, shown, criterion=criterion)
    kept.words, kept.pointer, kept.revision = text, found.pointer if found else "", revision + 1
    kept.save()
    return kept


@transaction.atomic
def hand_in_reading(*, assignment: Assignment, acting_person: Person) -> Panel:
    """Hand a reading in; where it was the last one that the rule asks for, the review goes to the officers.

    Raises `IncompleteReading` with a sentence for each level, comment or quotation that is missing.
    """
    review = lock(Review.objects.get(panel=assignment.panel_id))
    seat = panels.reading_for(acting_person, assignment.ref, kind=PANEL_KIND)
    _require_under_way(seat)
    missing = missing_in(seat)
    if missing:
        raise IncompleteReading("Some components are not finished. Nothing is handed in yet.", fields=missing)
    panel = rating.submit_reading(assignment=seat, acting_person=acting_person)
    note_panel(review, panel)
    return panel


def note_panel(review: Review, panel: Panel) -> None:
    """Where the panel has decided, the review waits for its officer; for whoever holds the review's lock."""
    if panel.status == PanelStatus.DECIDED and review.status == ReviewStatus.IN_REVIEW:
        move(review, ReviewStatus.TO_DECIDE)
        record(Event.REVIEW_READ, actor=None, subject=subject_of(review), data={"panel": panel.ref})


def missing_in(assignment: Assignment) -> dict[str, str]:
    """What a reading still lacks: a sentence for each of `level-…`, `comment-…`, `quote-…`.

    What is met is shown by a place in the design. What is not there has no place, so a comment is enough there.
    """
    missing, word = rating.missing_in(assignment), subject_under(_review_of(assignment)).word
    rubric, rule = rubric_of(assignment.panel), rule_of(assignment.panel)
    given, quoted = panels.ratings_on(assignment), quotations_on(assignment)
    for criterion in criteria_to_rate(assignment.panel):
        words = quoted.get(criterion.code)
        level = given[criterion.code].level if criterion.code in given else ""
        if words and words.words.strip() and not words.pointer and places.are_few(words.words):
            missing[f"quote-{criterion.code}"] = (
                f"Quote at least three words for “{criterion.title}”, or all of a short line, as the {word} has them."
            )
        elif words and words.words.strip() and not words.pointer:
            missing[f"quote-{criterion.code}"] = (
                f"The words quoted for “{criterion.title}” stand nowhere in the {word} as they are written here."
            )
        elif level and rule.is_met(rubric, level, criterion.code) and not (words and words.words.strip()):
            missing[f"quote-{criterion.code}"] = f"Quote the words of the {word} that meet “{criterion.title}”."
    return missing


def quotations_on(assignment: Assignment) -> dict[str, Quotation]:
    """What the reviewer has quoted so far, by component."""
    return {each.criterion: each for each in Quotation.objects.filter(reading=assignment)}


def _document(seat: Assignment) -> dict[str, object]:
    return _review_of(seat).design.document  # type: ignore[no-any-return]


def _review_of(seat: Assignment) -> Review:
    related = ("design", "version", "application")
    return Review.objects.select_related(*related).defer("version__document").get(panel=seat.panel_id)


def _require_under_way(seat: Assignment) -> None:
    if seat.status == AssignmentStatus.SUBMITTED:
        raise ReadingIsOver("You have handed this reading in, so it stays as it is. You can still look at it.")
    if seat.status != AssignmentStatus.STARTED:
        raise ReadingNotTakenUp
