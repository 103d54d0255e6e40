"""Where a recognition is suspended or withdrawn, nobody begins, and whoever has begun goes on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.quality import deciding
from longleaf.quality.errors import RecognitionClosed
from longleaf.quality.oversight import suspending
from longleaf.quality.status import Outcome
from tests import cast


@pytest.fixture
def recognise(state, agency):
    def recorded(version):
        return deciding.record_decision(
            state=state,
            decided_by=agency,
            version=version,
            outcome=Outcome.RECOGNISED,
            valid_from=date(2026, 1, 1),
            acting_person=None,
        )

    return recorded


@pytest.fixture
def act(agency, version, state_officer):
    def done(verb):
        return verb(subject=version, agency=agency, reason="It shows names.", acting_person=state_officer)

    return done


def test_nobody_begins_until_a_suspension_is_lifted(recognise, version, act, educator, client_of):
    recognise(version)
    act(suspending.suspend)
    with pytest.raises(RecognitionClosed, match="until that is lifted"):
        starting.start(version=version, acting_person=educator)
    at = f"/catalog/{version.micro_credential.slug}/"
    assert "Begin when you like" not in client_of(educator).get(at).content.decode()
    beginning = f"/work/start/{version.micro_credential.slug}/"
    assert "Nobody begins on it now" in client_of(educator).get(beginning).content.decode()
    assert client_of(educator).post(beginning).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        act(suspending.lift)
        assert starting.start(version=version, acting_person=educator).version == version


def test_whoever_has_begun_goes_on_and_a_new_version_opens_nothing(
    recognise, state, issuer, version, act, educator, other_educator
):
    recognise(version)
    begun = starting.start(version=version, acting_person=educator)
    act(suspending.withdraw)
    assert starting.start(version=version, acting_person=educator) == begun
    newer = cast.publish(state, issuer, cast.make_document(summary="Another summary."))
    with pytest.raises(RecognitionClosed):
        starting.start(version=newer, acting_person=other_educator)
    recognise(newer)
    assert starting.start(version=newer, acting_person=other_educator).version == newer
