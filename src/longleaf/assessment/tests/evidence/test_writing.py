"""Keeping texts, links and pieces of evidence."""

import pytest

from longleaf.assessment.errors import (
    LinkNotWelcome,
    NoSuchAttempt,
    NoSuchRequirement,
    NoSuchRound,
    NotOpenForWriting,
    ResponseLocked,
    StaleRevision,
    TextNotWelcome,
)
from longleaf.assessment.evidence import writing
from longleaf.assessment.models import Artifact, Response, Upload
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retrying import open_round
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.journal.models import JournalLine

CLOSED = [status for status in AttemptStatus if status not in OPEN_FOR_WRITING]


@pytest.fixture
def attempt(version, educator):
    return earner_cast.started(version, educator)


@pytest.fixture
def submission(attempt):
    return current_submission(attempt)


def save(submission, text, revision=0, requirement="R1", person=None, **more):
    return writing.save_text(
        submission=submission,
        requirement=requirement,
        text=text,
        revision=revision,
        acting_person=person or submission.attempt.earner,
        **more,
    )


def link(submission, address, requirement="R2", title=""):
    return writing.add_link(
        submission=submission,
        requirement=requirement,
        link=address,
        title=title,
        acting_person=submission.attempt.earner,
    )


def test_each_save_counts_a_revision_and_writes_no_journal_line(submission):
    before = JournalLine.objects.count()
    assert [save(submission, "One").revision, save(submission, "One two", 1).revision] == [1, 2]
    assert JournalLine.objects.count() == before


def test_the_same_text_again_changes_nothing_whatever_its_revision(submission):
    save(submission, "One")
    assert [save(submission, "One", 0).revision, save(submission, "One", 1).revision] == [1, 1]


def test_a_stale_revision_is_answered_with_what_the_server_holds(submission):
    save(submission, "From the phone")
    with pytest.raises(StaleRevision) as stale:
        save(submission, "From the desk", 0)
    assert (stale.value.revision, stale.value.text) == (1, "From the phone")
    assert Response.objects.get(submission=submission, requirement="R1").text == "From the phone"


def test_a_form_follows_what_its_own_page_saved_before(submission):
    save(submission, "One", page="mine")
    assert save(submission, "One two", 0, page="mine", is_last_word=True).text == "One two"


@pytest.mark.parametrize("more", [{"page": "other", "is_last_word": True}, {"page": "mine"}, {"is_last_word": True}])
def test_nothing_else_follows_what_a_page_saved(submission, more):
    save(submission, "One", page="mine")
    with pytest.raises(StaleRevision):
        save(submission, "One two", 0, **more)


def test_line_ends_and_invisible_characters_do_not_make_texts_differ(submission):
    assert save(submission, "One\r\ntwo\x00\rthree").text == "One\ntwo\nthree"


def test_it_refuses_text_where_none_is_asked_for(submission):
    with pytest.raises(TextNotWelcome):
        save(submission, "A text", requirement="R2")


def test_it_refuses_a_text_beyond_measure(submission):
    save(submission, "x" * writing.LONGEST_TEXT)
    with pytest.raises(TextNotWelcome):
        save(submission, "x" * (writing.LONGEST_TEXT + 1), 1)


def test_it_refuses_a_requirement_that_there_is_not(submission):
    with pytest.raises(NoSuchRequirement):
        save(submission, "A text", requirement="R9")


@pytest.mark.parametrize("status", CLOSED)
def test_it_refuses_every_change_of_evidence_that_is_closed(submission, attempt, status):
    artifact = link(submission, "https://example.org/a")
    earner_cast.put(attempt, status)
    with pytest.raises(NotOpenForWriting):
        save(submission, "Late")
    with pytest.raises(NotOpenForWriting):
        link(submission, "https://example.org/b")
    with pytest.raises(NotOpenForWriting):
        writing.remove_artifact(artifact=artifact, acting_person=attempt.earner)
    with pytest.raises(NotOpenForWriting):
        writing.set_badge_evidence(submission=submission, requirements=["R1"], acting_person=attempt.earner)


