"""Random walks through the rounds of an attempt, most steps of which are not allowed when they are tried.

Whatever is refused changes nothing; whatever is done is a move that the tables allow, and what was decided once stays.
`tests/walks` walks through everything, on a version that knows neither other work nor meetings with a coach; here both
are asked for.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from longleaf.assessment import completeness, retrying, scoring, starting, submitting, withdrawing
from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.events import Event
from longleaf.assessment.evidence import writing
from longleaf.assessment.meetings import recording
from longleaf.assessment.models import Appeal, Attempt, CoachMeeting, Response, Submission
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import (
    APPEAL_MOVES,
    ATTEMPT_MOVES,
    MEETING_MOVES,
    AppealStatus,
    AttemptStatus,
    MeetingStatus,
)
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.kit import keeping
from longleaf.kit.errors import Refusal
from longleaf.panels import rating
from longleaf.panels.instruments import criteria_to_rate
from longleaf.panels.models import Assignment, Panel
from tests import cast

pytestmark = pytest.mark.django_db
WALKS, STEPS = 6, 220
# What the walks together must have met.
WALKED = (
    Event.DECIDED_NOT_YET,
    Event.DECIDED_DEMONSTRATED,
    Event.COMPLETENESS_RETURNED,
    Event.MEETING_SAID,
    Event.APPEAL_LODGED,
)
# How often a step is taken by whom it belongs to, and on what is newest; else by anybody, and on anything.
MOSTLY = 0.8
MOVES: dict[type[Model], tuple[Any, Any]] = {
    Attempt: (ATTEMPT_MOVES, AttemptStatus),
    Appeal: (APPEAL_MOVES, AppealStatus),
    CoachMeeting: (MEETING_MOVES, MeetingStatus),
}
WATCHED: tuple[type[Model], ...] = (Attempt, Submission, Response, Appeal, CoachMeeting, Panel, Assignment)


@dataclass
class World:
    """Everybody and everything that a walk may meet."""

    chance: random.Random
    version: Version
    earner: Person
    lead: Person
    new_lead: Person
    coach: Person
    people: list[Person]

    def one_of(self, rows: Any) -> Any:
        """Any of them, and mostly the newest."""
        found = list(rows.order_by("pk"))
        if found and self.chance.random() < MOSTLY:
            return found[-1]
        return self.chance.choice(found) if found else None

    def by(self, right: Person) -> Person:
        return right if self.chance.random() < MOSTLY else self.chance.choice(self.people)


@pytest.fixture
def people(
    issuer: Organisation,
    district: Organisation,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
    other_educator: Person,
) -> list[Person]:
    coach = cast.make_person("Cora Coach", (district, Role.COACH))
    return [coach, appeals.new_lead(issuer), *appeals.new_readers(issuer), other_educator, first_assessor]


def begin(world: World) -> None:
    starting.start(version=world.version, acting_person=world.by(world.earner))


def write(world: World) -> None:
    submission = world.one_of(Submission.objects.filter(attempt__earner=world.earner))
    response = world.chance.choice(list(submission.responses.exclude(requirement="R2").order_by("requirement")))
    writing.save_text(
        submission=submission,
        requirement=response.requirement,
        text=f"Five words at the least, and {world.chance.randrange(1000)}.",
        revision=response.revision - (world.chance.random() < 1 - MOSTLY),
        acting_person=world.by(world.earner),
    )


def link(world: World) -> None:
    attempt = world.one_of(Attempt.objects.filter(earner=world.earner))
    if attempt:
        writing.add_link(
            submission=current_submission(attempt),
            requirement="R2",
            link=earner_cast.LINK,
            title="",
            acting_person=world.by(world.earner),
        )
        earner_cast.look_through(attempt)


def hand_in(world: World) -> None:
    submission = world.one_of(Submission.objects.filter(attempt__earner=world.earner))
    if submission:
        submitting.submit(
            submission=submission,
            statements=earner_cast.BOTH,
            badge_evidence=[],
            acting_person=world.by(world.earner),
        )


def look(world: World) -> None:
    submission = world.one_of(Submission.objects)
    if submission:
        missing = world.chance.choice([[], [], ["R1.1"]])
        completeness.check(submission=submission, missing=missing, note="", acting_person=world.by(world.lead))


def take_up(world: World) -> None:
    seat = world.one_of(Assignment.objects)
    if seat:
        rating.take_up(assignment=seat, acting_person=world.by(seat.rater))


def rate(world: World) -> None:
    seat = world.one_of(Assignment.objects.filter(status="started"))
    if not seat:
        return
    criterion = world.chance.choice("AB")
    given = seat.ratings.filter(criterion=criterion).first()
    rating.rate(
        assignment=seat,
        criterion=criterion,
        level=world.chance.choice(["demonstrated", "not-yet", "not-yet"]),
        comment="Say more.",
        revision=given.level_revision if given else 0,
        acting_person=world.by(seat.rater),
    )


@transaction.atomic
def read_whole(world: World) -> None:
    seat = world.one_of(Assignment.objects.filter(status__in=["offered", "started"]))
    if seat:
        criteria = [each.code for each in criteria_to_rate(seat.panel)]
        given = {code: world.chance.choice(["demonstrated", "not-yet"]) for code in criteria}
        appeals.read_only(seat, **given)


def hand_in_reading(world: World) -> None:
    seat = world.one_of(Assignment.objects)
    if seat:
        scoring.submit_reading(assignment=seat, acting_person=world.by(seat.rater))


def go_on(world: World) -> None:
    attempt = world.one_of(Attempt.objects)
    if attempt:
        verb = world.chance.choice([retrying.open_round, retrying.replace_work])
        verb(attempt=attempt, acting_person=world.by(world.earner))


def appeal(world: World) -> None:
    attempt = world.one_of(Attempt.objects)
    if attempt:
        lodging.lodge(
            attempt=attempt,
            grounds=["overlooked"],
            words={"A": "It is there.", "B": "It is there."},
            acting_person=world.by(world.earner),
        )


def answer_appeal(world: World) -> None:
    lodged = world.one_of(Appeal.objects)
    if not lodged:
        return
    if world.chance.random() < 0.3:
        lodging.withdraw(attempt=lodged.submission.attempt, acting_person=world.by(world.earner))
    elif world.chance.random() < 0.5:
        admitting.admit(appeal=lodged, acting_person=world.by(world.new_lead))
    else:
        admitting.refuse(appeal=lodged, reason="No ground holds.", acting_person=world.by(world.new_lead))


def meet(world: World) -> None:
    attempt = world.one_of(Attempt.objects)
    if attempt:
        today = timezone.localdate()
        recording.say_met(attempt=attempt, coach=world.coach.ref, met_on=today, acting_person=world.by(world.earner))


def answer_meeting(world: World) -> None:
    meeting = world.one_of(CoachMeeting.objects)
    if meeting and world.chance.random() < 0.5:
        recording.confirm(meeting=meeting, acting_person=world.by(world.coach))
    elif meeting:
        recording.deny(meeting=meeting, reason="It was another day.", acting_person=world.by(world.coach))


def withdraw(world: World) -> None:
    attempt = world.one_of(Attempt.objects)
    if attempt and world.chance.random() < 0.1:
        withdrawing.withdraw(attempt=attempt, acting_person=world.by(world.earner))


# What leads on is tried more often, so that walks come far.
ACTS: list[tuple[Callable[[World], None], int]] = [
    (begin, 1),
    (write, 5),
    (link, 2),
    (hand_in, 4),
    (look, 5),
    (take_up, 1),
    (rate, 2),
    (hand_in_reading, 2),
    (read_whole, 8),
    (go_on, 6),
    (appeal, 2),
    (answer_appeal, 2),
    (meet, 3),
    (answer_meeting, 2),
    (withdraw, 1),
]


def stored() -> dict[type[Model], dict[int, dict[str, Any]]]:
    return {model: {row["id"]: row for row in model.objects.values()} for model in WATCHED}  # type: ignore[attr-defined]


def test_what_is_refused_changes_nothing_and_what_is_done_is_allowed(
    state: State, issuer: Organisation, educator: Person, lead_assessor: Person, people: list[Person]
) -> None:
    version = cast.publish(state, issuer, cast.make_document(attempts=4, coach_after=2, replace_work="keep_met"))
    told: set[str] = set()
    for seed in range(WALKS):
        with transaction.atomic():
            keeping.forget()
            everybody = [educator, lead_assessor, *people]
            _walk(World(random.Random(seed), version, educator, lead_assessor, people[1], people[0], everybody))
            told |= set(JournalLine.objects.filter(subject__startswith="attempt:").values_list("event", flat=True))
            transaction.set_rollback(True)
    # A walk that gets nowhere proves nothing.
    assert told >= {each.value for each in WALKED}
    assert told & {Event.ROUND_OPENED.value, Event.WORK_REPLACED.value}


def _walk(world: World) -> None:
    starting.start(version=world.version, acting_person=world.earner)
    verbs, often = zip(*ACTS, strict=True)
    before = stored()
    for _ in range(STEPS):
        lines, verb = JournalLine.objects.count(), world.chance.choices(verbs, often)[0]
        try:
            verb(world)
        except Refusal:
            assert (stored(), JournalLine.objects.count()) == (before, lines), f"{verb.__name__} refused, and changed"
        after = stored()
        _require_allowed(before, after)
        before = after
    _require_sound(world.earner)


def _require_allowed(before: dict[type[Model], dict[int, Any]], after: dict[type[Model], dict[int, Any]]) -> None:
    for model, (table, status) in MOVES.items():
        for key, row in after[model].items():
            old = before[model].get(key, row)["status"]
            assert old == row["status"] or status(row["status"]) in table[status(old)], (model, old, row["status"])
    for key, row in before[Submission].items():
        if row["decided_at"]:
            assert after[Submission][key]["outcome"] == row["outcome"], "a decision was changed"
            assert _work(before, key) == _work(after, key), "judged work was changed"


def _work(all_rows: dict[type[Model], dict[int, Any]], submission: int) -> list[tuple[str, str]]:
    rows = [row for row in all_rows[Response].values() if row["submission_id"] == submission]
    return sorted((row["requirement"], row["text"]) for row in rows)


def _require_sound(earner: Person) -> None:
    assert verify().first_break is None
    judged = Submission.objects.filter(attempt__earner=earner, decided_at__isnull=False, reread_of=None)
    assert judged.exclude(appeals__status=AppealStatus.CHANGED).count() <= 4
    for attempt in Attempt.objects.all():
        rounds = list(attempt.rounds.order_by("round"))
        assert [each.round for each in rounds] == list(range(1, attempt.round + 1))
        for one, other in pairwise(rounds):
            assert set(one.met_before) <= set(other.met_before), "what was met was lost"
