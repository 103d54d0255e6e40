"""What is said in a recording is looked through, handed in and compared as everything else is."""

import pytest

from longleaf.assessment import retrying, submitting
from longleaf.assessment.evidence import transcribing
from longleaf.assessment.models import Artifact, FileText, LookedThrough
from longleaf.assessment.privacy import looked, looking, roster
from longleaf.assessment.queries import work_on
from longleaf.assessment.rounds import what_changed
from longleaf.assessment.submitting import evidence_digest
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.evidence import files_cast
from tests import cast

CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nCome to the board, Maria\n\n00:04.000 --> 00:06.000\nLopez & friends!\n"


@pytest.fixture
def attempt(state, issuer, items, educator):
    document = cast.make_document()
    document["requirements"][1]["files"] = {"kinds": ["video"], "most": 3, "megabytes": 5}
    attempt = earner_cast.filled(cast.publish(state, issuer, document, [items["MTS-2"]]), educator)
    earner_cast.uploaded(attempt, "lesson.mp4", files_cast.mp4())
    return attempt


def add(attempt, content, name="lesson.vtt"):
    film = Artifact.objects.filter(response__submission__attempt=attempt, upload__isnull=False).latest("pk")
    return transcribing.add_transcript(artifact=film, name=name, content=content, acting_person=attempt.earner)


def test_names_in_captions_are_found_across_two_of_them(attempt):
    roster.keep_roster(attempt=attempt, pasted="Maria Lopez", acting_person=attempt.earner)
    add(attempt, CAPTIONS)
    found = looking.look_through(work_on(attempt)).findings
    assert [(each.name, each.place.what) for each in found] == [("Maria\nLopez", "the words of “lesson.mp4”")]
    # No times, and the signs as they are spoken.
    assert (found[0].before, found[0].after) == ("Come to the board, ", " & friends!")


def test_names_in_a_plain_transcript_are_found_until_it_is_taken_away(attempt):
    roster.keep_roster(attempt=attempt, pasted="Maria Lopez", acting_person=attempt.earner)
    film = add(attempt, b"Maria, why?", "lesson.txt")
    assert [each.name for each in looking.look_through(work_on(attempt)).findings] == ["Maria"]
    transcribing.remove_transcript(artifact=film, acting_person=attempt.earner)
    assert (looking.look_through(work_on(attempt)).findings, FileText.objects.count()) == ([], 0)


def test_words_that_come_after_the_tick_ask_for_it_anew(attempt):
    earner_cast.look_through(attempt)
    assert not looked.left_to_look_through(work_on(attempt))
    add(attempt, CAPTIONS)
    assert [each.name for each in looked.left_to_look_through(work_on(attempt))] == ["lesson.mp4"]
    assert "“lesson.mp4”" in submitting.what_is_open(work_on(attempt), earner_cast.BOTH)["looked"]
    earner_cast.look_through(attempt)
    assert not looked.left_to_look_through(work_on(attempt))
    add(attempt, b"Others.", "lesson.txt")
    assert [each.name for each in looked.left_to_look_through(work_on(attempt))] == ["lesson.mp4"]
    assert max(len(each.thing) for each in LookedThrough.objects.all()) <= 64


def test_what_is_handed_in_is_proved_with_its_words(attempt):
    without = evidence_digest(work_on(attempt))
    add(attempt, CAPTIONS)
    one = evidence_digest(work_on(attempt))
    add(attempt, b"Others.", "lesson.txt")
    assert len({without, one, evidence_digest(work_on(attempt))}) == 3


def test_other_words_are_a_change_of_a_round(attempt):
    add(attempt, CAPTIONS)
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=[])
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    assert what_changed(work_on(attempt))["R2"].in_words == []
    add(attempt, b"Others.", "lesson.txt")
    assert what_changed(work_on(attempt))["R2"].in_words == ["“the words of lesson.mp4” replaced by others"]
