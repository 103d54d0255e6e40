"""What a lead confirms of what a member says they know about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels.errors import ConfirmsThemselves, NoSuchMember, UnknownQualification
from longleaf.panels.models import ConfirmedQualification, PoolMember
from longleaf.panels.pool import confirming, telling

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
