"""What readers differ on, decided at the desk: side by side, without a name, and told to the earner as a decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment.models import Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import adjudicating, rating, telling_leads
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.tests.factories import fill_in
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
REASON = "The plan names one change and says why."


@pytest.fixture
def led_version(state: State, issuer: Organisation) -> Version:
    """A micro-credential whose rule lets a lead assessor decide where readers differ."""
    rule = {"readers": 2, "when_they_differ": "lead"}
    document = cast.make_document(slug="decided-by-a-lead", panel_rule=rule)
    found: Version = cast.publish(state, issuer, document)
    return found


@pytest.fixture
def other_lead(issuer: Organisation) -> Person:
    """A lead assessor who did not check whether the work is complete."""
    return cast.make_person("Lara Second", (issuer, Role.LEAD_ASSESSOR))


@pytest.fixture
def submission(
    led_version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    """Two readings in, which differ on A."""
    return differing(led_version, educator, lead_assessor)


def differing(version: Version, earner: Person, lead: Person) -> Submission:
    sent = send_to_panel(hand_in(version, earner), lead)
    first, second = seats_of(sent)
    fill_in(first)
    telling_leads.tell(assignment=first, criterion="A", text="I hesitated.", revision=0, acting_person=first.rater)
    read(first)
    read(second, A="not-yet")
    return sent


def panel_of(submission: Submission) -> Panel:
    return Panel.objects.get(subject=submission.ref)


def page(name: str, **where: Any) -> str:
    return reverse(f"desk:{name}", kwargs=where)


def take(submission: Submission, lead: Person) -> Assignment:
    return adjudicating.take(panel=panel_of(submission).ref, acting_person=lead)


def test_a_lead_takes_it_from_the_queue_and_decides(
    submission: Submission, client_of: Signed, other_lead: Person
) -> None:
    client = client_of(other_lead)
    assert "Readers differ" in client.get(page("queue")).content.decode()
    taken = client.post(page("take_up_difference", ref=panel_of(submission).ref))
    here = taken["Location"]
    shown = client.get(here).content.decode()
    for text in ("Reader A", "Reader B", "About A.", "I hesitated."):
        assert text in shown
    assert "About B." not in shown
    form = {"level-revision-A": "0", "comment-revision-A": "0", "level-A": "demonstrated"}
    refused = client.post(here, {**form, "comment-A": "", "action": "hand_in"})
    assert refused.status_code == 422
    assert "Give your reason" in refused.content.decode()
    done = client.post(here, {**form, "level-revision-A": "1", "comment-A": REASON, "action": "hand_in"})
    assert done.status_code == 302
    attempt = Submission.objects.select_related("attempt").get(pk=submission.pk).attempt
    assert attempt.status == AttemptStatus.DEMONSTRATED
    finding = Award.objects.get().finding
    assert (finding["readers"], [each["decided_by"] for each in finding["criteria"]]) == (2, ["lead", "agreement"])
    told = client_of(attempt.earner).get(f"/work/{attempt.ref}/decision/").content.decode()
    assert REASON in told
    assert "where they differed, a lead assessor decided" in told
    assert "I hesitated." not in told
    assert client.get(here).status_code == 200


def test_nothing_on_the_page_tells_who_reads_whose_work_it_is_or_who_was_first(
    submission: Submission, client_of: Signed, other_lead: Person
) -> None:
    seat = take(submission, other_lead)
    client = client_of(other_lead)
    shown = client.get(page("read", ref=seat.ref)).content.decode()
    first, second = submission.panel.assignments.filter(adjudicates=False)  # type: ignore[union-attr]
    earner = submission.attempt.earner
    words = [first.rater.name, second.rater.name, first.ref, second.ref, first.rater.email]
    words += [earner.name, earner.email, "Erin", "Rivertown", submission.attempt.ref]
    assert [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", shown)] == []
    assert re.search(r"\d{1,2}:\d{2}\s?[ap]m", shown) is None
    assert client.get(page("read_file", ref=seat.ref, code="R2-1")).status_code == 200


def test_each_address_asks_who_is_there(
    submission: Submission,
    client_of: Signed,
    other_lead: Person,
    lead_assessor: Person,
    first_assessor: Person,
    third_assessor: Person,
    educator: Person,
    stranger: Person,
) -> None:
    panel = panel_of(submission).ref
    asked = [("get", "panel"), ("post", "give_back"), ("post", "take_up_difference"), ("post", "ask_reader")]
    for person in (first_assessor, third_assessor, educator, stranger):
        found = [getattr(client_of(person), method)(page(name, ref=panel)).status_code for method, name in asked]
        assert found == [404] * 4, person.name
    # The lead who looked whether it is complete had a part in it, and asks somebody who had none.
    lead = client_of(lead_assessor)
    assert lead.post(page("take_up_difference", ref=panel)).status_code == 403
    assert lead.post(page("ask_reader", ref=panel)).status_code == 302
    assert client_of(other_lead).post(page("take_up_difference", ref=panel)).status_code == 409
    seat = Assignment.objects.get(adjudicates=True)
    assert seat.rater == third_assessor
    reader = client_of(third_assessor)
    assert "Two readers differ" in reader.get(page("read", ref=seat.ref)).content.decode()
    rating.take_up(assignment=seat, acting_person=third_assessor)
    assert "Reader A" in reader.get(page("read", ref=seat.ref)).content.decode()
    assert client_of(other_lead).get(page("read", ref=seat.ref)).status_code == 404


def test_a_lead_gives_a_reading_back_and_its_reader_reads_why(
    submission: Submission, client_of: Signed, lead_assessor: Person
) -> None:
    panel, (first, second) = panel_of(submission), seats_of(submission)
    client = client_of(lead_assessor)
    shown = client.get(page("panel", ref=panel.ref)).content.decode()
    assert first.rater.name in shown
    assert first.ref not in shown
    missing = client.post(page("give_back", ref=panel.ref), {"seat": "1", "reason": ""})
    assert (missing.status_code, "for the reader alone" in missing.content.decode()) == (422, True)
    assert client.post(page("give_back", ref=panel.ref), {"seat": "1", "reason": "You asked."}).status_code == 302
    assert "You asked." in client_of(first.rater).get(page("read", ref=first.ref)).content.decode()
    assert "You asked." not in client_of(second.rater).get(page("read", ref=second.ref)).content.decode()


def test_the_queue_costs_the_same_however_many_differ(
    led_version: Version,
    client_of: Signed,
    district: Organisation,
    lead_assessor: Person,
    other_lead: Person,
    first_assessor: Person,
    second_assessor: Person,
) -> None:
    costs = []
    for count in (1, 3):
        while Submission.objects.count() < count:
            earner = cast.make_person(f"Earner {Submission.objects.count()}", (district, Role.EDUCATOR))
            differing(led_version, earner, lead_assessor)
        client = client_of(other_lead)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page("queue")).content.decode().count("Ask a reader to decide") == count
        costs.append(len(asked))
    assert costs[0] == costs[1]
