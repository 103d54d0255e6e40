"""A policy from a draft to the day from which it is in force, and back again before that day."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit import keeping
from longleaf.recognition import ledgers, policies, ruling
from longleaf.recognition.editor import drafting, publishing, queries
from longleaf.recognition.editor.errors import (
    DayIsTaken,
    DraftIsClosed,
    NotYoursToWrite,
    PolicyIsInForce,
    SecondOfficerNeeded,
    StaleDraft,
    UnusablePolicyDraft,
    UnusablePublication,
)
from longleaf.recognition.editor.events import Event
from longleaf.recognition.editor.status import DraftStatus
from longleaf.recognition.models import PolicyText
from longleaf.recognition.tests.factories import license_for, load
from tests import cast

TOTAL, FREE = "versions[0].total", "versions[0].requirements[0].parts[1].credits"


@pytest.fixture
def draft(state, state_officer):
    load(state)
    return drafting.begin(state=state, name="Eight credits", base=queries.text_now(state), acting_person=state_officer)


@pytest.fixture
def eight(draft, state_officer):
    """The draft asks for eight credits in place of ten."""
    return drafting.change_values(draft=draft, values={TOTAL: "8", FREE: "4"}, revision=0, acting_person=state_officer)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def at(day):
    return time_machine.travel(datetime.combine(day, datetime.min.time()).replace(hour=17), tick=False)


def publish(draft, person, days=30, reason="The board decided so."):
    return publishing.publish(draft=draft, in_force_from=in_days(days), reason=reason, acting_person=person)


def total():
    keeping.forget()
    return policies.renewal_policy().versions[0].total


def test_a_policy_is_in_force_from_its_day_by_itself(eight, state_officer):
    published = publish(eight, state_officer)
    assert total() == 10
    assert policies.renewal_policy(published.in_force_from).versions[0].total == 8
    with at(published.in_force_from):
        assert total() == 8
    eight.refresh_from_db()
    assert (eight.status, published.text.written) == (DraftStatus.PUBLISHED, eight.text)
    line = JournalLine.objects.get(event=Event.PUBLISHED)
    assert line.data["digest"] == published.text.digest
    assert line.data["in_force_from"] == published.in_force_from.isoformat()


def test_a_ledger_of_a_later_day_is_reckoned_by_what_will_be_in_force(eight, state, educator, state_officer):
    license_for(educator, state)
    publish(eight, state_officer)
    required = [
        ledgers.standing_of(educator, on=day).ledger.total_required for day in (in_days(0), in_days(29), in_days(30))
    ]
    assert required == [Decimal(10), Decimal(10), Decimal(8)]


def test_a_pack_does_not_take_back_what_officers_published(eight, state, state_officer):
    publish(eight, state_officer, days=0)
    load(state, title="Loaded once more")
    assert total() == 8
    assert PolicyText.objects.count() == 3
    assert [each.text.title for each in queries.history(state) if each.from_pack] == [
        "Loaded once more",
        "Meadow renewal",
    ]


def test_until_its_day_it_may_be_withdrawn_and_written_on(eight, state_officer):
    published = publish(eight, state_officer)
    with pytest.raises(UnusablePublication):
        publishing.withdraw(publication=published, why=" ", acting_person=state_officer)
    publishing.withdraw(publication=published, why="The board waits.", acting_person=state_officer)
    with at(published.in_force_from):
        assert total() == 10
    eight.refresh_from_db()
    assert eight.status == DraftStatus.WRITING
    again = publish(eight, state_officer)
    with at(again.in_force_from), pytest.raises(PolicyIsInForce):
        publishing.withdraw(publication=again, why="Too late.", acting_person=state_officer)


def test_what_cannot_be_published(draft, eight, state, state_officer):
    for days, reason, field in ((-1, "So.", "in_force_from"), (30, "  ", "reason")):
        with pytest.raises(UnusablePublication) as wrong:
            publish(eight, state_officer, days=days, reason=reason)
        assert list(wrong.value.fields) == [field]
    same = drafting.begin(state=state, name="The same", base=queries.text_now(state), acting_person=state_officer)
    with pytest.raises(UnusablePublication) as wrong:
        publish(same, state_officer)
    assert list(wrong.value.fields) == ["text"]
    broken = drafting.change_values(draft=same, values={TOTAL: "9"}, revision=0, acting_person=state_officer)
    with pytest.raises(UnusablePublication):
        publish(broken, state_officer)
    publish(eight, state_officer)
    mended = drafting.change_values(draft=broken, values={FREE: "5"}, revision=1, acting_person=state_officer)
    with pytest.raises(DayIsTaken):
        publish(mended, state_officer)
    with pytest.raises(DraftIsClosed):
        publish(eight, state_officer, days=40)


def test_an_example_that_fails_keeps_a_policy_from_being_published(state, state_officer):
    record = {"licence": {"kind": "FULL", "role": "teacher", "issued": "2024-07-01", "expires": "2029-06-30"}}
    example = {"title": "Nothing yet", "as_of": "2026-01-01", **record, "expect": {"required": 10}}
    load(state, examples=[example])
    draft = drafting.begin(state=state, name="Eight", base=queries.text_now(state), acting_person=state_officer)
    eight = drafting.change_values(draft=draft, values={TOTAL: "8", FREE: "4"}, revision=0, acting_person=state_officer)
    with pytest.raises(UnusablePublication):
        publish(eight, state_officer)
    right = drafting.change_values(
        draft=eight, values={"examples[0].expect.required": "8"}, revision=1, acting_person=state_officer
    )
    assert publish(right, state_officer)


def test_where_it_takes_two_a_second_officer_approves(eight, agency, state, state_officer):
    ruling.set_practice(state=state, figures={"publishing_takes_two": True}, standing="synthetic", acting_person=None)
    second = cast.make_person("Sybil Second", (agency, Role.STATE_OFFICER))
    with pytest.raises(DraftIsClosed):
        publishing.approve(draft=eight, acting_person=second)
    assert publish(eight, state_officer) is None
    with pytest.raises(SecondOfficerNeeded):
        publishing.approve(draft=eight, acting_person=state_officer)
    publishing.ask_back(draft=eight, why="Name the rule of the board.", acting_person=second)
    publish(eight, state_officer, reason="Rule 7 of the board.")
    published = publishing.approve(draft=eight, acting_person=second)
    assert (published.published_by, published.approved_by) == (state_officer, second)
    with at(published.in_force_from):
        assert total() == 8


def test_two_who_write_at_once_are_told(draft, agency, state_officer):
    second = cast.make_person("Sybil Second", (agency, Role.STATE_OFFICER))
    drafting.write(draft=draft, text="id: 'one'\n", revision=0, acting_person=state_officer)
    with pytest.raises(StaleDraft) as stale:
        drafting.write(draft=draft, text="id: 'two'\n", revision=0, acting_person=second)
    assert (stale.value.theirs, stale.value.revision) == ("id: 'one'\n", 1)
    kept = drafting.write(draft=draft, text="id: 'two'\n", revision=1, acting_person=second, page="p")
    # The answer to the first save of a page may come after its second one.
    assert drafting.write(draft=kept, text="id: 'three'\n", revision=1, acting_person=second, page="p").revision == 3


@pytest.mark.parametrize("who", ["psu_officer", "educator", "stranger"])
def test_only_officers_of_the_agency_write_and_publish(who, eight, state, request):
    person, base = request.getfixturevalue(who), queries.text_now(state)
    for attempt in (
        lambda: drafting.begin(state=state, name="Mine", base=base, acting_person=person),
        lambda: drafting.write(draft=eight, text="", revision=1, acting_person=person),
        lambda: drafting.drop(draft=eight, acting_person=person),
        lambda: publish(eight, person),
        lambda: publishing.approve(draft=eight, acting_person=person),
    ):
        with pytest.raises(NotYoursToWrite):
            attempt()


def test_a_dropped_draft_is_written_no_more(draft, state, state_officer):
    drafting.drop(draft=draft, acting_person=state_officer)
    with pytest.raises(DraftIsClosed):
        drafting.write(draft=draft, text="", revision=0, acting_person=state_officer)
    with pytest.raises(UnusablePolicyDraft):
        drafting.begin(state=state, name=" ", base=None, acting_person=state_officer)


def test_what_is_in_force_on_a_day_of_many(eight, state, state_officer):
    publish(eight, state_officer, days=10)
    other = drafting.begin(state=state, name="More", base=queries.text_now(state), acting_person=state_officer)
    changes = {TOTAL: "12", FREE: "8"}
    other = drafting.change_values(draft=other, values=changes, revision=0, acting_person=state_officer)
    publish(other, state_officer, days=20)
    found = [policies.renewal_policy(in_days(day)).versions[0].total for day in (0, 9, 10, 19, 20, 400)]
    assert found == [10, 10, 8, 8, 12, 12]
