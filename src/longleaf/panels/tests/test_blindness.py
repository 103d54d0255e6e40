"""The policy itself: what each standpoint is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

from longleaf.panels.blindness import (
    BLIND_ADJUDICATOR,
    BLIND_LEAD,
    BLIND_RATER,
    JUDGED_PERSON,
    MENTOR,
    MENTOR_WITH_LETTER,
    Blindness,
    Fact,
    Standpoint,
)

MOMENT = datetime(2026, 3, 4, 21, 14, tzinfo=UTC)


def test_a_rater_is_shown_nothing_but_the_work() -> None:
    assert [fact for fact in Fact if BLIND_RATER.shows(fact)] == []


def test_a_stranger_is_shown_nothing() -> None:
    assert [fact for fact in Fact if Blindness(Standpoint.STRANGER).shows(fact)] == []


def test_a_lead_assessor_is_shown_no_earner_and_no_reading() -> None:
    assert {fact for fact in Fact if BLIND_LEAD.shows(fact)} == {
        Fact.RATER_NAMES,
        Fact.COUNT_OF_READERS,
        Fact.NOTES_TO_LEAD,
    }


def test_whoever_adjudicates_is_shown_what_readers_found_and_neither_who_they_are_nor_whose_work_it_is() -> None:
    hidden = {fact for fact in Fact if not BLIND_ADJUDICATOR.shows(fact)}
    assert hidden == {
        Fact.SUBJECT_NAME,
        Fact.SUBJECT_ORGANISATION,
        Fact.OWN_FILE_NAMES,
        Fact.EXACT_TIMES,
        Fact.RATER_NAMES,
        Fact.OUTCOME,
    }


def test_a_mentor_is_shown_whose_draft_it_is_and_of_its_judgement_only_the_letter() -> None:
    assert {fact for fact in Fact if MENTOR.shows(fact)} == {Fact.SUBJECT_NAME}
    more = {fact for fact in Fact if MENTOR_WITH_LETTER.shows(fact)}
    assert more == {Fact.SUBJECT_NAME, Fact.COMMENTS, Fact.OUTCOME}


def test_whoever_is_judged_is_shown_neither_the_raters_nor_a_reading_under_way() -> None:
    hidden = {fact for fact in Fact if not JUDGED_PERSON.shows(fact)}
    assert hidden == {
        Fact.RATER_NAMES,
        Fact.READINGS_UNDER_WAY,
        Fact.OTHER_READINGS,
        Fact.EXACT_TIMES,
        Fact.NOTES_TO_LEAD,
    }


def test_times_are_shown_to_the_day() -> None:
    assert BLIND_RATER.moment(MOMENT) == JUDGED_PERSON.moment(MOMENT) == date(2026, 3, 4)
    assert BLIND_RATER.moment(None) is None


def test_files_have_neutral_names_for_everybody_but_their_owner() -> None:
    assert BLIND_RATER.artifact_name(1, own="Erin's lesson") == "Artifact 1"
    assert BLIND_LEAD.file_name("R2", 1, ".pdf", own="erin-earner.pdf") == "R2-1.pdf"
    assert JUDGED_PERSON.artifact_name(1, own="Erin's lesson") == "Erin's lesson"
    assert JUDGED_PERSON.file_name("R2", 1, ".pdf", own="erin-earner.pdf") == "erin-earner.pdf"


def test_comments_stand_in_an_order_that_does_not_tell_the_hand() -> None:
    assert JUDGED_PERSON.unattributed(["Zoom in.", "", "Add a date."]) == ["Add a date.", "Zoom in."]


def test_each_side_reads_its_own_journal_lines() -> None:
    subjects = (
        "attempt:ATT-1", "mentoring:MEN-1", "team:TEA-1", "submission:SUB-1", "panel:PAN-1", "reading:RDG-1",
        "person:P-1", "award:1",
    )  # fmt: skip
    readable = {
        standpoint: [subject for subject in subjects if Blindness(standpoint).may_read_journal_of(subject)]
        for standpoint in Standpoint
    }
    assert readable == {
        Standpoint.SUBJECT: ["attempt:ATT-1", "mentoring:MEN-1", "team:TEA-1"],
        Standpoint.RATER: ["reading:RDG-1"],
        Standpoint.LEAD: ["submission:SUB-1", "panel:PAN-1", "reading:RDG-1"],
        Standpoint.ADJUDICATOR: [],
        Standpoint.APPEAL_LEAD: [],
        Standpoint.RECONCILER: ["reading:RDG-1"],
        Standpoint.PUBLIC: [],
        Standpoint.OFFICER: ["panel:PAN-1"],
        Standpoint.MENTOR: ["mentoring:MEN-1"],
        Standpoint.MENTOR_WITH_LETTER: ["mentoring:MEN-1"],
        Standpoint.STRANGER: [],
    }
