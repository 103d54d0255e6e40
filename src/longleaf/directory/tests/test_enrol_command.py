"""`longleaf enrol` makes the first person, for whom there is no page yet."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from longleaf.directory.models import Person


def enrol(*words: str) -> str:
    told = StringIO()
    call_command("enrol", *words, "--no-password", stdout=told)
    return told.getvalue()


def test_somebody_new_gets_a_role(state):
    told = enrol("first@example.test", "Fiona First", "--role", "state_officer", "--at", "AGENCY")
    assert told == "Fiona First is state officer at Meadow Department of Learning.\n"
    person = Person.objects.get()
    assert not person.is_synthetic
    assert not person.has_usable_password()


def test_somebody_who_is_enrolled_gets_a_further_role(educator, state):
    enrol(educator.email.upper(), "--role", "coach", "--at", "D1")
    assert Person.objects.count() == 1
    assert {each.role for each in educator.roles.all()} == {"educator", "coach"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new@example.test", "Nina New", "--role", "coach", "--at", "D9"), "no organization with the code D9"),
        (("new@example.test", "--role", "coach", "--at", "D1"), "Give a name as well"),
        (("no address", "Nina New", "--role", "coach", "--at", "D1"), "valid email address"),
        (("new@example.test", "Nina New", "--role", "king", "--at", "D1"), "king"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_kept(words, told, state):
    with pytest.raises(CommandError, match=told):
        enrol(*words)
    assert not Person.objects.exists()


@pytest.mark.parametrize(("typed", "works"), [("short", False), ("a long enough passphrase", True)])
def test_the_password_that_is_typed_keeps_the_rules(typed, works, state, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: typed)
    words = ("enrol", "new@example.test", "Nina New", "--role", "coach", "--at", "D1")
    if works:
        call_command(*words, stdout=StringIO())
        assert Person.objects.get().check_password(typed)
        return
    with pytest.raises(CommandError, match="at least 12 characters"):
        call_command(*words)
    assert not Person.objects.exists()
