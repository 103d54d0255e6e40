"""Belonging to a pool: by role, by invitation, and leaving."""

from __future__ import annotations

import pytest
from django.core import mail

from longleaf.directory import enrolling, queries
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.panels.errors import NobodyToInvite, NoSuchMember, NotInvited, NotPaused
from longleaf.panels.models import PoolMember
from longleaf.panels.pool import joining, leading
from longleaf.panels.status import MEMBER_MOVES, MemberStatus
from longleaf.panels.tests.factories import convene, raters_of

pytestmark = pytest.mark.django_db


def member_of(pool: Organisation, person: Person) -> PoolMember:
    return PoolMember.objects.get(pool=pool, assessor=person.pk)


@pytest.fixture
def invited(
    issuer: Organisation, stranger: Person, lead_assessor: Person, django_capture_on_commit_callbacks: object
) -> PoolMember:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        return leading.invite(pool=issuer, address=stranger.email.upper(), acting_person=lead_assessor)


def test_whoever_is_made_an_assessor_joins_that_pool(issuer: Organisation, first_assessor: Person) -> None:
    member = member_of(issuer, first_assessor)
    assert (member.status, member.assessor.at_a_time, member.assessor.a_month) == (MemberStatus.ACTIVE, 10, 40)
    assert [each.code for each in member.assessor.languages.all()] == ["en"]
    assert PoolMember.objects.count() == 1


def test_other_roles_join_nothing(lead_assessor: Person, educator: Person) -> None:
    assert PoolMember.objects.count() == 0


def test_somebody_who_is_invited_is_written_to_and_asked_for_nothing_yet(
    invited: PoolMember, issuer: Organisation, stranger: Person
) -> None:
    assert (invited.status, [message.to for message in mail.outbox]) == (MemberStatus.INVITED, [[stranger.email]])
    assert "/desk/pool/" in mail.outbox[0].body
    assert raters_of(convene(issuer)) == []


def test_accepting_makes_an_assessor(invited: PoolMember, issuer: Organisation, stranger: Person) -> None:
    joining.accept(member=invited, acting_person=stranger)
    assert queries.holds(stranger, Role.ASSESSOR, organisation_id=issuer.pk)
    assert member_of(issuer, stranger).status == MemberStatus.ACTIVE
    assert raters_of(convene(issuer)) == [stranger.name]
    with pytest.raises(NotInvited):
        joining.accept(member=invited, acting_person=stranger)


def test_refusing_leaves_nothing_but_the_answer(invited: PoolMember, issuer: Organisation, stranger: Person) -> None:
    joining.leave(member=invited, acting_person=stranger)
    assert member_of(issuer, stranger).status == MemberStatus.LEFT
    assert not queries.holds(stranger, Role.ASSESSOR)


def test_nobody_accepts_for_somebody_else(invited: PoolMember, first_assessor: Person, lead_assessor: Person) -> None:
    for person in (first_assessor, lead_assessor):
        with pytest.raises(NoSuchMember):
            joining.accept(member=invited, acting_person=person)
        with pytest.raises(NoSuchMember):
            joining.leave(member=invited, acting_person=person)


def test_a_lead_cannot_accept_by_ending_a_pause_that_is_none(invited: PoolMember, lead_assessor: Person) -> None:
    with pytest.raises(NotPaused):
        leading.resume(member=invited, acting_person=lead_assessor)


def test_only_the_lead_of_the_pool_invites_and_pauses(
    issuer: Organisation, first_assessor: Person, agency: Organisation, stranger: Person, educator: Person
) -> None:
    enrolling.give_role(person=stranger, organisation=agency, role=Role.LEAD_ASSESSOR, acting_person=None)
    for person in (stranger, educator, first_assessor):
        with pytest.raises(NoSuchMember):
            leading.invite(pool=issuer, address=educator.email, acting_person=person)
        with pytest.raises(NoSuchMember):
            leading.pause(member=member_of(issuer, first_assessor), acting_person=person)


@pytest.mark.parametrize("address", ["", "nobody@example.test"])
def test_only_somebody_who_is_enrolled_is_invited(issuer: Organisation, lead_assessor: Person, address: str) -> None:
    with pytest.raises(NobodyToInvite):
        leading.invite(pool=issuer, address=address, acting_person=lead_assessor)


def test_nobody_is_invited_twice(
    invited: PoolMember, issuer: Organisation, stranger: Person, lead_assessor: Person
) -> None:
    with pytest.raises(WrongState):
        leading.invite(pool=issuer, address=stranger.email, acting_person=lead_assessor)


def test_a_pause_of_the_lead_outlasts_a_role_that_is_given_again(
    issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    leading.pause(member=member_of(issuer, first_assessor), acting_person=lead_assessor)
    joining.join(person=first_assessor, pool=issuer, acting_person=None)
    assert member_of(issuer, first_assessor).status == MemberStatus.PAUSED


@pytest.mark.parametrize("old", MemberStatus)
@pytest.mark.parametrize("new", MemberStatus)
def test_a_membership_moves_only_as_its_table_says(
    issuer: Organisation, first_assessor: Person, old: MemberStatus, new: MemberStatus
) -> None:
    PoolMember.objects.update(status=old)
    member = member_of(issuer, first_assessor)
    if new in MEMBER_MOVES[old]:
        joining.move(member, new)
    else:
        with pytest.raises(WrongState):
            joining.move(member, new)
    assert member_of(issuer, first_assessor).status == (new if new in MEMBER_MOVES[old] else old)


def test_every_step_is_a_line_about_the_assessor(invited: PoolMember, stranger: Person) -> None:
    joining.accept(member=invited, acting_person=stranger)
    events = JournalLine.objects.filter(subject=f"assessor:{stranger.ref}").values_list("event", flat=True)
    assert list(events) == ["panel:pool-member:invited", "panel:pool-member:joined"]
