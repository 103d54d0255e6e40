"""A draft read place by place: who reads and comments without writing, and what is still open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from longleaf.catalog.models import Draft, Version
from longleaf.catalog.studio import commenting, drafting, going_public
from longleaf.directory.models import Person

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def draft(version: Version, designer: Person) -> Draft:
    return drafting.begin_next(version=version, acting_person=designer)


def test_a_reader_goes_through_it_comments_on_a_place_and_writes_nothing(
    draft: Draft, client_of: ClientOf, designer: Person, stranger: Person
) -> None:
    address, reader = f"/studio/{draft.ref}/", client_of(stranger)
    assert reader.get(f"{address}read/").status_code == 404
    client_of(designer).post(f"{address}authors/", {"address": stranger.email, "writes": "no"})
    page = reader.get(f"{address}read/").content.decode()
    for told in ("Requirement R1: Your plan › What is asked for", "Criterion A: Feedback is specific › Not yet"):
        assert told in page, told
    said = {"from": "read", "section": "evidence", "place": "requirements/R1/prompt", "comment": "Of which lesson?"}
    answer = reader.post(f"{address}comments/", said)
    assert answer["Location"] == f"{address}read/#at_requirements/R1/prompt"
    place = (
        reader.get(f"{address}read/").content.decode().partition('id="at_requirements/R1/prompt" class="st-place"')[2]
    )
    assert "Of which lesson?" in place.partition('class="st-place"')[0]
    assert reader.post(f"{address}save/?field=title", {"text": "Mine", "revision": 0}).status_code == 404
    assert reader.get(f"{address}competency/").status_code == 302
    kept = reader.post(f"{address}comments/", {**said, "comment": "x" * 4_001})
    assert (kept.status_code, "x" * 4_001 in kept.content.decode()) == (422, True)
    # Whoever reads may write later, and is then told so in the journal.
    client_of(designer).post(f"{address}authors/", {"address": stranger.email, "writes": "yes"})
    assert reader.get(f"{address}competency/").status_code == 200


def test_a_comment_stays_in_sight_when_its_place_is_gone(draft: Draft, client_of: ClientOf, designer: Person) -> None:
    commenting.comment(
        draft=draft, section="evidence", place="requirements/R3/title", text="A better title?", acting_person=designer
    )
    drafting.change_rows(draft=draft, act="remove", path=("requirements", "R3"), acting_person=designer)
    page = client_of(designer).get(f"/studio/{draft.ref}/read/").content.decode()
    assert "A better title?" in page
    assert "of a place that is gone" in page


def test_what_is_open_is_told_before_it_is_handed_in(
    draft: Draft, version: Version, client_of: ClientOf, designer: Person, issuing_officer: Person
) -> None:
    drafting.save_field(draft=draft, path=("title",), value="Anew", revision=0, acting_person=designer)
    commenting.comment(draft=draft, section="rubric", text="Two levels read alike.", acting_person=designer)
    assert "1 comment is still open" in client_of(issuing_officer).get(f"/studio/{draft.ref}/").content.decode()
    going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    page = client_of(designer).get(f"/quality/hand-in/{version.micro_credential.slug}/").content.decode()
    assert "1 comment on its draft is open" in page
