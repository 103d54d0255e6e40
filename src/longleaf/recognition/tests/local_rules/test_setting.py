"""What a school unit asks on top: more and never less, from a day on, told apart from what the licence needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.recognition import ledgers, overlays
from longleaf.recognition.errors import NotYoursToRecord, RulesFromElsewhere, UnusableLocalRules
from longleaf.recognition.local_rules import setting
from longleaf.recognition.local_rules.setting import Asked, AskedCap, AskedPart
from longleaf.recognition.models import PolicyText
from longleaf.recognition.tests.factories import SURE, license_for, load, workshop, worth_each
from longleaf.recognition.tests.test_granted import approved_ahead
from longleaf.recognition.tests.test_work_behind_badges import worked_for
from tests import cast

BEHAVIOUR = Asked(parts=(AskedPart("Classroom climate", Decimal(1), "MD-any", ("teacher",)),))
TYPED = {
    "parts-TOTAL_FORMS": "2", "parts-INITIAL_FORMS": "0", "caps-TOTAL_FORMS": "1", "caps-INITIAL_FORMS": "0",
    "parts-0-title": "Classroom climate", "parts-0-credits": "1", "parts-0-takes": "MD-any", "parts-0-roles": "teacher",
    "parts-1-takes": "MD-growth", "caps-0-kind": "clock_hour", "caps-0-per": "year",
    "beforehand": ["clock_hour", "micro_credential"], "reason": "Climate comes first here.",
}  # fmt: skip


@pytest.fixture
def licence(state, educator):
    load(state)
    return license_for(educator, state)


@pytest.fixture
def ask(district, psu_officer):
    def asked(what=BEHAVIOUR, **facts):
        told = {"organisation": district, "reason": "It matters here.", "acting_person": psu_officer, **facts}
        return setting.set_rules(asked=what, **told)

    return asked


def beside(person):
    today = timezone.localdate()
    standing = ledgers.standing_of(person, on=today)
    return standing.ledger, setting.standing_beside(person, standing, on=today)


def test_what_the_licence_needs_and_what_the_unit_asks_stand_apart(licence, educator, ask):
    before, nothing = beside(educator)
    assert (before.total_required, nothing) == (10, None)
    ask()
    workshop(educator, hours="200")
    ledger, local = beside(educator)
    assert (local.needed, ledger.total_required) == (10, 11)
    assert [(part.title, part.required, part.counted) for part in local.parts] == [("Classroom climate", 1, 1)]
    after = {part.code: part.required for part in ledger.categories}
    assert all(after[part.code] == part.required for part in before.categories)


def test_what_is_asked_no_more_is_asked_of_nobody_and_stays_in_the_history(licence, educator, ask, district):
    ask()
    ask(Asked())
    assert beside(educator)[1] is None
    assert len(setting.history_of(district)) == 2


def test_a_limit_and_an_approval_beforehand_hold_and_say_whose_they_are(licence, educator, ask):
    workshop(educator, hours="50")
    ask(Asked(caps=(AskedCap("clock_hour", Decimal(2)),)))
    assert beside(educator)[0].total_counted == 2
    ask(Asked(beforehand=("clock_hour",)))
    ledger, local = beside(educator)
    assert ledger.total_counted == 0
    assert local.limits == ["Rivertown Schools approves “Workshop” before it begins"]


@pytest.mark.parametrize(("day", "counted"), [(date(2026, 1, 1), 2), (date(2026, 1, 2), 0)])
def test_badges_too_may_be_approved_beforehand(licence, educator, version, district, psu_officer, ask, day, counted):
    """The work was begun on the first of January."""
    worth_each(district, psu_officer, credits=Decimal(2))
    worked_for(educator, version)
    ask(Asked(beforehand=("micro_credential",)))
    assert beside(educator)[0].total_counted == 0
    approved_ahead(educator, version, psu_officer, day)
    assert beside(educator)[0].total_counted == counted


def test_a_document_of_a_pack_is_not_written_over(licence, ask, district, psu_officer, client_of):
    document = {"overlay_of": "MD-renewal", "by": "Rivertown", "id": "R", "title": "Of the pack", **SURE}
    overlays.load_overlay(organisation=district, document=document, acting_person=None)
    with pytest.raises(RulesFromElsewhere):
        ask()
    assert "it is changed there" in client_of(psu_officer).get("/renewal/local-rules/").content.decode()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(parts=(AskedPart("Less", Decimal(-1), "MD-any", ("teacher",)),)), "parts"),
        (Asked(parts=(AskedPart("More", Decimal(1), "MD-invented", ("teacher",)),)), "parts"),
        (Asked(parts=(AskedPart("More", Decimal(1), "MD-any", ("pilot",)),)), "parts"),
        (Asked(caps=(AskedCap("gold", Decimal(1)),)), "caps"),
        (Asked(beforehand=("gold",)), "beforehand"),
    ],
)
def test_what_would_lower_or_miss_the_states_policy_is_refused(asked, field, licence, ask):
    with pytest.raises(UnusableLocalRules) as refused:
        ask(asked)
    assert set(refused.value.fields) == {field}
    assert not PolicyText.objects.filter(code__startswith=overlays.OVERLAY).exists()


@pytest.mark.parametrize("who", ["educator", "state_officer", "neighbour"])
def test_only_an_officer_of_the_unit_sets_them(who, request, licence, ask, other_district):
    neighbour = who == "neighbour"
    person = cast.make_person("Nora", (other_district, Role.PSU_OFFICER)) if neighbour else request.getfixturevalue(who)
    with pytest.raises(NotYoursToRecord):
        ask(acting_person=person)


def test_from_the_form_to_the_ledger(licence, educator, psu_officer, client_of):
    officer, address = client_of(psu_officer), "/renewal/local-rules/"
    assert "You ask nothing on top" in officer.get(address).content.decode()
    wrong = officer.post(address, {**TYPED, "reason": ""})
    assert wrong.status_code == 422
    assert 'value="Classroom climate"' in wrong.content.decode()
    assert officer.post(address, TYPED).status_code == 302
    page = officer.get(address).content.decode()
    assert "1 for Classroom climate" in page
    told = client_of(educator).get("/renewal/").content.decode()
    assert "The license needs 10 credits; Rivertown Schools asks for 11 in all." in told
    assert client_of(educator).get(address).status_code == 403
    # A line is taken away by emptying it, as the page then posts it.
    emptied = {**TYPED, "parts-INITIAL_FORMS": "1", "parts-0-title": "", "parts-0-credits": ""}
    del emptied["parts-0-roles"]
    assert officer.post(address, emptied).status_code == 302
    assert "asks for 11 in all" not in client_of(educator).get("/renewal/").content.decode()
