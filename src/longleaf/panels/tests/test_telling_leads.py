"""Notes to the lead assessor: who writes them, who is told, and who never is."""

from __future__ import annotations

import pytest

from longleaf.directory.models import Organisation, Person
from longleaf.panels import queries, rating, telling_leads
from longleaf.panels.errors import NoSuchPanel, NoSuchReading, ReadingIsOver, StaleNote, UnknownCriterion
from longleaf.panels.models import Assignment, NoteToLead, Panel
from longleaf.panels.tests.factories import KIND, convene, fill_in, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person) -> Panel:
    return convene(issuer)


@pytest.fixture
def seat(panel: Panel, first_assessor: Person) -> Assignment:
    return fill_in(seat_of(panel, first_assessor))


def tell(seat: Assignment, text: str, *, criterion: str = "", revision: int = 0) -> NoteToLead:
    return telling_leads.tell(
        assignment=seat, criterion=criterion, text=text, revision=revision, acting_person=seat.rater
    )


def told(lead: Person) -> list[str]:
    panels = queries.panels_with_notes(lead, kind=KIND)
    return sorted(queries.notes_not_seen().filter(reading__panel__in=panels).values_list("text", flat=True))


def test_a_note_is_saved_apart_from_the_comment_and_counts_its_saves(seat: Assignment) -> None:
    tell(seat, "The rubric is unclear here.", criterion="A")
    kept = tell(seat, "The rubric is unclear.\r\nTwice.", criterion="A", revision=1)
    assert (kept.text, kept.revision) == ("The rubric is unclear.\nTwice.", 2)
    assert queries.ratings_on(seat)["A"].comment == "About A."
    with pytest.raises(StaleNote) as refused:
        tell(seat, "From the phone.", criterion="A", revision=1)
    assert refused.value.note.text == kept.text
    with pytest.raises(UnknownCriterion):
        tell(seat, "Of nothing.", criterion="Z")


def test_the_lead_is_told_when_the_reading_is_in_and_until_it_is_put_away(
    panel: Panel, seat: Assignment, lead_assessor: Person
) -> None:
    tell(seat, "About the whole.")
    tell(seat, "About A.", criterion="A")
    tell(seat, "", criterion="B")
    assert told(lead_assessor) == []
    rating.submit_reading(assignment=seat, acting_person=seat.rater)
    assert told(lead_assessor) == ["About A.", "About the whole."]
    assert telling_leads.put_away(panel=panel.ref, acting_person=lead_assessor) == 2
    assert telling_leads.put_away(panel=panel.ref, acting_person=lead_assessor) == 0
    assert told(lead_assessor) == []
    with pytest.raises(ReadingIsOver):
        tell(seat, "Too late.")


def test_nobody_else_is_told(
    panel: Panel, seat: Assignment, second_assessor: Person, stranger: Person, educator: Person
) -> None:
    tell(seat, "About the whole.")
    rating.submit_reading(assignment=seat, acting_person=seat.rater)
    for person in (seat.rater, second_assessor, stranger, educator):
        assert told(person) == []
        with pytest.raises(NoSuchPanel):
            telling_leads.put_away(panel=panel.ref, acting_person=person)
    with pytest.raises(NoSuchReading):
        telling_leads.tell(
            assignment=seat_of(panel, second_assessor), text="Not mine.", revision=0, acting_person=seat.rater
        )


def test_a_lead_who_wrote_the_work_or_reads_it_is_not_told(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    panel = convene(issuer, work_of=[lead_assessor])
    seat = fill_in(seat_of(panel, first_assessor))
    tell(seat, "About the whole.")
    rating.submit_reading(assignment=seat, acting_person=seat.rater)
    assert told(lead_assessor) == []
