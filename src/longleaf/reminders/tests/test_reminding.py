"""Told once on each of its days, settled when it waits no more, mailed together once a day, and never to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from longleaf.directory import enrolling
from longleaf.directory.models import Person
from longleaf.journal.models import JournalLine
from longleaf.reminders import choosing, mailing, reminding, ruling
from longleaf.reminders.days import told_now
from longleaf.reminders.errors import UnusableReminderDays
from longleaf.reminders.models import Reminder
from longleaf.reminders.queries import waiting_for
from longleaf.reminders.sources import Due, Source
from longleaf.reminders.tests import waiting

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]

# A Wednesday before a Thursday that is a holiday in Meadow.
DUE = date(2026, 11, 25)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00:00-05:00")


@pytest.fixture(autouse=True)
def _a_source_of_its_own(settings: Any, state: Any) -> Iterator[None]:
    settings.REMINDERS = [waiting.PATH]
    waiting.WAITING.clear()
    yield
    waiting.WAITING.clear()


@pytest.fixture
def person(state: Any) -> Person:
    """Not an invented one: those get no mail."""
    return enrolling.enrol(email="rae@school.example", name="Rae Reader", acting_person=None)


def waits(person: Person, about: str = "thing:1", **changes: Any) -> Due:
    found = Due(
        **{"person": person.pk, "about": about, "link": "/work/", "due": DUE, "says": "Do it.", "late": "Late."}
        | changes
    )
    waiting.WAITING.append(found)
    return found


def told(person: Person) -> list[tuple[str, int]]:
    return [(row.says, row.day) for row in waiting_for(person).filter(kind="waits")]


@pytest.mark.parametrize(
    ("today", "day", "says"),
    [
        ("2026-11-23", None, None),
        ("2026-11-24", -1, "Do it."),
        ("2026-11-25", -1, "Do it."),
        ("2026-11-26", -1, "Late."),
        # Thursday is a holiday.
        ("2026-11-27", 1, "Late."),
        ("2026-12-02", 1, "Late."),
        ("2026-12-03", 5, "Late."),
        ("2027-01-20", 5, "Late."),
    ],
)
def test_the_latest_of_its_days_that_has_come_is_told(today: str, day: int | None, says: str | None) -> None:
    due = Due(person=1, about="x", link="/", due=DUE, says="Do it.", late="Late.")
    source = Source("waits", lambda _: [due], days=(-1, 1, 5))
    found = told_now(due, source, today=date.fromisoformat(today), holidays={date(2026, 11, 26)})
    assert (found and found.day, found and found.says) == (day, says)


def test_what_is_not_promised_by_itself_is_due_so_many_business_days_after_it_began() -> None:
    due = Due(person=1, about="x", link="/", since=date(2026, 11, 25), says="Do it.")
    found = told_now(due, waiting.REMINDERS[1], today=date(2026, 11, 30), holidays={date(2026, 11, 26)})
    assert found
    assert found.due_on == date(2026, 11, 30)


def test_each_stated_day_is_told_once_however_often_it_is_looked(person: Person) -> None:
    waits(person)
    counts = [reminding.remind(now=at(day)) for day in ("2026-11-20", "2026-11-24", "2026-11-24", "2026-11-25")]
    assert counts[0] == 0
    assert told(person) == [("Do it.", -1)]
    assert counts[2:] == [0, 0]
    reminding.remind(now=at("2026-11-27"))
    assert told(person) == [("Late.", 1)]
    assert Reminder.objects.filter(kind="waits").count() == 1


def test_what_waits_no_more_leaves_the_list_and_is_not_told_twice_when_it_comes_back(person: Person) -> None:
    waits(person)
    reminding.remind(now=at("2026-11-24"))
    again = waiting.WAITING.pop()
    reminding.remind(now=at("2026-11-24"))
    assert told(person) == []
    waiting.WAITING.append(again)
    reminding.remind(now=at("2026-11-24"))
    assert told(person) == [("Do it.", -1)]
    assert Reminder.objects.get(kind="waits").told_at == at("2026-11-24")


def test_a_new_day_is_told_anew(person: Person) -> None:
    waits(person, at_once=True, late="")
    assert reminding.remind(now=at("2026-11-20")) >= 1
    waiting.WAITING[:] = []
    waits(person, at_once=True, late="", due=DUE + timedelta(days=7))
    assert reminding.remind(now=at("2026-11-20")) >= 1
    assert Reminder.objects.filter(kind="waits").count() == 1


def test_one_mail_a_day_tells_everything_that_is_new(person: Person) -> None:
    waits(person)
    waits(person, "thing:2", says="And that.")
    reminding.remind(now=at("2026-11-24"))
    for _ in range(2):
        mailing.mail_what_is_new(now=at("2026-11-24"))
    waits(person, "thing:3", says="One more.")
    reminding.remind(now=at("2026-11-24"))
    mailing.mail_what_is_new(now=at("2026-11-24"))
    assert [each.to for each in mail.outbox] == [[person.email]]
    assert mail.outbox[0].body.count("\n- ") == Reminder.objects.exclude(mailed_at=None).count()
    assert "Do it." in mail.outbox[0].body
    assert "And that." in mail.outbox[0].body
    mailing.mail_what_is_new(now=at("2026-11-25"))
    assert len(mail.outbox) == 2
    assert "One more." in mail.outbox[1].body
    assert "Do it." not in mail.outbox[1].body


@pytest.mark.parametrize("day", ["2026-11-26", "2026-11-28"])
def test_no_mail_goes_out_on_a_holiday_or_a_saturday(person: Person, day: str) -> None:
    waits(person)
    reminding.remind(now=at(day))
    assert mailing.mail_what_is_new(now=at(day)) == 0
    assert mail.outbox == []


def test_whoever_chose_the_page_and_whoever_is_invented_get_no_mail(person: Person, educator: Person) -> None:
    choosing.choose(by_mail=False, acting_person=person)
    waits(person)
    waits(educator)
    reminding.remind(now=at("2026-11-24"))
    mailing.mail_what_is_new(now=at("2026-11-24"))
    assert mail.outbox == []
    assert told(person) == told(educator) == [("Do it.", -1)]


def test_it_asks_the_database_as_much_for_ten_as_for_one(
    person: Person, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    waits(person)
    with django_assert_max_num_queries(12) as asked:
        reminding.remind(now=at("2026-11-24"))
    Reminder.objects.all().delete()
    for each in range(10):
        waits(person, f"thing:{each}")
    with django_assert_num_queries(len(asked)):
        reminding.remind(now=at("2026-11-24"))


def test_a_page_shows_ones_own_and_keeps_the_choice(person: Person, educator: Person, client_of: Signed) -> None:
    waits(person)
    waits(educator, "thing:2", says="Somebody else's.")
    reminding.remind(now=at("2026-11-24"))
    client = client_of(person)
    page = client.get(reverse("reminders:mine")).content.decode()
    assert "Do it." in page
    assert "Somebody else" not in page
    assert client.post(reverse("reminders:choose"), {"way": "page"}, follow=True).status_code == 200
    assert not person.how_to_tell.by_mail
    assert client_of(None).get(reverse("reminders:mine")).status_code == 302


@pytest.mark.parametrize(
    "kinds",
    [
        {"naught": {"days": [1]}},
        {"waits": {"days": "1"}},
        {"waits": {"days": [99]}},
        {"waits": {"days": [True]}},
        {"waits": {"within": 2}},
        {"waits": {"when": 2}},
        {"since": {"within": -1}},
    ],
)
def test_days_that_cannot_be_are_refused(state: Any, kinds: dict[str, Any]) -> None:
    with pytest.raises(UnusableReminderDays) as refusal:
        ruling.set_days(state=state, kinds=kinds, acting_person=None)
    assert list(refusal.value.fields) == list(kinds)


def test_a_state_sets_its_own_days_and_the_journal_tells_once(state: Any, person: Person) -> None:
    for _ in range(2):
        ruling.set_days(state=state, kinds={"waits": {"days": [-5]}}, acting_person=None)
    assert JournalLine.objects.filter(event="state:reminders:set").count() == 1
    waits(person)
    reminding.remind(now=at("2026-11-18"))
    assert told(person) == [("Do it.", -5)]
