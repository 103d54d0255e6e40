"""A name is changed by those who answer for it, and once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from longleaf.directory import enrolling, renaming
from longleaf.directory.errors import MayNotRename, RenamingNeedsReason, UnusableName
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine


@pytest.fixture
def administrator(district, stranger):
    enrolling.give_role(person=stranger, organisation=district, role=Role.ADMINISTRATOR, acting_person=None)
    return stranger


def lines():
    return JournalLine.objects.filter(event="person:name:changed").count()


def test_an_administrator_of_the_organisation_renames_once(educator, administrator):
    for _ in range(2):
        renamed = renaming.rename(
            person=educator, name=" Erin  Elsewhere ", reason="Marriage.", acting_person=administrator
        )
    assert (renamed.name, lines()) == ("Erin Elsewhere", 1)


def test_nobody_renames_themselves(administrator):
    with pytest.raises(MayNotRename):
        renaming.rename(person=administrator, name="Somebody Else", reason="Marriage.", acting_person=administrator)


def test_nobody_else_renames(educator, other_educator, administrator, issuing_officer):
    with pytest.raises(MayNotRename):
        renaming.rename(person=educator, name="Somebody Else", reason="x", acting_person=other_educator)
    with pytest.raises(MayNotRename):
        renaming.rename(person=issuing_officer, name="Somebody Else", reason="Marriage.", acting_person=administrator)
    assert lines() == 0


@pytest.mark.parametrize("name", ["", "  ", "Bell\x07", "x" * 201])
def test_what_is_no_name_is_refused(name, educator):
    with pytest.raises(UnusableName):
        renaming.rename(person=educator, name=name, acting_person=None)


def test_the_command_renames_and_says_when_it_cannot(educator):
    told = StringIO()
    call_command("rename", educator.email, "Erin Elsewhere", stdout=told)
    assert told.getvalue() == "Erin Earner is Erin Elsewhere from now on.\n"
    with pytest.raises(CommandError, match="Nobody is enrolled"):
        call_command("rename", "nobody@x.example", "Nobody")
    with pytest.raises(CommandError, match="between 1 and 200"):
        call_command("rename", educator.email, " ")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_reason_is_given_and_kept(reason, educator, administrator):
    with pytest.raises(RenamingNeedsReason):
        renaming.rename(person=educator, name="Erin Elsewhere", reason=reason, acting_person=administrator)
    renaming.rename(person=educator, name="Erin Elsewhere", reason=" Marriage. ", acting_person=administrator)
    line = JournalLine.objects.get(event="person:name:changed")
    # The names themselves stay out of what is kept for ever.
    assert (line.actor, line.data) == (administrator.ref, {"reason": "Marriage."})
