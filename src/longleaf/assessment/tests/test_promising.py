"""A promise that could not be kept: told honestly, with a new day, once; what was promised first stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from longleaf.assessment import promising
from longleaf.assessment.models import Appeal, Submission
from longleaf.assessment.telling import what_happened, where_it_stands
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.journal.queries import lines_about
from longleaf.kit.dates import day

pytestmark = pytest.mark.django_db


def a_day_late(submission: Submission) -> Any:
    assert submission.due_at
    return submission.due_at + timedelta(days=1)


def test_a_late_decision_is_told_once_with_a_new_day_and_again_when_that_passes(
    version: Version, educator: Person
) -> None:
    submission = hand_in(version, educator)
    late = a_day_late(submission)
    assert promising.promise_anew(now=submission.due_at) == 0
    assert [promising.promise_anew(now=late) for _ in range(2)] == [1, 0]
    held = Submission.objects.select_related("attempt__version").get()
    assert held.due_at == submission.due_at
    assert held.promised_anew
    assert held.promised_anew > late
    told = where_it_stands(held.attempt, held)
    assert f"{day(held.promised_anew)}; it was promised by {day(held.due_at)} and is late" in told.then_when
    happened = what_happened(held.attempt)[-1]
    assert (happened.title, happened.text) == (
        "The decision could not be made by the day that was promised",
        f"Expect it by {day(held.promised_anew)}.",
    )
    assert promising.promise_anew(now=held.promised_anew + timedelta(days=1)) == 1
    lines = lines_about(f"attempt:{held.attempt.ref}").filter(event="attempt:decision:late")
    assert lines.count() == 2
    assert lines[1].data["promised"] == lines[0].data["expected"]


def test_the_new_day_is_not_before_those_who_read_have_to_be_done(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    submission = send_to_panel(hand_in(version, educator), lead_assessor)
    late = a_day_late(submission)
    seat = seats_of(submission)[0]
    seat.due_at = late + timedelta(days=60)
    seat.save()
    promising.promise_anew(now=late)
    assert Submission.objects.get().promised_anew == seat.due_at


def test_what_is_decided_is_promised_no_more(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    submission = send_to_panel(hand_in(version, educator), lead_assessor)
    for seat in seats_of(submission):
        read(seat)
    assert promising.promise_anew(now=a_day_late(submission)) == 0


def test_a_late_answer_to_an_appeal_is_told_and_the_next_step_begins_afresh(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person,
    issuer: Any,
) -> None:  # fmt: skip
    appeal = appeals.lodged(appeals.judged_not_yet(version, educator, lead_assessor))
    late = appeal.due_at + timedelta(days=1)
    assert [promising.promise_anew(now=late) for _ in range(2)] == [1, 0]
    assert Appeal.objects.get().expected_at > late
    appeals.new_readers(issuer)
    appeals.admitted(appeal, appeals.new_lead(issuer))
    assert Appeal.objects.get().promised_anew is None
    assert promising.promise_anew(now=timezone.now()) == 0
