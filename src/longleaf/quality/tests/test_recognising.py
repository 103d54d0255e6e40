"""Whether the state recognises what a badge says, and what the pages say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.awards import addresses
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Endorsement
from longleaf.quality import asides, deciding
from longleaf.quality.recognising import recognition_of
from longleaf.quality.status import Outcome
from tests import cast

JANUARY, MAY, JULY = date(2026, 1, 1), date(2026, 5, 1), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def key_of_the_agency(agency):
    """Without a key nothing is signed, and what is not signed is nobody's word."""
    cache.clear()
    return signing_keys.create_key(organisation=agency, acting_person=None)


@pytest.fixture
def decide(state, agency):
    def decided(outcome=Outcome.RECOGNISED, valid_from=JANUARY, **facts):
        return deciding.record_decision(
            state=state, decided_by=agency, outcome=outcome, valid_from=valid_from, acting_person=None, **facts
        )

    return decided


def asked(version, on=MAY, **changed):
    issuer = version.micro_credential.issuer
    ids = {"issuer": addresses.issuer_id(issuer), "achievement": addresses.achievement(version)}
    return recognition_of(**{**ids, **changed}, on=on)


def test_it_recognises_what_was_recognised_on_that_day(version, decide):
    decide(version=version, valid_until=JULY)
    answer = asked(version)
    assert answer.recognised is True
    statement = Endorsement.objects.get()
    assert answer.sentence == (
        "Meadow Department of Learning recognizes Feedback that moves learning (synthetic), version 1, from January 1, "
        f"2026 until July 1, 2026. Signed statement: {addresses.endorsement(statement.uuid)}"
    )
    assert (answer.by, answer.since, answer.until) == ("Meadow Department of Learning", JANUARY, JULY)
    assert answer.statements == (addresses.endorsement(statement.uuid),)


def test_what_is_not_recognised_names_nobody_and_no_statement(version, decide):
    decide(version=version)
    decide(Outcome.WITHDRAWN, MAY, version=version)
    answer = asked(version)
    assert (answer.recognised, answer.by, answer.since, answer.until, answer.statements) == (False, "", None, None, ())


def test_it_says_when_the_decision_is_made_up(version, decide):
    decide(version=version, standing="synthetic", outcome=Outcome.CONDITIONS, conditions="Only here.")
    sentence = asked(version).sentence
    assert "with conditions" in sentence
    assert "This decision is synthetic: made up for demonstration." in sentence


def test_the_address_of_the_issuers_profile_will_do(version, decide):
    decide(version=version)
    assert asked(version, issuer=addresses.profile(version.micro_credential.issuer)).recognised is True


@pytest.mark.parametrize(
    "achievement",
    [
        "https://elsewhere.example/achievements/1",
        "urn:uuid:not-one",
        "",
        f"http://localhost:8000/achievements/{uuid4()}",
    ],
)
def test_of_what_is_not_in_the_register_it_knows_nothing(achievement, version):
    answer = asked(version, achievement=achievement)
    assert answer.recognised is None
    assert answer.sentence == "This achievement is not in the register of Meadow."


def test_the_same_number_at_another_address_is_not_ours(version, decide):
    decide(version=version)
    assert asked(version, achievement=f"https://elsewhere.example/achievements/{version.uuid}").recognised is None


def test_a_badge_that_names_another_issuer_is_not_recognised(version, decide, district):
    decide(version=version)
    answer = asked(version, issuer=addresses.issuer_id(district))
    assert answer.recognised is False
    assert "names another issuer" in answer.sentence


@pytest.mark.parametrize(
    ("facts", "on", "told"),
    [
        (None, MAY, "no decision recognizes it on May 1, 2026"),
        ({}, date(2025, 5, 1), "no decision recognizes it on May 1, 2025"),
        ({"valid_until": date(2026, 4, 30)}, MAY, "until April 30, 2026, and no longer"),
        (
            {"outcome": Outcome.RETURNED},
            MAY,
            "returned Feedback that moves learning (synthetic), version 1 on January 1, 2026",
        ),
        ({"outcome": Outcome.WITHDRAWN}, MAY, "withdrew its recognition of"),
    ],
)
def test_it_says_why_it_is_not_recognised(facts, on, told, version, decide):
    if facts is not None:
        decide(version=version, **facts)
    answer = asked(version, on)
    assert answer.recognised is False
    assert told in answer.sentence


