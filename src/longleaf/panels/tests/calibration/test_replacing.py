"""One anchor in the place of another, and what becomes of tests that are not over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.directory.models import Organisation, Person
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.panels.calibration import anchors, replacing, testing
from longleaf.panels.errors import AnchorDoesNotFit, LevelsNotSet, NotLeadAssessor
from longleaf.panels.models import Anchor, Assignment, RubricEdition, Sitting
from longleaf.panels.status import AnchorStatus, AnchorUse, AssignmentStatus
from longleaf.panels.tests.calibration.stage import (
    make_anchors,
    make_edition,
    read,
    readings_of,
    set_gate,
    train,
    truth_of,
    turned,
)
from longleaf.panels.tests.factories import MEETS

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def edition(issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    made = make_edition(issuer)
    set_gate(issuer)
    make_anchors(made, lead_assessor, unseen=4)
    return made


@pytest.fixture
def better(edition: RubricEdition, lead_assessor: Person) -> Anchor:
    """A draft that its lead has read."""
    made = anchors.draft(
        edition=edition, evidence="SUB-BETTER", title="Better", use=AnchorUse.UNSEEN, acting_person=lead_assessor
    )
    read(anchors.read_to_set(anchor=made, acting_person=lead_assessor), {"A": MEETS, "B": MEETS})
    return made


@pytest.fixture
def sitting(edition: RubricEdition, first_assessor: Person) -> Sitting:
    held = train(edition, first_assessor)
    return testing.begin_test(certification=held, acting_person=first_assessor)


def anchor_of(seat: Assignment) -> Anchor:
    found = seat.panel.check_reading.anchor
    assert found
    return found


def put(anchor: Anchor, by: Anchor | None, lead: Person, *, is_wrong: bool) -> Anchor:
    return replacing.replace(anchor=anchor, by=by, is_wrong=is_wrong, because="Its levels.", acting_person=lead)


def test_the_new_one_is_in_use_and_the_old_one_retired_and_readings_of_it_go_on(
    sitting: Sitting, better: Anchor, lead_assessor: Person
) -> None:
    seat = readings_of(sitting)[0]
    old = anchor_of(seat)
    new = put(old, better, lead_assessor, is_wrong=False)
    old.refresh_from_db()
    assert (old.status, new.status, new.replaces, new.version) == (AnchorStatus.RETIRED, AnchorStatus.IN_USE, old, 2)
    assert seat in readings_of(sitting)
    read(seat, truth_of(seat))
    for other in readings_of(sitting)[1:]:
        read(other, truth_of(other))
    sitting.refresh_from_db()
    assert sitting.passed


def test_a_wrong_one_leaves_the_test_also_where_it_was_read_and_another_comes_instead(
    sitting: Sitting, better: Anchor, lead_assessor: Person, first_assessor: Person
) -> None:
    first, second, *rest = readings_of(sitting)
    wrong = anchor_of(first)
    read(first, {code: turned(level) for code, level in truth_of(first).items()})
    assert replacing.under_way_with(wrong).tests == 1
    put(wrong, better, lead_assessor, is_wrong=True)
    assert replacing.under_way_with(wrong).tests == 0
    now = readings_of(sitting)
    assert first not in now
    assert {anchor_of(seat) for seat in now} == {anchor_of(second), *map(anchor_of, rest), better}
    for seat in now:
        read(seat, truth_of(seat))
    sitting.refresh_from_db()
    # What was read of the wrong one, all of it wrong, would have failed the test.
    assert sitting.passed
    assert JournalLine.objects.filter(event="calibration:test:anchor-taken-out").count() == 1
    assert verify().first_break is None


def test_what_was_not_read_yet_is_taken_back(sitting: Sitting, better: Anchor, lead_assessor: Person) -> None:
    seat = readings_of(sitting)[0]
    put(anchor_of(seat), better, lead_assessor, is_wrong=True)
    seat.refresh_from_db()
    assert seat.status == AssignmentStatus.TAKEN_BACK


def test_where_no_other_is_left_the_test_ends_without_it(
    sitting: Sitting, better: Anchor, lead_assessor: Person, first_assessor: Person
) -> None:
    better.barred_people = [*better.barred_people, first_assessor.ref]
    better.save()
    last, *others = readings_of(sitting)
    for seat in others:
        read(seat, truth_of(seat))
    put(anchor_of(last), better, lead_assessor, is_wrong=True)
    sitting.refresh_from_db()
    assert (sitting.passed, len(readings_of(sitting))) == (True, 3)


def test_what_does_not_fit_is_refused_and_nothing_changes(
    edition: RubricEdition, better: Anchor, lead_assessor: Person, first_assessor: Person
) -> None:
    old, other = Anchor.objects.filter(status=AnchorStatus.IN_USE, use=AnchorUse.UNSEEN)[:2]
    training = Anchor.objects.get(use=AnchorUse.TRAINING)
    for anchor, by in ((old, None), (old, other), (training, better), (better, better)):
        with pytest.raises(AnchorDoesNotFit):
            put(anchor, by, lead_assessor, is_wrong=True)
    unread = anchors.draft(
        edition=edition, evidence="SUB-UNREAD", title="Unread", use=AnchorUse.UNSEEN, acting_person=lead_assessor
    )
    with pytest.raises(LevelsNotSet):
        put(old, unread, lead_assessor, is_wrong=True)
    with pytest.raises(NotLeadAssessor):
        put(old, better, first_assessor, is_wrong=True)
    old.refresh_from_db()
    assert old.status == AnchorStatus.IN_USE


def test_the_page_is_the_leads_and_keeps_what_was_typed(
    sitting: Sitting, better: Anchor, lead_assessor: Person, first_assessor: Person, client_of: Signed
) -> None:
    old = anchor_of(readings_of(sitting)[0])
    address = reverse("calibration:replace_anchor", kwargs={"ref": old.ref})
    assert [client_of(who).get(address).status_code for who in (lead_assessor, first_assessor)] == [200, 404]
    client = client_of(lead_assessor)
    refused = client.post(address, {"by": "", "readings": "wrong", "because": "It is wrong."})
    assert refused.status_code == 422
    assert "It is wrong." in refused.content.decode()
    given = {"by": better.ref, "readings": "wrong", "because": "It is wrong."}
    assert client.post(address, given).status_code == 302
    old.refresh_from_db()
    assert old.status == AnchorStatus.RETIRED
