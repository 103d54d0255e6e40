"""Handing out evidence so that it can do nothing but be looked at."""

import pytest
from django.urls import reverse

from longleaf.assessment.models import Artifact
from longleaf.assessment.tests import earner_cast
from tests import cast


@pytest.fixture
def attempt(state, issuer, educator):
    document = cast.make_document()
    document["requirements"][1]["files"] = {
        "kinds": ["pdf", "office", "image", "audio", "video"],
        "most": 20,
        "megabytes": 5,
    }
    return earner_cast.started(cast.publish(state, issuer, document), educator)


@pytest.fixture
def client(attempt, client_of):
    return client_of(attempt.earner)


def fetch(client, attempt, **headers):
    artifact = Artifact.objects.latest("pk")
    where = reverse("assessment:file", kwargs={"ref": attempt.ref, "artifact_id": artifact.pk})
    return client.get(where, headers=headers)


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("Maria.pdf", earner_cast.pdf(), 'inline; filename="R2-1.pdf"'),
        ("Maria.jpeg", earner_cast.picture(), 'inline; filename="R2-1.jpg"'),
        ("Maria.wav", earner_cast.sound(), 'inline; filename="R2-1.wav"'),
        ("Maria.docx", earner_cast.office_document(), 'attachment; filename="R2-1.docx"'),
    ],
)
def test_only_what_is_safe_to_show_is_shown_and_under_a_neutral_name(client, attempt, name, content, disposition):
    earner_cast.uploaded(attempt, name, content)
    answer = fetch(client, attempt)
    assert (answer.status_code, answer["Content-Disposition"]) == (200, disposition)
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "SAMEORIGIN")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")
    body(answer)


def test_everything_but_a_pdf_is_shut_in_a_sandbox(client, attempt):
    earner_cast.uploaded(attempt, "a.png", earner_cast.picture("PNG"))
    answer = fetch(client, attempt)
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    body(answer)


def test_whatever_is_shown_can_be_downloaded(client, attempt):
    earner_cast.uploaded(attempt, "a.pdf", earner_cast.pdf())
    where = reverse("assessment:file", kwargs={"ref": attempt.ref, "artifact_id": Artifact.objects.get().pk})
    answer = client.get(where + "?download")
    assert (answer["Content-Disposition"], body(answer)) == ('attachment; filename="R2-1.pdf"', earner_cast.pdf())


SIZE = len(earner_cast.sound())


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-3", 0, 3),
        ("bytes=4-", 4, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        (f"bytes=10-{SIZE * 2}", 10, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
    ],
)
def test_a_player_gets_the_part_it_asks_for(client, attempt, asked, first, last):
    earner_cast.uploaded(attempt, "a.wav", earner_cast.sound())
    answer = fetch(client, attempt, Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/{SIZE}")
    assert (answer["Content-Length"], answer["Accept-Ranges"]) == (str(last - first + 1), "bytes")
    assert body(answer) == earner_cast.sound()[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=5-4", "bytes=-0"])
def test_a_part_that_there_is_not_is_refused(client, attempt, asked):
    earner_cast.uploaded(attempt, "a.wav", earner_cast.sound())
    answer = fetch(client, attempt, Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=0-1,4-5", "bytes=-", "bytes=a-b"])
def test_any_other_question_gets_the_whole(client, attempt, asked):
    earner_cast.uploaded(attempt, "a.wav", earner_cast.sound())
    answer = fetch(client, attempt, Range=asked)
    assert (answer.status_code, body(answer)) == (200, earner_cast.sound())


def test_a_link_is_no_file(client, version, educator, client_of):
    attempt = earner_cast.filled(version, educator)
    assert fetch(client_of(educator), attempt).status_code == 404
