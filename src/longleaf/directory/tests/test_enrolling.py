"""People are enrolled once, hold roles from a day until a day, and every step of it is in the journal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.directory import enrolling
from longleaf.directory.errors import AlreadyEnrolled, UnusableAccount
from longleaf.directory.models import Person, RoleHeld
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine


def enrol(email: str = "ada@example.test", **facts) -> Person:
    return enrolling.enrol(email=email, name="Ada", acting_person=None, **facts)


def last_line() -> JournalLine:
    return JournalLine.objects.order_by("-number").first()


def test_whoever_is_enrolled_can_sign_in_with_their_password(db):
    person = enrol(password="a long enough passphrase")
    assert person.check_password("a long enough passphrase")
    assert not person.check_password("another one entirely")


def test_without_a_password_none_opens(db):
    person = enrol()
    assert not person.has_usable_password()
    assert not person.check_password("")


def test_the_journal_tells_of_it_without_the_address(db):
    person = enrol(synthetic=True)
    line = last_line()
    assert (line.event, line.subject) == ("person:account:enrolled", f"person:{person.ref}")
    assert line.data == {"synthetic": True}


@pytest.mark.parametrize("again", ["ada@example.test", "ADA@example.test", "Ada@Example.Test"])
def test_an_address_is_enrolled_once_in_any_mixture_of_capitals(again, db):
    enrol()
    lines = JournalLine.objects.count()
    with pytest.raises(AlreadyEnrolled, match="already enrolled"):
        enrol(again)
    assert Person.objects.count() == 1
    assert JournalLine.objects.count() == lines


def test_the_database_keeps_it_too(db):
    enrol()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.bulk_create([Person(email="ADA@example.test", name="Another")])


@pytest.mark.parametrize("email", ["", "no address", "two@@example.test"])
def test_what_is_no_address_is_refused(email, db):
    with pytest.raises(UnusableAccount) as refused:
        enrol(email)
    assert set(refused.value.fields) == {"email"}
    assert not Person.objects.exists()


@pytest.mark.parametrize("password", ["", "short", "password1234", "eleven char"])
def test_a_password_that_is_easily_guessed_is_refused(password, db):
    with pytest.raises(UnusableAccount) as refused:
        enrol(password=password)
    assert set(refused.value.fields) == {"password"}
    assert not Person.objects.exists()


def test_a_role_given_twice_is_held_once_and_told_once(educator, district):
    lines = JournalLine.objects.count()
    again = enrolling.give_role(person=educator, organisation=district, role=Role.EDUCATOR, acting_person=None)
    assert RoleHeld.objects.filter(person=educator).count() == 1
    assert again == educator.roles.get()
    assert JournalLine.objects.count() == lines


def test_a_role_begins_today_unless_told(stranger, district):
    held = enrolling.give_role(person=stranger, organisation=district, role=Role.COACH, acting_person=None)
    assert (held.since, held.until) == (timezone.localdate(), None)
    assert last_line().data == {"role": "coach", "organisation": "D1", "since": held.since.isoformat()}


def test_an_ended_role_stays_on_record_and_can_be_given_anew(educator, district, state_officer):
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = enrolling.end_role(held=educator.roles.get(), acting_person=state_officer, until=yesterday)
    assert ended.until == yesterday
    assert (last_line().event, last_line().actor_name) == ("person:role:ended", "Saul State")
    enrolling.give_role(person=educator, organisation=district, role=Role.EDUCATOR, acting_person=None)
    assert educator.roles.count() == 2


def test_a_role_does_not_end_before_it_began(educator):
    with pytest.raises(IntegrityError), transaction.atomic():
        enrolling.end_role(held=educator.roles.get(), acting_person=None, until=date(1999, 1, 1))
