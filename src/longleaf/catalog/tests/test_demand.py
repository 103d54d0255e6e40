"""What is looked for in vain and what is asked for: counted without who, shown from enough days on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from longleaf.catalog import asking, demand
from longleaf.catalog.errors import NoSuchWish, UnusableWish
from longleaf.catalog.models import Need, Sought, Version, Wish
from longleaf.catalog.studio import drafting, going_public, needs
from longleaf.directory.models import Organisation, Person, State

ClientOf = Callable[[Person | None], Client]
TODAY = date(2026, 11, 28)


def looked_for(state: State, words: str, *days: date) -> list[bool]:
    return [demand.note_sought(state=state, words=words, today=day) for day in days]


def shown(state: State, today: date = TODAY) -> list[tuple[str, int]]:
    return [(each.phrase, each.days) for each in demand.sought_in_vain(state, today=today)]


def test_a_phrase_is_shown_from_five_different_days_on_and_forgotten_after_a_year(
    state: State, version: Version
) -> None:
    days = [TODAY - timedelta(days=7 * number) for number in range(5)]
    looked_for(state, "Co-teaching  with Élan", *days[:4], *days[:4], *days[:4])
    assert shown(state) == []
    looked_for(state, "co teaching with elan", days[4])
    assert shown(state) == [("co teaching with elan", 5)]
    later = TODAY.replace(year=2027, day=1)
    assert shown(state, later + timedelta(days=40)) == []
    looked_for(state, "something else", later + timedelta(days=62))
    assert list(Sought.objects.values_list("phrase", flat=True)) == ["something else"]


@pytest.mark.parametrize(
    "words", ["feedback", "feedback that moves", "erin@example.test", "ID 2026 4711", "x", "one two " * 5, "—"]
)
def test_what_finds_something_or_is_no_phrase_is_not_counted(state: State, version: Version, words: str) -> None:
    assert looked_for(state, words, TODAY) == [False]
    assert not Sought.objects.exists()


def test_the_table_cannot_be_filled(state: State, version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "MOST_PHRASES_A_MONTH", 2)
    assert [looked_for(state, f"made up {word}", TODAY)[0] for word in ("one", "two", "three")] == [True, True, False]
    assert looked_for(state, "made up one", TODAY + timedelta(days=1)) == [True]


def test_the_list_sends_word_of_a_search_that_found_little_and_of_no_other(client: Client, version: Version) -> None:
    assert "/catalog/demand/sought/" in client.get("/catalog/", {"q": "tapestry"}).content.decode()
    assert "/catalog/demand/sought/" not in client.get("/catalog/", {"q": ""}).content.decode()
    assert Client(enforce_csrf_checks=True).post("/catalog/demand/sought/", {"q": "tapestry"}).status_code == 204
    assert Sought.objects.get().phrase == "tapestry"
    assert not {field.name for field in Sought._meta.fields} - {"id", "state", "phrase", "month", "days", "day_count"}


def test_an_educator_asks_and_sees_what_became_of_it_and_no_designer_sees_who_asked(
    state: State, issuer: Organisation, version: Version, educator: Person, designer: Person, issuing_officer: Person,
    client_of: ClientOf,
) -> None:  # fmt: skip
    page, studio = client_of(educator), client_of(designer)
    refused = page.post("/catalog/demand/ask/", {"text": "", "role": "teacher"})
    assert refused.status_code == 422
    page.post("/catalog/demand/ask/", {"text": "Lead a meeting through an interpreter.", "role": "teacher"})
    assert "Nobody has begun on it yet" in page.get("/catalog/demand/ask/").content.decode()
    start = studio.get("/studio/needs/new/").content.decode()
    assert "Lead a meeting through an interpreter." in start
    assert educator.name not in start
    wish = Wish.objects.get()
    begun = studio.get("/studio/needs/new/", {"wish": wish.ref}).content.decode()
    assert f'name="wish" value="{wish.ref}"' in begun
    assert ">\nLead a meeting through an interpreter.</textarea>" in begun
    studio.post("/studio/needs/new/", {"issuer": issuer.slug, "text": wish.text, "item": "", "wish": wish.ref})
    need = Need.objects.get()
    assert need.wish == wish
    assert "A designer works on it" in page.get("/catalog/demand/ask/").content.decode()
    draft = drafting.begin(
        issuer=issuer,
        acting_person=designer,
        document={**version.document, "slug": "interpreted", "title": "Meetings through an interpreter"},
        need=need,
    )
    going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    assert "/catalog/interpreted/" in page.get("/catalog/demand/ask/").content.decode()
    asking.take_back(ref=wish.ref, acting_person=educator)
    need.refresh_from_db()
    assert need.wish is None


def test_what_one_asked_for_is_ones_own(state: State, educator: Person, other_educator: Person) -> None:
    wish = asking.ask(state=state, text="Teach outdoors.", role="", acting_person=educator)
    assert asking.ask(state=state, text="Teach outdoors.", role="", acting_person=educator) == wish
    with pytest.raises(NoSuchWish):
        asking.take_back(ref=wish.ref, acting_person=other_educator)
    for text, role in (("x" * 1_001, ""), ("Fine.", "astronaut")):
        with pytest.raises(UnusableWish):
            asking.ask(state=state, text=text, role=role, acting_person=educator)


def test_a_need_begins_from_a_phrase_only_where_it_is_shown(
    state: State, issuer: Organisation, version: Version, designer: Person
) -> None:
    def begun_from(phrase: str) -> str:
        return needs.write_down(issuer=issuer, text="A need.", item="", sought=phrase, acting_person=designer).sought

    days = [timezone.localdate() - timedelta(days=number) for number in range(6)]
    looked_for(state, "tapestry", *days)
    assert (begun_from("tapestry"), begun_from("erin earner")) == ("tapestry", "")
