"""Anchors of the text before become drafts of the new one: the same work and people, and levels set anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.directory.models import Organisation, Person
from longleaf.journal.queries import lines_about
from longleaf.panels.calibration import anchors, carrying, editions, standing
from longleaf.panels.calibration.asking import asked_now
from longleaf.panels.calibration.choosing import anchors_for
from longleaf.panels.errors import NotLeadAssessor
from longleaf.panels.models import Anchor, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse
from longleaf.panels.tests.calibration.stage import make_anchors, make_edition, read, set_gate, train
from longleaf.panels.tests.factories import MEETS
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    made = make_edition(issuer)
    set_gate(issuer)
    make_anchors(made, lead_assessor, unseen=2)
    return made


def reworded(pool: Organisation, **changes: object) -> RubricEdition:
    rubric = cast.make_document()["rubric"]
    rubric["criteria"][0]["title"] = "Said in other words"
    return make_edition(pool, rubric={**rubric, **changes})


@pytest.fixture
def new_text(before: RubricEdition, issuer: Organisation) -> RubricEdition:
    return reworded(issuer)


def test_drafts_are_made_of_the_same_work_with_nothing_of_its_levels(
    before: RubricEdition, new_text: RubricEdition, lead_assessor: Person
) -> None:
    made = carrying.draft_as_before(edition=new_text, acting_person=lead_assessor)
    old = Anchor.objects.filter(edition=before)
    assert sorted((each.evidence, each.use, each.title) for each in made) == sorted(
        old.values_list("evidence", "use", "title")
    )
    assert {(each.status, str(each.truth), each.version) for each in made} == {(AnchorStatus.DRAFT, "{}", 1)}
    assert asked_now(new_text).unseen == 0
    assert set(old.values_list("status", flat=True)) == {AnchorStatus.IN_USE}


def test_its_levels_are_set_by_reading_it_by_the_new_text(new_text: RubricEdition, lead_assessor: Person) -> None:
    made = carrying.draft_as_before(edition=new_text, acting_person=lead_assessor)[0]
    seat = anchors.read_to_set(anchor=made, acting_person=lead_assessor)
    assert (seat.panel.rubric_id, seat.ratings.count()) == (new_text.rubric_id, 0)
    read(seat, {"A": MEETS, "B": MEETS})
    put = anchors.put_in_use(anchor=made, because="Read by the new text.", acting_person=lead_assessor)
    assert {each["level"] for each in put.truth.values()} == {MEETS}


def test_whoever_is_kept_from_the_work_stays_kept_from_it(
    before: RubricEdition,
    new_text: RubricEdition,
    lead_assessor: Person,
    first_assessor: Person,
    district: Organisation,
) -> None:
    old = anchors.draft(
        edition=before,
        evidence="SUB-LENT",
        title="Lent",
        use=AnchorUse.UNSEEN,
        barred_people=[first_assessor],
        barred_organisations=[district],
        acting_person=lead_assessor,
    )
    read(anchors.read_to_set(anchor=old, acting_person=lead_assessor), {"A": MEETS, "B": MEETS})
    anchors.put_in_use(anchor=old, because="So it is.", acting_person=lead_assessor)
    made = {each.evidence: each for each in carrying.draft_as_before(edition=new_text, acting_person=lead_assessor)}
    assert {first_assessor.ref, lead_assessor.ref} <= set(made["SUB-LENT"].barred_people)
    assert made["SUB-LENT"].barred_organisations == [district.pk]
    told = lines_about(f"anchor:{made['SUB-LENT'].ref}")[0]
    assert told.data["like"] == old.ref


def test_a_reader_who_met_the_work_by_the_text_before_gets_it_last(
    before: RubricEdition, new_text: RubricEdition, lead_assessor: Person, first_assessor: Person
) -> None:
    seat_of = train(before, first_assessor)
    assert seat_of.check_readings.count() == 1
    for each in carrying.draft_as_before(edition=new_text, acting_person=lead_assessor):
        read(anchors.read_to_set(anchor=each, acting_person=lead_assessor), {"A": MEETS, "B": MEETS})
        anchors.put_in_use(anchor=each, because="So it is.", acting_person=lead_assessor)
    standing.enter_training(edition=new_text, acting_person=first_assessor)
    assert anchors_for(first_assessor, new_text, AnchorUse.TRAINING, key="k", unseen_only=True) == []
    assert len(anchors_for(first_assessor, new_text, AnchorUse.UNSEEN, key="k", unseen_only=True)) == 2


def test_twice_does_it_once_and_a_retired_draft_does_not_come_back(
    new_text: RubricEdition, lead_assessor: Person
) -> None:
    first, *rest = carrying.draft_as_before(edition=new_text, acting_person=lead_assessor)
    assert len(rest) == 2
    anchors.retire(anchor=first, because="It does not fit the new text.", acting_person=lead_assessor)
    assert carrying.draft_as_before(edition=new_text, acting_person=lead_assessor) == []


def test_nothing_comes_over_where_the_text_asks_for_a_criterion_that_is_new(
    before: RubricEdition, issuer: Organisation
) -> None:
    criteria = cast.make_document()["rubric"]["criteria"]
    assert carrying.to_carry(reworded(issuer)) is not None
    assert carrying.to_carry(reworded(issuer, criteria=[*criteria, {**criteria[0], "code": "C"}])) is None


def test_an_editorial_change_needs_none(new_text: RubricEdition, lead_assessor: Person) -> None:
    marked = editions.mark_editorial(edition=new_text, because="One word.", acting_person=lead_assessor)
    assert carrying.to_carry(marked) is None


def test_nobody_but_a_lead_of_the_pool_makes_them(new_text: RubricEdition, first_assessor: Person) -> None:
    with pytest.raises(NotLeadAssessor):
        carrying.draft_as_before(edition=new_text, acting_person=first_assessor)


def test_the_page_offers_it_and_makes_them(
    new_text: RubricEdition, lead_assessor: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(lead_assessor)
    page = reverse("calibration:rubric", kwargs={"ref": new_text.ref})
    assert "Make 3 drafts" in client.get(page).content.decode()
    act = reverse("calibration:anchors_as_before", kwargs={"ref": new_text.ref})
    done = client.post(act, follow=True).content.decode()
    assert ("3 drafts made" in done, "Make 3 drafts" in done) == (True, False)
