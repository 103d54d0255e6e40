"""What an earner can read of earlier rounds: what changed, every decision, every letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from longleaf.assessment import retrying
from longleaf.assessment.evidence import writing
from longleaf.assessment.models import Artifact, Attempt
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.rounds import what_changed
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import seats_of
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def second_round(version: Version, educator: Person) -> Attempt:
    """A is met; the text on B is changed, and a file is put in place of the link."""
    attempt = earner_cast.decided(version, educator, met=[])
    retrying.open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", "The learner rewrote the claim and defended it.")
    link = Artifact.objects.get(response__submission=current_submission(attempt))
    writing.remove_artifact(artifact=link, acting_person=educator)
    earner_cast.uploaded(attempt, "both drafts.png", earner_cast.picture("PNG"))
    return attempt


def test_each_requirement_says_what_changed(second_round: Attempt) -> None:
    found = what_changed(work_on(second_round))
    assert {code: each.in_words for code, each in found.items()} == {
        "R1": [],
        "R2": [f"“{earner_cast.LINK}” replaced by “both drafts.png”"],
        "R3": ["text changed"],
    }


def test_the_first_round_and_other_work_are_compared_with_nothing(version: Version, educator: Person) -> None:
    attempt = earner_cast.started(version, educator)
    assert what_changed(work_on(attempt)) == {}
    attempt.submissions.update(round=2, other_work=True)
    attempt.round = 2
    assert what_changed(work_on(attempt)) == {}


@pytest.mark.parametrize("page", ["", "preview/"])
def test_the_earner_sees_what_changed(second_round: Attempt, client_of: Signed, page: str) -> None:
    shown = client_of(second_round.earner).get(f"/work/{second_round.ref}/{page}").content.decode()
    assert "<strong>Since round 1:</strong> text changed." in shown
    assert "</span>added two pieces of evidence. <span" in shown
    assert "</span>defended it.<span" in shown


def test_what_was_handed_in_earlier_stays_to_be_read(second_round: Attempt, client_of: Signed) -> None:
    client = client_of(second_round.earner)
    first = client.get(f"/work/{second_round.ref}/preview/?round=1").content.decode()
    assert earner_cast.CHANGE in first
    assert "It stays as it was" in first
    assert "Go on writing" not in first
    for nothing in ("3", "x", "²"):
        assert client.get(f"/work/{second_round.ref}/preview/?round={nothing}").status_code == 404


def test_nobody_else_reads_an_earlier_round(second_round: Attempt, client_of: Signed, other_educator: Person) -> None:
    client = client_of(other_educator)
    for page in ("preview/?round=1", "decision/?round=1", "history/"):
        assert client.get(f"/work/{second_round.ref}/{page}").status_code == 404


def test_the_letters_of_an_earlier_round_stay_within_reach(
    version: Version,
    educator: Person,
    client_of: Signed,
    issuer: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
) -> None:
    attempt = appeals.judged_not_yet(version, educator, lead_assessor)
    new_lead = appeals.new_lead(issuer)
    appeals.new_readers(issuer)
    for seat in seats_of(appeals.admitted(appeals.lodged(attempt), new_lead)):
        appeals.read_only(seat, B="not-yet", comment="Found in the new reading.")
    attempt.refresh_from_db()
    retrying.open_round(attempt=attempt, acting_person=educator)
    client = client_of(educator)
    decision, letter = (
        f"/work/{attempt.ref}/decision/?round=1",
        f"/appeals/attempts/{attempt.ref}/letter/?round=1",
    )
    for page in (f"/work/{attempt.ref}/history/", f"/work/{attempt.ref}/decision/"):
        shown = client.get(page).content.decode()
        assert decision in shown
        assert letter in shown
    assert f"/work/{attempt.ref}/history/" in client.get(f"/work/{attempt.ref}/").content.decode()
    assert appeals.COMMENT_OF_FIRST_READING in client.get(decision).content.decode()
    assert "Found in the new reading." in client.get(letter).content.decode()
    # The round that is open has no letter of its own.
    assert client.get(f"/appeals/attempts/{attempt.ref}/letter/").status_code == 404
