"""A school unit runs a pathway of the state: from its application to whose assessors judge its educators, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from longleaf.assessment import starting, withdrawing
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.appeals.lookers import lookers_of
from longleaf.assessment.desk.access import may_check
from longleaf.assessment.desk.queries import work_to_anchor
from longleaf.assessment.errors import MayNotStart
from longleaf.assessment.models import Attempt
from longleaf.assessment.reminding import checks
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.calibrated import calibrate
from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, Endorsement
from longleaf.directory import enrolling
from longleaf.directory.models import Person
from longleaf.directory.queries import roles_of
from longleaf.directory.status import Role
from longleaf.panels.calibration import gating
from longleaf.panels.drawing import assign_waiting
from longleaf.panels.models import Anchor
from longleaf.panels.status import AnchorUse
from longleaf.panels.tests.calibration.stage import SMALL
from longleaf.panels.tests.factories import in_days
from longleaf.quality.agencies import submitting
from longleaf.quality.errors import IncompleteApplication, UnusableDecision
from longleaf.quality.oversight import suspending
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.pathways import choosing
from longleaf.quality.reviewing import deciding as reviewing
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage as agencies
from longleaf.quality.tests.reviewing import stage as reviews
from tests import cast

SINGLE = "micro-credential:feedback-that-moves-learning"
LATER = timezone.localdate() + timedelta(days=400)


@pytest.fixture
def of_the_state(state, agency):
    """A micro-credential of the state's own, with the agency's pool: a lead and three who read."""
    signing_keys.create_key(organisation=agency, acting_person=None)
    return cast.publish(state, agency, cast.make_document())


@pytest.fixture
def state_lead(agency):
    return cast.make_person("Stella Statelead", (agency, Role.LEAD_ASSESSOR))


@pytest.fixture
def state_readers(agency):
    return [cast.make_person(f"State Reader {each}", (agency, Role.ASSESSOR)) for each in ("A", "B", "C")]


@pytest.fixture
def unit_lead(district):
    return cast.make_person("Uma Unitlead", (district, Role.LEAD_ASSESSOR))


@pytest.fixture
def unit_readers(district, other_district, issuer):
    """Three from outside who judge for the unit, and two who work in it."""
    cast.make_person("Coach Inside", (district, Role.ASSESSOR), (district, Role.COACH))
    cast.make_person("Teacher Inside", (district, Role.ASSESSOR), (district, Role.EDUCATOR))
    places = (other_district, issuer, issuer)
    return [
        cast.make_person(f"Outside {name}", (district, Role.ASSESSOR), (place, Role.COACH))
        for name, place in zip("ABC", places, strict=True)
    ]


@pytest.fixture
def applied(state, agency, district, psu_officer, of_the_state):
    """An application that was read, by criteria of the short form."""
    agencies.publish(state, agencies.of_pack("example"), Judges.PATHWAY)
    reviews.make_reviewers(agency)
    application = agencies.show(agencies.begin(district, psu_officer, Judges.PATHWAY), psu_officer)
    with pytest.raises(IncompleteApplication) as refused:
        submitting.submit(application=application, acting_person=psu_officer)
    assert list(refused.value.fields) == ["beside"]
    application = choosing.choose(application=application, codes=[SINGLE], acting_person=psu_officer)
    return agencies.read_all(submitting.submit(application=application, acting_person=psu_officer))


@pytest.fixture
def approved(applied, state_officer):
    facts = {"letter": "It was read.", "valid_until": LATER, "acting_person": state_officer}
    for wrong in ([], ["stack:unheard-of"]):
        with pytest.raises(UnusableDecision) as refused:
            reviewing.decide(review=applied, outcome=Outcome.RECOGNISED, pathways=wrong, **facts)
        assert list(refused.value.fields) == ["pathways"]
    return reviewing.decide(review=applied, outcome=Outcome.RECOGNISED, pathways=[SINGLE], **facts).decision


def names_on(submission):
    return sorted(seat.rater.name for seat in seats_of(submission))


def test_application_approval_unit_withdrawal_issuer(
    approved, of_the_state, agency, district, educator, state_lead, state_readers, unit_lead,
    unit_readers, state_officer, client,
):  # fmt: skip
    assert approved.pathways == [SINGLE]
    signed = Endorsement.objects.get(organisation=district)
    assert "- Feedback that moves learning (synthetic)" in signed.comment
    report = client.get("/register/organizations/rivertown/").content.decode()
    assert "which it runs for its own educators" in report
    assert SINGLE in client.get("/register/organizations.csv").content.decode()

    first = hand_in(of_the_state, educator)
    assert first.attempt.run_by == district
    assert (may_check(unit_lead, first), may_check(state_lead, first)) == (True, False)
    assert {due.person for due in checks(in_days(3))} == {unit_lead.pk}

    # It ends while that one is under way: what was begun is finished by the unit, also where it is handed in later.
    suspending.withdraw(
        subject=AsWhat(district, Judges.PATHWAY), agency=agency, reason="No readers.", acting_person=state_officer
    )
    sent = send_to_panel(first, unit_lead)
    assert (sent.panel.pool, sent.panel.of_outsiders) == (district, True)
    assert set(names_on(sent)) < {"Outside A", "Outside B", "Outside C"}
    for seat in seats_of(sent):
        read(seat)
    award = Award.objects.get(earner=educator)
    assert award.issuer == agency
    assert award.version == of_the_state

    theirs = cast.make_person("Nora New", (district, Role.EDUCATOR))
    second = hand_in(of_the_state, theirs)
    assert second.attempt.run_by is None
    assert (may_check(unit_lead, second), may_check(state_lead, second)) == (False, True)
    assert set(names_on(send_to_panel(second, state_lead))) < {each.name for each in state_readers}
    signed.refresh_from_db()
    assert signed.status == "ended"


def test_only_its_own_educators_and_only_what_is_named(
    approved, of_the_state, state, agency, issuer, district, other_district, educator, unit_lead, client_of
):
    page = client_of(educator).get("/work/start/feedback-that-moves-learning/").content.decode()
    assert "assessors of Rivertown Schools who do not work there" in page
    elsewhere = cast.make_person("Ella Elsewhere", (other_district, Role.EDUCATOR))
    assert starting.start(version=of_the_state, acting_person=elsewhere).run_by is None
    other = cast.publish(state, agency, cast.make_document("asking-that-opens", title="Asking that opens"))
    foreign = cast.publish(state, issuer, cast.make_document("listening", title="Listening"))
    begun = [starting.start(version=each, acting_person=educator).run_by for each in (of_the_state, other, foreign)]
    assert begun == [district, None, None]


def test_a_suspension_sends_new_attempts_to_the_issuer_until_it_is_lifted(
    approved, of_the_state, agency, district, educator, unit_lead, state_officer
):
    facts = {
        "subject": AsWhat(district, Judges.PATHWAY), "agency": agency, "reason": "No readers.",
        "acting_person": state_officer,
    }  # fmt: skip

    def begun_anew():
        attempt = starting.start(version=of_the_state, acting_person=educator)
        withdrawing.withdraw(attempt=attempt, acting_person=educator)
        return Attempt.objects.get(pk=attempt.pk).run_by

    assert begun_anew() == district
    suspending.suspend(**facts)
    assert begun_anew() is None
    lifted = suspending.lift(**facts)
    assert lifted.pathways == [SINGLE]
    assert begun_anew() == district


def test_a_unit_without_anybody_to_lead_runs_nothing(approved, of_the_state, educator):
    assert starting.start(version=of_the_state, acting_person=educator).run_by is None


def test_what_is_appealed_is_read_anew_by_the_issuers_pool(
    approved, of_the_state, agency, educator, state_lead, state_readers, unit_lead, unit_readers
):
    attempt = appeals.judged_not_yet(of_the_state, educator, unit_lead)
    appeal = appeals.lodged(attempt)
    assert lookers_of([appeal.pk])[appeal.pk].people == {state_lead.pk}
    reread = appeals.admitted(appeal, state_lead)
    assert (reread.panel.pool, reread.panel.of_outsiders) == (agency, False)


def test_a_unit_that_asks_for_certificates_is_read_for_by_those_of_its_own_pool_who_hold_one(
    approved, of_the_state, agency, district, educator, state_lead, state_readers, unit_lead, unit_readers
):
    gating.set_gate(state=agency.state, pool=district, document=SMALL, acting_person=None)
    waiting = send_to_panel(hand_in(of_the_state, educator), unit_lead)
    assert (waiting.panel.pool, names_on(waiting)) == (district, [])

    # Who works in the unit never reads for it, with a certificate or without; nor does one of the state's count here.
    inside = Person.objects.get(name="Coach Inside")
    calibrate(of_the_state, state_lead, state_readers[0])
    calibrate(of_the_state, unit_lead, *unit_readers[:2], inside, pool=district)
    kept = Anchor.objects.filter(edition__pool=district)
    assert (kept.count(), Anchor.objects.filter(edition__pool=agency).count()) == (7, 7)
    assign_waiting()
    assert names_on(waiting) == ["Outside A", "Outside B"]
    theirs = cast.make_person("Nora New", (district, Role.EDUCATOR))
    assert names_on(send_to_panel(hand_in(of_the_state, theirs), unit_lead)) == ["Outside A", "Outside B"]
    for seat in seats_of(waiting):
        read(seat)
    assert Award.objects.get(earner=educator).issuer == agency


def test_work_that_a_unit_judged_and_its_earner_lends_becomes_an_anchor_of_the_units_pool(
    approved, of_the_state, district, educator, state_lead, unit_lead, unit_readers
):
    judged = send_to_panel(hand_in(of_the_state, educator), unit_lead)
    readers = [seat.rater for seat in seats_of(judged)]
    for seat in seats_of(judged):
        read(seat)
    anchoring.lend(submission=judged, acting_person=educator)
    slug = of_the_state.micro_credential.slug
    assert [work_to_anchor(each, slug) for each in (unit_lead, state_lead)] == [[judged], []]
    made = anchoring.anchor_lent(submission=judged, title="Lent", use=AnchorUse.UNSEEN, acting_person=unit_lead)
    assert made.edition.pool == district
    assert {educator.ref, *(each.ref for each in readers)} <= set(made.barred_people)


def test_only_a_lead_of_a_unit_that_runs_it_writes_samples_for_it(applied, of_the_state, other_district, unit_lead):
    elsewhere = cast.make_person("Oda Otherlead", (other_district, Role.LEAD_ASSESSOR))
    for lead in (unit_lead, elsewhere):
        with pytest.raises(MayNotStart):
            starting.start_sample(version=of_the_state, acting_person=lead)


def test_where_the_unit_has_nobody_left_to_lead_the_issuers_leads_look(
    approved, of_the_state, educator, state_lead, unit_lead, district
):
    submission = hand_in(of_the_state, educator)
    assert not may_check(state_lead, submission)
    (held,) = roles_of(unit_lead)
    enrolling.end_role(held=held, acting_person=None, until=timezone.localdate() - timedelta(days=1))
    assert (may_check(state_lead, submission), may_check(unit_lead, submission)) == (True, False)
    assert {due.person for due in checks(in_days(3))} == {state_lead.pk}
    assert send_to_panel(submission, state_lead).panel.pool == district


def test_the_officers_page_begins_with_what_is_asked_for_and_the_letter_names_it(
    applied, state_officer, psu_officer, client_of
):
    officer, at = client_of(state_officer), f"/quality/reviews/{applied.ref}/decide/"
    page = officer.get(at).content.decode()
    assert f'value="{SINGLE}" checked' in page
    assert 'name="families"' not in page
    sent = {"outcome": "recognised", "letter": "It was read.", "valid_until": LATER.isoformat(), "rows": "1"}
    refused = officer.post(at, {**sent, "action": "decide"})
    assert refused.status_code == 422
    assert "Choose what it may run" in refused.content.decode()
    assert officer.post(at, {**sent, "action": "decide", "pathways": [SINGLE]}).status_code == 302
    letter = client_of(psu_officer).get(f"/quality/reviews/{applied.ref}/letter/").content.decode()
    assert (
        "It may run these pathways of the state for its own educators: Feedback that moves learning (synthetic)."
        in letter
    )
