"""Two earners of the house who make one artifact together, and what becomes of the work of each.

One is judged, appeals, and is read anew. The other is judged and met a coach, as is asked for before the next round;
the coach has not confirmed it yet.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import time_machine
from django.utils import timezone

from longleaf.assessment import completeness
from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.meetings import recording
from longleaf.assessment.models import Artifact, Attempt, TeamMember
from longleaf.assessment.queries import current_submission
from longleaf.assessment.teams import asking, forming, joining, saying, sharing
from tests import cast
from tests.blindness import house as houses
from tests.blindness.evidence import begin

if TYPE_CHECKING:
    from tests.blindness.house import House


def work_together(house: House) -> None:
    """A micro-credential of its own, which allows teams and asks for a meeting after each round that was not yet."""
    asked = [{**each, "team": {"most": 3}} if each["code"] == "R2" else each for each in house.asked]
    document = cast.make_document(slug="made-together", standing="reconstructed", coach_after=1, requirements=asked)
    with time_machine.travel(houses.FIRST_DAY, tick=False):
        shared = replace(house, version=cast.publish(house.version.micro_credential.state, house.issuer, document))
    for name in houses.TOGETHER:
        with house.at_work(houses.EARNER_MINUTE):
            house.attempts[name] = begin(shared, name)
    _make_it(house)
    for name in houses.TOGETHER:
        with house.at_work(houses.EARNER_MINUTE):
            houses.hand_in(house, name)
        with house.at_work(houses.JUDGE_MINUTE):
            submission = current_submission(house.attempts[name])
            completeness.check(submission=submission, missing=[], note="", acting_person=house.people["checker"])
        for seat in houses.seats_of(house, name):
            houses.read(house, seat, houses.READ_NOT_YET)
    _appeal(house)
    _meet(house)


def _make_it(house: House) -> None:
    first, second = (house.attempts[name] for name in houses.TOGETHER)
    with house.at_work(houses.EARNER_MINUTE):
        own = forming.begin(attempt=first, requirement="R2", acting_person=first.earner)
        forming.ask(member=own, address=second.earner.email, acting_person=first.earner)
        asking.write_to_asked(now=timezone.now())
        joining.join(asked=TeamMember.objects.get(person=second.earner), acting_person=second.earner)
        brought = Artifact.objects.filter(response__submission__attempt=first, response__requirement="R2")
        sharing.bring(member=own, artifact=brought.order_by("pk")[0], acting_person=first.earner)
    for attempt in (first, second):
        with house.at_work(houses.EARNER_MINUTE):
            saying.say_own_part(
                submission=current_submission(attempt),
                requirement="R2",
                text="I wrote the tasks and tried them.",
                acting_person=attempt.earner,
            )


def _appeal(house: House) -> None:
    attempt = Attempt.objects.select_related("version").get(pk=house.attempts["teamed"].pk)
    with house.at_work(houses.EARNER_MINUTE):
        appeal = lodging.lodge(
            attempt=attempt, grounds=["overlooked"], words={"B": "It is in the second text."},
            acting_person=attempt.earner,
        )  # fmt: skip
    with house.at_work(houses.JUDGE_MINUTE):
        admitting.admit(appeal=appeal, acting_person=house.people["looker"])


def _meet(house: House) -> None:
    attempt, coach = Attempt.objects.get(pk=house.attempts["mated"].pk), house.people["coach"]
    with house.at_work(houses.EARNER_MINUTE):
        recording.say_met(attempt=attempt, coach=coach.ref, met_on=timezone.localdate(), acting_person=attempt.earner)
