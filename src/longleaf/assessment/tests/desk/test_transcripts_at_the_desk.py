"""Those who judge a recording have its words beside it, under a neutral name and only while they may read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from longleaf.assessment import starting, submitting
from longleaf.assessment.evidence import transcribing
from longleaf.assessment.models import Artifact, Submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import seats_of, send_to_panel, take_up
from longleaf.assessment.tests.evidence import files_cast
from tests import cast

CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Maria>Why?</v>\n"


@pytest.fixture
def waiting(state, issuer, educator) -> Submission:
    """A recording with captions, handed in and waiting to be checked."""
    document = cast.make_document()
    document["requirements"][1]["files"] = {"kinds": ["video"], "most": 2, "megabytes": 5}
    attempt = starting.start(version=cast.publish(state, issuer, document), acting_person=educator)
    earner_cast.save(attempt, "R1", earner_cast.PLAN)
    earner_cast.save(attempt, "R3", earner_cast.CHANGE)
    earner_cast.uploaded(attempt, "maria-explains.mp4", files_cast.mp4())
    transcribing.add_transcript(
        artifact=Artifact.objects.get(), name="maria.vtt", content=CAPTIONS, acting_person=educator
    )
    earner_cast.look_through(attempt)
    return submitting.submit(
        submission=attempt.submissions.get(),
        statements=["privacy", "integrity"],
        badge_evidence=[],
        acting_person=educator,
    )


@pytest.fixture
def seat(waiting, lead_assessor, first_assessor, second_assessor):
    return seats_of(send_to_panel(waiting, lead_assessor))[0]


def address(seat):
    return reverse("desk:read_transcript", kwargs={"ref": seat.ref, "code": "R2-1"})


def test_a_reader_has_captions_in_the_player_and_words_to_read(seat, client_of):
    take_up(seat)
    client = client_of(seat.rater)
    page = client.get(reverse("desk:read", kwargs={"ref": seat.ref})).content.decode()
    assert f'<track kind="captions" src="{address(seat)}" label="Captions"' in page
    assert "Read the words of Artifact 1" in page
    answer = client.get(address(seat))
    assert answer["Content-Disposition"] == 'inline; filename="R2-1.vtt"'
    assert b"".join(answer.streaming_content) == b"WEBVTT\n\n000:00:01.000 --> 000:00:04.000\nWhy?\n"


def test_nobody_else_reads_them(seat, client_of, educator, lead_assessor, client):
    assert client_of(seat.rater).get(address(seat)).status_code == 404, "The reading is not taken up yet."
    take_up(seat)
    assert client.get(address(seat)).status_code == 302
    for person in (educator, lead_assessor):
        assert client_of(person).get(address(seat)).status_code == 404


def test_who_checks_that_it_is_complete_reads_them_too(waiting, lead_assessor, first_assessor, client_of):
    where = reverse("desk:checked_transcript", kwargs={"ref": waiting.ref, "code": "R2-1"})
    assert client_of(lead_assessor).get(where).status_code == 200
    assert client_of(first_assessor).get(where).status_code == 404


def test_a_recording_without_words_has_none_to_read(waiting, lead_assessor, client_of):
    Artifact.objects.update(transcript=None)
    where = reverse("desk:checked_transcript", kwargs={"ref": waiting.ref, "code": "R2-1"})
    assert client_of(lead_assessor).get(where).status_code == 404
