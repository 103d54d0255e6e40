"""Work becomes an anchor: a lead's own sample, or decided work that its earner lends and may take back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment import queries, starting
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.errors import MayNotStart, NoSuchAttempt, NotDecidedYet, NotLent, NotReady
from longleaf.assessment.models import Submission
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests.calibrated import write_sample
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel
from longleaf.catalog.models import Version
from longleaf.directory.models import Person, State
from longleaf.panels.calibration import gating
from longleaf.panels.calibration.choosing import anchors_for
from longleaf.panels.errors import NotLeadAssessor, ReasonMissing
from longleaf.panels.status import AnchorStatus, AnchorUse

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def decided(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    submission = send_to_panel(hand_in(version, educator), lead_assessor)
    for seat in seats_of(submission):
        read(seat)
    submission.refresh_from_db()
    return submission


def test_only_a_lead_of_the_issuer_begins_a_sample(
    version: Version, lead_assessor: Person, first_assessor: Person, educator: Person
) -> None:
    for person in (first_assessor, educator):
        with pytest.raises(MayNotStart):
            starting.start_sample(version=version, acting_person=person)
    begun = starting.start_sample(version=version, acting_person=lead_assessor)
    assert starting.start_sample(version=version, acting_person=lead_assessor) == begun


def test_whoever_leads_finds_the_way_to_anchors_before_anybody_hands_in(
    version: Version, lead_assessor: Person, first_assessor: Person, educator: Person, client_of: Signed
) -> None:
    slug = {"slug": version.micro_credential.slug}
    page, way = reverse("catalog:show", kwargs=slug), reverse("desk:anchor", kwargs=slug)
    said = client_of(lead_assessor).get(page).content.decode()
    assert way in said
    assert "Nobody is certified for this yet: 0 of 10 anchors are there." in said
    for person in (None, first_assessor, educator):
        assert way not in client_of(person).get(page).content.decode()


def test_an_earner_reads_before_handing_in_that_nobody_is_certified_yet(
    state: State, version: Version, educator: Person, client_of: Signed
) -> None:
    attempt = starting.start(version=version, acting_person=educator)
    page, told = reverse("assessment:submit", kwargs={"ref": attempt.ref}), "No assessor is certified for this yet"
    assert told not in client_of(educator).get(page).content.decode()
    gating.set_gate(state=state, document={}, acting_person=None)
    assert told in client_of(educator).get(page).content.decode()


def test_a_sample_is_kept_when_it_is_complete_and_another_can_be_begun(version: Version, lead_assessor: Person) -> None:
    begun = starting.start_sample(version=version, acting_person=lead_assessor)
    submission = current_submission(begun)
    with pytest.raises(NotReady) as refused:
        anchoring.keep_sample(submission=submission, title="Sample", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    assert set(refused.value.fields) == {"R1", "R2", "R3"}
    anchor = write_sample(version, lead_assessor, 0)
    begun.refresh_from_db()
    assert (begun.status, anchor.status) == (AttemptStatus.SAMPLE, AnchorStatus.IN_USE)
    assert starting.start_sample(version=version, acting_person=lead_assessor) != begun


def test_work_is_lent_by_its_earner_once_it_is_decided(
    decided: Submission, version: Version, educator: Person, other_educator: Person, lead_assessor: Person
) -> None:
    with pytest.raises(NotLent):
        anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    with pytest.raises(NoSuchAttempt):
        anchoring.lend(submission=decided, acting_person=other_educator)
    waiting = hand_in(version, other_educator)
    with pytest.raises(NotDecidedYet):
        anchoring.lend(submission=waiting, acting_person=other_educator)
    anchoring.lend(submission=decided, acting_person=educator)
    with pytest.raises(ReasonMissing):
        anchoring.anchor_lent(submission=decided, title=" ", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    with pytest.raises(NotLeadAssessor):
        anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=educator)


def test_whoever_knows_the_work_never_gets_it(
    decided: Submission,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> None:
    anchoring.lend(submission=decided, acting_person=educator)
    anchor = anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    type(anchor).objects.update(status=AnchorStatus.IN_USE, in_use_since=decided.decided_at)
    readers = {seat.rater.name for seat in seats_of(decided)}
    assert len(readers) == 2
    for person in (first_assessor, second_assessor, third_assessor, lead_assessor, educator):
        may = bool(anchors_for(person, anchor.edition, AnchorUse.UNSEEN, key="any"))
        assert may is (person == third_assessor and third_assessor.name not in readers)


def test_whoever_was_only_asked_to_read_it_never_gets_it_either(
    decided: Submission, educator: Person, lead_assessor: Person, third_assessor: Person
) -> None:
    assert decided.panel
    now = decided.panel.convened_at
    decided.panel.assignments.create(rater=third_assessor, seat=9, status="declined", take_up_by=now, due_at=now)
    anchoring.lend(submission=decided, acting_person=educator)
    anchor = anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    assert third_assessor.ref in anchor.barred_people


def test_taking_it_back_retires_the_anchor(decided: Submission, educator: Person, lead_assessor: Person) -> None:
    anchoring.lend(submission=decided, acting_person=educator)
    anchor = anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    anchoring.take_back(submission=decided, acting_person=educator)
    anchor.refresh_from_db()
    assert anchor.status == AnchorStatus.RETIRED
    assert "Erin" not in f"{anchor.title} {anchor.retired_because}"


def test_the_earner_lends_and_takes_back_on_the_page_of_the_decision(
    decided: Submission, educator: Person, other_educator: Person, client_of: Signed
) -> None:
    where = {"ref": decided.attempt.ref}
    lend, decision = (reverse(f"assessment:{name}", kwargs=where) for name in ("lend", "decision"))
    assert client_of(None).post(lend).status_code == 302
    assert client_of(other_educator).post(lend).status_code == 404
    client = client_of(educator)
    assert "Lend this work" in client.get(decision).content.decode()
    client.post(lend, {"act": "lend"})
    decided.refresh_from_db()
    assert decided.lent_at
    assert "Take it back" in client.get(decision).content.decode()
    client.post(lend, {"act": "take_back"})
    decided.refresh_from_db()
    assert decided.lent_at is None


def test_a_lead_makes_an_anchor_on_the_page(
    decided: Submission, educator: Person, lead_assessor: Person, first_assessor: Person, client_of: Signed
) -> None:
    anchoring.lend(submission=decided, acting_person=educator)
    address = reverse("desk:anchor", kwargs={"slug": decided.attempt.micro_credential.slug})
    assert [client_of(person).get(address).status_code for person in (None, educator, first_assessor)] == [
        302,
        404,
        404,
    ]
    client = client_of(lead_assessor)
    shown = client.get(address).content.decode()
    assert decided.ref in shown
    assert educator.name not in shown
    refused = client.post(address, {"work": decided.ref, "title": "", "use": "training"})
    assert refused.status_code == 422
    assert client.post(address, {"title": "Kept title"}).status_code == 422
    made = client.post(address, {"work": decided.ref, "title": "A clear plan", "use": "training"})
    assert made.status_code == 302
    assert "A clear plan" in client.get(made["Location"]).content.decode()


def test_a_sample_stands_in_its_authors_list_and_asks_for_nothing(
    version: Version, lead_assessor: Person, client_of: Signed
) -> None:
    write_sample(version, lead_assessor, 0)
    assert [line.status for line in queries.my_attempts(lead_assessor)] == [AttemptStatus.SAMPLE]
    assert client_of(lead_assessor).get("/work/").status_code == 200
