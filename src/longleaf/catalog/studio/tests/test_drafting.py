"""Writing a draft: nothing typed is lost, nobody overwrites anybody, and only the right people write and publish."""

from __future__ import annotations

import pytest

from longleaf.catalog.errors import (
    BegunInTheStudio,
    DraftNotOpen,
    DraftNotSound,
    MayNotDesign,
    MayNotPublish,
    NoSuchDraft,
    NoSuchField,
    StaleField,
    UnknownAuthor,
)
from longleaf.catalog.models import Draft, Version
from longleaf.catalog.status import DraftStatus, VersionStatus
from longleaf.catalog.studio import drafting, going_public
from longleaf.catalog.studio.checking import problems_of
from longleaf.catalog.studio.options import OptionsOf
from longleaf.directory.models import Organisation, Person, State
from longleaf.journal import queries as journal
from longleaf.kit.errors import WrongState
from tests import cast

TITLE = ("title",)


@pytest.fixture
def draft(version: Version, designer: Person) -> Draft:
    """The next version of what is published."""
    return drafting.begin_next(version=version, acting_person=designer)


def save(draft: Draft, person: Person, value: str, revision: int, page: str = "", last: bool = False) -> int:
    return drafting.save_field(
        draft=draft,
        path=TITLE,
        value=value,
        revision=revision,
        acting_person=person,
        page=page,
        is_last_word=last,
    )


def test_only_designers_of_an_organisation_begin_drafts_for_it(issuer: Organisation, issuing_officer: Person) -> None:
    with pytest.raises(MayNotDesign):
        drafting.begin(issuer=issuer, acting_person=issuing_officer)


def test_what_is_typed_is_kept_and_the_same_again_changes_nothing(draft: Draft, designer: Person) -> None:
    assert save(draft, designer, "A new title", 0) == 1
    assert save(draft, designer, "A new title", 0) == 1
    draft.refresh_from_db()
    assert (draft.typed["title"], draft.title) == ("A new title", "A new title")


def test_what_another_page_saved_since_is_never_overwritten(draft: Draft, designer: Person) -> None:
    save(draft, designer, "Theirs", 0, page="one")
    with pytest.raises(StaleField) as stale:
        save(draft, designer, "Mine", 0, page="two", last=True)
    assert (stale.value.theirs, stale.value.revision) == ("Theirs", 1)
    assert save(draft, designer, "Mine, from the same page", 0, page="one", last=True) == 2


def test_two_fields_are_saved_side_by_side(draft: Draft, designer: Person) -> None:
    save(draft, designer, "A title", 0, page="one")
    other = ("rubric", "criteria", "A", "levels", "not-yet")
    saved = drafting.save_field(
        draft=draft, path=other, value="Praise only.", revision=0, acting_person=designer, page="two"
    )
    assert saved == 1


@pytest.mark.parametrize("path", [("nothing",), ("requirements", "R9", "title"), ("method",), ("title", "deeper")])
def test_a_field_that_is_not_there_is_refused(draft: Draft, designer: Person, path: tuple[str, ...]) -> None:
    with pytest.raises(NoSuchField):
        drafting.save_field(draft=draft, path=path, value="x", revision=0, acting_person=designer)


def test_a_co_author_writes_from_the_day_they_are_added(draft: Draft, designer: Person, stranger: Person) -> None:
    with pytest.raises(NoSuchDraft):
        save(draft, stranger, "x", 0)
    with pytest.raises(UnknownAuthor):
        drafting.add_author(draft=draft, address="nobody@example.test", acting_person=designer)
    drafting.add_author(draft=draft, address=stranger.email.upper(), acting_person=designer)
    assert save(draft, stranger, "Written together", 0) == 1
    drafting.remove_author(draft=draft, person_ref=stranger.ref, acting_person=designer)
    with pytest.raises(NoSuchDraft):
        save(draft, stranger, "x", 1)
    events = [line.event for line in journal.lines_about(f"draft:{draft.ref}")]
    assert events == ["draft:work:begun", "draft:author:added", "draft:author:removed"]


def test_what_is_set_aside_is_not_written_on_and_is_taken_up_again(draft: Draft, designer: Person) -> None:
    drafting.set_aside(draft=draft, acting_person=designer)
    with pytest.raises(DraftNotOpen):
        save(draft, designer, "x", 0)
    drafting.take_up(draft=draft, acting_person=designer)
    assert save(draft, designer, "x", 0) == 1


def test_a_sound_draft_has_no_problems_and_a_blank_one_says_what_is_missing(
    draft: Draft, issuer: Organisation, designer: Person, state: State
) -> None:
    assert problems_of(draft, OptionsOf(state, draft.typed)) == []
    blank = drafting.begin(issuer=issuer, acting_person=designer)
    found = {"/".join(each.path): each.sentence for each in problems_of(blank, OptionsOf(state, blank.typed))}
    assert found["title"] == "This is still empty."
    assert found["requirements/R1/prompt"] == "This is still empty."
    assert found["rubric/criteria/K1/title"]


def test_each_problem_stands_beside_what_mends_it(draft: Draft, designer: Person, state: State) -> None:
    def type_in(path: str, value: str | list[str]) -> None:
        drafting.save_field(draft=draft, path=tuple(path.split("/")), value=value, revision=0, acting_person=designer)

    type_in("effort_hours", "about ten")
    type_in("family", "unheard-of")
    type_in("slug", "another-name")
    draft.refresh_from_db()
    found = {"/".join(each.path): each.sentence for each in problems_of(draft, OptionsOf(state, draft.typed))}
    assert set(found) == {"effort_hours", "family", "slug"}
    assert found["effort_hours"] == "Write a whole number, in digits."


