"""What was adopted stays tied to where it came from, through all its versions: what changes there is taken or left."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longleaf.catalog.errors import MayNotDesign, NoSuchDraft, NothingUpstream
from longleaf.catalog.models import Draft, MicroCredential, Version
from longleaf.catalog.studio import drafting, going_public, queries, taking, upstream
from longleaf.catalog.studio.comparing import compare
from longleaf.catalog.studio.documents import assemble, take_apart
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from tests import cast

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def adopter(agency: Organisation) -> Person:
    return cast.make_person("Dina Elsewhere", (agency, Role.DESIGNER))


@pytest.fixture
def officer(agency: Organisation) -> Person:
    return cast.make_person("Otto Elsewhere", (agency, Role.ISSUER))


@pytest.fixture
def ours(version: Version, agency: Organisation, adopter: Person, officer: Person) -> MicroCredential:
    """The second version of what was adopted, with words of its own in the title."""
    draft = drafting.adopt(version=version, issuer=agency, acting_person=adopter)
    _type(draft, "slug", "ours", adopter)
    first = going_public.publish_draft(draft=draft, acting_person=officer)
    draft = drafting.begin_next(version=first, acting_person=adopter)
    _type(draft, "title", "Feedback, as we do it", adopter)
    return going_public.publish_draft(draft=draft, acting_person=officer).micro_credential


def _type(draft: Draft, name: str, text: str, person: Person) -> None:
    drafting.save_field(draft=draft, path=(name,), value=text, revision=0, acting_person=person)


def _go_on(state: State, issuer: Organisation, document: dict[str, Any], **changes: Any) -> Version:
    """The next version upstream."""
    return cast.publish(state, issuer, {**deepcopy(document), **changes})


def _next(made: MicroCredential, adopter: Person) -> Draft:
    made.refresh_from_db()
    assert made.current is not None
    draft = drafting.begin_next(version=made.current, acting_person=adopter)
    return queries.draft_read_by(adopter, draft.ref)


def _told(draft: Draft) -> dict[tuple[str, ...], str]:
    draft = queries.draft_read_by(draft.begun_by, draft.ref)
    return {
        each.change.where: each.change.after for section in upstream.open_in_draft(draft) for each in section.changes
    }


def _keys(draft: Draft, label: str) -> set[str]:
    draft = queries.draft_read_by(draft.begun_by, draft.ref)
    changes = [each for section in upstream.open_in_draft(draft) for each in section.changes]
    return {each.key for each in changes if each.change.where[-1] == label}


def test_at_every_later_version_the_changes_are_told_and_taken_place_by_place(
    state: State, issuer: Organisation, document: dict[str, Any], version: Version, ours: MicroCredential,
    adopter: Person, officer: Person,
) -> None:  # fmt: skip
    assert ours.upstream == version
    _go_on(state, issuer, document, matters="It matters more.", title="Feedback anew", effort_hours=30)
    draft = _next(ours, adopter)
    assert set(_told(draft)) == {("Title",), ("Why it matters",), ("Hours of effort, about",)}
    assert upstream.take(draft=draft, keys=_keys(draft, "Why it matters"), acting_person=adopter) == 1
    draft.refresh_from_db()
    assert draft.typed["matters"] == "It matters more."
    assert draft.typed["title"] == "Feedback, as we do it"
    assert set(_told(draft)) == {("Title",), ("Hours of effort, about",)}
    # What an open page still holds of that place is refused, as if another author had typed.
    assert draft.revisions["matters"][0] == 1
    # Published with two places open, the next draft shows these and no more.
    assert going_public.publish_draft(draft=draft, acting_person=officer).number == 3
    third = _next(ours, adopter)
    assert set(_told(third)) == {("Title",), ("Hours of effort, about",)}
    assert third.upstream == version


def test_what_is_left_is_not_shown_again_until_that_place_changes_anew(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    officer: Person,
) -> None:  # fmt: skip
    _go_on(state, issuer, document, title="Feedback anew", effort_hours=30)
    draft = _next(ours, adopter)
    assert upstream.leave(draft=draft, keys=_keys(draft, "Title"), acting_person=adopter) == 1
    assert set(_told(draft)) == {("Hours of effort, about",)}
    going_public.publish_draft(draft=draft, acting_person=officer)
    assert set(_told(_next(ours, adopter))) == {("Hours of effort, about",)}
    newest = _go_on(state, issuer, document, title="Feedback once more", effort_hours=30)
    draft = _next(ours, adopter)
    assert _told(draft) == {("Title",): "Feedback once more", ("Hours of effort, about",): "30"}
    # With all of it answered, it is level with the newer version and starts from there.
    upstream.leave(draft=draft, keys=None, acting_person=adopter)
    draft = queries.draft_read_by(adopter, draft.ref)
    assert (draft.upstream, draft.upstream_left, _told(draft)) == (newest, [], {})
    with pytest.raises(NothingUpstream):
        upstream.take(draft=draft, keys=None, acting_person=adopter)


def test_taking_all_leaves_ones_own_name_and_says_the_newer_origin(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    officer: Person,
) -> None:  # fmt: skip
    newer = _go_on(state, issuer, document, title="Feedback anew", note="Their own note.", family=document["family"])
    draft = _next(ours, adopter)
    upstream.take(draft=draft, keys=None, acting_person=adopter)
    made = going_public.publish_draft(draft=draft, acting_person=officer)
    assert (made.title, made.micro_credential.slug) == ("Feedback anew", "ours")
    assert made.document["note"] == f"Adopted from “Feedback anew”, version {newer.number}, of {issuer}."
    ours.refresh_from_db()
    assert ours.upstream == newer
    assert list(queries.gone_on_upstream(adopter)) == []


def test_a_row_that_is_not_here_any_more_is_brought_whole_and_one_of_ones_own_stays() -> None:
    before = cast.make_document()
    after = deepcopy(before)
    after["requirements"][1]["prompt"] = "Asked anew."
    after["resources"] = [*after["resources"], {"title": "A new one", "url": None, "note": "Good."}]
    mine = deepcopy(before)
    mine["requirements"] = [each for each in mine["requirements"] if each["code"] != "R2"]
    mine["resources"] = [{"title": "Of our own", "url": None, "note": "Ours."}, *mine["resources"]]
    typed, newer = take_apart(mine), take_apart(after)
    changes = [each for section in taking.offered(before, after) for each in section.changes]
    assert [taking.said_at(typed, each) for each in changes] == [None, None]
    for change in changes:
        taking.take(typed, change, newer)
        assert taking.says_so(typed, change, newer, take_apart(before))
    told = assemble(typed)
    assert [each["code"] for each in told["requirements"]] == [each["code"] for each in after["requirements"]]
    assert told["requirements"][1]["prompt"] == "Asked anew."
    titles = [each["title"] for each in told["resources"]]
    assert titles[0] == "Of our own"
    assert titles[-1] == "A new one"
    ids = [row["id"] for row in typed["resources"]]
    assert len(ids) == len(set(ids))


def test_all_that_changed_taken_into_the_text_it_began_from_gives_the_newer_text() -> None:
    before = cast.make_document()
    after = deepcopy(before)
    after["fee"] = 40
    after["fee_waivers"] = [{"who": "All.", "how": "Ask.", "by": "The office"}]
    after["requirements"][1]["files"]["most"] = 4
    del after["requirements"][2]
    after["requirements"].append({**deepcopy(before["requirements"][0]), "code": "R4", "completion": []})
    after["rubric"]["criteria"].reverse()
    after["rubric"]["criteria"][0]["weight"] = 2
    after["rubric"]["criteria"][1]["levels"] = {
        level: f"{text} Anew." for level, text in after["rubric"]["criteria"][1]["levels"].items()
    }
    for criterion in after["rubric"]["criteria"]:
        criterion["requirements"] = [code for code in criterion["requirements"] if code != "R3"] or ["R4"]
    after["research"]["references"] = after["research"]["references"][1:]
    after["method"]["steps"] = list(reversed(after["method"]["steps"]))
    after["samples"] = [{"title": "A plan", "url": None, "shows": "It.", "origin": "invented", "consent": ""}]
    after["ai_policy"] = None
    typed, newer = take_apart(before), take_apart(after)
    for section in taking.offered(before, after):
        for change in section.changes:
            taking.take(typed, change, newer)
    assert compare(assemble(typed), after) == []


def test_only_designers_take_and_leave_and_leaving_all_of_what_is_offered_is_told(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    officer: Person, designer: Person,
) -> None:  # fmt: skip
    newer = _go_on(state, issuer, document, title="Feedback anew")
    draft = _next(ours, adopter)
    for outsider in (officer, designer):
        for verb in (upstream.take, upstream.leave):
            with pytest.raises(NoSuchDraft):
                verb(draft=draft, keys=None, acting_person=outsider)
        with pytest.raises(MayNotDesign):
            upstream.leave_all(micro_credential=ours, acting_person=outsider)
    upstream.leave_all(micro_credential=ours, acting_person=adopter)
    ours.refresh_from_db()
    assert ours.upstream == newer
    line = JournalLine.objects.get(event="micro-credential:upstream:left")
    assert line.data == {"upstream": f"{document['slug']}/{newer.number}"}
    with pytest.raises(NothingUpstream):
        upstream.leave_all(micro_credential=ours, acting_person=adopter)


def test_the_pages_show_it_and_take_it(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    designer: Person, client_of: ClientOf,
) -> None:  # fmt: skip
    client, address = client_of(adopter), "/studio/published/ours/upstream/"
    assert "Nothing has changed" in client.get(address).content.decode()
    _go_on(state, issuer, document, title="Feedback anew", effort_hours=30)
    assert address in client.get("/studio/").content.decode()
    page = unescape(client.get(address).content.decode())
    assert "What yours says there" in page
    assert "Begin the next version" in page
    assert client_of(designer).get(address).status_code == 404
    begun = client.post("/studio/published/ours/next/", {"from": "upstream"})["Location"]
    draft = Draft.objects.get(status="open")
    assert begun == f"/studio/{draft.ref}/upstream/"
    assert begun in client.get(address).content.decode()
    key = _keys(draft, "Title").pop()
    shown = {"shown": draft.upstream.micro_credential.current.number}
    client.post(begun, {**shown, "act": f"take:{key}"})
    page = client.get(begun).content.decode()
    assert "Hours of effort" in page
    assert "Feedback anew" not in page.split("<h1")[1].split("</h1>")[1].split("<form")[1]
    client.post(begun, {**shown, "act": "leave:all"})
    assert "Nothing is open" in client.get(begun).content.decode()
    draft.refresh_from_db()
    assert draft.title == "Feedback anew"


def test_questions_asked_do_not_grow_with_the_changes(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    client_of: ClientOf,
) -> None:  # fmt: skip
    _go_on(state, issuer, document, title="Feedback anew")
    draft, client = _next(ours, adopter), client_of(adopter)
    counts = []
    for changes in ({"effort_hours": 30}, {"effort_hours": 31, "matters": "M.", "summary": "S.", "support": "Su."}):
        _go_on(state, issuer, document, **changes)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/studio/{draft.ref}/upstream/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _requirement(code: str, title: str) -> dict[str, Any]:
    made = deepcopy(cast.make_document()["requirements"][0])
    return {**made, "code": code, "title": title, "completion": [{"code": f"{code}.C1", "text": f"{title} is there."}]}


def test_a_row_of_ones_own_stays_where_upstream_adds_another_of_its_code(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    officer: Person,
) -> None:  # fmt: skip
    draft = _next(ours, adopter)
    mine = take_apart(
        {**assemble(draft.typed), "requirements": [*document["requirements"], _requirement("R4", "Mine")]}
    )
    Draft.objects.filter(pk=draft.pk).update(typed=mine)
    rubric = deepcopy(document["rubric"])
    rubric["criteria"][0]["requirements"].append("R4")
    theirs = [*document["requirements"], _requirement("R4", "Theirs")]
    _go_on(state, issuer, document, requirements=theirs, rubric=rubric)
    assert {each.brought_as for each in _changes(draft) if each.change.row == "added"} == {"R5"}
    upstream.take(draft=draft, keys=None, acting_person=adopter)
    draft = queries.draft_read_by(adopter, draft.ref)
    told = {row["id"]: row["title"] for row in draft.typed["requirements"]}
    assert (told["R4"], told["R5"]) == ("Mine", "Theirs")
    brought = next(row for row in draft.typed["requirements"] if row["id"] == "R5")
    assert [row["id"] for row in brought["completion"]] == ["R5.C1"]
    links = draft.typed["rubric"]["criteria"][0]["requirements"]
    assert "R5" in links
    assert "R4" not in links
    assert upstream.open_in_draft(draft) == []


def test_what_is_gone_upstream_takes_no_row_of_ones_own_with_it() -> None:
    before = cast.make_document()
    after = {**deepcopy(before), "requirements": before["requirements"][:2]}
    mine = {**deepcopy(before), "requirements": [*before["requirements"][:2], _requirement("R3", "Mine")]}
    kept, newer, level = take_apart(mine), take_apart(after), take_apart(before)
    gone = [each for part in taking.offered(before, after) for each in part.changes if each.row == "gone"]
    assert [each.path for each in gone] == [("requirements", "R3")]
    assert taking.says_so(kept, gone[0], newer, level)
    assert not taking.says_so(take_apart(before), gone[0], newer, level)


def test_a_text_for_a_level_that_the_draft_has_not_is_neither_offered_nor_brought(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
) -> None:  # fmt: skip
    draft = _next(ours, adopter)
    lost = draft.typed["rubric"]["levels"][-1]["id"]
    drafting.change_rows(draft=draft, act="remove", path=("rubric", "levels", lost), acting_person=adopter)
    rubric = deepcopy(document["rubric"])
    rubric["criteria"][0]["levels"][lost] = "Said anew."
    rubric["criteria"].append({**deepcopy(rubric["criteria"][0]), "code": "K99", "title": "Another"})
    _go_on(state, issuer, document, rubric=rubric)
    assert [each.change.row for each in _changes(draft)] == ["added"]
    upstream.take(draft=draft, keys=None, acting_person=adopter)
    draft = queries.draft_read_by(adopter, draft.ref)
    assert draft.typed["rubric"]["criteria"][-1]["id"] == "K99"
    assert all(lost not in row["levels"] for row in draft.typed["rubric"]["criteria"])
    assert upstream.open_in_draft(draft) == []


def test_a_level_that_is_taken_with_all_the_rest_brings_its_texts(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
) -> None:  # fmt: skip
    rubric = deepcopy(document["rubric"])
    rubric["levels"].append({"code": "beyond", "title": "Beyond", "meets": True})
    for criterion in rubric["criteria"]:
        criterion["levels"]["beyond"] = "It goes beyond."
    _go_on(state, issuer, document, rubric=rubric)
    draft = _next(ours, adopter)
    upstream.take(draft=draft, keys=None, acting_person=adopter)
    draft.refresh_from_db()
    assert {row["levels"]["beyond"] for row in draft.typed["rubric"]["criteria"]} == {"It goes beyond."}


def test_all_is_what_was_shown(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    client_of: ClientOf,
) -> None:  # fmt: skip
    shown = _go_on(state, issuer, document, effort_hours=30).number
    draft, client = _next(ours, adopter), client_of(adopter)
    _go_on(state, issuer, document, effort_hours=30, matters="It matters more.")
    for address in (f"/studio/{draft.ref}/upstream/", "/studio/published/ours/upstream/"):
        for posted in ({"act": "take:all", "shown": shown}, {"act": "leave:all", "shown": shown}, {"act": "leave:all"}):
            refused = client.post(address, posted)
            assert refused.status_code == 409
            assert "It matters more." in unescape(refused.content.decode())
    assert set(_told(draft)) == {("Hours of effort, about",), ("Why it matters",)}


def test_publishing_an_older_draft_sets_nothing_back(
    state: State, issuer: Organisation, document: dict[str, Any], ours: MicroCredential, adopter: Person,
    officer: Person,
) -> None:  # fmt: skip
    older = _next(ours, adopter)
    newest = _go_on(state, issuer, document, effort_hours=30)
    upstream.leave_all(micro_credential=ours, acting_person=adopter)
    going_public.publish_draft(draft=older, acting_person=officer)
    ours.refresh_from_db()
    assert ours.upstream == newest


def _changes(draft: Draft) -> list[upstream.OpenChange]:
    draft = queries.draft_read_by(draft.begun_by, draft.ref)
    return [each for section in upstream.open_in_draft(draft) for each in section.changes]
