"""What readers differ on before a lead: who may take it, what they see, what it decides, and what it never measures."""

from __future__ import annotations

from typing import Any

import pytest

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels import adjudicating, expiring, queries, rating, reopening, seats, telling_leads
from longleaf.panels.calibration.back_reading import finished_live
from longleaf.panels.errors import (
    IncompleteReading,
    MayNotAdjudicate,
    NobodyToAsk,
    NoSuchPanel,
    NothingToAdjudicate,
    ReadingStays,
    ReasonMissing,
    UnknownCriterion,
)
from longleaf.panels.instruments import Instrument
from longleaf.panels.leading import rated, workload
from longleaf.panels.models import Assignment, Observation, Panel
from longleaf.panels.status import AssignmentStatus, PanelStatus
from longleaf.panels.tests.factories import KIND, MEETS, NOT_YET, convene, fill_in, in_days, read
from tests import cast

pytestmark = pytest.mark.django_db
LEAD_DECIDES = {"readers": 2, "when_they_differ": "lead"}
Pool = tuple[Person, Person, Person]


@pytest.fixture
def pool(first_assessor: Person, second_assessor: Person, third_assessor: Person) -> Pool:
    return first_assessor, second_assessor, third_assessor


@pytest.fixture
def panel(issuer: Organisation, pool: Pool) -> Panel:
    return differing(issuer)


def differing(issuer: Organisation, **changes: Any) -> Panel:
    """A panel whose two readers differ on A and agree on B."""
    convened = convene(issuer, rule=LEAD_DECIDES, **changes)
    first, second = convened.assignments.order_by("seat")
    read(first)
    return read(second, A=NOT_YET)


def decide(seat: Assignment, level: str = MEETS, why: str = "The aim is named.") -> Panel:
    rating.rate(assignment=seat, criterion="A", level=level, comment=why, revision=0, acting_person=seat.rater)
    return rating.submit_reading(assignment=seat, acting_person=seat.rater)


def fresh(panel: Panel) -> Panel:
    return Panel.objects.get(pk=panel.pk)


def waiting(lead: Person) -> list[str]:
    return [each.ref for each in queries.panels_to_adjudicate(lead, kind=KIND)]


def test_readers_who_differ_wait_for_a_lead_and_no_third_is_asked(panel: Panel, lead_assessor: Person) -> None:
    assert (panel.status, panel.assignments.count()) == (PanelStatus.ADJUDICATING, 2)
    assert waiting(lead_assessor) == [panel.ref]
    line = JournalLine.objects.get(event="panel:adjudication:asked-for")
    assert line.data == {"subject": panel.subject}


def test_readers_who_agree_need_no_lead(issuer: Organisation, pool: Pool) -> None:
    convened = convene(issuer, rule=LEAD_DECIDES)
    for seat in convened.assignments.all():
        read(seat, A=NOT_YET)
    assert fresh(convened).status == PanelStatus.DECIDED


def test_a_lead_decides_only_what_they_differ_on_with_a_reason(panel: Panel, lead_assessor: Person) -> None:
    seat = adjudicating.take(panel=panel.ref, acting_person=lead_assessor)
    assert adjudicating.take(panel=panel.ref, acting_person=lead_assessor) == seat
    assert [each.code for each in seats.criteria_of(seat)] == ["A"]
    with pytest.raises(UnknownCriterion):
        rating.rate(assignment=seat, criterion="B", level=MEETS, revision=0, acting_person=lead_assessor)
    with pytest.raises(IncompleteReading) as refused:
        decide(seat, why="")
    assert refused.value.fields == {"comment-A": "Give your reason for “Feedback is specific”."}
    rating.rate(assignment=seat, criterion="A", comment="The aim is named.", revision=0, acting_person=lead_assessor)
    decided = rating.submit_reading(assignment=seat, acting_person=lead_assessor)
    assert decided.status == PanelStatus.DECIDED
    assert decided.outcome is not None
    found = {each["code"]: (each["met"], each["decided_by"]) for each in decided.outcome["criteria"]}
    assert (decided.outcome["verdict"], found) == ("demonstrated", {"A": (True, "lead"), "B": (True, "agreement")})
    assert len(decided.outcome["readings"]) == 2


