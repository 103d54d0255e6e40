"""Who gets what at every address of the earner: rows are people, columns are pages."""

import pytest
from django.urls import reverse

from longleaf.assessment.evidence import uploading
from longleaf.assessment.models import Artifact
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.panels.convening import convene
from longleaf.panels.models import Assignment

STRANGERS = ["other_educator", "first_assessor", "lead_assessor", "psu_officer", "state_officer", "stranger"]
PAGES = ["attempt", "preview", "submit", "history", "withdraw", "decision", "coach"]
POSTS = ["attempt", "submit", "withdraw", "next-round", "uploads", "coach"]


@pytest.fixture
def attempt(version, educator):
    attempt = earner_cast.filled(version, educator)
    earner_cast.uploaded(attempt, "Maria Lopez.pdf", earner_cast.pdf())
    return attempt


@pytest.fixture
def seated(attempt, issuer, first_assessor, second_assessor):
    """Handed in, and read by the first and second assessor."""
    earner_cast.submit(attempt)
    submission = current_submission(attempt)
    submission.panel = convene(
        kind="submission",
        subject=submission.ref,
        pool=issuer,
        rubric=attempt.version.document["rubric"],
        rule=attempt.version.document["panel_rule"],
        barred_people=[attempt.earner],
        due_at=submission.due_at,
        acting_person=None,
    )
    submission.save()
    assert {each.rater_id for each in Assignment.objects.all()} == {first_assessor.pk, second_assessor.pk}
    return submission


def address(name, attempt, **more):
    return reverse(f"assessment:{name}", kwargs={"ref": attempt.ref, **more})


def file_address(attempt):
    return address("file", attempt, artifact_id=Artifact.objects.get(upload__isnull=False).pk)


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_learn_nothing(attempt, who, request, client_of):
    client = client_of(request.getfixturevalue(who))
    got = {name: client.get(address(name, attempt)).status_code for name in PAGES}
    posted = {
        name: client.post(address(name, attempt), headers={"Tus-Resumable": "1.0.0", "Upload-Length": "3"}).status_code
        for name in POSTS
    }
    saved = client.post(address("autosave", attempt, requirement="R1"), {"text": "x", "revision": "1"})
    listed = client.get(address("artifacts", attempt, requirement="R2"))
    assert set(got.values()) | set(posted.values()) | {saved.status_code, listed.status_code} == {404}


def test_whoever_is_not_signed_in_is_asked_to(attempt, client_of):
    client = client_of(None)
    answers = [client.get(address(name, attempt)) for name in PAGES] + [client.get(reverse("assessment:list"))]
    answers += [client.post(address("autosave", attempt, requirement="R1")), client.get(file_address(attempt))]
    assert {(each.status_code, each["Location"].split("?")[0]) for each in answers} == {(302, reverse("account_login"))}


def test_the_earner_opens_every_page(attempt, client_of):
    client = client_of(attempt.earner)
    got = {name: client.get(address(name, attempt)).status_code for name in PAGES}
    assert got == dict.fromkeys(PAGES, 200) | {"decision": 302}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_draft_is_read_by_its_earner_alone(attempt, who, request, client_of):
    assert client_of(attempt.earner).get(file_address(attempt)).status_code == 200
    assert client_of(request.getfixturevalue(who)).get(file_address(attempt)).status_code == 404


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("educator", 200),
        ("first_assessor", 200),
        ("second_assessor", 200),
        ("lead_assessor", 200),
        ("third_assessor", 404),
        ("other_educator", 404),
        ("designer", 404),
        ("psu_officer", 404),
        ("state_officer", 404),
        ("stranger", 404),
    ],
)
def test_a_file_is_read_by_those_who_judge_it(seated, attempt, third_assessor, who, answer, request, client_of):
    assert client_of(request.getfixturevalue(who)).get(file_address(attempt)).status_code == answer


@pytest.mark.parametrize("status", ["declined", "expired"])
def test_whoever_gave_a_reading_back_reads_no_more(seated, attempt, first_assessor, status, client_of):
    Assignment.objects.filter(rater=first_assessor).update(status=status)
    assert client_of(first_assessor).get(file_address(attempt)).status_code == 404


def test_a_file_has_no_other_address_than_its_own_attempts(attempt, version, other_educator, client_of):
    other = earner_cast.started(version, other_educator)
    crossed = address("file", other, artifact_id=Artifact.objects.get(upload__isnull=False).pk)
    assert [client_of(each).get(crossed).status_code for each in (attempt.earner, other_educator)] == [404, 404]


def test_nobody_removes_or_cancels_what_is_not_theirs(attempt, version, other_educator, client_of):
    other = earner_cast.started(version, other_educator)
    artifact = Artifact.objects.get(upload__isnull=False)
    upload = uploading.begin(
        response=earner_cast.response_to(attempt, "R2"), name="b.pdf", size=9, acting_person=attempt.earner
    )
    client = client_of(other_educator)
    acts = [f"remove:R2:{artifact.pk}", f"cancel:R2:{upload.ref}"]
    answers = [client.post(address("attempt", other), {"act": act}).status_code for act in acts]
    assert (answers, Artifact.objects.filter(pk=artifact.pk).exists()) == ([404, 404], True)
