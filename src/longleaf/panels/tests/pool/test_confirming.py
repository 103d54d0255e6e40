"""What a lead confirms of what a member says they know about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels.assigning.gathering import raters_of
from longleaf.panels.errors import ConfirmsThemselves, NoSuchMember, UnknownQualification
from longleaf.panels.models import ConfirmedQualification, Panel, PoolMember
from longleaf.panels.pool import confirming, ruling, telling
from longleaf.panels.pool.rules import DEFAULTS
from longleaf.panels.tests.factories import convene

pytestmark = pytest.mark.django_db
FEEDBACK, LITERACY = "topics:feedback", "topics:literacy"


def tell(person: Person, *qualifications: str) -> None:
    telling.tell(at_a_time=5, a_month=20, languages=["en"], qualifications=qualifications, acting_person=person)


@pytest.fixture
def member(issuer: Organisation, first_assessor: Person) -> PoolMember:
    tell(first_assessor, FEEDBACK, LITERACY)
    return PoolMember.objects.get(pool=issuer, assessor=first_assessor.pk)


def confirmed(member: PoolMember) -> list[str]:
    return sorted(member.confirmed.values_list("code", flat=True))


def test_a_lead_confirms_and_takes_back_and_the_journal_tells_it_once(
    member: PoolMember, lead_assessor: Person
) -> None:
    for codes in ([FEEDBACK], [FEEDBACK], [LITERACY]):
        confirming.confirm(member=member, codes=codes, acting_person=lead_assessor)
    assert confirmed(member) == [LITERACY]
    lines = JournalLine.objects.filter(event="panel:qualifications:confirmed").order_by("number")
    assert [line.data["confirmed"] for line in lines] == [[FEEDBACK], [LITERACY]]
    assert lines[1].data["no_longer"] == [FEEDBACK]


def test_only_a_lead_of_the_pool_confirms_only_what_is_told_and_nobody_themselves(
    member: PoolMember, first_assessor: Person, second_assessor: Person, lead_assessor: Person, issuer: Organisation
) -> None:
    with pytest.raises(NoSuchMember):
        confirming.confirm(member=member, codes=[FEEDBACK], acting_person=second_assessor)
    with pytest.raises(UnknownQualification):
        confirming.confirm(member=member, codes=["roles:leader"], acting_person=lead_assessor)
    enrolling.give_role(person=first_assessor, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None)
    with pytest.raises(ConfirmsThemselves):
        confirming.confirm(member=member, codes=[FEEDBACK], acting_person=first_assessor)
    assert not ConfirmedQualification.objects.exists()


def test_it_is_ticked_on_the_member_s_page_and_read_by_the_member(
    member: PoolMember, first_assessor: Person, lead_assessor: Person, issuer: Organisation,
    client_of: Callable[[Person | None], Client],
) -> None:  # fmt: skip
    client, where = client_of(lead_assessor), {"slug": issuer.slug, "ref": first_assessor.ref}
    answer = client.post(reverse("pool:confirm", kwargs=where), {"confirmed": [LITERACY]})
    assert (answer.status_code, answer["Location"]) == (302, reverse("pool:member", kwargs=where))
    page = client.get(reverse("pool:member", kwargs=where)).content.decode()
    assert "Literacy (confirmed)" in page
    assert "Feedback (confirmed)" not in page
    own = client_of(first_assessor)
    assert f"Confirmed by those who lead {issuer.name}: Literacy." in own.get(reverse("pool:mine")).content.decode()
    assert own.post(reverse("pool:confirm", kwargs=where), {"confirmed": [LITERACY]}).status_code == 404
    # What is told no longer is confirmed no longer.
    tell(first_assessor, FEEDBACK)
    assert "Literacy" not in client.get(reverse("pool:member", kwargs=where)).content.decode()


def reader_of(panel: Panel) -> tuple[str, str]:
    seat = panel.assignments.get()
    return seat.rater.name, seat.why_chosen


def test_what_is_confirmed_is_told_and_is_all_that_counts_where_the_pool_asks_for_it(
    member: PoolMember, issuer: Organisation, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    """The first knows two fields by their own word; the second knows one, and a lead has seen it."""
    tell(second_assessor, FEEDBACK)
    other = PoolMember.objects.get(pool=issuer, assessor=second_assessor.pk)
    confirming.confirm(member=other, codes=[FEEDBACK], acting_person=lead_assessor)
    about = {"tags": [FEEDBACK, "grade_bands:k-5"], "rule": {"readers": 1}}
    tell(first_assessor, FEEDBACK, "grade_bands:k-5")
    chosen, why = reader_of(convene(issuer, subject="SUB-1", **about))
    assert (chosen, "knows 2 of 2 fields that it is about;" in why) == ("Ada First", True)

    ruling.set_rules(organisation=issuer, rules={"confirmed_qualifications_only": True}, acting_person=None)
    chosen, why = reader_of(convene(issuer, subject="SUB-2", **about))
    assert (chosen, "knows 1 of 2 fields that it is about (1 confirmed);" in why) == ("Ben Second", True)
    # Whoever takes back what they said of themselves is not held to know it.
    tell(second_assessor)
    _, why = reader_of(convene(issuer, subject="SUB-3", **about))
    assert "knows 0 of 2 fields that it is about;" in why


def test_a_confirmation_counts_in_its_own_pool_alone(
    member: PoolMember, issuer: Organisation, lead_assessor: Person
) -> None:
    confirming.confirm(member=member, codes=[FEEDBACK], acting_person=lead_assessor)
    other = Organisation.objects.get(slug="rivertown")
    PoolMember.objects.create(pool=other, assessor=member.assessor, status=member.status, since=member.since)
    found = {pool.pk: raters_of(pool.pk, rules=DEFAULTS, now=timezone.now())[0].confirmed for pool in (issuer, other)}
    assert found == {issuer.pk: {FEEDBACK}, other.pk: frozenset()}


def test_a_lead_reads_that_only_what_is_confirmed_counts(
    member: PoolMember, issuer: Organisation, lead_assessor: Person, client_of: Callable[[Person | None], Client]
) -> None:
    page = reverse("pool:member", kwargs={"slug": issuer.slug, "ref": member.assessor.person.ref})
    board = reverse("pool:members", kwargs={"slug": issuer.slug})
    client = client_of(lead_assessor)
    assert "In this pool nothing else counts" not in client.get(page).content.decode()
    ruling.set_rules(organisation=issuer, rules={"confirmed_qualifications_only": True}, acting_person=None)
    assert "In this pool nothing else counts" in client.get(page).content.decode()
    assert "counts once a lead of this pool has confirmed it" in client.get(board).content.decode()
