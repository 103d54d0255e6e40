"""What a reader tells the lead assessor at the desk, and that the earner never gets to see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment.models import Submission
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel, take_up
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels import telling_leads
from longleaf.panels.models import Assignment, NoteToLead, Panel
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
SECRET = "The recording breaks off after a minute."


@pytest.fixture
def submission(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> Submission:
    return send_to_panel(hand_in(version, educator), lead_assessor)


@pytest.fixture
def seat(submission: Submission) -> Assignment:
    return take_up(seats_of(submission)[0])


def page(name: str, **where: Any) -> str:
    return reverse(f"desk:{name}", kwargs=where)


def tell(seat: Assignment, text: str = SECRET, criterion: str = "") -> NoteToLead:
    return telling_leads.tell(assignment=seat, criterion=criterion, text=text, revision=0, acting_person=seat.rater)


def test_a_note_is_saved_as_it_is_typed_and_stands_on_the_desk_again(seat: Assignment, client_of: Signed) -> None:
    client = client_of(seat.rater)
    saved = client.post(page("save_to_lead_on", ref=seat.ref, criterion="A"), {"text": SECRET, "revision": "0"})
    assert (saved.status_code, saved.json()["revision"]) == (200, 1)
    stale = client.post(page("save_to_lead_on", ref=seat.ref, criterion="A"), {"text": "Other.", "revision": "0"})
    assert (stale.status_code, stale.json()["text"]) == (409, SECRET)
    assert SECRET in client.get(page("read", ref=seat.ref)).content.decode()
    assert SECRET not in client.get(page("preview", ref=seat.ref)).content.decode()


def test_the_whole_form_saves_notes_and_keeps_what_it_cannot_save(seat: Assignment, client_of: Signed) -> None:
    client, here = client_of(seat.rater), page("read", ref=seat.ref)
    assert client.post(here, {"action": "save", "to-lead": SECRET, "revision-to-lead": "0"}).status_code == 302
    assert NoteToLead.objects.get().text == SECRET
    late = client.post(here, {"action": "save", "to-lead": "From the phone.", "revision-to-lead": "0"})
    assert late.status_code == 409
    assert "From the phone." in late.content.decode()
    again = client.post(here, {"action": "save", "to-lead": "From the phone.", "revision-to-lead": "1"})
    assert (again.status_code, NoteToLead.objects.get().text) == (302, "From the phone.")


def test_only_the_lead_reads_it_and_the_earner_never(
    seat: Assignment, submission: Submission, client_of: Signed, lead_assessor: Person
) -> None:
    tell(seat)
    tell(seat, "And the plan is missing.", "A")
    for each in seats_of(submission):
        read(each)
    lead = client_of(lead_assessor)
    shown = lead.get(page("told")).content.decode()
    assert [text for text in (SECRET, "And the plan is missing.") if text not in shown] == []
    assert [who for who in (seat.rater.name, seat.ref) if who in shown] == []
    attempt = submission.attempt
    earner = client_of(attempt.earner)
    award = Award.objects.get()
    told = [
        earner.get(address).content.decode()
        for address in (f"/work/{attempt.ref}/decision/", f"/work/{attempt.ref}/history/", f"/work/{attempt.ref}/")
    ]
    told += [str(Submission.objects.get(pk=submission.pk).outcome), str(Panel.objects.get().outcome)]
    told += [str(award.finding), str(award.evidence), *(str(line.data) for line in JournalLine.objects.all())]
    assert [text for text in told if SECRET in text or "And the plan" in text] == []
    assert lead.post(page("put_away", ref=submission.panel.ref)).status_code == 302  # type: ignore[union-attr]
    assert SECRET not in lead.get(page("told")).content.decode()


def test_the_page_of_notes_is_for_lead_assessors(
    submission: Submission, client_of: Signed, first_assessor: Person, educator: Person, lead_assessor: Person
) -> None:
    found = {person.name: client_of(person).get(page("told")).status_code for person in (first_assessor, educator)}
    assert found == {"Ada First": 404, "Erin Earner": 404}
    away = page("put_away", ref=submission.panel.ref)  # type: ignore[union-attr]
    assert client_of(first_assessor).post(away).status_code == 404
    assert client_of(None).get(page("told")).status_code == 302
    assert client_of(lead_assessor).get(page("told")).status_code == 200


def test_the_page_of_notes_costs_the_same_however_long_it_is(
    version: Version,
    client_of: Signed,
    district: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
) -> None:
    costs = []
    for count in (1, 3):
        while Submission.objects.count() < count:
            earner = cast.make_person(f"Earner {Submission.objects.count()}", (district, Role.EDUCATOR))
            seat = take_up(seats_of(send_to_panel(hand_in(version, earner), lead_assessor))[0])
            tell(seat)
            read(seat)
        client = client_of(lead_assessor)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page("told")).content.decode().count(SECRET) == count
        costs.append(len(asked))
    assert costs[0] == costs[1]
