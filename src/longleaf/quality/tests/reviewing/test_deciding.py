"""An officer's decision: what it needs, what it leads to, and who learns what of it."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Endorsement
from longleaf.catalog.studio import drafting, going_public
from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.kit.errors import WrongState
from longleaf.quality import queries
from longleaf.quality.errors import (
    ConditionIsMet,
    MayNotDecide,
    NoSuchCondition,
    ReadItThemselves,
    UnusableDecision,
    WroteItThemselves,
)
from longleaf.quality.models import Condition
from longleaf.quality.reviewing import conditions, deciding
from longleaf.quality.reviewing.deciding import Asked
from longleaf.quality.status import Outcome
from longleaf.quality.tests.reviewing import stage
from tests import cast

LATER = timezone.localdate() + timedelta(days=300)


@pytest.fixture
def key(agency):
    return signing_keys.create_key(organisation=agency, acting_person=None)


def read_all(review, **levels):
    for seat in stage.seats(review):
        stage.read(seat, **levels)
    review.refresh_from_db()
    return review


@pytest.fixture
def met(review, key):
    return read_all(review)


@pytest.fixture
def not_met(review, key):
    return read_all(review, S2_a=stage.NOT_YET)


@pytest.fixture
def decide(state_officer):
    def decided(review, outcome, letter="It was read with care.", acting_person=state_officer, **facts):
        return deciding.decide(review=review, outcome=outcome, letter=letter, acting_person=acting_person, **facts)

    return decided


def wrong_in(decide, review, outcome, **facts):
    with pytest.raises(UnusableDecision) as refusal:
        decide(review, outcome, **facts)
    review.refresh_from_db()
    assert review.status == "to_decide"
    return sorted(refusal.value.fields)


def holding(version):
    return [
        (each.decision.outcome, each.recognises) for each in queries.holding_on_version(version, timezone.localdate())
    ]


def test_what_is_recognised_is_signed_and_holds_until_its_day(met, decide, version):
    done = decide(met, Outcome.RECOGNISED, valid_until=LATER)
    assert holding(version) == [("recognised", True)]
    assert (done.decision.valid_until, done.decision.instrument) == (LATER, met.instrument)
    assert Endorsement.objects.get().version == version
    with pytest.raises(WrongState):
        decide(met, Outcome.RECOGNISED, valid_until=LATER)


def test_a_decision_says_why_until_when_and_fits_what_was_found(not_met, decide):
    assert wrong_in(decide, not_met, Outcome.RECOGNISED, letter=" ") == ["letter", "outcome", "valid_until"]
    soon = [Asked("Add a glossary.", None), Asked("", LATER)]
    assert wrong_in(decide, not_met, Outcome.CONDITIONS, valid_until=LATER) == ["what-1"]
    assert wrong_in(decide, not_met, Outcome.CONDITIONS, valid_until=LATER, conditions=soon) == ["until-1", "what-2"]
    assert wrong_in(decide, not_met, Outcome.RETURNED) == ["change-S2.a", "letter"]
    assert wrong_in(decide, not_met, Outcome.WITHDRAWN) == ["outcome"]
    after_its_end = [Asked("Add a glossary.", LATER + timedelta(days=1))]
    wrong = wrong_in(decide, not_met, Outcome.CONDITIONS, valid_until=LATER, conditions=after_its_end)
    assert wrong == ["until-1"]


def test_officers_of_the_agency_decide_and_not_on_what_they_read(met, decide, designer, agency):
    with pytest.raises(MayNotDecide):
        decide(met, Outcome.RECOGNISED, valid_until=LATER, acting_person=designer)
    reader = met.panel.assignments.first().rater
    enrolling.give_role(person=reader, organisation=agency, role=Role.STATE_OFFICER, acting_person=None)
    with pytest.raises(ReadItThemselves):
        decide(met, Outcome.RECOGNISED, valid_until=LATER, acting_person=reader)


def test_nobody_decides_on_what_they_handed_in(met, decide, designer, agency, client_of, state_officer):
    enrolling.give_role(person=designer, organisation=agency, role=Role.STATE_OFFICER, acting_person=None)
    with pytest.raises(WroteItThemselves):
        decide(met, Outcome.RETURNED, changes={"S1.a": "Another word."}, acting_person=designer)
    own, at = client_of(designer), f"/quality/reviews/{met.ref}/"
    assert own.get(f"{at}decide/").status_code == 403
    assert "decide/" not in own.get(at).content.decode()
    assert "decide/" in client_of(state_officer).get(at).content.decode()


def test_nobody_decides_on_a_design_they_wrote(
    version, instrument, reviewers, key, decide, designer, issuing_officer, state_officer, agency
):
    draft = drafting.begin_next(version=version, acting_person=designer)
    author = cast.make_person("Ona Officer", (agency, Role.STATE_OFFICER))
    drafting.add_author(draft=draft, address=author.email, acting_person=designer)
    newer = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    review = read_all(stage.hand_in(newer, issuing_officer))
    with pytest.raises(WroteItThemselves):
        decide(review, Outcome.RECOGNISED, valid_until=LATER, acting_person=author)
    decide(review, Outcome.RECOGNISED, valid_until=LATER)


def test_a_review_does_not_end_in_a_suspension(met, decide, client_of, state_officer, version):
    assert wrong_in(decide, met, Outcome.SUSPENDED) == ["outcome"]
    sent = {"outcome": "suspended", "letter": "Read.", "action": "decide", "rows": "1"}
    assert client_of(state_officer).post(f"/quality/reviews/{met.ref}/decide/", sent).status_code == 422
    assert holding(version) == []


def test_conditions_are_kept_with_their_days_until_each_is_met(not_met, decide, version, state_officer, designer):
    asked = [Asked("Add a glossary.", LATER), Asked("", None)]
    done = decide(not_met, Outcome.CONDITIONS, valid_until=LATER, conditions=asked)
    assert done.decision.conditions.startswith("Add a glossary. By ")
    assert holding(version) == [("conditions", True)]
    (condition,) = conditions.open_conditions(state_officer)
    with pytest.raises(NoSuchCondition):
        conditions.note_met(condition=condition, note="Seen.", acting_person=designer)
    conditions.note_met(condition=condition, note="Version 1 has one.", acting_person=state_officer)
    assert not conditions.open_conditions(state_officer).exists()
    with pytest.raises(ConditionIsMet):
        conditions.note_met(condition=condition, note="Again.", acting_person=state_officer)


def test_an_officer_decides_on_pages_and_nothing_typed_is_lost(not_met, client_of, state_officer, designer, version):
    client, at = client_of(state_officer), f"/quality/reviews/{not_met.ref}/"
    assert client_of(designer).get(at + "letter/").status_code == 404
    assert "About S2.a." not in client_of(designer).get(at).content.decode()
    assert client_of(designer).get(at + "decide/").status_code == 403
    page = unescape(client.get(at + "decide/").content.decode())
    assert "About S2.a.\n\nAbout S2.a." in page
    assert not any(seat.rater.name in page for seat in not_met.panel.assignments.all())
    typed = {"outcome": "conditions", "letter": "Dear *all*", "valid_until": LATER.isoformat(), "rows": "3"}
    typed |= {"what-2": "Add a glossary.", "until-2": "not a day", "action": "more"}
    assert "what-4" in client.post(at + "decide/", typed).content.decode()
    refused = client.post(at + "decide/", typed | {"action": "decide"})
    assert refused.status_code == 422
    assert "Add a glossary." in refused.content.decode()
    assert client.post(at + "decide/", typed | {"action": "decide", "until-2": LATER.isoformat()}).status_code == 302
    letter = client_of(designer).get(at + "letter/").content.decode()
    assert "<em>all</em>" in letter
    assert "Add a glossary." in letter
    told = unescape(client_of(designer).get(at).content.decode())
    assert "About S2.a." in told
    assert "Reader A" not in told
    assert client_of(designer).get("/quality/follow-up/").status_code == 404
    assert "Add a glossary." in client.get("/quality/follow-up/").content.decode()
    assert client.post(at + "conditions/1/met/", {"note": ""}).status_code == 422
    assert client.post(at + "conditions/1/met/", {"note": "It has one."}).status_code == 302
    assert Condition.objects.get().met_note == "It has one."
    assert str(version) in client.get("/quality/follow-up/").content.decode()


def test_what_is_returned_names_its_changes_and_may_be_handed_in_anew(not_met, decide, designer, version, client_of):
    decide(not_met, Outcome.RETURNED, changes={"S2.a": "Say who may take part.", "S1.a": " "})
    assert holding(version) == [("returned", False)]
    assert (
        "Say who may take part." in client_of(designer).get(f"/quality/reviews/{not_met.ref}/letter/").content.decode()
    )
    again = stage.hand_in(version, designer)
    before = set(not_met.panel.assignments.values_list("rater", flat=True))
    assert not before & {seat.rater_id for seat in stage.seats(again)}


def test_a_second_decision_of_one_day_takes_the_place_of_the_first(not_met, decide, version, designer):
    decide(not_met, Outcome.RETURNED, changes={"S2.a": "Say who else may show it."})
    again = read_all(stage.hand_in(version, designer))
    decided = decide(again, Outcome.RECOGNISED, valid_until=LATER)
    assert decided.decision != not_met.decision
    (holding,) = queries.holding_on_version(version, timezone.localdate())
    assert holding.decision == decided.decision


def test_a_recognition_ends_within_the_days_that_a_calendar_has(met, decide):
    assert wrong_in(decide, met, Outcome.RECOGNISED, valid_until=date.max) == ["valid_until"]
