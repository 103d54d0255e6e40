"""The script is acted out once, of people who do not exist and can sign in as announced."""

from __future__ import annotations

import pytest

from longleaf.demo.acting import act_out
from longleaf.demo.script import Moment
from longleaf.directory.errors import AlreadyEnrolled
from longleaf.directory.models import Person


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
