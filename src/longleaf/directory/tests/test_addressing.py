"""Further addresses: kept only once verified, by the person who asked, and never another's."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache

from longleaf.directory import addressing, enrolling, queries
from longleaf.directory.errors import (
    AddressIsForSigningIn,
    AddressIsTaken,
    AlreadyEnrolled,
    NotAVerifiedAddress,
    NotYourAddresses,
    UnknownConfirmation,
    UnusableAddress,
    WrittenToTooOften,
)
from longleaf.journal.models import JournalLine
from tests import cast

NEW = "erin@home.example"


@pytest.fixture(autouse=True)
def _nobody_was_written_to():
    cache.clear()


def add(person, address=NEW):
    return addressing.verify(key=addressing.link_key(person, address), acting_person=person)


def lines(event):
    return list(JournalLine.objects.filter(event=event))


def test_a_mailed_link_verifies_and_only_its_button_does(educator, client_of):
    client = client_of(educator)
    assert client.post("/my/profile/", {"email": " Erin@Home.example "}).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [NEW]
    path = re.search(r"http://\S+?(/my/profile/verify/\S+)", letter.body).group(1)
    assert client.get(path).status_code == 200
    assert queries.verified_addresses(educator) == [educator.email]
    client.post(path)
    assert queries.verified_addresses(educator) == [educator.email, NEW]


def test_nothing_is_kept_of_an_address_that_is_not_verified(educator):
    addressing.send_link(person=educator, email=NEW, acting_person=educator)
    assert not EmailAddress.objects.exists()


def test_a_link_opened_twice_verifies_once_and_its_line_names_no_address(educator):
    assert [add(educator), add(educator)] == [NEW, NEW]
    (line,) = lines("person:address:verified")
    assert (line.subject, line.data) == (f"person:{educator.ref}", {"addresses": 2})


@pytest.mark.parametrize("key", ["", "nonsense", "a:b:c"])
def test_what_is_no_link_of_ours_is_refused(key, educator):
    with pytest.raises(UnknownConfirmation):
        addressing.verify(key=key, acting_person=educator)


def test_a_link_is_good_for_three_days(educator, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z")
    key = addressing.link_key(educator, NEW)
    time_machine.move_to("2026-03-04T12:00:01Z")
    with pytest.raises(UnknownConfirmation):
        addressing.verify(key=key, acting_person=educator)


def test_somebody_elses_link_verifies_nothing(educator, other_educator, client_of):
    key = addressing.link_key(educator, NEW)
    with pytest.raises(NotYourAddresses):
        addressing.verify(key=key, acting_person=other_educator)
    assert client_of(other_educator).post(f"/my/profile/verify/{key}/").status_code == 403
    assert not EmailAddress.objects.exists()


def test_an_address_belongs_to_one_account(educator, other_educator):
    with pytest.raises(AddressIsTaken):
        add(educator, other_educator.email)
    add(educator)
    with pytest.raises(AddressIsTaken):
        add(other_educator)


def test_asking_tells_nobody_who_is_enrolled(educator, other_educator, client_of):
    answers = [
        client_of(educator).post("/my/profile/", {"email": email}).status_code for email in (NEW, other_educator.email)
    ]
    assert answers == [302, 302]


def test_nobody_adds_or_removes_for_another(educator, other_educator):
    add(educator)
    for act in (
        lambda: addressing.send_link(person=educator, email="x@home.example", acting_person=other_educator),
        lambda: addressing.choose_for_badges(person=educator, address=NEW, acting_person=other_educator),
        lambda: addressing.remove(person=educator, address=NEW, acting_person=other_educator),
    ):
        with pytest.raises(NotYourAddresses):
            act()


def test_a_mailbox_is_not_filled(educator):
    addressing.send_link(person=educator, email=NEW, acting_person=educator)
    with pytest.raises(WrittenToTooOften):
        addressing.send_link(person=educator, email=NEW, acting_person=educator)
    for number in range(addressing.MOST_MAILS_A_DAY - 1):
        addressing.send_link(person=educator, email=f"{number}@home.example", acting_person=educator)
    with pytest.raises(WrittenToTooOften):
        addressing.send_link(person=educator, email="more@home.example", acting_person=educator)
    assert len(mail.outbox) == addressing.MOST_MAILS_A_DAY


def test_what_is_no_address_is_asked_for_again_and_not_lost(educator, client_of):
    with pytest.raises(UnusableAddress):
        addressing.send_link(person=educator, email="erin at home", acting_person=educator)
    answer = client_of(educator).post("/my/profile/", {"email": "erin at home"})
    assert answer.status_code == 422
    assert 'value="erin at home"' in answer.content.decode()


def test_badges_know_by_the_chosen_address_until_it_is_removed(educator):
    assert queries.badge_address(educator) == educator.email
    add(educator)
    for _ in range(2):
        educator = addressing.choose_for_badges(person=educator, address=NEW, acting_person=educator)
    assert queries.badge_address(educator) == NEW
    assert len(lines("person:badge-address:chosen")) == 1
    educator = addressing.remove(person=educator, address=NEW, acting_person=educator)
    assert queries.badge_address(educator) == educator.email
    assert len(lines("person:address:removed")) == 1


def test_only_a_verified_address_can_be_chosen_or_removed(educator):
    with pytest.raises(NotAVerifiedAddress):
        addressing.choose_for_badges(person=educator, address=NEW, acting_person=educator)
    with pytest.raises(NotAVerifiedAddress):
        addressing.remove(person=educator, address=NEW, acting_person=educator)
    with pytest.raises(AddressIsForSigningIn):
        addressing.remove(person=educator, address=educator.email.upper(), acting_person=educator)


def test_the_pages_of_addresses(educator, client_of):
    add(educator)
    client = client_of(educator)
    page = client.get("/my/profile/").content.decode()
    assert page.index(educator.email) < page.index(NEW)
    client.post("/my/profile/badge-address/", {"address": NEW})
    educator.refresh_from_db()
    assert educator.badge_address == NEW
    client.post("/my/profile/remove/", {"address": NEW})
    assert queries.verified_addresses(educator) == [educator.email]
    assert client.post("/my/profile/badge-address/", {}).status_code == 422
    assert client_of(None).get("/my/profile/").status_code == 302


def test_a_list_finds_people_by_any_address_and_by_reference(educator, other_educator, stranger):
    add(educator)
    found = queries.people_named([NEW.upper(), educator.email, other_educator.ref.lower(), "nobody@x.example", ""])
    assert found == {NEW: educator, educator.email: educator, other_educator.ref.lower(): other_educator}


def test_nobody_is_enrolled_with_an_address_that_somebody_has_verified(educator):
    add(educator)
    with pytest.raises(AlreadyEnrolled):
        enrolling.enrol(email=NEW.upper(), name="Nora New", acting_person=None)


def test_somebody_may_sign_in_with_any_verified_address(educator, client_of):
    add(educator)
    sent = {"login": NEW, "password": cast.PASSWORD}
    client = client_of(None)
    educator.set_password(cast.PASSWORD)
    educator.save()
    assert client.post("/sign-in/", sent).status_code == 302
    assert client.get("/my/profile/").status_code == 200