def test_both_readings_stand_side_by_side_without_whose_they_are(
    issuer: Organisation, pool: Pool, lead_assessor: Person
) -> None:
    convened = convene(issuer, rule=LEAD_DECIDES)
    first, second = convened.assignments.order_by("seat")
    fill_in(first)
    telling_leads.tell(assignment=first, text="I hesitated.", revision=0, acting_person=first.rater)
    rating.submit_reading(assignment=first, acting_person=first.rater)
    read(second, A=NOT_YET)
    seat = adjudicating.take(panel=convened.ref, acting_person=lead_assessor)
    beside = seats.readings_beside(seat)
    assert [each.name for each in beside] == ["Reader A", "Reader B"]
    assert sorted(each.ratings["A"].level for each in beside) == sorted([MEETS, NOT_YET])
    assert sorted(list(each.notes.values()) for each in beside) == [[], ["I hesitated."]]
    assert seats.readings_beside(first) == []


@pytest.mark.parametrize("kept_out", ["barred", "author", "earlier", "same place"])
def test_a_lead_with_a_part_in_it_may_not_decide(
    kept_out: str, issuer: Organisation, district: Organisation, pool: Pool, lead_assessor: Person, educator: Person
) -> None:
    facts: dict[str, Any] = {
        "barred": {"barred_people": [lead_assessor]},
        "author": {"work_of": [lead_assessor]},
        "earlier": {"read_before": [lead_assessor]},
        "same place": {"work_of": [educator]},
    }[kept_out]
    if kept_out == "same place":
        enrolling.give_role(
            person=lead_assessor, organisation=district, role=Role.EDUCATOR, acting_person=None, since=cast.SINCE
        )
    panel = differing(issuer, **facts)
    with pytest.raises((MayNotAdjudicate, NoSuchPanel)):
        adjudicating.take(panel=panel.ref, acting_person=lead_assessor)


def test_only_a_lead_of_the_pool_may_take_it_and_only_one_does(
    panel: Panel, pool: Pool, issuer: Organisation, lead_assessor: Person, stranger: Person
) -> None:
    for person in (*pool, stranger):
        with pytest.raises(NoSuchPanel):
            adjudicating.take(panel=panel.ref, acting_person=person)
    adjudicating.take(panel=panel.ref, acting_person=lead_assessor)
    other = cast.make_person("Lara Lead", (issuer, Role.LEAD_ASSESSOR))
    for ask in (adjudicating.take, adjudicating.ask_reader):
        with pytest.raises(NothingToAdjudicate):
            ask(panel=panel.ref, acting_person=other)


def test_a_lead_who_may_not_asks_a_reader_who_stands_outside(
    issuer: Organisation, pool: Pool, lead_assessor: Person
) -> None:
    panel = differing(issuer, barred_people=[lead_assessor])
    offered = adjudicating.ask_reader(panel=panel.ref, acting_person=lead_assessor)
    assert (offered.rater, offered.adjudicates, offered.status) == (pool[2], True, AssignmentStatus.OFFERED)
    rating.take_up(assignment=offered, acting_person=pool[2])
    decided = decide(offered, NOT_YET, "No aim is named.")
    assert decided.outcome is not None
    assert decided.outcome["verdict"] == "not_yet"


def test_what_is_given_back_or_left_waits_for_a_lead_again(panel: Panel, pool: Pool, lead_assessor: Person) -> None:
    offered = adjudicating.ask_reader(panel=panel.ref, acting_person=lead_assessor)
    rating.decline(assignment=offered, reason="I know it.", acting_person=pool[2])
    with pytest.raises(NobodyToAsk):
        adjudicating.ask_reader(panel=panel.ref, acting_person=lead_assessor)
    adjudicating.take(panel=panel.ref, acting_person=lead_assessor)
    cast.make_person("Lara Lead", (panel.pool, Role.LEAD_ASSESSOR))
    assert expiring.release_expired(now=in_days(90)) == 1
    assert fresh(panel).status == PanelStatus.ADJUDICATING
    assert not fresh(panel).assignments.filter(adjudicates=True, status__in=["started", "offered"]).exists()


def test_the_only_one_who_may_adjudicate_keeps_it_though_it_is_late(panel: Panel, lead_assessor: Person) -> None:
    panel.barred_people = [each.ref for each in Person.objects.exclude(pk=lead_assessor.pk)]
    panel.save(update_fields=["barred_people"])
    seat = adjudicating.take(panel=panel.ref, acting_person=lead_assessor)
    assert expiring.release_expired(now=in_days(90)) == 0
    assert decide(seat).status == PanelStatus.DECIDED


