"""What a school unit asks on top: more and never less, from a day on, told apart from what the licence needs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.recognition import ledgers, policies
from longleaf.recognition.errors import NotYoursToRecord, UnusableLocalRules
from longleaf.recognition.local_rules import setting
from longleaf.recognition.local_rules.setting import Asked, AskedCap, AskedPart
from longleaf.recognition.models import LocalRules
from longleaf.recognition.tests.factories import license_for, load, workshop
from tests import cast

BEHAVIOUR = Asked(parts=(AskedPart("Classroom climate", Decimal(1), "MD-any", ("teacher",)),))
TYPED = {
    "parts-TOTAL_FORMS": "2", "parts-INITIAL_FORMS": "0", "caps-TOTAL_FORMS": "1", "caps-INITIAL_FORMS": "0",
    "parts-0-title": "Classroom climate", "parts-0-credits": "1", "parts-0-takes": "MD-any", "parts-0-roles": "teacher",
    "parts-1-takes": "MD-growth", "caps-0-kind": "clock_hour", "caps-0-per": "year", "beforehand": ["clock_hour"],
    "reason": "Climate comes first here.",
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


def beside(person, day=None):
    day = day or timezone.localdate()
    standing = ledgers.standing_of(person, on=day)
    return standing.ledger, setting.standing_beside(person, standing, on=day)


def test_the_licence_needs_as_much_as_before_and_the_unit_asks_more(licence, educator, ask):
    ask()
    workshop(educator, hours="200")
    ledger, local = beside(educator)
    assert (ledger.total_required, local.ledger.total_required) == (10, 11)
    assert [(part.title, part.required, part.counted) for part in local.parts] == [("Classroom climate", 1, 1)]
    state = {part.code: part.required for part in ledger.categories}
    assert state.items() <= {part.code: part.required for part in local.ledger.categories}.items()


def test_it_holds_from_its_day_until_the_next_and_its_history_stays(licence, educator, ask):
    today = timezone.localdate()
    ask()
    ask(Asked(), valid_from=today + timedelta(days=10))
    assert beside(educator, today - timedelta(days=1))[1] is None
    assert beside(educator, today + timedelta(days=9))[1].ledger.total_required == 11
    assert beside(educator, today + timedelta(days=10))[1] is None
    assert LocalRules.objects.count() == 2


def test_a_limit_and_an_approval_beforehand_touch_the_units_ledger_alone(licence, educator, ask):
    workshop(educator, hours="50")
    ask(Asked(caps=(AskedCap("clock_hour", Decimal(2)),)))
    ledger, local = beside(educator)
    assert (ledger.total_counted, local.ledger.total_counted) == (5, 2)
    ask(Asked(beforehand=("clock_hour",)))
    ledger, local = beside(educator)
    assert (ledger.total_counted, local.ledger.total_counted) == (5, 0)
    assert local.limits == ["Rivertown Schools approves “Workshop” before it begins"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(parts=(AskedPart("Less", Decimal(-1), "MD-any", ("teacher",)),)), "parts"),
        (Asked(parts=(AskedPart("More", Decimal(1), "MD-invented", ("teacher",)),)), "parts"),
        (Asked(parts=(AskedPart("More", Decimal(1), "MD-any", ("pilot",)),)), "parts"),
        (Asked(caps=(AskedCap("gold", Decimal(1)),)), "caps"),
        (Asked(beforehand=("micro_credential",)), "beforehand"),
    ],
)
def test_what_would_lower_or_miss_the_states_policy_is_refused(asked, field, licence, ask):
    with pytest.raises(UnusableLocalRules) as refused:
        ask(asked)
    assert set(refused.value.fields) == {field}
    assert not LocalRules.objects.exists()


def test_nothing_is_asked_backwards(licence, ask):
    with pytest.raises(UnusableLocalRules) as refused:
        ask(valid_from=timezone.localdate() - timedelta(days=1))
    assert set(refused.value.fields) == {"valid_from"}


@pytest.mark.parametrize("who", ["educator", "state_officer", "neighbour"])
def test_only_an_officer_of_the_unit_sets_them(who, request, licence, ask, other_district):
    neighbour = who == "neighbour"
    person = cast.make_person("Nora", (other_district, Role.PSU_OFFICER)) if neighbour else request.getfixturevalue(who)
    with pytest.raises(NotYoursToRecord):
        ask(acting_person=person)


def test_rules_that_a_newer_policy_cannot_carry_are_left_out(licence, educator, ask, state):
    ask()
    document = policies.PolicyText.objects.get().document
    load(state, eligibility=[{**each, "id": f"{each['id']}-2"} for each in document["eligibility"]],
         versions=[{**document["versions"][0], "requirements": [{"roles": ["teacher"], "parts": [
             {"category": "free", "credits": 10, "takes": "MD-any-2"}]}]}])  # fmt: skip
    assert beside(educator)[1] is None


def test_from_the_form_to_the_ledger(licence, educator, psu_officer, client_of):
    officer, address = client_of(psu_officer), "/renewal/local-rules/"
    assert "You ask nothing on top" in officer.get(address).content.decode()
    wrong = officer.post(address, {**TYPED, "valid_from": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Nothing is asked backwards" in wrong.content.decode()
    assert 'value="Classroom climate"' in wrong.content.decode()
    assert officer.post(address, {**TYPED, "valid_from": timezone.localdate().isoformat()}).status_code == 302
    page = officer.get(address).content.decode()
    assert "1 credit for Classroom climate" in page
    told = client_of(educator).get("/renewal/").content.decode()
    assert "The license needs 10 credits; Rivertown Schools asks for 11 in all." in told
    assert client_of(educator).get(address).status_code == 403
