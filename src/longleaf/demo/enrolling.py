"""The chapter of people: their roles, licenses and earlier credits, and what assessors tell of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.demo.script import Person, Reads
from longleaf.directory import enrolling
from longleaf.panels.pool import telling
from longleaf.recognition import recording

if TYPE_CHECKING:
    from longleaf.directory import models as directory_models

PASSWORD = "longleaf-demonstration"  # noqa: S105 (of people who do not exist; told on the page where they are picked)
DOMAIN = "people.example"


def enrol(
    person: Person,
    organisations: Mapping[str, directory_models.Organisation],
    first: directory_models.Person | None,
) -> directory_models.Person:
    """One password for all is made from the words once: that takes as long on purpose as all the rest of a person."""
    enrolled = enrolling.enrol(
        email=f"{person.key}@{DOMAIN}",
        name=person.name,
        acting_person=None,
        password=None if first else PASSWORD,
        same_password_as=first,
        synthetic=True,
    )
    for post in person.roles:
        organisation = organisations[post.organisation]
        enrolling.give_role(person=enrolled, organisation=organisation, role=post.role, acting_person=None)
    if person.reads:
        _tell_what_they_read(person.reads, enrolled, organisations)
    return enrolled


def _tell_what_they_read(
    reads: Reads, assessor: directory_models.Person, organisations: Mapping[str, directory_models.Organisation]
) -> None:
    telling.tell(
        at_a_time=reads.at_a_time,
        a_month=reads.a_month,
        languages=reads.languages,
        qualifications=reads.qualifications,
        acting_person=assessor,
    )
    if reads.away:
        begins = timezone.localdate() + timedelta(days=reads.away.from_day)
        telling.enter_absence(begins=begins, ends=begins + timedelta(days=reads.away.days - 1), acting_person=assessor)
    for conflict in reads.conflicts:
        telling.declare_conflict(
            organisation=organisations[conflict.organisation], reason=conflict.reason, acting_person=assessor
        )


def give_record(person: Person, enrolled: directory_models.Person, state: directory_models.State | None) -> None:
    if person.licence and state:
        recording.enter_licence(
            person=enrolled,
            state=state,
            kind=person.licence.kind,
            role=person.licence.role,
            areas=person.licence.areas,
            issued=person.licence.issued,
            expires=person.licence.expires,
            acting_person=None,
        )
    for credit in person.credits:
        recording.record_credit(
            person=enrolled,
            kind=credit.kind,
            title=credit.title,
            amount=credit.amount,
            earned_on=credit.earned_on,
            topics=credit.topics,
            alignments=credit.alignments,
            acting_person=None,
        )
