"""Whatever people and places are called: pages of those who judge again stay as they are, to the byte.

A second round is read by others than the first, a lead decides what readers differ on, and an appeal is read anew. Each
comes after readings of which there is more to tell than before the first one.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import time_machine
from hypothesis import given, settings

from longleaf.assessment import retrying
from longleaf.assessment.models import Artifact, Upload
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk import factories as desk
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import adjudicating
from longleaf.panels.models import Assignment, Rating
from tests import cast
from tests.blindness.test_names_move_nothing import (
    ADDRESSES,
    NAMES,
    NOW,
    Pages,
    few,
    rename,
    rename_place,
    undone,
)

pytestmark = pytest.mark.django_db
fewer = settings(few, max_examples=3)


@dataclass
class Later:
    """Work that is judged again: who earned it and where, the readings under way, and the pages of their readers."""

    earners: list[Person]
    place: Organisation
    readings: list[Assignment]
    pages: dict[int, Pages]
    own: Pages


@pytest.fixture
def later(
    state: State, issuer: Organisation, district: Organisation, other_district: Organisation, lead_assessor: Person
) -> Later:
    """A second round that is being read, an appeal that is being read anew, and a difference that a lead has taken."""
    rule = {"readers": 2, "when_they_differ": "lead"}
    version = cast.publish(state, issuer, cast.make_document(slug="judged-again", panel_rule=rule))
    for name in ("Ada First", "Ben Second", "Fay Fresh", "Gus Gentle"):
        cast.make_person(name, (issuer, Role.ASSESSOR), (other_district, Role.EDUCATOR))
    again, appealing, differing = (
        cast.make_person(name, (district, Role.EDUCATOR)) for name in ("Ann Again", "Abe Appealing", "Di Differing")
    )
    with time_machine.travel(NOW, tick=False):
        attempt = appeals.judged_not_yet(version, again, lead_assessor)
        opened = retrying.open_round(attempt=attempt, acting_person=again)
        second = desk.send_to_panel(desk.hand_in_again(opened), lead_assessor)
        reading = desk.take_up(desk.seats_of(second)[0])

        appeal = appeals.lodged(appeals.judged_not_yet(version, appealing, lead_assessor))
        reread = appeals.admitted(appeal, appeals.new_lead(issuer))
        anew = desk.take_up(desk.seats_of(reread)[0])

        differ = desk.send_to_panel(desk.hand_in(version, differing), lead_assessor)
        for seat, level in zip(desk.seats_of(differ), ("demonstrated", "not-yet"), strict=True):
            desk.read(seat, A=level)
        other_lead = cast.make_person("Lara Second", (issuer, Role.LEAD_ASSESSOR))
        assert differ.panel
        taken = adjudicating.take(panel=differ.panel.ref, acting_person=other_lead)
    readings = [reading, anew, taken]
    pages = {each.rater_id: each.rater for each in readings}
    return Later(
        earners=[again, appealing, differing],
        place=district,
        readings=readings,
        pages={key: Pages(person) for key, person in pages.items()},
        own=Pages(again),
    )


@fewer
@given(name=NAMES, address=ADDRESSES, place=NAMES, file=NAMES, title=NAMES, comment=NAMES)
def test_pages_of_whoever_judges_again_stay_as_they_are_whoever_earned_it_and_whoever_read_before(
    name: str, address: str, place: str, file: str, title: str, comment: str, later: Later
) -> None:
    for each in later.readings:
        asked = later.pages[each.rater_id].addresses
        assert any(each.ref in one for one in asked), "the reading itself is looked at"
    with undone():
        for earner in later.earners:
            rename(earner, name, address)
        rename_place(later.place, place)
        Upload.objects.update(original_name=f"{file}.png")
        Artifact.objects.update(title=title)
        for pages in later.pages.values():
            assert pages.differ() == []
        # A change that shows nowhere at all would prove nothing.
        assert later.own.differ() != []
    # Whoever decides what readers differ on has to see what they found.
    by_readers = [each for each in later.readings if not each.adjudicates]
    assert len(by_readers) == 2
    for reading in by_readers:
        with undone():
            for other in Person.objects.filter(assignments__isnull=False).exclude(pk=reading.rater_id).distinct():
                rename(other, name, address)
            Rating.objects.exclude(assignment__rater=reading.rater_id).update(comment=comment)
            assert later.pages[reading.rater_id].differ() == []
    # Comments are shown to that lead, so that changing them is seen where it may be.
    (deciding,) = (each for each in later.readings if each.adjudicates)
    with undone():
        Rating.objects.update(comment=comment)
        assert later.pages[deciding.rater_id].differ() != []
