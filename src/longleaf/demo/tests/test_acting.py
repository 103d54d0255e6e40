"""The script is acted out up to every moment, and whatever is announced can be opened by whom it is for."""

from __future__ import annotations

import pytest

from longleaf.assessment.status import AttemptStatus
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.demo.acting import act_out
from longleaf.demo.script import Moment
from longleaf.directory.errors import AlreadyEnrolled
from longleaf.directory.models import Person
from longleaf.journal import verifying
from longleaf.web.tests.reading import require_strict

S = AttemptStatus
STATUS = {
    Moment.DRAFT: S.DRAFT,
    Moment.SUBMITTED: S.SUBMITTED,
    Moment.RETURNED: S.RETURNED,
    Moment.SCORING: S.IN_REVIEW,
    Moment.THIRD: S.IN_REVIEW,
    Moment.NOT_YET: S.NOT_YET,
    Moment.RESUBMITTED: S.SUBMITTED,
    Moment.BADGE: S.DEMONSTRATED,
    Moment.RENEWAL: S.DEMONSTRATED,
}
PUBLIC = ("catalog", "micro_credential", "badge", "credential", "verify")


@pytest.mark.parametrize("moment", list(Moment))
def test_every_moment_can_be_opened(moment, act, client_of, script):
    stage, told = act(moment)
    people = stage.people
    earner = people[script.headline.earner]
    state_officer = next(p for p in people.values() if p.roles.filter(role="state_officer").exists())
    assert told["moment"] == moment.value
    assert told["moments"] == [each.value for each in Moment]
    opened = {name: url.removeprefix("http://testserver") for name, url in told["urls"].items()}
    for name in PUBLIC:
        assert client_of(None).get(opened.pop(name)).status_code == 200, name
    for name in ("attempt", "ledger"):
        response = client_of(earner).get(opened.pop(name), follow=True)
        assert response.status_code == 200, name
        require_strict(response)
    assert client_of(state_officer).get(opened.pop("journal")).status_code == 200
    desk = opened.pop("scoring_desk")
    open_to = [key for key, person in people.items() if client_of(person).get(desk).status_code == 200]
    assert open_to
    assert script.headline.earner not in open_to
    assert set(opened) <= {"issued", "values", "issuer"}, "every address that is announced is opened here"
    for person in people.values():
        response = client_of(person).get("/")
        assert response.status_code == 200
        require_strict(response)
    if stage.headline:
        stage.headline.refresh_from_db()
    assert (stage.headline and stage.headline.status) == STATUS.get(moment)
    assert set(Award.objects.values_list("status", flat=True)) == {AwardStatus.ISSUED}
    assert verifying.verify().first_break is None


def test_everybody_is_synthetic_and_can_sign_in_as_announced(act, client, settings):
    settings.WORK_IN_PROCESS = False
    _, told = act(Moment.START, short=True)
    assert not Person.objects.filter(is_synthetic=False).exists()
    assert {each["email"] for each in told["personas"]} == set(Person.objects.values_list("email", flat=True))
    for each in told["personas"][:2]:
        client.logout()
        response = client.post("/sign-in/", {"login": each["email"], "password": told["password"]})
        assert response.status_code == 302
    assert all(each["about"] and each["roles"] for each in told["personas"])


def test_a_moment_is_reached_by_itself_and_by_all_that_follow():
    assert Moment.SCORING.is_reached_by(Moment.SCORING)
    assert Moment.SCORING.is_reached_by(Moment.RENEWAL)
    assert not Moment.RENEWAL.is_reached_by(Moment.SCORING)


def test_acting_out_twice_is_refused_whole(act, script):
    act(Moment.START, short=True)
    before = Person.objects.count()
    with pytest.raises(AlreadyEnrolled):
        act_out(script, until=Moment.START)
    assert Person.objects.count() == before
