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
        assert taking.says_so(typed, change, newer)
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
    client.post(begun, {"act": f"take:{key}"})
    page = client.get(begun).content.decode()
    assert "Hours of effort" in page
    assert "Feedback anew" not in page.split("<h1")[1].split("</h1>")[1].split("<form")[1]
    client.post(begun, {"act": "leave:all"})
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
