"""What a badge may tell of the work: each piece by itself, of the round that was judged, and no file by its name."""

from __future__ import annotations

import pytest
from django.test import Client

from longleaf.assessment.evidence import badge_evidence
from longleaf.assessment.models import Artifact, Submission
from longleaf.assessment.tests.desk.factories import (
    PLAN,
    TELLING_FILE_NAME,
    TELLING_TITLE,
    hand_in,
    picture,
    read,
    seats_of,
    send_to_panel,
)
from longleaf.awards import reissuing
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.report import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> Submission:
    return send_to_panel(hand_in(version, educator), lead_assessor)


@pytest.fixture
def award(submission: Submission, issuer: Organisation) -> Award:
    signing_keys.create_key(organisation=issuer, acting_person=None)
    for seat in seats_of(submission):
        read(seat)
    return Award.objects.get()


def test_nothing_may_be_told_before_it_is_demonstrated(submission: Submission) -> None:
    assert badge_evidence.pieces_of(f"attempt:{submission.attempt.ref}") == []


@pytest.mark.parametrize("occasion", ["bulk:x", "attempt:", "attempt:ATT-NONE", ""])
def test_other_occasions_have_no_evidence_here(award: Award, occasion: str) -> None:
    assert badge_evidence.pieces_of(occasion) == []
    assert badge_evidence.file_of(occasion, "R2.1") is None


def test_each_text_link_and_file_is_a_piece_of_its_own(award: Award) -> None:
    pieces = badge_evidence.pieces_of(award.occasion)
    file, link = Artifact.objects.order_by("position")
    assert [piece["key"] for piece in pieces] == [
        "R1",
        "R1.text",
        "R2",
        f"R2.{file.pk}",
        f"R2.{link.pk}",
        "R3",
        "R3.text",
    ]
    told = {piece["key"]: piece for piece in pieces}
    assert told["R1.text"]["narrative"] == PLAN
    assert told[f"R2.{link.pk}"]["url"] == "https://pages.example.test/work"
    assert TELLING_TITLE in told[f"R2.{link.pk}"]["name"]
    assert told[f"R2.{file.pk}"]["file"] is True
    assert TELLING_FILE_NAME not in str(pieces)


def test_a_released_file_opens_for_whoever_may_see_the_badge(award: Award, client: Client, educator: Person) -> None:
    file = Artifact.objects.get(upload__isnull=False)
    address = f"/badges/{award.uuid}/evidence/R2.{file.pk}"
    assert client.get(address).status_code == 404
    reissued = reissuing.reissue(
        award=award, acting_person=educator, pieces=["R1", "R1.text", f"R2.{file.pk}"], consent=True
    )
    assert verifying.verify_award(reissued).verdict is Verdict.VALID
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == picture()  # type: ignore[attr-defined]
    assert TELLING_FILE_NAME not in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_key_of_another_kind_names_no_file(award: Award) -> None:
    file, link = Artifact.objects.order_by("position")
    assert badge_evidence.file_of(award.occasion, f"R2.{file.pk}") is not None
    for key in ("R1.text", "R2", f"R2.{link.pk}", f"R1.{file.pk}", "R2.999999", "R2.²"):
        assert badge_evidence.file_of(award.occasion, key) is None
