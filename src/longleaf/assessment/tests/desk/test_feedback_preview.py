"""Feedback as the earner will read it, looked at by its reader before handing in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment import scoring
from longleaf.assessment.models import Submission
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.panels import rating
from longleaf.panels.models import Assignment
from longleaf.panels.tests.factories import fill_in

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def submission(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    return send_to_panel(hand_in(version, educator), lead_assessor)


def preview(client: Client, seat: Assignment) -> str:
    return client.get(reverse("desk:preview", kwargs={"ref": seat.ref})).content.decode()


def sections(page: str) -> list[str]:
    """The sections about criteria, without the space between tags."""
    return [re.sub(r"\s+", " ", each) for each in re.findall(r"<section>.*?</section>", page, re.DOTALL)]


def test_the_earner_reads_what_the_reader_saw(submission: Submission, client_of: Signed, educator: Person) -> None:
    first, second = seats_of(submission)
    fill_in(first, A="not-yet")
    shown = sections(preview(client_of(first.rater), first))
    scoring.submit_reading(assignment=first, acting_person=first.rater)
    read(second, A="not-yet")
    told = client_of(educator).get(reverse("assessment:decision", kwargs={"ref": submission.attempt.ref}))
    # Both readers wrote the same words; each stands as one quotation, so one of the two is taken out.
    twice = sections(told.content.decode())
    assert len(shown) == 2
    for seen, read_by_earner in zip(shown, twice, strict=True):
        quotations = re.findall(r"<figure.*?</figure>", seen)
        assert quotations
        assert set(re.findall(r"<figure.*?</figure>", read_by_earner)) == set(quotations)
        assert re.sub(r"<figure.*?</figure> ?", "", seen) == re.sub(r"<figure.*?</figure> ?", "", read_by_earner)


def test_what_is_still_open_is_said(submission: Submission, client_of: Signed) -> None:
    seat = take_up(seats_of(submission)[0])
    rating.rate(assignment=seat, criterion="A", level="not-yet", revision=0, acting_person=seat.rater)
    shown = preview(client_of(seat.rater), seat)
    assert "Say what would have to change for" in shown
    assert "Choose a level for" in shown


def test_nothing_of_the_other_reading_is_shown(submission: Submission, client_of: Signed) -> None:
    first, second = seats_of(submission)
    fill_in(first)
    rating.rate(assignment=first, criterion="A", comment="Zebra", revision=1, acting_person=first.rater)
    take_up(second)
    assert "Zebra" in preview(client_of(first.rater), first)
    assert "Zebra" not in preview(client_of(second.rater), second)


def test_before_and_after_there_is_nothing_to_preview(submission: Submission, client_of: Signed) -> None:
    offered, other = seats_of(submission)
    read(other)
    for seat in (offered, other):
        answer = client_of(seat.rater).get(reverse("desk:preview", kwargs={"ref": seat.ref}))
        assert answer["Location"] == reverse("desk:read", kwargs={"ref": seat.ref})
