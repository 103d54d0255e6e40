"""What is told of the work behind a badge reaches the ledger: its level, the day it was begun and that of its proof."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.awards import issuing
from longleaf.awards.keys import signing_keys
from longleaf.catalog.design import Design
from longleaf.recognition import ledgers, records
from longleaf.recognition.tests.factories import EARNED, FINDING, SURE, TODAY, badge, license_for, load
from tests import cast

BEGUN, HANDED_IN, AGAIN = (datetime(2026, month, 2, 3, 30, tzinfo=UTC) for month in (1, 2, 3))
LEVELS = [
    {"code": "not-yet", "title": "Not yet", "meets": False},
    {"code": "met", "title": "Met", "meets": True},
    {"code": "beyond", "title": "Beyond", "meets": True},
]


def worked_for(person: Any, version: Any, *, finding: dict[str, Any] = FINDING, earned_at: datetime = EARNED) -> Any:
    """A badge for an attempt that was begun in January and handed in twice; the second round was demonstrated."""
    attempt = Attempt.objects.create(
        earner=person,
        version=version,
        micro_credential=version.micro_credential,
        status=AttemptStatus.DEMONSTRATED,
        round=2,
    )
    Attempt.objects.filter(pk=attempt.pk).update(started_at=BEGUN)
    for number, submitted_at in ((1, HANDED_IN), (2, AGAIN)):
        Submission.objects.create(attempt=attempt, round=number, submitted_at=submitted_at, decided_at=timezone.now())
    issuer = version.micro_credential.issuer
    if not issuer.issuing_keys.exists():
        signing_keys.create_key(organisation=issuer, acting_person=None)
    return issuing.award(
        occasion=f"attempt:{attempt.ref}",
        earner=person,
        version=version,
        finding=finding,
        earned_at=earned_at,
        acting_person=None,
    )


def only_credit_of(person: Any, licence: Any) -> Any:
    [credit] = records.record_of(person, licence).credits
    return credit


def found(**levels: str | None) -> dict[str, Any]:
    told = [{"code": code, "met": True, "level": level} for code, level in levels.items()]
    return {"readers": 2, "blind": True, "criteria": told}


@pytest.fixture
def in_levels(state: Any, issuer: Any, items: Any) -> Any:
    """A version with three levels, and a third criterion that need not be met."""
    document = cast.make_document("in-levels")
    further = {"code": "C", "title": "More", "requirements": ["R3"], "required": False}
    criteria = [*document["rubric"]["criteria"], {**document["rubric"]["criteria"][1], **further}]
    texts = {each["code"]: "Told." for each in LEVELS}
    rubric = {"levels": LEVELS, "criteria": [{**each, "levels": texts} for each in criteria]}
    return cast.publish(state, issuer, {**document, "rubric": rubric}, [items["MTS-2"]])


def test_the_days_are_those_of_the_attempt_and_of_its_last_round(educator, version, state):
    licence = license_for(educator, state)
    worked_for(educator, version)
    credit = only_credit_of(educator, licence)
    # Half past three in the night of the world is the evening before here.
    assert (credit.begun_on, credit.evidence_on) == (date(2026, 1, 1), date(2026, 3, 1))


def test_what_came_of_no_attempt_has_no_days(educator, version, state):
    licence = license_for(educator, state)
    badge(educator, version)
    credit = only_credit_of(educator, licence)
    assert (credit.begun_on, credit.evidence_on) == (None, None)


@pytest.mark.parametrize(
    ("finding", "level"),
    [
        (found(A="beyond", B="beyond", C="not-yet"), "beyond"),
        (found(A="beyond", B="met", C="beyond"), "met"),
        (found(A="beyond", B=None, C="beyond"), ""),
        (found(A="beyond", C="beyond"), ""),
        ({"elsewhere": "On paper in May."}, ""),
    ],
)
def test_the_level_is_the_lowest_of_what_must_be_met(educator, in_levels, state, finding, level):
    licence = license_for(educator, state)
    worked_for(educator, in_levels, finding=finding)
    assert only_credit_of(educator, licence).level == level


def test_credits_by_level_reach_a_ledger(educator, in_levels, state):
    worth = {"kind": "by_level", "credits": {"met": 2, "beyond": 3}}
    load(
        state,
        levels=["met", "beyond"],
        values=[{"id": "L", "title": "By level", "of": "micro_credential", **SURE, "worth": worth}],
    )
    license_for(educator, state)
    worked_for(educator, in_levels, finding=found(A="beyond", B="beyond", C="met"))
    [line] = ledgers.standing_of(educator, on=TODAY).ledger.lines
    assert (line.counted, "at the level “beyond”" in line.reason) == (3, True)
    assert Design(in_levels.document).rubric.level_by_code["beyond"].rank == 2


def test_a_program_approved_after_the_work_began_does_not_count(educator, version, state):
    """The approval began between the first day of the work and the day on which it was earned."""
    slug = version.micro_credential.slug
    needs = {"kind": "program", "among": [slug]}
    result = {"id": "P", "title": "A rank", "gives": {"kind": "rank", "to": "II"}, "needs": needs, **SURE}
    for first, met in (("2026-01-02", False), ("2026-01-01", True)):
        program = {"code": slug, "title": "Ours", "approved": {"from": first}, **SURE}
        load(state, programs=[program], results=[result])
        license_for(educator, state)
        if met is False:
            worked_for(educator, version)
        [answer] = ledgers.standing_of(educator, on=TODAY).ledger.answers.results
        assert answer.met == met


def test_proof_handed_in_for_the_work_is_in_time(educator, version, state):
    counts = {"kind": "evidence_within", "days": 90}
    ladder = {"id": "E", "title": "Lanes", "counts": counts, "steps": [{"title": "Lane", "credits": 1}], **SURE}
    value = {"id": "F", "title": "Each", "of": "micro_credential", "worth": {"kind": "fixed", "credits": 1}, **SURE}
    load(state, values=[value], ladders=[ladder])
    license_for(educator, state)
    worked_for(educator, version)
    [climb] = ledgers.standing_of(educator, on=TODAY).ledger.answers.climbs
    assert climb.amount == 1
