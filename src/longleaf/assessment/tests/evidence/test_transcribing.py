"""A recording carries its words: added, replaced, carried on to the next round, and taken away with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment.errors import FileNotWelcome, NoSuchAttempt, NotOpenForWriting
from longleaf.assessment.evidence import quota, transcribing, writing
from longleaf.assessment.models import Artifact, Submission, Upload
from longleaf.assessment.retrying import open_round
from longleaf.assessment.status import AttemptStatus, FileKind
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.earner_cast import uploaded
from longleaf.assessment.tests.evidence import files_cast
from tests import cast

CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Maria>Why?</v>\n"


@pytest.fixture
def attempt(state, issuer, educator):
    document = cast.make_document()
    document["requirements"][1]["files"] = {"kinds": ["pdf", "video", "audio"], "most": 20, "megabytes": 5}
    return earner_cast.started(cast.publish(state, issuer, document), educator)


@pytest.fixture
def artifact(attempt):
    uploaded(attempt, "a.mp4", files_cast.mp4())
    return Artifact.objects.get()


def add(artifact, name="a.vtt", content=CAPTIONS, person=None):
    owner = artifact.response.submission.attempt.earner
    return transcribing.add_transcript(artifact=artifact, name=name, content=content, acting_person=person or owner)


def address(attempt, artifact):
    return reverse("assessment:transcript", kwargs={"ref": attempt.ref, "artifact_id": artifact.pk})


def test_a_recording_carries_captions_without_the_names_in_them(attempt, artifact, client_of):
    add(artifact)
    answer = client_of(attempt.earner).get(address(attempt, artifact))
    assert b"".join(answer.streaming_content) == b"WEBVTT\n\n000:00:01.000 --> 000:00:04.000\nWhy?\n"
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="R2-1.vtt"'
    page = client_of(attempt.earner).get(reverse("assessment:preview", kwargs={"ref": attempt.ref})).content.decode()
    assert f'<track kind="captions" src="{address(attempt, artifact)}"' in page


def test_a_transcript_is_no_evidence_by_itself(attempt, artifact):
    add(artifact, "a.txt", b"Why?")
    assert (Artifact.objects.count(), Upload.objects.filter(kind=FileKind.TRANSCRIPT).count()) == (1, 1)


def test_new_words_take_the_place_of_the_old(artifact, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(artifact)
        add(artifact, "a.txt", b"Why?")
    assert (Upload.objects.count(), len(list((settings.MEDIA_ROOT / "files").iterdir()))) == (2, 2)


def test_words_go_with_their_recording_and_alone(artifact, settings, django_capture_on_commit_callbacks):
    person = artifact.response.submission.attempt.earner
    with django_capture_on_commit_callbacks(execute=True):
        add(artifact)
        transcribing.remove_transcript(artifact=artifact, acting_person=person)
        transcribing.remove_transcript(artifact=artifact, acting_person=person)
        add(artifact)
        writing.remove_artifact(artifact=writing.artifact_of(person, artifact.pk), acting_person=person)
    assert (Upload.objects.count(), list((settings.MEDIA_ROOT / "files").iterdir())) == (0, [])


def test_the_next_round_has_them_too(attempt, artifact):
    add(artifact)
    earner_cast.save(attempt, "R1", earner_cast.PLAN)
    earner_cast.save(attempt, "R3", earner_cast.CHANGE)
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=[])
    open_round(attempt=attempt, acting_person=attempt.earner)
    first, second = Artifact.objects.order_by("pk")
    assert first.transcript == second.transcript is not None
    transcribing.remove_transcript(artifact=second, acting_person=attempt.earner)
    first.refresh_from_db()
    assert first.transcript is not None


def test_only_a_recording_has_words(attempt):
    uploaded(attempt, "a.pdf", earner_cast.pdf())
    with pytest.raises(FileNotWelcome, match="Only a recording"):
        add(Artifact.objects.get())


def test_what_cannot_be_read_says_where(artifact):
    with pytest.raises(FileNotWelcome, match=r"“a\.vtt”: A \.vtt file begins with the word WEBVTT"):
        add(artifact, content=b"Why?")


def test_nobody_else_and_nobody_later(attempt, artifact, other_educator, lead_assessor, client, client_of):
    add(artifact)
    with pytest.raises(NoSuchAttempt):
        add(artifact, person=other_educator)
    assert client_of(other_educator).get(address(attempt, artifact)).status_code == 404
    asked_to_sign_in = client.get(address(attempt, artifact))
    assert (asked_to_sign_in.status_code, "sign-in" in asked_to_sign_in["Location"]) == (302, True)
    # Drafts are their earner's alone; what was handed in is led by its issuer.
    assert client_of(lead_assessor).get(address(attempt, artifact)).status_code == 404
    Submission.objects.update(submitted_at=timezone.now())
    earner_cast.put(attempt, AttemptStatus.SUBMITTED)
    assert client_of(lead_assessor).get(address(attempt, artifact)).status_code == 200
    with pytest.raises(NotOpenForWriting):
        add(artifact)


def test_a_recording_without_words_has_none_to_read(attempt, artifact, client_of):
    assert client_of(attempt.earner).get(address(attempt, artifact)).status_code == 404


def test_the_page_takes_and_removes_them_and_says_what_is_wrong(attempt, artifact, client_of):
    client, page = client_of(attempt.earner), reverse("assessment:attempt", kwargs={"ref": attempt.ref})
    field = f"words-{artifact.pk}"
    wrong = client.post(page, {"act": f"tell:R2:{artifact.pk}", field: SimpleUploadedFile("a.vtt", b"Why?")})
    assert (wrong.status_code, "begins with the word WEBVTT" in wrong.content.decode()) == (422, True)
    assert client.post(page, {"act": f"tell:R2:{artifact.pk}"}).status_code == 422
    client.post(page, {"act": f"tell:R2:{artifact.pk}", field: SimpleUploadedFile("talk.vtt", CAPTIONS)})
    assert "Captions of a.mp4" in client.get(page).content.decode()
    client.post(page, {"act": f"untell:R2:{artifact.pk}"})
    assert "Add captions or a transcript" in client.get(page).content.decode()


def test_what_was_taken_out_is_told(attempt, client_of):
    uploaded(attempt, "a.mp4", files_cast.mp4(files_cast.M))
    page = client_of(attempt.earner).get(reverse("assessment:attempt", kwargs={"ref": attempt.ref})).content.decode()
    assert "Taken out of it: the place" in page


def test_an_attempt_has_room_for_so_much_and_says_how_much_is_left(attempt, settings, client_of):
    content = earner_cast.sound()
    settings.EVIDENCE_BYTES_AN_ATTEMPT = 2 * len(content) + 10
    uploaded(attempt, "a.wav", content)
    page = client_of(attempt.earner).get(reverse("assessment:attempt", kwargs={"ref": attempt.ref})).content.decode()
    assert "8.1 KB left for this attempt" in page
    uploaded(attempt, "b.wav", content)
    assert quota.left_for(attempt) == 10
    with pytest.raises(FileNotWelcome, match="10 bytes are left for the files of this attempt"):
        uploaded(attempt, "c.wav", content)
    settings.EVIDENCE_BYTES_AN_ATTEMPT = 0
    assert quota.left_for(attempt) is None
