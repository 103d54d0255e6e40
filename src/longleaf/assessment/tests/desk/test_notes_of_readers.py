"""Notes that a reader writes for themselves: where they stand, who sees them, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from longleaf.assessment.desk import noting
from longleaf.assessment.desk.places import LONGEST_RECORDING, MOST_PAGES, Place, read_place
from longleaf.assessment.errors import UnusableNote
from longleaf.assessment.models import ReadingNote, Submission
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.panels.errors import NoSuchReading, ReadingIsOver, ReadingNotTakenUp
from longleaf.panels.models import Assignment

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
KNOWN = ["R2-1"]
TEXT = "Names one change."


@pytest.fixture
def submission(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    return send_to_panel(hand_in(version, educator), lead_assessor)


@pytest.fixture
def seat(submission: Submission) -> Assignment:
    return take_up(seats_of(submission)[0])


def write(seat: Assignment, **changes: Any) -> ReadingNote:
    facts = {"exhibit": "R2-1", "known": KNOWN, "place": Place(page=4), "text": TEXT, "acting_person": seat.rater}
    return noting.note(reading=seat.ref, **{**facts, **changes})


def note_address(seat: Assignment) -> str:
    return reverse("desk:note", kwargs={"ref": seat.ref})


@given(st.integers(0, LONGEST_RECORDING).map(lambda second: Place(second=second)))
def test_a_second_is_read_as_it_is_written(place: Place) -> None:
    assert read_place(str(place)) == place


@given(st.integers(1, MOST_PAGES).map(lambda page: Place(page=page)))
def test_a_page_is_read_as_it_is_written(place: Place) -> None:
    assert read_place(str(place)) == place


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("", Place()),
        (" 3:12 ", Place(second=192)),
        ("1:03:12", Place(second=3792)),
        ("90:00", Place(second=5400)),
        ("4", Place(page=4)),
        ("Page 4", Place(page=4)),
    ],
)
def test_places_are_read_as_people_write_them(written: str, place: Place) -> None:
    assert read_place(written) == place


@pytest.mark.parametrize("written", ["3:60", "-1", "p. 0", "25:00:00", "soon", "3:12:", "10001"])
def test_what_is_no_place_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UnusableNote, match=r"3:12") as refused:
        read_place(written)
    assert set(refused.value.fields) == {"place"}


def test_the_database_keeps_a_note_at_one_place(seat: Assignment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingNote.objects.create(reading=seat, exhibit="R2-1", second=3, page=1, text=TEXT)


def test_nobody_else_writes_or_takes_away(seat: Assignment, second_assessor: Person, lead_assessor: Person) -> None:
    kept = write(seat)
    others = {second_assessor, lead_assessor} - {seat.rater}
    for person in others:
        with pytest.raises(NoSuchReading):
            write(seat, acting_person=person)
        with pytest.raises(NoSuchReading):
            noting.take_away(reading=seat.ref, note=kept.ref, acting_person=person)
    assert list(ReadingNote.objects.all()) == [kept]


def test_a_note_of_another_reading_is_not_taken_away(submission: Submission, seat: Assignment) -> None:
    kept = write(seat)
    other = take_up(seats_of(submission)[1])
    noting.take_away(reading=other.ref, note=kept.ref, acting_person=other.rater)
    assert list(ReadingNote.objects.all()) == [kept]


def test_notes_need_a_reading_under_way(submission: Submission) -> None:
    offered, other = seats_of(submission)
    with pytest.raises(ReadingNotTakenUp):
        write(offered)
    read(other)
    with pytest.raises(ReadingIsOver):
        write(other)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"text": "  "}, "text"), ({"text": "x" * 2001}, "text"), ({"exhibit": "R9-1"}, "exhibit")],
)
def test_what_cannot_be_kept_names_its_field(seat: Assignment, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UnusableNote) as refused:
        write(seat, **changes)
    assert set(refused.value.fields) == {field}


def test_the_desk_lists_notes_with_a_link_to_their_place(seat: Assignment, client_of: Signed) -> None:
    write(seat)
    body = client_of(seat.rater).get(reverse("desk:read", kwargs={"ref": seat.ref})).content.decode()
    assert f"/assess/read/{seat.ref}/files/R2-1/#page=4" in body
    assert "[p. 4] Names one change." in body


def test_only_its_writer_finds_a_note_on_any_page(
    submission: Submission, seat: Assignment, client_of: Signed, educator: Person, lead_assessor: Person
) -> None:
    secret = "A thought that is mine alone"
    write(seat, text=secret)
    other = take_up(seats_of(submission)[1])
    assert secret in client_of(seat.rater).get(reverse("desk:read", kwargs={"ref": seat.ref})).content.decode()
    read(seat)
    read(other)
    attempt = submission.attempt.ref
    looks = [
        (other.rater, reverse("desk:read", kwargs={"ref": other.ref})),
        (lead_assessor, reverse("desk:queue")),
        (educator, reverse("assessment:decision", kwargs={"ref": attempt})),
        (educator, reverse("assessment:history", kwargs={"ref": attempt})),
    ]
    for person, address in looks:
        answer = client_of(person).get(address)
        assert answer.status_code == 200, address
        assert secret not in answer.content.decode(), address


def test_a_form_without_scripts_keeps_a_note_and_what_was_typed(seat: Assignment, client_of: Signed) -> None:
    client = client_of(seat.rater)
    wrong = client.post(note_address(seat), {"exhibit": "R2-1", "place": "soon", "text": TEXT})
    assert wrong.status_code == 422
    assert TEXT in wrong.content.decode()
    right = client.post(note_address(seat), {"exhibit": "R2-1", "place": "3:12", "text": TEXT})
    assert right["Location"].endswith("#notes")
    assert ReadingNote.objects.get().second == 192
    away = reverse("desk:take_note_away", kwargs={"ref": seat.ref, "note": ReadingNote.objects.get().ref})
    assert client.post(away).status_code == 302
    assert not ReadingNote.objects.exists()


def test_the_page_s_script_is_answered_with_the_list_or_a_sentence(seat: Assignment, client_of: Signed) -> None:
    client, script = client_of(seat.rater), {"HX-Request": "true"}
    kept = client.post(note_address(seat), {"exhibit": "R2-1", "place": "", "text": TEXT}, headers=script)
    assert (kept.status_code, "data-note-latest" in kept.content.decode()) == (200, True)
    refused = client.post(note_address(seat), {"exhibit": "R2-1", "place": "", "text": ""}, headers=script)
    assert (refused.status_code, refused.json()["code"]) == (422, "unusable-note")


def test_the_addresses_of_notes_ask_who_is_there(
    seat: Assignment, client_of: Signed, educator: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    kept = write(seat)
    addresses = [note_address(seat), reverse("desk:take_note_away", kwargs={"ref": seat.ref, "note": kept.ref})]
    for person in {educator, second_assessor, lead_assessor} - {seat.rater}:
        assert [client_of(person).post(address).status_code for address in addresses] == [404, 404], person.name
    assert [client_of(None).post(address).status_code for address in addresses] == [302, 302]
    assert [client_of(seat.rater).get(address).status_code for address in addresses] == [405, 405]


def test_more_notes_take_no_more_queries(seat: Assignment, client_of: Signed) -> None:
    client, address = client_of(seat.rater), reverse("desk:read", kwargs={"ref": seat.ref})
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    write(seat)
    client.get(address)
    few = queries()
    for _ in range(12):
        write(seat)
    assert queries() == few
