"""Fee waivers, languages, stacks, samples and the badge: written in the studio, checked, shown and kept."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from longleaf.catalog import publishing
from longleaf.catalog.errors import MayNotPublish, NotProposed
from longleaf.catalog.models import Stack, Version
from longleaf.catalog.studio import comparing, drafting, files, going_public, stacking
from longleaf.catalog.studio.checking import problems_of
from longleaf.catalog.studio.documents import assemble, take_apart
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.shapes import written
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast

ClientOf = Callable[[Person | None], Client]
OFFER: dict[str, Any] = {
    "fee": 120,
    "fee_waivers": [{"who": "Beginning teachers.", "how": "Write to the office.", "by": "The licensure office"}],
    "further_languages": ["es", "fr-CA"],
    "proposed_stacks": [{"stack": "first-years", "why": "It begins with feedback."}],
    "samples": [
        {
            "title": "A plan",
            "url": "https://samples.example.org/plan.pdf",
            "shows": "A plan that names its aim.",
            "origin": "real",
            "consent": "Its author agreed in writing on May 4, 2026.",
        }
    ],
    "badge": {"icon": "lens", "banner": "Shown"},
}


@pytest.fixture
def stack(state: State, agency: Organisation, version: Version) -> Stack:
    return publishing.gather_stack(
        state=state, issuer=agency, slug="first-years", members=[], title="First years", standing="synthetic"
    )


@pytest.fixture
def offered(version: Version, stack: Stack, issuer: Organisation, designer: Person, issuing_officer: Person) -> Version:
    document = cast.make_document(slug="offered", title="Offered in full", **OFFER)
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=document)
    return going_public.publish_draft(draft=draft, acting_person=issuing_officer)


def test_all_of_it_comes_back_from_the_editor_and_from_a_file_as_it_was() -> None:
    document = cast.make_document(**OFFER)
    assert assemble(take_apart(document)) == document
    assert files.read(files.write(document).encode()) == document
    # A design that says nothing of it is the document that it always was.
    assert assemble(take_apart(cast.make_document())) == cast.make_document()


def test_rounds_and_teams_have_fields(issuer: Organisation, designer: Person, version: Version) -> None:
    rules = {"coach_after": 3, "replace_work": "keep_met"}
    document = cast.make_document(slug="ruled", **rules)
    document["requirements"][0]["team"] = {"most": 4}
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=document)
    assert (draft.typed["coach_after"], draft.typed["requirements"][0]["team"]) == ("3", {"most": "4"})
    assert assemble(draft.typed) == document
    for holder in (draft.typed, draft.typed["requirements"][0]["team"]):
        for name in ("coach_after", "replace_work", "most"):
            holder.pop(name, None)
    assert not {"coach_after", "replace_work"} & assemble(draft.typed).keys()


def test_it_is_told_to_earners_on_the_page_and_on_paper(offered: Version, client_of: ClientOf) -> None:
    visitor = client_of(None)
    page = unescape(visitor.get("/catalog/offered/").content.decode())
    for told in ("Beginning teachers.", "Spanish, French (CA)", "Proposed for", "First years", "A plan that names"):
        assert told in page, told
    assert "Somebody made it. Its author agreed in writing on May 4, 2026." in page
    packet = unescape(visitor.get("/catalog/offered/packet/").content.decode())
    assert "Beginning teachers." in packet
    assert "A plan that names its aim." in packet
    assert visitor.get("/catalog/offered/document.json").json()["document"]["badge"] == OFFER["badge"]
    assert "Offered in full" in visitor.get("/catalog/", {"language": "es"}).content.decode()
    assert ">Shown</text>" in visitor.get("/catalog/offered/badge.svg").content.decode()


def test_what_does_not_fit_together_is_told_beside_its_field(
    issuer: Organisation, designer: Person, version: Version
) -> None:
    wrong = {
        **OFFER,
        "fee": 0,
        "further_languages": ["en", "Spanish"],
        "samples": [{**OFFER["samples"][0], "consent": "", "url": "samples"}],
        "badge": {"icon": "crown", "banner": "x" * 21},
    }
    document = cast.make_document(slug="wrong", **wrong)
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=document)
    told = {written(each.path) for each in problems_of(draft, OptionsOf(issuer.state, draft.typed))}
    assert {"further_languages/2/text", "samples/1/url", "badge/banner", "badge/icon", "proposed_stacks/1/stack"} <= {
        each if each != "further_languages/2" else "further_languages/2/text" for each in told
    }
    mended = {**wrong, "further_languages": ["en"], "badge": {"icon": None, "banner": ""}, "samples": [
        {**OFFER["samples"][0], "consent": ""}
    ]}  # fmt: skip
    draft.typed = take_apart(cast.make_document(slug="wrong", **mended))
    told = {written(each.path) for each in problems_of(draft, OptionsOf(issuer.state, draft.typed))}
    assert {"fee_waivers", "samples/1/consent", "proposed_stacks/1/stack"} <= told
    assert any(each.startswith("further_languages/1") for each in told)


def test_what_changed_in_it_is_told_place_by_place() -> None:
    before = cast.make_document(**OFFER)
    after = cast.make_document(**{**OFFER, "further_languages": ["es"], "badge": {"icon": "book", "banner": "Shown"}})
    told = {
        change.where[-1]: (change.before, change.after)
        for part in comparing.compare(before, after)
        for change in part.changes
    }
    assert told["Icon"] == ("lens", "book")
    assert told["Language"] == ("fr-CA", "")


def test_only_an_officer_of_the_stack_takes_in_what_was_proposed_and_a_pack_leaves_it_there(
    state: State, agency: Organisation, offered: Version, version: Version, stack: Stack, designer: Person,
    issuing_officer: Person, client_of: ClientOf,
) -> None:  # fmt: skip
    officer = cast.make_person("Otto Stacks", (agency, Role.ISSUER))
    assert "Offered in full" in client_of(officer).get("/studio/").content.decode()
    for outsider in (designer, issuing_officer):
        with pytest.raises(MayNotPublish):
            stacking.take_in(stack_slug=stack.slug, micro_credential_slug="offered", acting_person=outsider)
    with pytest.raises(NotProposed):
        stacking.take_in(
            stack_slug=stack.slug, micro_credential_slug=version.micro_credential.slug, acting_person=officer
        )
    posted = {"stack": stack.slug, "micro_credential": "offered"}
    assert client_of(officer).post("/studio/stacks/take-in/", posted).status_code == 302
    assert "Offered in full" not in client_of(officer).get("/studio/").content.decode()
    members = [version.micro_credential.slug]
    publishing.gather_stack(
        state=state, issuer=agency, slug=stack.slug, members=members, title="First years", standing="synthetic"
    )
    assert [each.micro_credential.slug for each in stack.members.all()] == [*members, "offered"]
    page = client_of(None).get("/catalog/offered/").content.decode()
    assert "Part of" in page
    assert "Proposed for" not in page


def test_the_badge_is_seen_as_it_would_be_in_every_size_and_with_every_icon(
    offered: Version, designer: Person, client_of: ClientOf
) -> None:
    draft = drafting.begin_next(version=offered, acting_person=designer)
    client, address = client_of(designer), f"/studio/{draft.ref}/"
    assert 'width="48"' in client.get(f"{address}badge.svg?size=48").content.decode()
    assert client.get(f"{address}badge.svg?icon=book").content != client.get(f"{address}badge.svg").content
    beside = client.get(f"{address}beside/?as=badge").content.decode()
    assert "The badge at 48 pixels" in beside
    assert "Magnifying glass" in beside
