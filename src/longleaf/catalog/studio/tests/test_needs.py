"""From a need to single skills, of which each may become a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from longleaf.catalog.errors import MayNotDesign, NoSuchNeed, StaleNeed, UnusableNeed
from longleaf.catalog.models import Draft, Need
from longleaf.catalog.studio import needs
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.frameworks.models import FrameworkItem
from tests import cast

SKILLS = "Plans feedback before a lesson.\n\nTells a learner the next step.\nPlans feedback before a lesson."


@pytest.fixture
def need(issuer: Organisation, items: dict[str, FrameworkItem], designer: Person) -> Need:
    return needs.write_down(issuer=issuer, text="", item="MTS-2", acting_person=designer)


def break_down(need: Need, person: Person, skills: str, revision: int) -> Need:
    return needs.break_down(
        need=need, text=need.text, item="MTS-2", skills=skills, revision=revision, acting_person=person
    )


def test_an_item_of_a_framework_says_the_need_where_nobody_words_it(need: Need) -> None:
    assert need.text == "MTS-2 Helps learners grow"


def test_skills_stand_once_each_and_a_later_save_is_not_overwritten(
    need: Need, designer: Person, stranger: Person
) -> None:
    assert break_down(need, designer, SKILLS, 0).skills == [
        "Plans feedback before a lesson.",
        "Tells a learner the next step.",
    ]
    assert break_down(need, designer, SKILLS, 0).revision == 1
    with pytest.raises(StaleNeed):
        break_down(need, designer, "Something else.", 0)
    with pytest.raises(NoSuchNeed):
        break_down(need, stranger, "Something else.", 1)


def test_a_draft_begins_with_the_skill_and_the_alignment(need: Need, designer: Person) -> None:
    need = break_down(need, designer, SKILLS, 0)
    draft = needs.begin_for(need=need, skill="Tells a learner the next step.", acting_person=designer)
    assert draft.typed["competency"] == "Tells a learner the next step."
    assert [row["item"] for row in draft.typed["alignments"]] == ["MTS-2"]
    with pytest.raises(UnusableNeed):
        needs.begin_for(need=need, skill="Never written down.", acting_person=designer)


def test_what_says_nothing_or_too_much_is_refused(
    issuer: Organisation, need: Need, designer: Person, issuing_officer: Person
) -> None:
    for text, item in (("", ""), ("x" * 4_001, ""), ("Something", "NOT-AN-ITEM")):
        with pytest.raises(UnusableNeed):
            needs.write_down(issuer=issuer, text=text, item=item, acting_person=designer)
    with pytest.raises(UnusableNeed):
        break_down(need, designer, "\n".join(f"Skill {number}" for number in range(41)), 0)
    with pytest.raises(MayNotDesign):
        needs.write_down(issuer=issuer, text="Something", item="", acting_person=issuing_officer)


def test_the_pages_lead_from_a_need_to_a_draft_and_lose_nothing(
    need: Need,
    client_of: Callable[[Person | None], Client],
    designer: Person,
    stranger: Person,
    agency: Organisation,
) -> None:
    client, address = client_of(designer), f"/studio/needs/{need.ref}/"
    elsewhere = client_of(cast.make_person("Dina Elsewhere", (agency, Role.DESIGNER)))
    assert elsewhere.get(address).status_code == 404
    assert client_of(stranger).get("/studio/needs/new/").status_code == 403
    empty = client.post("/studio/needs/new/", {"issuer": "prairie-institute", "text": "", "item": ""})
    assert empty.status_code == 422
    client.post(address, {"text": "Needed", "item": "MTS-2", "skills": SKILLS, "revision": 0})
    stale = client.post(address, {"text": "Needed", "item": "", "skills": "Typed meanwhile.", "revision": 0})
    assert stale.status_code == 409
    assert "Typed meanwhile." in stale.content.decode()
    assert "Plans feedback before a lesson." in stale.content.decode()
    typed = {"text": "Needed, and more", "item": "MTS-2", "skills": SKILLS, "revision": 1}
    begun = client.post(address, {**typed, "begin": "Plans feedback before a lesson."})
    assert Need.objects.get().text == "Needed, and more"
    assert begun["Location"] == f"/studio/{Draft.objects.get().ref}/competency/"
    assert "A draft without a title" in client.get(address).content.decode()
    assert "Begun for the skill" in client.get(f"/studio/{Draft.objects.get().ref}/").content.decode()
    assert address in client.get("/studio/").content.decode()
