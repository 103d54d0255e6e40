"""Pages and rights are kept between decisions; whatever is decided, the very next request knows of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.assessment.models import Submission
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.awards import issuing, revoking
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.sharing import visibility
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import rating
from longleaf.panels.models import Assignment
from longleaf.quality import deciding
from longleaf.quality.status import Outcome
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

SLUG = "feedback-that-moves-learning"
FINDING = {"readers": 2, "blind": True, "criteria": [{"code": "A", "met": True}, {"code": "B", "met": True}]}
OF_THE_REGISTER = ("", "?q=feedback", "register.csv", "register.json", "feed.atom", "feed.json")
REGISTER = tuple(f"/register/{each}" for each in OF_THE_REGISTER)
Signed = Callable[[Person | None], Client]


def page(client: Client, address: str, *, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/catalog/", "/catalog/?q=feedback", f"/catalog/{SLUG}/", *REGISTER, f"/register/{SLUG}/"],
)
def test_the_second_visitor_costs_one_look_at_the_journal(version: Version, client: Client, address: str) -> None:
    first = client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = client.get(address)
    assert [each["sql"].split()[3] for each in queries] == ["journal_journalhead"]
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())


def test_what_is_published_is_in_the_catalog_at_once(version: Version, state, issuer, items, client: Client) -> None:
    assert "Reading with Partners" not in page(client, "/catalog/")
    document = cast.make_document("reading-with-partners", title="Reading with Partners")
    cast.publish(state, issuer, document, [items["MTS-1A"]])
    assert "Reading with Partners" in page(client, "/catalog/")


def test_a_decision_is_in_the_whole_register_at_once(
    version: Version, state: State, agency: Organisation, client: Client
) -> None:
    assert not any(SLUG in page(client, each) for each in REGISTER)
    facts = {"outcome": Outcome.RECOGNISED, "valid_from": timezone.localdate(), "acting_person": None}
    deciding.record_decision(state=state, decided_by=agency, version=version, **facts)
    assert all(SLUG in page(client, each) for each in REGISTER)


def test_nobody_is_given_the_page_of_somebody_else(
    version: Version, educator: Person, other_educator: Person, client_of: Signed
) -> None:
    pages = [page(client_of(person), f"/catalog/{SLUG}/") for person in (educator, None, other_educator, None)]
    assert [educator.name in each for each in pages] == [True, False, False, False]
    assert [other_educator.name in each for each in pages] == [False, False, True, False]
    assert pages[1] == pages[3]


def test_a_role_that_ended_opens_nothing_any_more(
    lead_assessor: Person, issuer: Organisation, client_of: Signed
) -> None:
    client = client_of(lead_assessor)
    page(client, "/assess/")
    page(client, "/assess/")
    held = lead_assessor.roles.get(role=Role.LEAD_ASSESSOR)
    enrolling.end_role(held=held, acting_person=None, until=timezone.localdate() - timedelta(days=1))
    page(client, "/assess/", status=404)


def test_a_role_that_was_given_opens_its_pages_at_once(
    stranger: Person, issuer: Organisation, client_of: Signed
) -> None:
    client = client_of(stranger)
    page(client, "/assess/", status=404)
    enrolling.give_role(person=stranger, organisation=issuer, role=Role.ASSESSOR, acting_person=None)
    page(client, "/assess/")


@pytest.fixture
def award(educator: Person, version: Version, issuer: Organisation) -> Award:
    signing_keys.create_key(organisation=issuer, acting_person=None)
    earned = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
    return issuing.award(
        occasion="attempt:ATT-1",
        earner=educator,
        version=version,
        finding=FINDING,
        earned_at=earned,
        acting_person=None,
    )


def test_a_revoked_badge_says_so_to_the_next_visitor(award: Award, issuing_officer: Person, client: Client) -> None:
    address = f"/badges/{award.uuid}/"
    assert "revoked" not in page(client, address).lower()
    revoking.revoke(award=award, reason="The evidence was not the earner's own work.", acting_person=issuing_officer)
    assert "revoked" in page(client, address).lower()


def test_a_badge_that_was_made_private_is_gone_for_the_next_visitor(
    award: Award, educator: Person, client: Client
) -> None:
    address = f"/badges/{award.uuid}/"
    page(client, address)
    visibility.set_visibility(award=award, visibility="private", acting_person=educator)
    page(client, address, status=404)


@pytest.fixture
def seat(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
) -> Assignment:
    submission: Submission = send_to_panel(hand_in(version, educator), lead_assessor)
    return take_up(seats_of(submission)[0])


def test_the_desk_shows_what_was_saved_a_moment_ago(seat: Assignment, client_of: Signed) -> None:
    client, address = client_of(seat.rater), f"/assess/read/{seat.ref}/"
    assert "Two drafts show it." not in page(client, address)
    rating.rate(assignment=seat, criterion="A", comment="Two drafts show it.", revision=0, acting_person=seat.rater)
    assert "Two drafts show it." in page(client, address)
    rating.rate(assignment=seat, criterion="A", comment="Three drafts do.", revision=1, acting_person=seat.rater)
    shown = page(client, address)
    assert "Three drafts do." in shown
    assert "Two drafts show it." not in shown


def test_two_readers_of_the_same_work_see_their_own_desks(seat: Assignment, client_of: Signed) -> None:
    other = take_up(seats_of(Submission.objects.get(ref=seat.panel.subject))[1])
    mine, theirs = (page(client_of(each.rater), f"/assess/read/{each.ref}/") for each in (seat, other))
    assert f"/assess/read/{other.ref}/" not in mine
    assert f"/assess/read/{seat.ref}/" not in theirs


def test_an_award_stands_in_the_ledger_at_once(
    educator: Person, version: Version, issuer: Organisation, client_of: Signed
) -> None:
    client = client_of(educator)
    assert version.title not in page(client, "/my/badges/")
    signing_keys.create_key(organisation=issuer, acting_person=None)
    issuing.award(
        occasion="attempt:ATT-1",
        earner=educator,
        version=version,
        finding=FINDING,
        earned_at=timezone.now(),
        acting_person=None,
    )
    assert version.title in page(client, "/my/badges/")
