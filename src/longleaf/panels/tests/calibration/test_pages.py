"""Pages of calibration: who may, what they show, and that what is typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels.calibration import anchors, testing
from longleaf.panels.models import Certification, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse, CertificationStatus
from longleaf.panels.tests.calibration.stage import (
    SMALL,
    certify,
    make_anchor,
    make_anchors,
    make_edition,
    read,
    readings_of,
    set_gate,
    sit,
    train,
    truth_of,
)
from longleaf.panels.tests.factories import MEETS, NOT_YET
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def edition(issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    made = make_edition(issuer)
    set_gate(issuer)
    make_anchors(made, lead_assessor, unseen=5)
    return made


@pytest.fixture
def held(edition: RubricEdition, first_assessor: Person) -> Certification:
    return certify(edition, first_assessor)


@pytest.fixture
def other_lead(district: Organisation) -> Person:
    return cast.make_person("Otto Otherlead", (district, Role.LEAD_ASSESSOR))


def at(name: str, **where: str) -> str:
    return reverse(f"calibration:{name}", kwargs=where)


def test_rights_of_every_page_to_look_at(
    held: Certification,
    edition: RubricEdition,
    client_of: Signed,
    first_assessor: Person,
    second_assessor: Person,
    lead_assessor: Person,
    other_lead: Person,
    educator: Person,
) -> None:
    training = first_assessor.check_readings.get(purpose="training").panel.assignments.get()
    sitting = held.sittings.get()
    pages = {
        at("home"): (302, 404, 200, 200, 200, 200),
        at("report", ref=held.ref): (302, 404, 200, 404, 404, 404),
        at("test", ref=sitting.ref): (302, 404, 302, 404, 404, 404),
        at("reading", ref=training.ref): (302, 404, 200, 404, 404, 404),
        at("lead"): (302, 404, 404, 404, 200, 200),
        at("rubric", ref=edition.ref): (302, 404, 404, 404, 200, 404),
        at("reader", ref=held.ref): (302, 404, 404, 404, 200, 404),
    }
    people = (None, educator, first_assessor, second_assessor, lead_assessor, other_lead)
    answers = {page: tuple(client_of(person).get(page).status_code for person in people) for page in pages}
    assert answers == pages


def test_rights_of_every_act(
    held: Certification,
    edition: RubricEdition,
    client_of: Signed,
    first_assessor: Person,
    second_assessor: Person,
    other_lead: Person,
    educator: Person,
) -> None:
    anchor = edition.anchors.first()
    assert anchor is not None
    acts = [at("decide", ref=held.ref, act=act) for act in ("suspend", "reinstate", "train", "withdraw")]
    acts += [at("anchor", ref=anchor.ref, act=act) for act in ("read", "use", "retire")]
    acts += [at("read_again", ref=held.ref), at("mark_editorial", ref=edition.ref), at("set_gate", ref=edition.ref)]
    for act in acts:
        people = (None, educator, first_assessor, second_assessor, other_lead)
        answers = [client_of(person).post(act, {"because": "So."}).status_code for person in people]
        assert answers == [302, 404, 404, 404, 404], act
        assert client_of(first_assessor).get(act).status_code == 405
    held.refresh_from_db()
    assert held.status == CertificationStatus.CERTIFIED
    for person in (educator, second_assessor, other_lead):
        assert client_of(person).post(at("begin_test", ref=held.ref)).status_code == 404
    assert client_of(educator).post(at("train", ref=edition.ref)).status_code == 404


def test_an_assessor_trains_and_sits_from_their_page(
    edition: RubricEdition, client_of: Signed, first_assessor: Person
) -> None:
    client = client_of(first_assessor)
    assert "Not begun" in client.get(at("home")).content.decode()
    began = client.post(at("train", ref=edition.ref))
    assert began.status_code == 302
    assert "/assess/read/RDG-" in began["Location"]
    held = train(edition, first_assessor)
    begun = client.post(at("begin_test", ref=held.ref))
    shown = client.get(begun["Location"]).content.decode()
    assert shown.count(">Sample ") == 4
    assert "Go on with the test" in client.get(at("home")).content.decode()


def test_a_test_tells_nothing_until_it_is_over(
    edition: RubricEdition, client_of: Signed, first_assessor: Person
) -> None:
    held = train(edition, first_assessor)
    sitting = testing.begin_test(certification=held, acting_person=first_assessor)
    first, *others = readings_of(sitting)
    read(first, truth_of(first))
    client = client_of(first_assessor)
    early = client.get(at("reading", ref=first.ref))
    assert (early.status_code, early["Location"]) == (302, at("test", ref=sitting.ref))
    for seat in others:
        read(seat, truth_of(seat))
    assert "It shows" in client.get(at("reading", ref=first.ref)).content.decode()
    assert "8 of 8" in client.get(at("report", ref=held.ref)).content.decode()


def test_a_test_that_may_be_taken_again_tells_counts_and_no_level_of_a_sample(
    edition: RubricEdition, client_of: Signed, first_assessor: Person
) -> None:
    held = train(edition, first_assessor)
    sitting = sit(held, first_assessor, wrong=["B"])
    client = client_of(first_assessor)
    shown = client.get(at("report", ref=held.ref)).content.decode()
    assert "4 of 8" in shown
    assert "you found" not in shown
    assert not [seat for seat in readings_of(sitting) if "It shows" in _told_of(client, seat.ref)]
    sitting.certification.sittings.update(closed_at=timezone.now() - timedelta(days=8))
    sit(held, first_assessor)
    assert client.get(at("report", ref=held.ref)).content.decode().count("you found") == 4


def _told_of(client: Client, ref: str) -> str:
    return client.get(at("reading", ref=ref)).content.decode()


def test_a_lead_is_told_where_anchors_can_be_passed_without_reading(
    edition: RubricEdition, client_of: Signed, lead_assessor: Person
) -> None:
    said, page = "whoever gives everything “Demonstrated” passes", at("rubric", ref=edition.ref)
    assert said not in client_of(lead_assessor).get(page).content.decode()
    for number, anchor in enumerate(edition.anchors.filter(use=AnchorUse.UNSEEN)):
        anchor.truth["A"]["level"] = MEETS if number else NOT_YET
        anchor.truth["B"]["level"] = MEETS
        anchor.save(update_fields=["truth"])
    assert said in client_of(lead_assessor).get(page).content.decode()


def test_a_lead_is_told_where_the_next_test_would_ask_what_was_met(
    edition: RubricEdition, client_of: Signed, lead_assessor: Person
) -> None:
    told, page = "5 are in use, and two tests take 8", at("rubric", ref=edition.ref)
    assert told in client_of(lead_assessor).get(page).content.decode()
    for number in range(5, 8):
        make_anchor(edition, lead_assessor, number)
    assert "two tests take" not in client_of(lead_assessor).get(page).content.decode()


def test_the_report_tells_where_somebody_differed_when_no_attempt_is_left(
    edition: RubricEdition, issuer: Organisation, client_of: Signed, first_assessor: Person
) -> None:
    set_gate(issuer, {**SMALL, "test": {"anchors": 4, "attempts": 1}})
    held = train(edition, first_assessor)
    sit(held, first_assessor, wrong=["B"])
    shown = client_of(first_assessor).get(at("report", ref=held.ref)).content.decode()
    assert "4 of 8" in shown
    assert shown.count("The learner used it</a>: you found") == 4
    assert "Feedback is specific</a>" not in shown


def test_a_lead_decides_with_a_reason_and_what_was_typed_stays(
    held: Certification, client_of: Signed, lead_assessor: Person
) -> None:
    client = client_of(lead_assessor)
    refused = client.post(at("decide", ref=held.ref, act="suspend"), {"because": ""})
    assert refused.status_code == 422
    late = client.post(at("decide", ref=held.ref, act="reinstate"), {"because": "We read together."})
    assert late.status_code == 409
    assert "We read together." in late.content.decode()
    assert client.post(at("decide", ref=held.ref, act="suspend"), {"because": "To look at."}).status_code == 302
    held.refresh_from_db()
    assert held.status == CertificationStatus.SUSPENDED


def test_a_suspended_assessor_reads_why(
    held: Certification, client_of: Signed, lead_assessor: Person, first_assessor: Person
) -> None:
    client_of(lead_assessor).post(at("decide", ref=held.ref, act="suspend"), {"because": "Let us read three."})
    shown = client_of(first_assessor).get(at("home")).content.decode()
    assert "Let us read three." in shown
    assert "Take the test" not in shown


def test_two_who_agree_set_the_levels_and_one_alone_needs_a_reason(
    edition: RubricEdition, client_of: Signed, lead_assessor: Person, second_assessor: Person
) -> None:
    anchor = anchors.draft(
        edition=edition, evidence="SUB-X", title="Fresh", use=AnchorUse.UNSEEN, acting_person=lead_assessor
    )
    client = client_of(lead_assessor)
    unread = client.post(at("anchor", ref=anchor.ref, act="use"), {"because": "Kept words."})
    assert unread.status_code == 409
    assert "Kept words." in unread.content.decode()
    read(anchors.read_to_set(anchor=anchor, acting_person=lead_assessor), {"A": MEETS, "B": MEETS})
    assert client.post(at("anchor", ref=anchor.ref, act="use")).status_code == 422
    read(anchors.read_to_set(anchor=anchor, acting_person=second_assessor), {"A": MEETS, "B": MEETS})
    assert client.post(at("anchor", ref=anchor.ref, act="use")).status_code == 302
    anchor.refresh_from_db()
    assert (anchor.status, anchor.set_by) == (
        AnchorStatus.IN_USE,
        sorted([lead_assessor.ref, second_assessor.ref]),
    )
    assert client.post(at("anchor", ref=anchor.ref, act="retire"), {"because": "Too clear."}).status_code == 302


def test_a_lead_sets_the_gate_and_every_mistake_is_named(
    edition: RubricEdition, client_of: Signed, lead_assessor: Person
) -> None:
    client = client_of(lead_assessor)
    for typed, told in (
        ("test: {anchors: 0}", "test.anchors: This must be 1 or more."),
        ("seeding: {one_in: 1}", "seeding.one_in"),
        ("tests: 4", "“tests” is not known here"),
        ("drift: {anchors: {kind: cusum, limit: -1}}", "drift.anchors.limit"),
        ("- a list", "This must be a mapping"),
        ("test: [", "cannot be read"),
    ):
        refused = client.post(at("set_gate", ref=edition.ref), {"gate": typed})
        assert refused.status_code == 422, typed
        assert told in refused.content.decode(), typed
        assert typed.split(":")[0] in refused.content.decode()
    assert client.post(at("set_gate", ref=edition.ref), {"gate": "valid_months: 6"}).status_code == 302
    shown = client.get(at("rubric", ref=edition.ref)).content.decode()
    assert "6 months" in shown
    assert "valid_months: 6" in shown


def test_a_lead_reads_what_a_certificate_that_is_only_recommended_leaves_open(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, client_of: Signed
) -> None:
    client, address, said = client_of(lead_assessor), at("rubric", ref=edition.ref), "get live work by this rubric too"
    set_gate(issuer, {"certification": "recommended"})
    assert said in client.get(address).content.decode()
    set_gate(issuer, {"certification": "required"})
    assert said not in client.get(address).content.decode()


def test_the_page_of_a_rubric_costs_the_same_however_many_read_by_it(
    edition: RubricEdition,
    client_of: Signed,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> None:
    client, costs = client_of(lead_assessor), []
    for people in ([first_assessor], [second_assessor, third_assessor]):
        for person in people:
            certify(edition, person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at("rubric", ref=edition.ref)).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 24