def test_what_a_refused_issuer_offers_is_not_recognised(version, decide, issuer):
    decide(version=version)
    decide(organisation=issuer)
    assert asked(version).recognised is True
    decide(Outcome.WITHDRAWN, date(2026, 3, 1), organisation=issuer)
    assert asked(version, date(2026, 2, 28)).recognised is True
    answer = asked(version)
    assert answer.recognised is False
    assert "Prairie Institute as an issuer" in answer.sentence


def test_an_approval_whose_term_is_over_ends_no_recognition(version, decide, issuer):
    decide(version=version)
    decide(organisation=issuer, valid_until=date(2026, 4, 30))
    answer = asked(version)
    assert (answer.recognised, bool(answer.statements)) == (True, True)


def test_each_version_is_decided_on_by_itself(version, decide, state, issuer):
    decide(version=version)
    newer = cast.publish(state, issuer, cast.make_document(summary="New."))
    assert asked(version).recognised is True
    assert asked(newer).recognised is False


@pytest.fixture
def request_of_nobody():
    return RequestFactory().get("/")


def test_the_page_of_a_micro_credential_says_who_recognises_it(version, decide, request_of_nobody, client):
    decide(version=version, valid_until=date(2099, 6, 30), standing="synthetic", conditions="First.\nSecond.")
    told = asides.recognised_by(request_of_nobody, version)
    for words in (
        "Recognized",
        "Meadow Department of Learning",
        "January 1, 2026",
        "June 30, 2099",
        "Synthetic",
        "Second.",
    ):
        assert words in told
    assert "Who recognizes it" in client.get("/catalog/feedback-that-moves-learning/").content.decode()


def test_a_newer_version_says_that_only_the_earlier_is_recognised(version, decide, state, issuer, request_of_nobody):
    decide(version=version)
    newer = cast.publish(state, issuer, cast.make_document(summary="New."))
    told = asides.recognised_by(request_of_nobody, newer)
    assert "Nobody has decided yet whether version 2 is recognized." in told
    assert "Version 1 is." in told


def test_a_withdrawn_recognition_is_shown_as_that(version, decide, request_of_nobody):
    decide(version=version)
    decide(Outcome.WITHDRAWN, JULY, version=version)
    assert "Recognition withdrawn" in asides.recognised_by(request_of_nobody, version)


def test_the_page_of_an_issuer_says_who_approved_it(issuer, decide, request_of_nobody):
    assert asides.issuer_approved(request_of_nobody, issuer) == ""
    decide(organisation=issuer)
    assert "Approved to issue" in asides.issuer_approved(request_of_nobody, issuer)


@dataclass
class Earned:
    """As much of an award as the aside asks for."""

    version: Any
    earned_at: datetime


def test_a_badge_says_whether_it_was_recognised_when_it_was_earned(version, decide, request_of_nobody):
    decide(version=version)
    yesterday = timezone.now() - timedelta(days=1)
    decide(Outcome.WITHDRAWN, timezone.localdate(), version=version)
    while_it_held = asides.badge_recognised_by(request_of_nobody, Earned(version, yesterday))
    assert "what was earned stays earned" in while_it_held
    before = asides.badge_recognised_by(request_of_nobody, Earned(version, datetime(2025, 1, 1, tzinfo=UTC)))
    assert "No decision recognized it on" in before


def test_an_aside_asks_as_often_for_many_decisions_as_for_one(version, decide, request_of_nobody):
    asked = []
    for month in (1, 2, 3):
        decide(version=version, valid_from=date(2026, month, 1))
        with CaptureQueriesContext(connection) as counted:
            asides.recognised_by(request_of_nobody, version)
        asked.append(len(counted))
    assert asked == [1, 1, 1]
