"""Drift: from anchors, from co-readers, from back-reading; what an alarm does, and what a lead makes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels import queries, rating
from longleaf.panels.calibration import back_reading, releasing, standing
from longleaf.panels.errors import NoSuchCertification, NothingToReadAgain
from longleaf.panels.models import Assignment, Certification, DriftAlarm, Observation, Panel, RubricEdition
from longleaf.panels.status import AssignmentStatus, CertificationStatus, PanelStatus, Source
from longleaf.panels.tests.calibration.stage import (
    certify,
    convene_live,
    make_anchors,
    make_edition,
    read,
    set_gate,
)
from longleaf.panels.tests.factories import KIND, MEETS, NOT_YET, raters_of, seat_of
from tests import cast

pytestmark = pytest.mark.django_db

BOTH = {"A": MEETS, "B": MEETS}
NEITHER = {"A": NOT_YET, "B": NOT_YET}


@pytest.fixture
def edition(issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    made = make_edition(issuer)
    set_gate(issuer)
    make_anchors(made, lead_assessor, unseen=4)
    return made


@pytest.fixture
def readers(
    edition: RubricEdition, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> list[Certification]:
    return [certify(edition, person) for person in (first_assessor, second_assessor, third_assessor)]


def read_until_alarm(issuer: Organisation, harsh: Person, most: int = 60) -> int:
    """Live work, on which one finds nothing met and the others everything; how many panels that took."""
    for number in range(most):
        panel = convene_live(issuer, f"SUB-LIVE-{number}")
        while panel.status == "open":
            seat = panel.assignments.filter(status=AssignmentStatus.OFFERED).first()
            assert seat is not None
            panel = read(seat, NEITHER if seat.rater == harsh else BOTH)
        if DriftAlarm.objects.exists():
            return number + 1
    raise AssertionError("no alarm rang")


def test_co_readers_are_held_against_each_other(
    readers: list[Certification], issuer: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    panel = convene_live(issuer, "SUB-1")
    first, second = panel.assignments.order_by("seat")
    read(first, BOTH)
    assert not Observation.objects.exists()
    panel = read(second, {"A": MEETS, "B": NOT_YET})
    read(panel.assignments.get(seat=3), BOTH)
    seen = Observation.objects.values_list("certification__person__name", "criterion", "error", "source")
    assert {(name, criterion): error for name, criterion, error, _ in seen} == {
        (first.rater.name, "A"): 0,
        (first.rater.name, "B"): 0.5,
        (second.rater.name, "A"): 0,
        (second.rater.name, "B"): -1,
        (panel.assignments.get(seat=3).rater.name, "A"): 0,
        (panel.assignments.get(seat=3).rater.name, "B"): 0.5,
    }
    assert {source for *_, source in seen} == {Source.CO_READERS}


def test_whoever_drifts_is_suspended_and_gets_no_live_work(
    readers: list[Certification], issuer: Organisation, first_assessor: Person
) -> None:
    read_until_alarm(issuer, first_assessor)
    held = readers[0]
    held.refresh_from_db()
    assert held.status == CertificationStatus.SUSPENDED
    assert "Ada First" not in raters_of(convene_live(issuer, "SUB-AFTER"))
    events = set(JournalLine.objects.filter(subject=f"certification:{held.ref}").values_list("event", flat=True))
    assert {"calibration:drift:rang", "calibration:certificate:suspended"} <= events
    assert not Certification.objects.exclude(pk=held.pk).filter(status=CertificationStatus.SUSPENDED).exists()


@pytest.mark.parametrize(("rule", "goes"), [("finish", {"offered"}), ("give_back", {"offered", "started"})])
def test_what_was_only_offered_goes_back_and_what_was_begun_by_rule(
    readers: list[Certification],
    issuer: Organisation,
    first_assessor: Person,
    lead_assessor: Person,
    rule: str,
    goes: set[str],
) -> None:
    set_gate(issuer, {"certification": "required", "when_suspended": rule})
    panels = [convene_live(issuer, f"SUB-{number}") for number in range(4)]
    seats = [panel.assignments.filter(rater=first_assessor).first() for panel in panels]
    offered, started, *_ = [seat for seat in seats if seat is not None]
    rating.take_up(assignment=started, acting_person=first_assessor)
    assert releasing.release_uncertified() == 0
    standing.suspend(certification=readers[0], because="To be looked at.", acting_person=lead_assessor)
    releasing.release_uncertified()
    for seat in (offered, started):
        was = seat.status if seat is offered else "started"
        seat.refresh_from_db()
        assert (seat.status == AssignmentStatus.TAKEN_BACK) is (was in goes)
    assert len(raters_of(offered.panel)) >= 2
    assert releasing.release_uncertified() == 0


def test_by_default_whoever_is_suspended_finishes_nothing_and_the_lead_sees_what_still_counts(
    readers: list[Certification],
    issuer: Organisation,
    first_assessor: Person,
    lead_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> None:
    panels = [convene_live(issuer, f"SUB-{number}") for number in range(4)]
    finished, begun, *_ = [panel for panel in panels if panel.assignments.filter(rater=first_assessor).exists()]
    read(seat_of(finished, first_assessor), BOTH)
    rating.take_up(assignment=seat_of(begun, first_assessor), acting_person=first_assessor)
    page = reverse("calibration:reader", kwargs={"ref": readers[0].ref})
    assert finished.subject not in client_of(lead_assessor).get(page).content.decode()
    standing.suspend(certification=readers[0], because="To be looked at.", acting_person=lead_assessor)
    releasing.release_uncertified()
    assert seat_of(begun, first_assessor).status == AssignmentStatus.TAKEN_BACK
    shown = client_of(lead_assessor).get(page).content.decode()
    assert finished.subject in shown
    assert begun.subject not in shown
    Panel.objects.filter(pk=finished.pk).update(status=PanelStatus.ADJUDICATING)
    shown = client_of(lead_assessor).get(page).content.decode()
    assert finished.subject not in shown
    assert "1 other is with those who decide" in shown


def test_a_lead_looks_and_reinstates_and_what_was_seen_before_counts_no_more(
    readers: list[Certification], issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    read_until_alarm(issuer, first_assessor)
    held = standing.reinstate(certification=readers[0], because="We read three together.", acting_person=lead_assessor)
    alarm = DriftAlarm.objects.get()
    assert (alarm.looked_by, alarm.decided) == (lead_assessor, "We read three together.")
    panel = convene_live(issuer, "SUB-AFTER")
    for seat in panel.assignments.order_by("seat"):
        read(seat, BOTH)
    held.refresh_from_db()
    assert held.status == CertificationStatus.CERTIFIED


def test_a_lead_reads_again_without_seeing_the_first_reading(
    readers: list[Certification], issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    panel = convene_live(issuer, "SUB-1")
    for seat in panel.assignments.order_by("seat"):
        read(seat, BOTH)
    held = next(each for each in readers if panel.assignments.filter(rater=each.person).exists())
    again = back_reading.draw(certification=held, acting_person=lead_assessor)
    assert queries.reading_for(lead_assessor, again.ref, kind=KIND) == again
    assert not again.ratings.exists()
    assert again.panel.evidence == "SUB-1"
    assert again.panel.subject != "SUB-1"
    read(again, {"A": MEETS, "B": NOT_YET})
    seen = Observation.objects.filter(source=Source.BACK_READINGS)
    assert dict(seen.values_list("criterion", "error")) == {"A": 0, "B": 1}
    assert {each.reading for each in seen} == {seat_of(panel, held.person)}
    with pytest.raises(NothingToReadAgain):
        back_reading.draw(certification=held, acting_person=lead_assessor)


def test_only_another_lead_of_the_pool_reads_again(
    readers: list[Certification], issuer: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    both = cast.make_person("Bo Both", (issuer, Role.LEAD_ASSESSOR))
    for person in (first_assessor, second_assessor):
        with pytest.raises(NoSuchCertification):
            back_reading.draw(certification=readers[0], acting_person=person)
    with pytest.raises(NothingToReadAgain):
        back_reading.draw(certification=readers[0], acting_person=both)


def test_the_gate_says_how_many_are_still_to_be_read_again(
    readers: list[Certification], issuer: Organisation, lead_assessor: Person
) -> None:
    for number in range(3):
        for seat in convene_live(issuer, f"SUB-{number}").assignments.order_by("seat"):
            read(seat, BOTH)
    held = next(each for each in readers if Assignment.objects.filter(rater=each.person, panel__kind=KIND).exists())
    assert back_reading.still_to_draw(held.edition)[held.person_id] == 1
    back_reading.draw(certification=held, acting_person=lead_assessor)
    assert back_reading.still_to_draw(held.edition)[held.person_id] == 0


def test_a_lead_who_reads_does_not_see_in_the_list_of_panels_how_far_their_own_are(
    readers: list[Certification], issuer: Organisation, first_assessor: Person
) -> None:
    cast.enrolling.give_role(
        person=first_assessor, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None, since=cast.SINCE
    )
    panels = [convene_live(issuer, f"SUB-{number}") for number in range(3)]
    own = [panel for panel in panels if panel.assignments.filter(rater=first_assessor).exists()]
    assert own
    watched = set(queries.panels_to_watch(first_assessor, kind=KIND))
    assert watched == set(panels) - set(own)
