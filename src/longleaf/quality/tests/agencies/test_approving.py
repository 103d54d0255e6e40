"""An approval: what it signs, what follows from its end, and how it lets versions go and come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from longleaf.awards.models import Endorsement
from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.quality import deciding, following, queries
from longleaf.quality.errors import IssuerClosed, MayNotDecide, NothingToEnd, UnusableDecision, WroteItThemselves
from longleaf.quality.oversight import suspending
from longleaf.quality.oversight.suspending import AsWhat
from longleaf.quality.reviewing import deciding as reviewing
from longleaf.quality.reviewing.deciding import Asked
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage
from longleaf.quality.tests.reviewing import stage as designs

JANUARY, LATER = date(2026, 1, 1), timezone.localdate() + timedelta(days=400)


@pytest.fixture
def decide(state_officer):
    def decided(review, outcome, **facts):
        told = {"letter": "It was read.", "acting_person": state_officer, **facts}
        return reviewing.decide(review=review, outcome=outcome, **told)

    return decided


@pytest.fixture
def read(criteria, reviewers, issuer, issuing_officer):
    return stage.read_all(stage.handed_in(issuer, issuing_officer))


@pytest.fixture
def approved(read, decide):
    facts = {"scope": "Feedback.", "families": ["feedback"], "valid_until": LATER}
    return decide(read, Outcome.RECOGNISED, **facts).decision


@pytest.fixture
def recognised(state, agency, version):
    return deciding.record_decision(
        state=state, decided_by=agency, version=version, outcome=Outcome.RECOGNISED, valid_from=JANUARY,
        valid_until=LATER, acting_person=None,
    )  # fmt: skip


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def statements(**about):
    return sorted(Endorsement.objects.filter(**about).values_list("status", flat=True))


def holds_of(version):
    holding = queries.holding_on_version(version, timezone.localdate())
    return [each.decision.outcome for each in holding]


def test_an_approval_is_signed_with_its_scope_and_term(approved, read, issuer):
    read.application.refresh_from_db()
    assert read.application.status == "decided"
    assert (approved.judged_as, approved.families, approved.valid_until) == ("agency", ["feedback"], LATER)
    said = Endorsement.objects.get(organisation=issuer)
    assert said.status == "issued"
    assert "Scope: Feedback." in said.comment


def test_nobody_decides_on_an_application_they_handed_in(read, decide, issuing_officer, agency):
    enrolling.give_role(person=issuing_officer, organisation=agency, role=Role.STATE_OFFICER, acting_person=None)
    with pytest.raises(WroteItThemselves):
        decide(read, Outcome.RECOGNISED, valid_until=LATER, acting_person=issuing_officer)


def test_what_is_not_shown_is_approved_on_conditions_only(criteria, reviewers, issuer, issuing_officer, decide):
    review = stage.read_all(stage.handed_in(issuer, issuing_officer), PROMISE_1="open")
    with pytest.raises(UnusableDecision):
        decide(review, Outcome.RECOGNISED, valid_until=LATER)
    asked = [Asked("Name somebody.", timezone.localdate() + timedelta(days=30))]
    decided = decide(review, Outcome.CONDITIONS, valid_until=LATER, conditions=asked)
    assert decided.conditions.get().what == "Name somebody."


def test_a_renewal_that_is_returned_leaves_the_approval_until_its_end(
    state, agency, criteria, reviewers, issuer, issuing_officer, decide
):
    soon = timezone.localdate() + timedelta(days=60)
    deciding.record_decision(
        state=state, decided_by=agency, organisation=issuer, instrument=criteria, outcome=Outcome.RECOGNISED,
        valid_from=JANUARY, valid_until=soon, acting_person=None,
    )  # fmt: skip
    review = stage.read_all(stage.handed_in(issuer, issuing_officer), PROMISE_1="open")
    decide(review, Outcome.RETURNED, changes={"PROMISE-1": "Name somebody."})
    (holding,) = queries.holding_on_organisation(issuer, timezone.localdate())
    assert holding.recognises
    assert statements(organisation=issuer) == ["issued"]


def test_a_suspension_goes_on_to_what_the_issuer_offers_and_comes_back_with_its_lifting(
    approved, recognised, version, issuer, agency, state_officer, client
):
    subject = AsWhat(issuer, Judges.AGENCY)
    facts = {"subject": subject, "agency": agency, "reason": "No readers.", "acting_person": state_officer}
    with in_days(1):
        suspending.suspend(**facts)
        assert holds_of(version) == ["suspended"]
        # A pack that is loaded again brings the earlier approval along, and moves nothing.
        assert following.follow(decision=approved, acting_person=None) == 0
        assert holds_of(version) == ["suspended"]
        assert (statements(organisation=issuer), statements(version=version)) == (["ended"], ["ended"])
        assert queries.closed_by(version, timezone.localdate())
        assert "Sign in to begin" not in client.get(f"/catalog/{version.micro_credential.slug}/").content.decode()
    with in_days(3):
        lifted = suspending.lift(**facts)
        assert (lifted.outcome, lifted.families, lifted.scope) == ("recognised", ["feedback"], "Feedback.")
        assert holds_of(version) == ["recognised"]
        assert statements(version=version) == ["ended", "issued"]
        assert queries.closed_by(version, timezone.localdate()) is None
    with in_days(5):
        suspending.withdraw(**facts)
        assert holds_of(version) == ["withdrawn"]
        with pytest.raises(NothingToEnd):
            suspending.withdraw(**facts)


def test_what_nobody_decided_on_is_closed_with_its_issuer_and_only_an_officer_closes_it(
    state, agency, criteria, issuer, version, state_officer, designer, reviewers
):
    deciding.record_decision(
        state=state, decided_by=agency, organisation=issuer, instrument=criteria, outcome=Outcome.RECOGNISED,
        valid_from=JANUARY, acting_person=None,
    )  # fmt: skip
    facts = {"subject": AsWhat(issuer, Judges.AGENCY), "agency": agency, "reason": "No readers."}
    with pytest.raises(MayNotDecide):
        suspending.suspend(acting_person=designer, **facts)
    suspending.suspend(acting_person=state_officer, **facts)
    assert holds_of(version) == []
    assert queries.closed_by(version, timezone.localdate()).organisation == issuer
    suspending.lift(acting_person=state_officer, **facts)
    assert queries.closed_by(version, timezone.localdate()) is None


def test_what_was_suspended_for_its_own_sake_stays_so_when_its_issuer_comes_back(
    approved, recognised, version, issuer, agency, state_officer
):
    facts = {"agency": agency, "reason": "No readers.", "acting_person": state_officer}
    suspending.suspend(subject=version, **facts)
    suspending.suspend(subject=AsWhat(issuer, Judges.AGENCY), **facts)
    suspending.lift(subject=AsWhat(issuer, Judges.AGENCY), **facts)
    assert holds_of(version) == ["suspended"]


def test_a_plan_holds_for_itself_and_is_no_matter_of_badges(
    state, agency, district, psu_officer, reviewers, decide, state_officer
):
    stage.publish(state, stage.of_pack("example"), Judges.PLAN)
    review = stage.read_all(stage.handed_in(district, psu_officer, Judges.PLAN))
    today = timezone.localdate()
    assert queries.plan_in_force(district, today) is None
    decided = decide(review, Outcome.RECOGNISED, valid_until=LATER).decision
    assert queries.plan_in_force(district, today) == decided
    assert queries.holding_on_organisation(district, today) == []
    assert not Endorsement.objects.exists()
    with in_days(2):
        facts = {"agency": agency, "reason": "No measures.", "acting_person": state_officer}
        suspending.suspend(subject=AsWhat(district, Judges.PLAN), **facts)
        assert queries.plan_in_force(district, timezone.localdate()) is None


# --- While the issuer may issue nothing ------------------------------------------------------------------------------


@pytest.fixture
def close(approved, issuer, agency, state_officer):
    def closed(verb):
        subject = AsWhat(issuer, Judges.AGENCY)
        return verb(subject=subject, agency=agency, reason="No readers.", acting_person=state_officer)

    return closed


@pytest.mark.parametrize("verb", [suspending.suspend, suspending.withdraw])
def test_a_design_that_was_read_is_not_recognised_while_its_issuer_is_closed(
    verb, close, state, version, designer, decide, client_of, state_officer
):
    designs.publish(state)
    review = designs.hand_in(version, designer)
    for seat in designs.seats(review):
        designs.read(seat)
    review.refresh_from_db()
    close(verb)
    asked = [Asked("Add a glossary.", LATER)]
    for outcome, conditions in ((Outcome.RECOGNISED, ()), (Outcome.CONDITIONS, asked)):
        with pytest.raises(UnusableDecision) as refusal:
            decide(review, outcome, conditions=conditions, valid_until=LATER)
        assert "Nothing that it offers can be recognized" in refusal.value.fields["outcome"]
    page = client_of(state_officer).get(f"/quality/reviews/{review.ref}/decide/").content.decode()
    assert "Its issuer may not issue now" in page
    assert statements(version=version) == []
    decide(review, Outcome.RETURNED, changes={"S1.a": "Wait."})


def test_a_version_that_was_suspended_with_its_issuer_is_not_lifted_alone(
    close, recognised, version, agency, state_officer, client_of
):
    facts = {"subject": version, "agency": agency, "reason": "It reads.", "acting_person": state_officer}
    at = f"/quality/oversight/of/{version.micro_credential.slug}/"
    close(suspending.suspend)
    with pytest.raises(IssuerClosed, match="until that is lifted"):
        suspending.lift(**facts)
    assert "Lift the suspension" not in client_of(state_officer).get(at).content.decode()
    close(suspending.lift)
    suspending.suspend(**facts)
    assert "Lift the suspension" in client_of(state_officer).get(at).content.decode()
    close(suspending.suspend)
    close(suspending.lift)
    assert holds_of(version) == ["suspended"], "what was suspended for its own sake stays so"
    assert suspending.lift(**facts).outcome == "recognised"
