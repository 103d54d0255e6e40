"""Recording decisions and instruments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from longleaf.journal.models import JournalLine
from longleaf.quality import deciding, publishing, queries
from longleaf.quality.errors import DecisionChanged, MayNotDecide
from longleaf.quality.models import Instrument, QualityDecision
from longleaf.quality.status import Outcome

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def decide(state, agency, version):
    def decided(outcome=Outcome.RECOGNISED, valid_from=JANUARY, acting_person=None, **facts):
        if "organisation" not in facts:
            facts.setdefault("version", version)
        return deciding.record_decision(
            state=state, decided_by=agency, outcome=outcome, valid_from=valid_from, acting_person=acting_person, **facts
        )

    return decided


def test_a_decision_is_a_line_of_the_journal(decide, state_officer, version):
    decide(acting_person=state_officer, valid_until=JULY)
    line = JournalLine.objects.get(event="quality:decision:recorded")
    assert line.actor == state_officer.ref
    assert line.subject == "micro-credential:feedback-that-moves-learning"
    assert line.data == {
        "outcome": "recognised",
        "version": 1,
        "decided_by": "AGENCY",
        "valid_from": "2026-01-01",
        "valid_until": "2026-07-01",
        "instrument": None,
    }


def test_the_same_decision_again_changes_nothing_but_what_we_know_of_it(decide):
    first = decide(standing="synthetic", note="Seen once.")
    lines = JournalLine.objects.count()
    again = decide(standing="official", note="Seen twice.", source_ids=["s1"])
    assert again.pk == first.pk
    assert QualityDecision.objects.values_list("standing", "note", "source_ids").get() == (
        "official",
        "Seen twice.",
        ["s1"],
    )
    assert JournalLine.objects.filter(event="quality:decision:recorded").count() == 1
    # What changed is what the statement says of how sure we are.
    told = set(JournalLine.objects.order_by("number")[lines:].values_list("event", flat=True))
    assert told == {"endorsement:statement:mended"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"outcome": Outcome.RETURNED}, "another outcome"),
        ({"valid_until": JULY, "conditions": "Only here."}, "another valid until and another conditions"),
    ],
)
def test_a_decision_is_never_changed(decide, changed, told):
    first = decide()
    with pytest.raises(DecisionChanged, match=told):
        decide(**changed)
    first.refresh_from_db()
    assert (first.outcome, first.valid_until, first.conditions) == (Outcome.RECOGNISED, None, "")


def test_only_an_officer_of_the_deciding_organisation_decides(decide, educator, psu_officer, state_officer):
    for person in (educator, psu_officer):
        with pytest.raises(MayNotDecide):
            decide(acting_person=person)
    assert not QualityDecision.objects.exists()
    decide(acting_person=state_officer)
    assert QualityDecision.objects.count() == 1


def test_a_decision_has_exactly_one_subject(decide, issuer):
    for subjects in ({"version": None}, {"version": "both", "organisation": issuer}):
        if subjects["version"] == "both":
            subjects.pop("version")
            with pytest.raises(ValidationError):
                decide(version=_some_version(), **subjects)
        else:
            with pytest.raises(ValidationError):
                decide(**subjects)


def _some_version():
    from longleaf.catalog.models import Version

    return Version.objects.get()


def test_a_later_decision_takes_the_place_of_an_earlier_one(decide, version):
    decide()
    decide(Outcome.WITHDRAWN, JULY)
    assert [each.recognises for each in queries.holding_on_version(version, date(2026, 6, 30))] == [True]
    assert [each.recognises for each in queries.holding_on_version(version, JULY)] == [False]
    assert queries.holding_on_version(version, date(2025, 12, 31)) == []


def test_a_decision_ends_after_its_last_day(decide, version):
    decide(valid_until=JULY)
    assert [each.recognises for each in queries.holding_on_version(version, JULY)] == [True]
    assert [each.recognises for each in queries.holding_on_version(version, date(2026, 7, 2))] == [False]


def test_the_same_instrument_again_changes_nothing_and_a_changed_one_is_another(state):
    def publish(text, standing="reconstructed"):
        return publishing.publish_instrument(
            state=state, code="rubric", edition="1", title="Rubric", document={"text": text}, standing=standing
        )

    first = publish("a")
    assert publish("a", standing="official") == first
    assert Instrument.objects.get().standing == "official"
    second = publish("b")
    assert list(queries.instruments(state)) == [second, first]
    assert queries.instrument(state, "rubric") == second
    assert Instrument.objects.get(pk=first.pk).document == {"text": "a"}
    assert JournalLine.objects.filter(event="quality:instrument:published").count() == 2


def test_a_text_is_in_use_from_its_day_on(state):
    def publish(text, **document):
        return publishing.publish_instrument(
            state=state, code="rubric", edition=text, title="Rubric", document={"text": text, **document}, standing="x"
        )

    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    publish("a", effective_from=tomorrow.isoformat())
    assert queries.design_rubric(state) is None
    second = publish("b")
    third = publish("c", effective_from=tomorrow.isoformat())
    assert queries.design_rubric(state) == second
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert queries.design_rubric(state) == third


def test_a_pack_that_goes_back_to_an_earlier_text_has_it_in_use(state):
    def publish(text):
        return publishing.publish_instrument(
            state=state, code="rubric", edition="1", title="Rubric", document={"text": text}, standing="synthetic"
        )

    first, second = publish("a"), publish("b")
    assert queries.design_rubric(state) == second
    assert publish("a") == first
    assert queries.design_rubric(state) == first
    publish("a")
    assert JournalLine.objects.filter(event="quality:instrument:published").count() == 3
