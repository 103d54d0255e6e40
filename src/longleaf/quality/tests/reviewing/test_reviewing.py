"""Handing in, declaring, quoting, reading: what is allowed to whom, and what comes of it."""

from __future__ import annotations

import pytest

from longleaf.catalog.studio import drafting, going_public
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.panels import rating
from longleaf.panels.blindness import BLIND_RATER
from longleaf.panels.errors import IncompleteReading, NoSuchReading, ReadingIsOver, ReadingNotTakenUp
from longleaf.panels.models import Assignment
from longleaf.quality.errors import MayNotHandIn, NotDeclared, NothingToReviewBy, ReviewUnderWay, StaleQuotation
from longleaf.quality.reviewing import handing_in, places, reading
from longleaf.quality.tests.reviewing import stage
from tests import cast


def test_two_reviewers_of_the_agency_are_asked_and_the_text_is_kept(review, version, agency):
    assert review.design.document == version.document
    assert review.design_id == version.digest
    assert [seat.rater.name.endswith("Reviewer") for seat in stage.seats(review)] == [True, True]
    assert (review.panel.pool, review.panel.subject, review.panel.kind) == (agency, review.ref, "quality")
    line = JournalLine.objects.get(event="quality:review:handed-in")
    assert line.subject == f"review:{review.ref}"


def test_assessors_of_the_agency_are_not_asked_and_reviewers_read_no_evidence(review, agency, version):
    from longleaf.panels.tests import factories

    assessor = cast.make_person("Asta Assessor", (agency, Role.ASSESSOR))
    panel = factories.convene(agency, subject="SUB-OF-AGENCY")
    assert factories.raters_of(panel) == [assessor.name]
    assert assessor.pk not in {seat.rater_id for seat in stage.seats(review)}


def test_nobody_who_works_for_the_issuer_is_asked(version, instrument, agency, issuer, designer):
    cast.make_person("Noa Near", (agency, Role.REVIEWER), (issuer, Role.ASSESSOR))
    far = stage.make_reviewers(agency, 2)
    review = stage.hand_in(version, designer)
    assert {seat.rater for seat in stage.seats(review)} == set(far)


def test_nobody_who_wrote_it_or_saw_it_being_written_is_asked(
    version, instrument, agency, designer, issuing_officer, reviewers
):
    begun = drafting.begin_next(version=version, acting_person=designer)
    wrote, commented, *far = reviewers
    drafting.add_author(draft=begun, address=wrote.email, acting_person=designer)
    drafting.add_author(draft=begun, address=commented.email, writes=False, acting_person=designer)
    newer = going_public.publish_draft(draft=begun, acting_person=issuing_officer)
    # What they wrote goes on in the version after it.
    next_one = drafting.begin_next(version=newer, acting_person=designer)
    newest = going_public.publish_draft(draft=next_one, acting_person=issuing_officer)
    review = stage.hand_in(newest, issuing_officer)
    assert {seat.rater for seat in stage.seats(review)} == set(far)
    assert {each.person for each in review.panel.authors.all()} == {designer, wrote, issuing_officer}


def test_it_is_handed_in_once_at_a_time_and_by_its_issuer_alone(review, version, designer, state_officer, educator):
    with pytest.raises(ReviewUnderWay):
        stage.hand_in(version, designer)
    for person in (state_officer, educator):
        with pytest.raises(MayNotHandIn):
            stage.hand_in(version, person)


def test_a_state_without_a_rubric_reviews_nothing(version, designer):
    with pytest.raises(NothingToReviewBy):
        stage.hand_in(version, designer)


def test_the_design_is_opened_after_the_declaration_only(review):
    seat = stage.seats(review)[0]
    with pytest.raises(NotDeclared):
        reading.take_up(assignment=seat, declared=False, acting_person=seat.rater)
    with pytest.raises(ReadingNotTakenUp):
        reading.quote(assignment=seat, criterion="S1.a", words="x", revision=0, acting_person=seat.rater)
    stage.take_up(seat)
    stage.take_up(seat)
    assert JournalLine.objects.filter(event="quality:conflict:none-declared").count() == 1


