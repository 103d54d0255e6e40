"""An approval for some families only: told before a design is handed in, and refused where it would be recognised."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.catalog.studio import drafting
from longleaf.quality import deciding
from longleaf.quality.errors import UnusableDecision
from longleaf.quality.reach import out_of_reach
from longleaf.quality.reviewing import deciding as reviewing
from longleaf.quality.status import Outcome
from longleaf.quality.tests.agencies import stage as agencies
from longleaf.quality.tests.reviewing import stage

JANUARY, LATER = date(2026, 1, 1), timezone.localdate() + timedelta(days=300)


@pytest.fixture
def approve(state, agency, issuer):
    criteria = agencies.publish(state)
    signing_keys.create_key(organisation=agency, acting_person=None)

    def approved(*families, by=agency, valid_from=JANUARY):
        return deciding.record_decision(
            state=state, decided_by=by, organisation=issuer, instrument=criteria, outcome=Outcome.RECOGNISED,
            valid_from=valid_from, families=families, acting_person=None,
        )  # fmt: skip

    return approved


def family_of(version):
    return version.micro_credential.family.code


def test_an_approval_reaches_as_far_as_its_families(approve, issuer, version, district):
    def beyond():
        return out_of_reach(issuer, family_of(version), timezone.localdate())

    assert beyond() is None, "without an approval nothing is narrowed"
    approve("other-family", by=district)
    assert beyond() is None, "nor by what somebody else than the agency of the state decided"
    approve("other-family")
    assert "“other-family”" in str(beyond())
    approve("other-family", family_of(version), valid_from=JANUARY + timedelta(days=1))
    assert beyond() is None
    approve(valid_from=JANUARY + timedelta(days=2))
    assert beyond() is None, "no family named means all"


def test_a_design_outside_the_approval_is_told_of_and_is_not_recognised(
    approve, version, state, agency, designer, state_officer, client_of
):
    approve("other-family")
    told = "Outside the approval of its issuer"
    draft = drafting.begin_next(version=version, acting_person=designer)
    assert told in client_of(designer).get(f"/studio/{draft.ref}/").content.decode()
    handing_in = f"/quality/hand-in/{version.micro_credential.slug}/"
    assert told in client_of(designer).get(handing_in).content.decode()
    stage.publish(state)
    stage.make_reviewers(agency)
    review = stage.hand_in(version, designer)
    for seat in stage.seats(review):
        # A reviewer does not learn whose it is, and so not what its issuer may do.
        assert told not in client_of(seat.rater).get(f"/quality/readings/{seat.ref}/").content.decode()
        stage.read(seat)
    review.refresh_from_db()
    officer, at = client_of(state_officer), f"/quality/reviews/{review.ref}/"
    assert told in officer.get(at).content.decode()
    facts = {"review": review, "letter": "Read with care.", "valid_until": LATER, "acting_person": state_officer}
    asked = [reviewing.Asked("Be approved.", LATER)]
    for outcome, conditions in ((Outcome.RECOGNISED, ()), (Outcome.CONDITIONS, asked)):
        with pytest.raises(UnusableDecision) as refusal:
            reviewing.decide(outcome=outcome, conditions=conditions, **facts)
        assert list(refusal.value.fields) == ["outcome"]
    sent = {"outcome": "recognised", "letter": "Read with care.", "action": "decide", "rows": "1"}
    page = officer.post(f"{at}decide/", sent)
    assert page.status_code == 422
    assert "Approve the issuer for that family first" in unescape(page.content.decode())
    approve(family_of(version), valid_from=JANUARY + timedelta(days=1))
    assert reviewing.decide(outcome=Outcome.RECOGNISED, **facts).decision.outcome == Outcome.RECOGNISED
