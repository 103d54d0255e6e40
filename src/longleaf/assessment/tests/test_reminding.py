"""Who is reminded of which clock of assessment, and that no reminder tells who stands on the other side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from longleaf.assessment import promising
from longleaf.assessment.appeals import admitting
from longleaf.assessment.models import CopyFlag, Submission
from longleaf.assessment.status import LikenessKind
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels.tests.factories import at_the_same_moment
from longleaf.reminders import reminding, tasks
from longleaf.reminders.models import Reminder
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
SOON = timedelta(days=1)


def told(now: datetime) -> set[tuple[str, str]]:
    """Who is told of which kind."""
    reminding.remind(now=now)
    open_ones = Reminder.objects.filter(settled_at=None).select_related("person")
    return {(row.person.name, row.kind) for row in open_ones}


@pytest.fixture
def readers(first_assessor: Person, second_assessor: Person) -> list[Person]:
    return [first_assessor, second_assessor]


def test_a_lead_is_reminded_of_work_that_nobody_checks_and_never_of_their_own(
    version: Version, educator: Person, lead_assessor: Person, issuer: Organisation
) -> None:
    own = cast.make_person("Wilma Writes", (issuer, Role.LEAD_ASSESSOR), (issuer, Role.EDUCATOR))
    hand_in(version, own)
    now = timezone.now()
    assert told(now) == set()
    assert told(now + timedelta(days=7)) == {("Lena Lead", "check-waiting")}


def test_a_reader_is_reminded_before_an_offer_goes_on_and_around_the_day_that_it_is_due(
    version: Version, educator: Person, lead_assessor: Person, readers: list[Person]
) -> None:
    submission = send_to_panel(hand_in(version, educator), lead_assessor)
    first, second = seats_of(submission)
    take_up(first)
    assert told(second.take_up_by) == {(second.rater.name, "reading-offered")}
    late = told(first.due_at + timedelta(days=5))
    assert (first.rater.name, "reading-due") in late
    # An offer that went by goes on to somebody else; there is nothing left to remind of.
    assert (second.rater.name, "reading-offered") not in late


def test_a_lead_without_a_part_is_reminded_of_a_likeness(
    version: Version, educator: Person, other_educator: Person, lead_assessor: Person, issuer: Organisation
) -> None:
    """One who earned either work, or read it, is not."""
    cast.make_person("Wilma Writes", (issuer, Role.LEAD_ASSESSOR), (issuer, Role.EDUCATOR))
    own = cast.make_person("Oda Own", (issuer, Role.LEAD_ASSESSOR), (issuer, Role.EDUCATOR))
    first, second = hand_in(version, own), hand_in(version, other_educator)
    CopyFlag.objects.create(
        issuer=issuer, submission=second, place="R1", other=first, other_place="R1", kind=LikenessKind.TEXT, percent=80
    )
    found = told(timezone.now() + timedelta(days=12))
    assert {who for who, kind in found if kind == "likeness-waiting"} == {"Lena Lead", "Wilma Writes"}


def test_a_lead_is_reminded_of_a_panel_that_nobody_reads(
    version: Version, educator: Person, lead_assessor: Person
) -> None:
    send_to_panel(hand_in(version, educator), lead_assessor)
    assert told(timezone.now() + timedelta(days=7)) == {("Lena Lead", "panel-short")}


def test_an_appeal_is_told_to_whoever_may_look_and_to_an_administrator_where_nobody_may(
    version: Version, educator: Person, lead_assessor: Person, readers: list[Person], agency: Organisation,
    issuer: Organisation,
) -> None:  # fmt: skip
    appeal = appeals.lodged(appeals.judged_not_yet(version, educator, lead_assessor))
    cast.make_person("Adam Admin", (agency, Role.ADMINISTRATOR))
    assert told(timezone.now()) == {("Adam Admin", "appeal-without-anybody")}
    new_lead = appeals.new_lead(issuer)
    assert told(timezone.now()) == set()
    assert told(appeal.due_at) == {("Nora Newlook", "appeal-waiting")}
    appeals.new_readers(issuer)
    admitting.admit(appeal=appeal, acting_person=new_lead)
    appeal.refresh_from_db()
    late = told(appeal.due_at + timedelta(days=3))
    assert ("Nora Newlook", "appeal-read-late") in late
    assert {who for who, kind in late if kind == "appeal-read-late"} == {"Nora Newlook"}


def test_an_earner_is_told_honestly_that_it_is_late_and_of_each_new_day(version: Version, educator: Person) -> None:
    submission = hand_in(version, educator)
    assert submission.due_at
    late = submission.due_at + SOON
    promising.promise_anew(now=late)
    assert told(late) == {("Erin Earner", "decision-late")}
    row = Reminder.objects.get()
    assert "is late: it was promised by" in row.says
    first = row.told_at
    later = late + timedelta(days=30)
    promising.promise_anew(now=later)
    told(later)
    row.refresh_from_db()
    assert row.told_at > first


def test_no_reminder_names_anybody_or_tells_a_reader_of_an_appeal(
    version: Version, educator: Person, lead_assessor: Person, readers: list[Person], issuer: Organisation,
    district: Organisation,
) -> None:  # fmt: skip
    appeal = appeals.lodged(appeals.judged_not_yet(version, educator, lead_assessor))
    new = appeals.new_readers(issuer)
    lead = appeals.new_lead(issuer)
    reread = appeals.admitted(appeal, lead)
    for days in (1, 3, 8, 40):
        told(timezone.now() + timedelta(days=days))
    said = " ".join(f"{row.says} {row.link} {row.about}" for row in Reminder.objects.exclude(person=educator))
    assert reread.ref in said
    names = [each.name for each in (educator, lead_assessor, lead, *readers, *new)]
    assert [word for word in (*names, educator.ref, district.name, reread.attempt.ref) if word in said] == []
    readers_are_told = Reminder.objects.filter(person__in=new)
    assert readers_are_told.exists()
    assert not readers_are_told.filter(says__icontains="appeal").exists()


def test_every_link_opens_for_whoever_is_told(
    version: Version, educator: Person, lead_assessor: Person, readers: list[Person], issuer: Organisation,
    client_of: Signed,
) -> None:  # fmt: skip
    appeals.lodged(appeals.judged_not_yet(version, educator, lead_assessor))
    appeals.new_lead(issuer)
    other = cast.make_person("Olive Other", (issuer, Role.EDUCATOR))
    hand_in(version, other)
    Submission.objects.filter(attempt__earner=other).update(due_at=timezone.now())
    now = timezone.now() + timedelta(days=7)
    promising.promise_anew(now=now)
    kinds = {kind for _, kind in told(now)}
    assert {"appeal-waiting", "decision-late", "check-waiting"} <= kinds
    for row in Reminder.objects.filter(settled_at=None):
        assert client_of(row.person).get(row.link).status_code == 200, row


def test_all_sources_ask_as_much_for_two_as_for_one(
    version: Version, educator: Person, other_educator: Person, lead_assessor: Person, readers: list[Person],
    django_assert_num_queries: Any, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    def one_more(person: Person) -> None:
        send_to_panel(hand_in(version, person), lead_assessor)

    one_more(educator)
    now = timezone.now() + timedelta(days=9)
    told(now)
    Reminder.objects.all().delete()
    with django_assert_max_num_queries(50) as asked:
        reminding.remind(now=now)
    one_more(other_educator)
    Reminder.objects.all().delete()
    with django_assert_num_queries(len(asked)):
        reminding.remind(now=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_looks(version: Version, educator: Person, lead_assessor: Person) -> None:
    hand_in(version, educator)
    Submission.objects.update(submitted_at=timezone.now() - timedelta(days=9))
    counts = at_the_same_moment(tasks.remind, tasks.remind)
    assert sorted(bool(count) for count in counts) == [False, True]
    assert tasks.remind() == 0
    assert len(mail.outbox) <= 1
