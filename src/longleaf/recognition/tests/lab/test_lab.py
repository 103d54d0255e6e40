"""A draft beside the policy in force over everybody: what is summed up, what is told, and work taken up again."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.engines.policy import Tally, policy_from_document
from longleaf.journal.models import JournalLine
from longleaf.recognition import everyone, ledgers, overlays
from longleaf.recognition.editor import drafting, queries
from longleaf.recognition.editor.errors import NotYoursToWrite, UnusablePolicyDraft
from longleaf.recognition.editor.events import Event
from longleaf.recognition.lab import queries as labs
from longleaf.recognition.lab import running
from longleaf.recognition.lab.pricing import Prices
from longleaf.recognition.lab.sums import Sums
from longleaf.recognition.lab.telling import told
from longleaf.recognition.models import PolicyLab
from longleaf.recognition.tests.factories import SURE, TODAY, license_for, load, make_policy_document, workshop
from tests import cast

TOTAL, FREE = "versions[0].total", "versions[0].requirements[0].parts[1].credits"
FREE_OF_COST = (Prices(policy_from_document(make_policy_document())),) * 2


@pytest.fixture
def draft(state, state_officer):
    load(state)
    draft = drafting.begin(state=state, name="Eight", base=queries.text_now(state), acting_person=state_officer)
    return drafting.change_values(draft=draft, values={TOTAL: "8", FREE: "4"}, revision=0, acting_person=state_officer)


@pytest.fixture
def people(state, district, other_district):
    """Thirteen educators: twelve of one district who need credits, one for life."""
    found = [cast.make_person(f"Person {number}", (district, Role.EDUCATOR)) for number in range(12)]
    for number, person in enumerate(found):
        license_for(person, state)
        workshop(person, hours=str(10 * number or 1))
    lifelong = cast.make_person("Lila Lifelong", (other_district, Role.EDUCATOR))
    license_for(lifelong, state, kind="LIFE")
    return [*found, lifelong]


def reckoned(draft, person):
    lab = running.ask(draft=draft, on=TODAY, acting_person=person)
    assert running.run_labs() > 0
    lab.refresh_from_db()
    assert lab.finished_at is not None
    return lab


def test_sums_are_those_of_everybodys_own_ledger(draft, people, state_officer):
    lab = reckoned(draft, state_officer)
    whole = Sums.of(lab.found).whole
    own = [ledgers.standing_of(person, on=TODAY).ledger for person in people]
    assert (whole.people, lab.people, lab.done) == (13, 13, 13)
    assert whole.required_before == sum(each.total_required for each in own) == 120
    assert whole.counted_before == sum(each.total_counted for each in own)
    assert whole.complete_before == sum(each.complete for each in own)
    # To all who need credits less is missing, but for those with no more than what counts anyhow.
    assert (whole.required_after, whole.lose, whole.gain + whole.unchanged) == (96, 0, 13)
    assert whole.gain > 0
    assert JournalLine.objects.filter(event=Event.LAB_ASKED).count() == 1


def test_a_document_of_a_unit_that_does_not_fit_the_draft_is_told(state, district, people, state_officer, client_of):
    load(state)
    cap = {"id": "D1-cap", "title": "Two of workshops", "of": ["clock_hour"], "at_most": 2, "per": "year", **SURE}
    document = {"overlay_of": "MD-renewal", "by": "Rivertown", "id": "D1", "title": "Ours", **SURE, "caps": [cap]}
    overlays.load_overlay(organisation=district, document=document, acting_person=None)
    draft = drafting.begin(state=state, name="Capped", base=queries.text_now(state), acting_person=state_officer)
    text = json.dumps(make_policy_document(caps=[cap | {"id": "MD-cap"}]))
    draft = drafting.write(draft=draft, text=text, revision=0, acting_person=state_officer)
    lab = running.ask(draft=draft, on=timezone.localdate(), acting_person=state_officer)
    running.run_labs()
    lab.refresh_from_db()
    sums = Sums.of(lab.found)
    assert [(it.unit, it.because.partition(":")[0]) for it in sums.misfits] == [("Rivertown Schools", "caps[0].of")]
    own = [ledgers.standing_of(person, on=lab.on).ledger for person in people]
    assert sums.whole.counted_before == sum(each.total_counted for each in own) < 12 * 4
    page = client_of(state_officer).get(f"/renewal/policy/lab/{lab.ref}/").content.decode()
    assert "Rivertown Schools: caps[0].of" in page


def test_the_same_asked_again_is_the_same_lab(draft, people, state_officer):
    lab = reckoned(draft, state_officer)
    assert running.ask(draft=draft, on=TODAY, acting_person=state_officer) == lab
    assert running.run_labs() == 0
    assert labs.finished_lab_of(draft) == lab
    changed = drafting.change_values(draft=draft, values={TOTAL: "9"}, revision=1, acting_person=state_officer)
    assert labs.finished_lab_of(changed) is None
    with pytest.raises(UnusablePolicyDraft):
        running.ask(draft=changed, on=TODAY, acting_person=state_officer)


def test_a_lab_whose_worker_is_gone_is_taken_up_where_it_was_left(draft, people, state_officer, monkeypatch):
    whole = Sums.of(reckoned(draft, state_officer).found).as_document()
    PolicyLab.objects.update(finished_at=None, found={}, after=0, done=0)
    monkeypatch.setattr(everyone, "AT_ONCE", 4)
    kept, calls = running._keep, []

    def killed_after_two(*given):
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(given)
        return kept(*given)

    monkeypatch.setattr(running, "_keep", killed_after_two)
    with pytest.raises(KeyboardInterrupt):
        running.run_labs()
    monkeypatch.setattr(running, "_keep", kept)
    assert PolicyLab.objects.get().done == 8
    assert running.run_labs() == 0
    PolicyLab.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert running.run_labs() > 0
    assert PolicyLab.objects.get().done == 13
    assert Sums.of(PolicyLab.objects.get().found).as_document() == whole


def test_only_officers_of_the_agency_ask(draft, psu_officer, educator):
    for person in (psu_officer, educator):
        with pytest.raises(NotYoursToWrite):
            running.ask(draft=draft, on=TODAY, acting_person=person)


def tallied(missing, *, met=()):
    return Tally("V", Decimal(10), Decimal(10) - missing, met=met)


def summed(**sizes):
    """Everybody of a group gains, but for one who loses."""
    sums = Sums()
    for name, size in sizes.items():
        for number in range(size):
            after = tallied(2 if number else 6)
            sums.add({"Region": name}, tallied(4), after, FREE_OF_COST)
    return sums


def test_gains_losses_and_silence_are_kept_apart():
    sums = Sums()
    for before, after in (
        (tallied(4), tallied(2)), (tallied(0), tallied(1)), (tallied(1), tallied(1)), (None, tallied(1)),
        (tallied(1), None), (None, None),
    ):  # fmt: skip
        sums.add({}, before, after, FREE_OF_COST)
    whole = sums.whole
    assert (whole.people, whole.gain, whole.lose, whole.unchanged, whole.apart) == (6, 1, 1, 1, 3)
    assert Sums.of(sums.as_document()).as_document() == sums.as_document()


def test_small_groups_and_numbers_are_withheld_and_cannot_be_worked_out():
    found = told(summed(North=40, South=30, West=3), smallest=10)
    [division] = found.divisions
    rows = {row.name: row for row in division.rows}
    # West is too small; South goes with it, or the whole would tell of West.
    assert {name: row.people for name, row in rows.items()} == {"North": 40, "South": None, "West": None}
    assert rows["North"].numbers == {"gain": 39, "lose": None, "complete_before": 0, "complete_after": 0}
    # Everybody gains or loses: had only who loses been withheld, it would follow.
    assert (found.numbers["lose"], found.numbers["gain"], found.numbers["unchanged"]) == (None, None, 0)
    few = told(summed(North=5), smallest=10)
    assert few.too_few
    assert (few.divisions, set(few.numbers.values())) == ((), {None})


def test_a_single_small_number_of_a_column_takes_the_next_with_it():
    sums = Sums()
    for name, gain in (("North", 30), ("South", 12), ("West", 2)):
        for number in range(40):
            sums.add({"Region": name}, tallied(4), tallied(2 if number < gain else 4), FREE_OF_COST)
    [division] = told(sums, smallest=10).divisions
    assert [row.numbers["gain"] for row in division.rows] == [30, None, None]


def test_the_one_whose_cycle_becomes_complete_is_not_told_by_subtraction():
    sums = Sums()
    for name in ("North", "South", "West"):
        for number in range(40):
            after = tallied(0 if number < 20 else 4)
            sums.add({"Region": name}, tallied(0 if number < 20 else 4), after, FREE_OF_COST)
    assert told(sums, smallest=10).numbers["complete_after"] == 60
    sums.add({"Region": "West"}, tallied(4), tallied(0), FREE_OF_COST)
    found = told(sums, smallest=10)
    assert (found.numbers["complete_before"], found.numbers["complete_after"]) == (60, None)
    assert (found.counted_before, found.counted_after, found.missing_after) == (60 * 10 + 61 * 6, None, None)
    [division] = found.divisions
    after = {row.name: row.numbers["complete_after"] for row in division.rows}
    assert after == {"North": None, "South": 20, "West": None}


def test_its_pages_and_files_name_nobody(draft, people, state_officer, client_of, psu_officer):
    client = client_of(state_officer)
    asked = client.post(f"/renewal/policy/drafts/{draft.ref}/lab/", {"on": TODAY.isoformat()})
    assert "It is being reckoned" in client.get(asked.url).content.decode()
    assert client.get(f"{asked.url}sums.json").status_code == 409
    running.run_labs()
    page = client.get(asked.url).content.decode()
    file = client.get(f"{asked.url}sums.json").json()
    assert file["whole"]["people"] == 13
    assert file["divisions"]["Role"][0]["group"] == "Teacher"
    lines = client.get(f"{asked.url}sums.csv").content.decode().splitlines()
    assert lines[0] == "division,group,people,gain,lose,complete_before,complete_after"
    brief = client.get(f"/renewal/policy/drafts/{draft.ref}/brief/").content.decode()
    assert "Requirements › teacher › Parts › free › Credits: 6 → 4" in brief
    for text in (page, str(file), brief):
        assert not [person.name for person in people if person.name in text]
    assert client_of(psu_officer).get(asked.url).status_code == 404
    assert client_of(psu_officer).get(f"/renewal/policy/drafts/{draft.ref}/brief/").status_code == 404


STIPEND = {
    "id": "MD-stipend",
    "title": "A stipend",
    "gives": {"kind": "stipend", "amount": "1000", "currency": "USD"},
    "needs": {"kind": "count", "at_least": 1, "when": {"kind": "anything"}},
    **SURE,
}
LEAVE = STIPEND | {"id": "MD-leave", "title": "Leave", "gives": {"kind": "leave", "what": "Days to learn"}}


def test_what_it_costs_stands_on_every_page_and_in_every_file(state, people, state_officer, client_of):
    load(state, results=[STIPEND])
    draft = drafting.begin(state=state, name="More", base=queries.text_now(state), acting_person=state_officer)
    more = STIPEND | {"gives": STIPEND["gives"] | {"amount": "1250"}}
    text = json.dumps(make_policy_document(results=[more, LEAVE]))
    draft = drafting.write(draft=draft, text=text, revision=0, acting_person=state_officer)
    lab = reckoned(draft, state_officer)
    client = client_of(state_officer)
    page = client.get(f"/renewal/policy/lab/{lab.ref}/").content.decode()
    brief = client.get(f"/renewal/policy/drafts/{draft.ref}/brief/").content.decode()
    for shown in (page, brief):
        assert "1,000 USD, once" in shown
        assert "1,250 USD, once" in shown
        assert re.search(r"In all it costs more:</strong>\s*3,000 USD, once", shown)
        assert "Not priced, for the policy states no amount: Leave." in shown
        assert "What it costs more, by region" in shown
    file = client.get(f"/renewal/policy/lab/{lab.ref}/sums.json").json()
    assert file["costs_more"] == [{"of": "USD", "per": "", "more": "3000"}]
    assert file["not_priced"] == ["Leave"]
    assert file["divisions"]["Role"] == [
        {
            "group": "Teacher", "people": 13, "gain": 0, "lose": 0, "complete_before": None, "complete_after": None,
            "costs_more": [{"of": "USD", "per": "", "more": "3000"}],
        }
    ]  # fmt: skip
    lines = client.get(f"/renewal/policy/lab/{lab.ref}/sums.csv").content.decode().splitlines()
    assert lines[0].endswith('complete_after,"costs_more: USD, once"')
    assert lines[1].startswith("All,All,13,0,0,")
    assert lines[1].endswith(",3000")


def test_the_brief_on_paper(draft, state_officer, client_of, pango):
    drawn = client_of(state_officer).get(f"/renewal/policy/drafts/{draft.ref}/brief.pdf")
    assert drawn.content[:5] == b"%PDF-"


def test_a_day_that_is_no_day_is_today(draft, people, state_officer, client_of):
    client_of(state_officer).post(f"/renewal/policy/drafts/{draft.ref}/lab/", {"on": "soon"})
    assert PolicyLab.objects.get().on == timezone.localdate() != date(1970, 1, 1)
