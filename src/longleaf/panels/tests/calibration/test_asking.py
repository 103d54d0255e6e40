"""Nobody without a certificate gets live work by a rubric with anchors enough: before, at and after that moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import adjudicating, expiring, rating, reminding
from longleaf.panels.calibration import anchors, gating, releasing, standing
from longleaf.panels.calibration.asking import AskedNow, asked_by_text, asked_now, asked_of
from longleaf.panels.drawing import assign_waiting
from longleaf.panels.errors import MayNotAdjudicate, NotCertified
from longleaf.panels.instruments import Instrument
from longleaf.panels.models import Anchor, Assignment, Certification, DriftAlarm, Panel, RubricEdition
from longleaf.panels.status import (
    AT_WORK,
    AnchorStatus,
    AnchorUse,
    AssignmentStatus,
    CertificationStatus,
    PanelStatus,
)
from longleaf.panels.tests.calibration.stage import (
    FEEDBACK,
    certify,
    convene_live,
    make_anchor,
    make_anchors,
    make_edition,
    read,
    set_gate,
)
from longleaf.panels.tests.factories import KIND, MEETS, NOT_YET
from tests import cast

pytestmark = pytest.mark.django_db

# The gate of a state that begins (`cast.make_state` sets it), with a test that is read in a moment.
FOUR = {"training": {"anchors": 1}, "test": {"anchors": 4}}
BOTH = {"A": MEETS, "B": MEETS}
NEITHER = {"A": NOT_YET, "B": NOT_YET}


@pytest.fixture
def edition(issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    """One anchor short of its test."""
    made = make_edition(issuer)
    set_gate(issuer, FOUR)
    make_anchors(made, lead_assessor, unseen=3)
    return made


def at_work_on(panel: Panel) -> set[str]:
    return set(panel.assignments.filter(status__in=AT_WORK).values_list("rater__name", flat=True))


def seat_of(panel: Panel, person: Person) -> Assignment:
    return panel.assignments.get(rater=person)


def test_by_default_nobody_reads_before_they_are_certified_not_even_where_nobody_can_be(
    state: State,
    issuer: Organisation,
    first_assessor: Person,
    second_assessor: Person,
    lead_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> None:
    gating.set_gate(state=state, document={}, acting_person=None)
    panel = convene_live(issuer, "SUB-1")
    assert assign_waiting() == 0
    assert at_work_on(panel) == set()
    told = "Nobody can be certified by this text yet. Missing: 10 anchors for the test and 3 anchors to train on."
    assert told in client_of(lead_assessor).get(reverse("calibration:lead")).content.decode()
    assert told in client_of(first_assessor).get(reverse("calibration:home")).content.decode()
    (due,) = reminding.rubrics_without_certified(timezone.now())
    assert "Missing" not in due.says
    assert "10 anchors for the test" in due.says

    # A lead may let everybody of the pool read until its anchors are there, and then it is the lead who does.
    assert panel.edition is not None
    gating.set_gate_of(edition=panel.edition, written="certification: once_anchored", acting_person=lead_assessor)
    assert assign_waiting() == 2
    assert at_work_on(panel) == {"Ada First", "Ben Second"}


def test_what_a_text_asks_by_which_nobody_has_read_is_what_any_new_one_would(
    state: State, edition: RubricEdition, issuer: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    def asked(**changes: Any) -> AskedNow:
        rubric = cast.make_document(**changes)["rubric"]
        return asked_by_text(pool=issuer, kind=KIND, instrument=FEEDBACK.code, rubric=rubric)

    levels = [{"code": MEETS, "title": "Shown", "meets": True}, {"code": NOT_YET, "title": "Not shown", "meets": False}]
    new = {"rubric": {**cast.make_document()["rubric"], "levels": levels}}
    assert (asked().unseen, asked(**new).unseen, asked(**new).nobody_may_read) == (3, 0, False)
    make_anchor(edition, lead_assessor, 3)
    certify(edition, first_assessor)
    assert (asked().nobody_may_read, asked(**new).nobody_may_read) == (False, True)


def test_with_too_few_anchors_readers_are_not_held_to_a_certificate_and_the_lead_is_told(
    edition: RubricEdition,
    issuer: Organisation,
    first_assessor: Person,
    second_assessor: Person,
    lead_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> None:
    assert at_work_on(convene_live(issuer, "SUB-1")) == {"Ada First", "Ben Second"}
    client = client_of(lead_assessor)
    said = client.get(reverse("calibration:rubric", kwargs={"ref": edition.ref})).content.decode()
    assert "Nobody is certified for this yet: 3 of 4 anchors are there." in said
    board = client.get(reverse("calibration:lead")).content.decode()
    assert "Not yet: 3 of 4 anchors" in board
    assert "Nobody is certified for this yet: 3 of 4 anchors are there." in board
    assert list(reminding.rubrics_without_certified(timezone.now())) == []


@pytest.mark.parametrize("training", [0, 1])
def test_a_reader_is_told_that_nobody_is_certified_yet_and_of_how_many_anchors_it_wants(
    training: int,
    issuer: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> None:
    made = make_edition(issuer)
    if training:
        make_anchors(made, lead_assessor, unseen=0, training=training)
    said = client_of(first_assessor).get(reverse("calibration:home")).content.decode()
    assert made.title in said
    assert "Nobody is certified for this yet: 0 of 10 anchors are there." in said
    assert "No rubric yet" not in said


def test_the_last_anchor_leaves_what_was_begun_and_gives_offers_to_whoever_is_certified(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    panel = convene_live(issuer, "SUB-1")
    begun, offered = seat_of(panel, first_assessor), seat_of(panel, second_assessor)
    rating.take_up(assignment=begun, acting_person=first_assessor)
    make_anchor(edition, lead_assessor, 3)
    with pytest.raises(NotCertified):
        rating.take_up(assignment=offered, acting_person=second_assessor)
    assert releasing.release_uncertified() == 1
    assert releasing.release_uncertified() == 0
    assert at_work_on(panel) == {"Ada First"}
    (due,) = reminding.rubrics_without_certified(timezone.now())
    assert due.person == lead_assessor.pk
    assert "Nobody is certified" in due.says

    third = cast.make_person("Cy Third", (issuer, Role.ASSESSOR))
    certify(edition, third)
    assert assign_waiting() == 1
    assert at_work_on(panel) == {"Ada First", "Cy Third"}
    assert list(reminding.rubrics_without_certified(timezone.now())) == []
    # The clock does not take from the first reader what they have begun.
    assert expiring.release_expired(now=timezone.now()) == 0
    assert read(begun, BOTH).status == PanelStatus.OPEN
    assert read(seat_of(panel, third), BOTH).status == PanelStatus.DECIDED


def test_an_anchor_that_is_taken_back_opens_nothing_nor_does_the_last_certificate_that_ends(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    last = make_anchor(edition, lead_assessor, 3)
    held = certify(edition, first_assessor)
    anchors.retire_those_of(evidence=last.evidence, because="Taken back.")
    assert at_work_on(convene_live(issuer, "SUB-1")) == {"Ada First"}
    assert "Nobody else can be certified by this text yet. Missing: 1 anchor for the test." in asked_now(edition).says
    standing.withdraw(certification=held, because="It has to be.", acting_person=lead_assessor)
    assert at_work_on(convene_live(issuer, "SUB-2")) == set()


def test_offers_by_another_text_of_the_rubric_go_too_when_their_reader_is_suspended(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    make_anchor(edition, lead_assessor, 3)
    held = certify(edition, first_assessor)
    # A lead opens the new text while its anchors are set: only so do uncertified readers get work by it.
    set_gate(issuer, {**FOUR, "certification": "recommended"})
    document = cast.make_document()["rubric"]
    document["criteria"][0]["title"] = "Feedback is specific, and kind"
    other = convene_live(issuer, "SUB-1", rubric=document)
    assert at_work_on(other) == {"Ada First", "Ben Second"}
    standing.suspend(certification=held, because="Drifted.", acting_person=None)
    with pytest.raises(NotCertified):
        rating.take_up(assignment=seat_of(other, first_assessor), acting_person=first_assessor)
    assert releasing.release_uncertified() == 1
    assert at_work_on(other) == {"Ben Second"}


def test_a_reader_without_a_certificate_is_watched_and_stopped_as_well(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    cast.make_person("Cy Third", (issuer, Role.ASSESSOR))
    for number in range(40):
        panel = convene_live(issuer, f"SUB-{number}")
        while panel.status == PanelStatus.OPEN:
            seat = panel.assignments.filter(status=AssignmentStatus.OFFERED).first()
            assert seat is not None
            panel = read(seat, NEITHER if seat.rater == first_assessor else BOTH)
        if DriftAlarm.objects.exists():
            break
    held = Certification.objects.get(person=first_assessor)
    assert held.status == CertificationStatus.SUSPENDED
    assert Certification.objects.filter(status=CertificationStatus.UNCERTIFIED).count() == 2
    assert at_work_on(convene_live(issuer, "SUB-AFTER")) == {"Ben Second", "Cy Third"}
    held = standing.reinstate(certification=held, because="We read three together.", acting_person=lead_assessor)
    assert held.status == CertificationStatus.UNCERTIFIED
    held = standing.enter_training(edition=edition, acting_person=first_assessor)
    assert held.status == CertificationStatus.IN_TRAINING
    assert "Ada First" in at_work_on(convene_live(issuer, "SUB-LATER")) | at_work_on(convene_live(issuer, "SUB-LAST"))


def test_where_the_gate_asks_nothing_nobody_is_watched(
    edition: RubricEdition, issuer: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    set_gate(issuer, {**FOUR, "certification": "none"})
    for seat in convene_live(issuer, "SUB-1").assignments.order_by("seat"):
        read(seat, BOTH)
    assert not Certification.objects.exists()


def test_whoever_set_the_anchors_decides_what_certified_readers_differ_on(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    other = cast.make_person("Otto Other", (issuer, Role.LEAD_ASSESSOR))
    make_anchor(edition, lead_assessor, 3)
    for person in (first_assessor, second_assessor):
        certify(edition, person)
    panel = convene_live(issuer, "SUB-1", rule={"readers": 2, "when_they_differ": "lead"})
    first, second = panel.assignments.order_by("seat")
    read(first, BOTH)
    assert read(second, NEITHER).status == PanelStatus.ADJUDICATING
    with pytest.raises(MayNotAdjudicate):
        adjudicating.take(panel=panel.ref, acting_person=other)
    assert adjudicating.take(panel=panel.ref, acting_person=lead_assessor).adjudicates


def test_what_many_rubrics_ask_costs_three_queries(issuer: Organisation, lead_assessor: Person) -> None:
    enrolling.give_role(
        person=lead_assessor, organisation=issuer, role=Role.ASSESSOR, acting_person=None, since=cast.SINCE
    )
    made = [make_edition(issuer)]
    for number in range(3):
        document = cast.make_document()["rubric"]
        document["criteria"][0]["title"] = f"Feedback, text {number}"
        made.append(make_edition(issuer, rubric=document))
    editions = list(RubricEdition.objects.select_related("pool"))
    with CaptureQueriesContext(connection) as queries:
        asked = asked_of(editions)
    assert len(queries) == 3
    assert set(asked) == {each.pk for each in made}


def reworded(word: str) -> dict[str, Any]:
    document: dict[str, Any] = cast.make_document()["rubric"]
    document["criteria"][0]["title"] = f"Feedback is specific, and {word}"
    return document


def test_a_new_text_requires_certificates_where_an_earlier_one_did_and_everybody_is_told_what_is_missing(
    edition: RubricEdition,
    issuer: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> None:
    make_anchor(edition, lead_assessor, 3)
    certify(edition, first_assessor)
    panel = convene_live(issuer, "SUB-1", rubric=reworded("kind"))
    assert at_work_on(panel) == set()
    new = RubricEdition.objects.get(number=2)
    assert asked_now(new).waits_for == (
        "Nobody can be certified by this text yet. Missing: 4 anchors for the test and 1 anchor to train on."
        " A certificate could be had by this rubric before, so one stays required."
    )
    # The old text goes on as it was.
    assert at_work_on(convene_live(issuer, "SUB-2")) == {"Ada First"}

    (due,) = (each for each in reminding.rubrics_without_certified(timezone.now()) if new.ref in each.about)
    assert due.person == lead_assessor.pk
    assert due.says.endswith("Before anybody can be: 4 anchors for the test and 1 anchor to train on.")
    led = client_of(lead_assessor)
    said = led.get(reverse("calibration:rubric", kwargs={"ref": new.ref})).content.decode()
    assert "Put the anchors that are missing in use (4 anchors for the test and 1 anchor to train on)" in said
    assert "Missing: 4 anchors for the test" in led.get(reverse("calibration:lead")).content.decode()
    read_by = client_of(second_assessor).get(reverse("calibration:home")).content.decode()
    assert "A certificate holds for one text" in read_by
    assert "A certificate could be had by this rubric before, so one stays required." in read_by
    assert "new work by this text waits until then" in read_by

    make_anchors(new, lead_assessor, unseen=4)
    assert asked_now(new).waits_for == ""
    certify(new, second_assessor)
    assert assign_waiting() == 1
    assert at_work_on(panel) == {"Ben Second"}


def test_anchors_that_carried_the_test_once_bind_later_texts_though_nobody_was_certified_and_they_are_retired(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    make_anchor(edition, lead_assessor, 3)
    for each in Anchor.objects.filter(edition=edition):
        anchors.retire(anchor=each, because="Made for the old text.", acting_person=lead_assessor)
    assert at_work_on(convene_live(issuer, "SUB-1")) == set()
    assert at_work_on(convene_live(issuer, "SUB-2", rubric=reworded("kind"))) == set()
    # What a later text asks binds no earlier one, and no other rubric of the pool.
    third = convene_live(issuer, "SUB-3", instrument=Instrument("other", "Another"))
    assert at_work_on(third) == {"Ada First", "Ben Second"}


def test_an_earlier_text_asks_nothing_because_a_later_one_does(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    make_edition(issuer)
    set_gate(issuer, FOUR)
    make_anchors(make_edition(issuer, rubric=reworded("kind")), lead_assessor, unseen=4)
    assert at_work_on(convene_live(issuer, "SUB-1")) == {"Ada First", "Ben Second"}


def test_anchors_that_were_never_in_use_together_required_nothing(
    edition: RubricEdition, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    old = Anchor.objects.filter(edition=edition, use=AnchorUse.UNSEEN).first()
    assert old is not None
    # While one takes the place of another both are in use for a moment; that is no fourth anchor.
    better = anchors.draft(
        edition=edition,
        evidence="SUB-BETTER",
        title="Better",
        use=AnchorUse.UNSEEN,
        replaces=old,
        acting_person=lead_assessor,
    )
    read(anchors.read_to_set(anchor=better, acting_person=lead_assessor), BOTH)
    anchors.put_in_use(anchor=better, because="Written to be so.", acting_person=lead_assessor)
    for each in Anchor.objects.filter(edition=edition, status=AnchorStatus.IN_USE, use=AnchorUse.UNSEEN):
        anchors.retire(anchor=each, because="Not good.", acting_person=lead_assessor)
    make_anchors(edition, lead_assessor, unseen=3, training=0)
    assert not asked_now(edition).is_required
    assert at_work_on(convene_live(issuer, "SUB-1")) == {"Ada First", "Ben Second"}
