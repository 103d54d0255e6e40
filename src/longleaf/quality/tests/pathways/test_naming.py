"""Which pathways of the state an application names, and what of them is told where."""

from __future__ import annotations

from html import unescape

import pytest
from django.utils import timezone

from longleaf.catalog import publishing
from longleaf.directory.status import Role
from longleaf.quality import deciding, queries
from longleaf.quality.errors import NoSuchApplication, NotAPathway
from longleaf.quality.pathways import choosing
from longleaf.quality.pathways.naming import codes_of, in_words, nameable
from longleaf.quality.pathways.running import unit_running
from longleaf.quality.reach import out_of_reach
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage
from tests import cast

FAMILY, STACK = "family:feedback", "stack:first-steps"
FEEDBACK, OPENING = "micro-credential:feedback-that-moves-learning", "micro-credential:asking-that-opens"


@pytest.fixture
def made(state, agency, issuer):
    """Two of the state's own, in one stack, and one of another issuer."""
    documents = [cast.make_document(), cast.make_document("asking-that-opens", title="Asking that opens")]
    own = [cast.publish(state, agency, each) for each in documents]
    foreign = cast.publish(state, issuer, cast.make_document("listening", title="Listening", family="talk"))
    publishing.gather_stack(
        state=state, issuer=agency, slug="first-steps", members=["asking-that-opens"], title="First Steps", summary="",
        standing="synthetic",
    )  # fmt: skip
    return [each.micro_credential for each in (*own, foreign)]


@pytest.fixture
def draft(state, district, psu_officer, made):
    stage.publish(state, stage.of_pack("example"), Judges.PATHWAY)
    return stage.begin(district, psu_officer, Judges.PATHWAY)


def test_only_what_the_agency_offers_of_its_own_can_be_named(made):
    assert [each.value for each in nameable()] == [FAMILY, STACK, OPENING, FEEDBACK]
    assert in_words([STACK, OPENING, "family:given-up"]) == [
        "The stack “First Steps”", "Asking that opens (synthetic)", "family:given-up",
    ]  # fmt: skip


def test_a_family_and_a_stack_mean_what_is_in_them(made):
    found = [codes_of(each) for each in made]
    assert found == [{FAMILY, FEEDBACK}, {FAMILY, OPENING, STACK}, {"family:talk", "micro-credential:listening"}]


def test_a_draft_names_what_is_offered_and_keeps_it(draft, psu_officer, designer, state, district):
    choosing.choose(application=draft, codes=[STACK, FEEDBACK], acting_person=psu_officer)
    draft.refresh_from_db()
    assert draft.pathways == [FEEDBACK, STACK]
    with pytest.raises(NotAPathway):
        choosing.choose(application=draft, codes=["micro-credential:listening"], acting_person=psu_officer)
    with pytest.raises(NoSuchApplication):
        choosing.choose(application=draft, codes=[], acting_person=designer)


def test_another_application_names_none(state, issuer, made):
    officer = cast.make_person("Ira Issuer", (issuer, Role.ISSUER))
    stage.publish(state)
    with pytest.raises(NotAPathway):
        choosing.choose(application=stage.begin(issuer, officer), codes=[FEEDBACK], acting_person=officer)


def test_the_page_of_the_application_keeps_what_is_ticked_and_reviewers_read_it(draft, psu_officer, client_of):
    client, at = client_of(psu_officer), f"/quality/applications/{draft.ref}/"
    assert "The stack “First Steps”" in unescape(client.get(at).content.decode())
    assert client.post(f"{at}pathways/", {"pathways": [STACK]}).status_code == 302
    assert f'value="{STACK}" checked' in client.get(at).content.decode()
    preview = unescape(client.get(f"{at}preview/").content.decode())
    assert choosing.TITLE in preview
    assert "The stack “First Steps”" in preview
    assert client.post(f"{at}pathways/", {"pathways": ["stack:unheard-of"]}).status_code == 422


def test_a_unit_without_a_lead_assessor_is_told_that_nothing_runs_yet(draft, psu_officer, district, client_of):
    client, at, told = client_of(psu_officer), f"/quality/applications/{draft.ref}/", "Nothing runs there yet"
    assert told in client.get(at).content.decode()
    cast.make_person("Lea Lead", (district, Role.LEAD_ASSESSOR))
    assert told not in client.get(at).content.decode()


def test_to_run_a_pathway_is_not_to_issue(draft, agency, district, state, made):
    facts = {"state": state, "decided_by": agency, "organisation": district, "acting_person": None}
    today = timezone.localdate()
    deciding.record_decision(
        **facts, instrument=draft.instrument, outcome=Outcome.RECOGNISED, valid_from=today, pathways=[FAMILY]
    )
    assert queries.holding_on_organisation(district, today) == []
    assert out_of_reach(district, "talk", today) is None
    deciding.record_decision(
        **facts, instrument=draft.instrument, outcome=Outcome.WITHDRAWN, valid_from=today, anew=True
    )
    assert queries.issuer_closed_by(district, today) is None


def test_who_runs_is_found_in_as_many_questions_for_many_units_as_for_one(
    draft, agency, district, other_district, state, made, django_assert_num_queries
):
    today = timezone.localdate()
    for unit in (district, other_district):
        cast.make_person(f"Lead of {unit.code}", (unit, Role.LEAD_ASSESSOR))
        deciding.record_decision(
            state=state, decided_by=agency, organisation=unit, instrument=draft.instrument, acting_person=None,
            outcome=Outcome.RECOGNISED, valid_from=today, pathways=[FEEDBACK],
        )  # fmt: skip
    made[0].family  # noqa: B018  # asked before
    for units in ([district], [district, other_district]):
        with django_assert_num_queries(5):
            assert unit_running(made[0], units, today) in units
    # Of several the first by name.
    assert unit_running(made[0], [district, other_district], today) == other_district