def test_words_too_few_to_lead_to_a_place_are_no_quotation(review):
    seat = stage.take_up(stage.seats(review)[0])
    facts = {"assignment": seat, "criterion": "S1.a", "acting_person": seat.rater}
    for revision, few in enumerate(("e", "the", "a piece")):
        assert reading.quote(words=few, revision=revision, **facts).pointer == ""
        assert "at least three words" in reading.missing_in(seat)["quote-S1.a"]
    assert reading.quote(words="Prepare", revision=3, **facts).pointer == ""
    assert reading.quote(words="What does not stand here.", revision=4, **facts).pointer == ""
    assert "stand nowhere" in reading.missing_in(seat)["quote-S1.a"]


def test_a_quotation_leads_to_its_place_and_a_stale_one_is_refused(review):
    seat = stage.take_up(stage.seats(review)[0])
    facts = {"assignment": seat, "criterion": "S1.a", "acting_person": seat.rater}
    assert reading.quote(words="on a piece\n of  Work", revision=0, **facts).pointer == "/competency"
    assert reading.quote(words="Say what you will look for.", revision=1, **facts).pointer == "/requirements/0"
    assert reading.quote(words="Names what to change", revision=2, **facts).pointer == "/rubric/criteria/0"
    assert reading.quote(words="nowhere at all", revision=3, **facts).pointer == ""
    with pytest.raises(StaleQuotation) as stale:
        reading.quote(words="other", revision=3, **facts)
    assert stale.value.quotation.words == "nowhere at all"


def test_what_is_met_needs_words_of_the_design_and_what_is_not_a_comment(review):
    seat = stage.take_up(stage.seats(review)[0])
    for code, level in (("S1.a", stage.MET), ("S1.b", stage.NOT_YET)):
        rating.rate(assignment=seat, criterion=code, level=level, revision=0, acting_person=seat.rater)
    facts = {"assignment": seat, "acting_person": seat.rater}
    with pytest.raises(IncompleteReading) as refusal:
        reading.hand_in_reading(**facts)
    assert sorted(refusal.value.fields) == ["comment-S1.b", "level-S2.a", "quote-S1.a"]
    reading.quote(criterion="S1.a", words="nowhere at all", revision=0, **facts)
    with pytest.raises(IncompleteReading, match="not finished") as refusal:
        reading.hand_in_reading(**facts)
    assert "stand nowhere" in refusal.value.fields["quote-S1.a"]


def test_when_both_have_read_alike_it_waits_for_an_officer(review):
    first, second = stage.seats(review)
    stage.read(first)
    review.refresh_from_db()
    assert review.status == "in_review"
    with pytest.raises(ReadingIsOver):
        reading.hand_in_reading(assignment=first, acting_person=first.rater)
    stage.read(second)
    review.refresh_from_db()
    assert review.status == "to_decide"
    assert review.panel.outcome["verdict"] == "demonstrated"


def test_where_they_differ_a_third_is_asked_who_sees_neither(review):
    first, second = stage.seats(review)
    stage.read(first)
    stage.read(second, S2_a=stage.NOT_YET)
    (third,) = stage.seats(review)
    assert third.rater not in {first.rater, second.rater}
    stage.read(third, S2_a=stage.NOT_YET)
    review.refresh_from_db()
    assert (review.status, review.panel.outcome["verdict"]) == ("to_decide", "not_yet")


def test_taking_it_back_ends_the_readings(review, designer, educator):
    first, second = stage.seats(review)
    stage.read(first)
    with pytest.raises(MayNotHandIn):
        handing_in.take_back(review=review, acting_person=educator)
    handing_in.take_back(review=review, acting_person=designer)
    assert sorted(Assignment.objects.values_list("status", flat=True)) == ["submitted", "taken_back"]
    with pytest.raises(NoSuchReading):
        stage.take_up(second)
    with pytest.raises(WrongState):
        handing_in.take_back(review=review, acting_person=designer)


def test_every_part_of_a_design_is_read_and_nothing_of_whose_it_is(version):
    document = {**version.document, "captions": {"needed": True}, "slug": "slug-of-it", "issuer": "WHO"}
    shown = places.places_of(document, BLIND_RATER)
    assert {"/captions", "/parts", "/research/references/0", "/rubric", "/sample"} <= {each.pointer for each in shown}
    texts = "\n".join(each.text for each in shown)
    assert "slug-of-it" not in texts
    assert "WHO" not in texts
    assert len({each.pointer for each in shown}) == len(shown)
    (parts,) = [each for each in shown if each.pointer == "/parts"]
    assert [line.text for line in parts.lines] == ["Plan", "Before the lesson.", "Show", "What happened."]