def test_an_adjudication_measures_nobody(issuer: Organisation, pool: Pool, lead_assessor: Person) -> None:
    instrument = Instrument(code="feedback", title="Feedback")
    for number in range(rated.STEP):
        panel = differing(issuer, subject=f"SUB-TEST-{number:04}", instrument=instrument)
        decide(adjudicating.take(panel=panel.ref, acting_person=lead_assessor))
    (used,) = rated.rubrics_of(issuer)
    raters = {each.rater for each in rated.ratings_of(issuer, used)}
    assert raters
    assert str(lead_assessor.pk) not in raters
    assert not Observation.objects.filter(reading__adjudicates=True).exists()
    edition = Panel.objects.exclude(edition=None).values_list("edition", flat=True)[0]
    assert edition is not None
    assert not finished_live(edition).filter(adjudicates=True).exists()


def test_pay_counts_it_as_of_its_own_kind(panel: Panel, issuer: Organisation, lead_assessor: Person) -> None:
    decide(adjudicating.take(panel=panel.ref, acting_person=lead_assessor))
    today = in_days(0).date()
    (work,) = workload.work_in(issuer, workload.Period.this_month(today), of=lead_assessor)
    assert (work.handed_in, work.adjudicated) == (1, 1)


# --- Giving a reading back --------------------------------------------------------------------------------------------


def reopen(panel: Panel, lead: Person, *, seat: int = 1, reason: str = "You asked for it.") -> Assignment:
    return reopening.reopen(panel=panel.ref, kind=panel.kind, seat=seat, reason=reason, acting_person=lead)


def test_a_lead_gives_a_reading_back_and_only_its_reader_is_told_why(panel: Panel, lead_assessor: Person) -> None:
    back = reopen(panel, lead_assessor)
    assert (back.status, back.submitted_at, back.reopened_because) == ("started", None, "You asked for it.")
    assert fresh(panel).status == PanelStatus.OPEN
    line = JournalLine.objects.get(event="panel:reading:reopened")
    assert (line.subject, line.data) == (f"reading:{back.ref}", {"panel": panel.ref, "subject": panel.subject})
    rating.rate(assignment=back, criterion="A", level=NOT_YET, revision=1, acting_person=back.rater)
    decided = rating.submit_reading(assignment=back, acting_person=back.rater)
    assert decided.outcome is not None
    assert decided.outcome["verdict"] == "not_yet"


def test_a_third_who_reads_already_is_not_cut_off(issuer: Organisation, pool: Pool, lead_assessor: Person) -> None:
    panel = convene(issuer)
    first, second = panel.assignments.order_by("seat")
    read(first)
    read(second, A=NOT_YET)
    third = fill_in(panel.assignments.get(seat=3), A=NOT_YET)
    back = reopen(panel, lead_assessor)
    rating.rate(assignment=back, criterion="A", level=NOT_YET, revision=1, acting_person=back.rater)
    assert rating.submit_reading(assignment=back, acting_person=back.rater).status == PanelStatus.OPEN
    assert rating.submit_reading(assignment=third, acting_person=third.rater).status == PanelStatus.DECIDED


def test_what_is_decided_or_adjudicated_or_not_in_stays(
    panel: Panel, issuer: Organisation, pool: Pool, lead_assessor: Person
) -> None:
    with pytest.raises(ReasonMissing):
        reopen(panel, lead_assessor, reason=" ")
    for person in pool:
        with pytest.raises(NoSuchPanel):
            reopen(panel, person)
    other = cast.make_person("Lara Lead", (issuer, Role.LEAD_ASSESSOR))
    seat = adjudicating.take(panel=panel.ref, acting_person=lead_assessor)
    with pytest.raises(ReadingStays):
        reopen(panel, other)
    with pytest.raises(NoSuchPanel):
        reopen(panel, lead_assessor)
    decide(seat)
    with pytest.raises(ReadingStays):
        reopen(panel, other)
    with pytest.raises(ReadingStays):
        reopen(convene(issuer, subject="SUB-TEST-0002"), other)


def test_nothing_is_given_back_of_another_kind_or_of_a_check(panel: Panel, lead_assessor: Person) -> None:
    with pytest.raises(NoSuchPanel):
        reopening.reopen(panel=panel.ref, kind="quality", seat=1, reason="Why not.", acting_person=lead_assessor)
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.CHECKING)
    with pytest.raises(NoSuchPanel):
        reopen(panel, lead_assessor)


def test_what_readers_have_talked_over_stays(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    rule = {**cast.make_document()["panel_rule"], "reconciliation": {"days": 7}}
    panel = convene(issuer, rule=rule)
    first, second = panel.assignments.order_by("seat")
    read(first)
    read(second, A=NOT_YET)
    with pytest.raises(ReadingStays, match="met"):
        reopen(panel, lead_assessor)