def test_a_draft_is_published_by_an_officer_and_supersedes_what_stood(
    draft: Draft, version: Version, designer: Person, issuing_officer: Person
) -> None:
    save(draft, designer, "A better title", 0)
    with pytest.raises(MayNotPublish):
        going_public.publish_draft(draft=draft, acting_person=designer)
    published = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    version.refresh_from_db()
    assert (published.number, published.title, version.status) == (2, "A better title", VersionStatus.SUPERSEDED)
    assert published.document["standing"] == "synthetic"
    assert [each.item.code for each in published.alignments.all()] == ["MTS-2"]
    assert going_public.publish_draft(draft=draft, acting_person=issuing_officer) == published
    with pytest.raises(DraftNotOpen):
        save(draft, designer, "x", 1)


def test_a_draft_that_is_not_sound_is_not_published(
    issuer: Organisation, designer: Person, issuing_officer: Person
) -> None:
    blank = drafting.begin(issuer=issuer, acting_person=designer)
    with pytest.raises(DraftNotSound) as unsound:
        going_public.publish_draft(draft=blank, acting_person=issuing_officer)
    assert unsound.value.fields["summary"] == "This is still empty."


def test_loading_the_same_pack_again_does_not_undo_what_was_published_from_a_draft(
    draft: Draft, version: Version, state: State, issuer: Organisation, designer: Person, issuing_officer: Person
) -> None:
    save(draft, designer, "A better title", 0)
    published = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    assert cast.publish(state, issuer, version.document) == published


def test_what_is_offered_no_more_can_be_published_anew(
    draft: Draft, version: Version, designer: Person, issuing_officer: Person
) -> None:
    with pytest.raises(MayNotPublish):
        going_public.retire(version=version, acting_person=designer)
    going_public.retire(version=version, acting_person=issuing_officer)
    with pytest.raises(WrongState):
        going_public.retire(version=version, acting_person=issuing_officer)
    published = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    assert (published.number, published.status) == (2, VersionStatus.PUBLISHED)
    version.refresh_from_db()
    assert version.status == VersionStatus.RETIRED


def test_what_a_page_holds_of_a_row_that_was_taken_away_never_lands_in_a_later_row(
    draft: Draft, designer: Person
) -> None:
    added = drafting.change_rows(draft=draft, act="add", path=("parts",), acting_person=designer)
    drafting.change_rows(draft=draft, act="remove", path=added, acting_person=designer)
    assert drafting.change_rows(draft=draft, act="add", path=("parts",), acting_person=designer) == added
    with pytest.raises(StaleField):
        drafting.save_field(
            draft=draft, path=(*added, "title"), value="Of the old row", revision=0, acting_person=designer
        )


def test_what_a_page_holds_of_a_rubric_never_lands_in_the_one_that_took_its_place(
    draft: Draft, designer: Person
) -> None:
    rubric = {
        "levels": [{"code": "low", "title": "Low"}, {"code": "high", "title": "High"}],
        "criteria": [{"code": draft.typed["rubric"]["criteria"][0]["id"], "title": "Of the new rubric"}],
    }
    drafting.take_rubric(draft=draft, rubric=rubric, acting_person=designer)
    path = ("rubric", "criteria", rubric["criteria"][0]["code"], "title")
    with pytest.raises(StaleField):
        drafting.save_field(draft=draft, path=path, value="Of the old", revision=0, acting_person=designer)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "T" * 201),
        ("language", f"en-{'x' * 60}"),
        ("effort_hours", "99999999"),
        ("turnaround_business_days", "99999"),
        ("expires_after_years", "9000"),
    ],
)
def test_what_the_catalog_cannot_hold_is_told_beside_its_field(
    draft: Draft, designer: Person, issuing_officer: Person, name: str, value: str
) -> None:
    drafting.save_field(draft=draft, path=(name,), value=value, revision=0, acting_person=designer)
    with pytest.raises(DraftNotSound) as refusal:
        going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    assert list(refusal.value.fields) == [name]


def test_an_item_of_a_framework_is_aligned_to_once(draft: Draft, designer: Person, issuing_officer: Person) -> None:
    item = draft.typed["alignments"][0]["item"]
    row = drafting.change_rows(draft=draft, act="add", path=("alignments",), acting_person=designer)
    for name, value in {"item": item, "standing": "proposed"}.items():
        drafting.save_field(draft=draft, path=(*row, name), value=value, revision=0, acting_person=designer)
    with pytest.raises(DraftNotSound) as refusal:
        going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    assert list(refusal.value.fields) == ["/".join((*row, "item"))]


def test_a_pack_does_not_take_over_what_began_in_the_studio(
    draft: Draft, state: State, issuer: Organisation, agency: Organisation, designer: Person, issuing_officer: Person
) -> None:
    own = drafting.begin(issuer=issuer, acting_person=designer)
    published = cast.publish(state, issuer, cast.make_document("begun-here"))
    Draft.objects.filter(pk=own.pk).update(
        status=DraftStatus.PUBLISHED, version=published, micro_credential=published.micro_credential
    )
    # The same text in a pack is its issuer's own, handed on.
    assert cast.publish(state, issuer, published.document) == published
    for whose in (issuer, agency):
        with pytest.raises(BegunInTheStudio):
            cast.publish(state, whose, cast.make_document("begun-here", title="Taken over"))
    published.refresh_from_db()
    assert (published.status, published.micro_credential.issuer) == (VersionStatus.PUBLISHED, issuer)
