"""Acting out the script, through the same verbs that pages call: one chapter after another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from longleaf.awards.keys import signing_keys
from longleaf.catalog import queries as catalog
from longleaf.demo import (
    applying,
    calibrating,
    designing,
    elsewhere,
    enrolling,
    judging,
    overseeing,
    redrafting,
    requesting,
    reviewing,
    rewarding,
    teaming,
)
from longleaf.demo.attempting import appeal, tell_story
from longleaf.demo.script import Moment, Script
from longleaf.demo.stage import Stage
from longleaf.directory import queries as directory
from longleaf.panels.calibration import gating
from longleaf.recognition import valuing

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


@transaction.atomic
def act_out(script: Script, *, until: Moment) -> Stage:
    """Enrol everybody, give what they have, and act out each story; the headline goes as far as `until`."""
    return tell(script, set_stage(script), until=until)


def set_stage(script: Script) -> Stage:
    """Enrol everybody, give what they have, and certify assessors: what is the same at every moment."""
    stage = Stage()
    state = directory.current_state()
    organisations = directory.organisations_by_code(settings.STATE)
    for person in script.people:
        stage.people[person.key] = enrolling.enrol(person, organisations, next(iter(stage.people.values()), None))
    for value in script.values:
        valuing.set_value(
            organisation=organisations[value.organisation],
            acting_person=stage.people[value.by],
            credits_per_effort_hour=value.credits_per_effort_hour,
            valid_from=value.valid_from,
            reason=value.reason,
        )
    for person in script.people:
        enrolling.give_record(person, stage.people[person.key], state)
    for organisation in organisations.values():
        if catalog.offered_by(organisation).exists():
            signing_keys.ensure_key(organisation=organisation, acting_person=None)
    assert state is not None, "a demonstration has a state"
    if script.gate:
        gating.set_gate(state=state, document=script.gate, acting_person=None)
    for calibration in script.calibrations:
        calibrating.calibrate(calibration, stage.people, state=state)
    for judgements in script.judgements:
        judging.judge(judgements, stage, organisations)
    rewarding.offer(script.rewards, stage.people, organisations)
    return stage


def tell(script: Script, stage: Stage, *, until: Moment) -> Stage:
    """Act out each story on a stage that is set; returns the stage, with the attempts that were begun."""
    stage.attempts = [
        attempt
        for story in script.stories
        if story.only_from.is_reached_by(until) and (attempt := tell_story(story, stage, until=story.until)) is not None
    ]
    for team in script.teams:
        stage.attempts += [each for each in teaming.work_together(team, stage.people) if each not in stage.attempts]
    stage.headline = tell_story(script.headline, stage, until=until)
    for story in script.appealed:
        attempt = tell_story(story, stage, until=Moment.NOT_YET)
        if attempt and story.appeal:
            appeal(attempt, story, story.appeal, stage)
    organisations = directory.organisations_by_code(settings.STATE)
    for application in script.applications:
        applying.apply(application, stage, organisations)
    for brought in script.brought:
        elsewhere.bring(brought, stage.people[brought.by], stage.people.get(brought.decided_by))
    rewarding.pay(script.rewards, stage.people, organisations)
    _tell_of_the_rest(script, stage, organisations)
    return stage


def _tell_of_the_rest(script: Script, stage: Stage, organisations: Mapping[str, Organisation]) -> None:
    """What is under way beside attempts: with designers, reviewers, the credit desk and the state agency."""
    state = directory.current_state()
    assert state is not None, "a pack was loaded"
    for wish in script.wishes:
        designing.wish(wish, stage, state)
    for designed in script.designed:
        designing.design(designed, stage, organisations)
    for under_review in script.under_review:
        reviewing.put_up(under_review, stage)
    overseeing.complain(script.complaints, stage, organisations)
    if script.alarms_from:
        overseeing.watch(script.alarms_from, state)
    for requested in script.requests:
        requesting.request(requested, stage)
    for policy_draft in script.policy_drafts:
        redrafting.draft(policy_draft, stage, state)
