"""What assessors tell of themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.journal.models import JournalLine
from longleaf.panels.errors import (
    NoSuchMember,
    NotInThePool,
    UnknownLanguage,
    UnknownQualification,
    UnusableAbsence,
    UnusableCapacity,
    UnusableConflict,
)
from longleaf.panels.models import Assessor, DeclaredConflict
from longleaf.panels.pool import telling
from longleaf.panels.pool.vocabulary import codes_of_languages

pytestmark = pytest.mark.django_db


def tell(person: Person, **changes: Any) -> Assessor:
    facts = {"at_a_time": 4, "a_month": 12, "languages": ["en", "es"], "qualifications": ["topics:literacy"]}
    return telling.tell(**{**facts, **changes}, acting_person=person)


def test_what_is_told_replaces_what_was_told(first_assessor: Person) -> None:
    tell(first_assessor)
    told = tell(first_assessor, at_a_time=2, languages=["es"], qualifications=["topics:feedback", "grade_bands:k-5"])
    assert (told.at_a_time, told.a_month) == (2, 12)
    assert [each.code for each in told.languages.all()] == ["es"]
    assert {each.code for each in told.qualifications.all()} == {"topics:feedback", "grade_bands:k-5"}


@pytest.mark.parametrize("changes", [{"at_a_time": 0}, {"at_a_time": 101}, {"a_month": 0}, {"a_month": 501}])
def test_a_capacity_is_one_that_somebody_can_have(first_assessor: Person, changes: dict[str, int]) -> None:
    with pytest.raises(UnusableCapacity) as refused:
        tell(first_assessor, **changes)
    assert set(refused.value.fields) == set(changes)


def test_only_what_the_states_vocabulary_has_can_be_known(first_assessor: Person) -> None:
    with pytest.raises(UnknownQualification):
        tell(first_assessor, qualifications=["topics:juggling"])


def test_languages_are_read_by_name_or_code() -> None:
    assert codes_of_languages("English, español; FR ,english") == ["en", "es", "fr"]
    for text in ("Klingon", " , "):
        with pytest.raises(UnknownLanguage):
            codes_of_languages(text)


@pytest.mark.parametrize(("begins", "ends"), [(5, 4), (-9, -1), (0, 366)])
def test_an_absence_has_days_that_are_still_to_come(first_assessor: Person, begins: int, ends: int) -> None:
    today = timezone.localdate()
    with pytest.raises(UnusableAbsence):
        telling.enter_absence(
            begins=today + timedelta(days=begins), ends=today + timedelta(days=ends), acting_person=first_assessor
        )


@pytest.mark.parametrize(
    "given",
    [
        {"reason": "A friend."},
        {"address": "a friend", "reason": "A friend."},
        {"address": "friend@example.test", "reason": "  "},
        {"address": "friend@example.test", "reason": "x" * 2_001},
    ],
)
def test_a_conflict_has_somebody_and_a_reason(first_assessor: Person, given: dict[str, str]) -> None:
    with pytest.raises(UnusableConflict):
        telling.declare_conflict(**given, acting_person=first_assessor)


def test_a_conflict_is_with_a_person_or_a_place_and_not_with_both(
    first_assessor: Person, district: Organisation
) -> None:
    with pytest.raises(UnusableConflict):
        telling.declare_conflict(
            address="friend@example.test", organisation=district, reason="Both.", acting_person=first_assessor
        )


def test_declaring_it_again_replaces_the_reason(first_assessor: Person) -> None:
    for reason in ("A friend.", "My brother."):
        telling.declare_conflict(address="Friend@Example.test", reason=reason, acting_person=first_assessor)
    assert [(each.address, each.reason) for each in DeclaredConflict.objects.all()] == [
        ("friend@example.test", "My brother.")
    ]


def test_the_journal_tells_neither_whom_nor_why(first_assessor: Person) -> None:
    telling.declare_conflict(address="friend@example.test", reason="My brother.", acting_person=first_assessor)
    line = JournalLine.objects.get(event="panel:conflict:declared")
    assert line.data == {"with": "a person"}


def test_nobody_takes_away_what_somebody_else_told(first_assessor: Person, second_assessor: Person) -> None:
    today = timezone.localdate()
    absence = telling.enter_absence(begins=today, ends=today, acting_person=first_assessor)
    conflict = telling.declare_conflict(address="friend@example.test", reason="A friend.", acting_person=first_assessor)
    with pytest.raises(NoSuchMember):
        telling.remove_absence(absence=absence.pk, acting_person=second_assessor)
    with pytest.raises(NoSuchMember):
        telling.withdraw_conflict(conflict=conflict.pk, acting_person=second_assessor)
    telling.remove_absence(absence=absence.pk, acting_person=first_assessor)
    telling.withdraw_conflict(conflict=conflict.pk, acting_person=first_assessor)
    assert not first_assessor.assessor.absences.exists()
    assert not first_assessor.assessor.conflicts.exists()


def test_whoever_reads_for_nobody_tells_nothing(educator: Person, lead_assessor: Person) -> None:
    for person in (educator, lead_assessor):
        with pytest.raises(NotInThePool):
            tell(person)
    assert Assessor.objects.count() == 0
