"""Officers who note the last conditions of a recognition at one moment, and one who suspends it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.journal.verifying import verify
from longleaf.panels.tests.factories import at_the_same_moment
from longleaf.quality.models import Condition, QualityDecision
from longleaf.quality.oversight import suspending
from longleaf.quality.queries import holding_on_version
from longleaf.quality.reviewing import conditions, deciding
from longleaf.quality.reviewing.deciding import Asked
from longleaf.quality.status import Outcome
from longleaf.quality.tests.reviewing import stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(state: State, version: Version, agency: Organisation, designer: Person, state_officer: Person) -> None:
    signing_keys.create_key(organisation=agency, acting_person=None)
    stage.publish(state)
    stage.make_reviewers(agency)
    review = stage.hand_in(version, designer)
    for seat in stage.seats(review):
        stage.read(seat, S2_a=stage.NOT_YET)
    review.refresh_from_db()
    deciding.decide(
        review=review,
        outcome=Outcome.CONDITIONS,
        letter="It was read with care.",
        valid_until=timezone.localdate() + timedelta(days=300),
        conditions=[Asked(what, timezone.localdate() + timedelta(days=20)) for what in ("A glossary.", "Captions.")],
        acting_person=state_officer,
    )


def note(number: int, officer: Person) -> Callable[[], Any]:
    condition = Condition.objects.get(number=number)
    return lambda: conditions.note_met(condition=condition, note="Seen.", acting_person=officer)


def test_one_of_two_officers_who_note_the_last_conditions_finds_all_of_them_met(
    asked: None, version: Version, state_officer: Person
) -> None:
    got = at_the_same_moment(note(1, state_officer), note(2, state_officer))
    assert not [each for each in got if isinstance(each, Exception)], got
    assert QualityDecision.objects.filter(outcome=Outcome.RECOGNISED).count() == 1
    assert [each.decision.outcome for each in holding_on_version(version, timezone.localdate())] == ["recognised"]
    assert verify().first_break is None


def test_a_suspension_stays_whatever_is_noted_at_its_moment(
    asked: None, version: Version, agency: Organisation, state_officer: Person
) -> None:
    facts = {"subject": version, "agency": agency, "acting_person": state_officer}
    note(1, state_officer)()
    got = at_the_same_moment(note(2, state_officer), lambda: suspending.suspend(reason="A complaint.", **facts))
    assert not [each for each in got if isinstance(each, Exception)], got
    assert [each.decision.outcome for each in holding_on_version(version, timezone.localdate())] == ["suspended"]
    assert suspending.lift(reason="It was none.", **facts).outcome == Outcome.RECOGNISED