def test_a_return_opens_the_evidence_again(submission, attempt):
    earner_cast.put(attempt, AttemptStatus.RETURNED)
    assert save(submission, "Mended").text == "Mended"


def test_a_judged_round_stays_as_it_was(version, educator):
    attempt = earner_cast.decided(version, educator, met=["A"])
    judged = current_submission(attempt)
    open_round(attempt=attempt, acting_person=educator)
    with pytest.raises(NoSuchRound):
        save(judged, "Changed behind the back of the assessors", 1)


def test_what_was_met_is_locked_in_the_next_round(version, educator):
    opened = open_round(attempt=earner_cast.decided(version, educator, met=["A"]), acting_person=educator)
    with pytest.raises(ResponseLocked):
        save(opened, "Changed")
    with pytest.raises(ResponseLocked):
        link(opened, "https://example.org/c")
    assert save(opened, "Changed", requirement="R3").text == "Changed"


@pytest.mark.parametrize("who", ["other_educator", "first_assessor", "lead_assessor", "stranger"])
def test_nobody_else_writes(submission, who, request):
    person = request.getfixturevalue(who)
    with pytest.raises(NoSuchAttempt):
        save(submission, "Not mine", person=person)


def test_a_link_is_added_once(submission):
    first = link(submission, " https://example.org/a ", title="Before")
    assert (link(submission, "https://example.org/a"), first.title) == (first, "Before")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not a link",
        "javascript:alert(1)",
        "ftp://example.org/a",
        "data:text/html,hello",
        "https://",
        "https://name:secret@example.org/",
        "https://example.org/" + "a" * 500,
    ],
)
def test_it_refuses_what_is_no_usable_link(submission, address):
    with pytest.raises(LinkNotWelcome) as refusal:
        link(submission, address)
    assert set(refusal.value.fields) == {"link"}


def test_it_refuses_a_link_where_none_is_asked_for(submission):
    with pytest.raises(LinkNotWelcome):
        link(submission, "https://example.org/a", requirement="R1")


def test_it_refuses_links_without_end(submission):
    for number in range(writing.MOST_LINKS):
        link(submission, f"https://example.org/{number}")
    with pytest.raises(LinkNotWelcome):
        link(submission, "https://example.org/one-more")


def test_removing_a_file_removes_its_bytes(attempt, settings, django_capture_on_commit_callbacks):
    upload = earner_cast.uploaded(attempt, "a.pdf", earner_cast.pdf())
    kept = settings.MEDIA_ROOT / upload.stored_as
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        writing.remove_artifact(artifact=Artifact.objects.get(), acting_person=attempt.earner)
    assert (kept.exists(), Upload.objects.count()) == (False, 0)


def test_a_file_that_an_earlier_round_shows_keeps_its_bytes(
    version, educator, settings, django_capture_on_commit_callbacks
):
    attempt = earner_cast.filled(version, educator)
    upload = earner_cast.uploaded(attempt, "a.pdf", earner_cast.pdf())
    earner_cast.submit(attempt)
    opened = open_round(attempt=earner_cast.decide(attempt, met=["B"]), acting_person=educator)
    copy = Artifact.objects.get(response__submission=opened, upload=upload)
    with django_capture_on_commit_callbacks(execute=True):
        writing.remove_artifact(artifact=copy, acting_person=educator)
    assert (settings.MEDIA_ROOT / upload.stored_as).exists()


def test_the_badge_tells_of_what_was_chosen_in_the_order_asked_for(submission, attempt):
    chosen = writing.set_badge_evidence(submission=submission, requirements=["R3", "R1"], acting_person=attempt.earner)
    assert chosen.badge_evidence == ["R1", "R3"]
    with pytest.raises(NoSuchRequirement):
        writing.set_badge_evidence(submission=submission, requirements=["R9"], acting_person=attempt.earner)
