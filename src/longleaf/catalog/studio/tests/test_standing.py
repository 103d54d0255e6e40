"""Wording that is not official stays labelled so, however it comes into a draft, until its issuer answers for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longleaf.catalog.models import Draft, Version
from longleaf.catalog.studio import case_rubrics, drafting, going_public, upstream
from longleaf.catalog.studio.checking import as_published
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast

NOTE, SOURCES = "Put together from a public page.", ["S-1"]


@pytest.fixture
def adopter(agency: Organisation) -> Person:
    """A real designer of a real house: what they write themselves is its official text."""
    Organisation.objects.filter(pk=agency.pk).update(standing="official")
    agency.refresh_from_db()
    return _real(cast.make_person("Dina Elsewhere", (agency, Role.DESIGNER)))


@pytest.fixture
def officer(agency: Organisation) -> Person:
    return _real(cast.make_person("Otto Elsewhere", (agency, Role.ISSUER)))


@pytest.fixture
def reconstructed(state: State, issuer: Organisation, version: Version) -> Version:
    changes = {"slug": "put-together", "standing": "reconstructed", "note": NOTE, "sources": SOURCES}
    return cast.publish(state, issuer, cast.make_document(**changes))


def _real(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(is_synthetic=False)
    person.refresh_from_db()
    return person


def _named(draft: Draft, person: Person) -> Draft:
    drafting.save_field(draft=draft, path=("slug",), value="ours", revision=0, acting_person=person)
    draft.refresh_from_db()
    return draft


def _facts(document: Any) -> tuple[str, bool, list[str]]:
    return document["standing"], NOTE in document["note"], document["sources"]


@pytest.mark.parametrize("way", ["adopted", "brought"])
def test_what_was_put_together_is_published_as_that_until_its_issuer_answers_for_it(
    way: str, reconstructed: Version, agency: Organisation, adopter: Person, officer: Person
) -> None:
    if way == "adopted":
        draft = drafting.adopt(version=reconstructed, issuer=agency, acting_person=adopter)
    else:
        draft = drafting.begin(issuer=agency, acting_person=adopter, document=reconstructed.document)
    draft = _named(draft, adopter)
    published = going_public.publish_draft(draft=draft, acting_person=officer)
    assert _facts(published.document) == ("reconstructed", True, SOURCES)
    further = drafting.begin_next(version=Version.objects.get(pk=published.pk), acting_person=adopter)
    assert _facts(as_published(further)) == ("reconstructed", True, SOURCES)
    own = going_public.publish_draft(draft=further, acting_person=officer, own_words=True)
    assert _facts(own.document) == ("official", False, [])
    assert own.document["note"].startswith("Adopted from") is (way == "adopted")


def test_the_page_asks_whoever_publishes(
    reconstructed: Version, agency: Organisation, adopter: Person, officer: Person, client_of: Any
) -> None:
    draft = _named(drafting.adopt(version=reconstructed, issuer=agency, acting_person=adopter), adopter)
    client: Client = client_of(officer)
    page = client.get(f"/studio/{draft.ref}/").content.decode()
    assert "Reconstructed" in page
    assert 'name="own_words"' in page
    client.post(f"/studio/{draft.ref}/publish/", {"own_words": "yes"})
    draft.refresh_from_db()
    assert draft.version is not None
    assert draft.version.document["standing"] == "official"


def test_what_is_written_anew_is_official_and_a_proposal_until_it_is_published(
    agency: Organisation, adopter: Person, officer: Person, version: Version, client_of: Any
) -> None:
    document = {key: value for key, value in version.document.items() if key not in ("standing", "note", "sources")}
    draft = _named(drafting.begin(issuer=agency, acting_person=adopter, document=document), adopter)
    address = f"/studio/{draft.ref}/design.json"
    assert client_of(adopter).get(address).json()["document"]["standing"] == "proposed"
    assert 'name="own_words"' not in client_of(officer).get(f"/studio/{draft.ref}/").content.decode()
    published = going_public.publish_draft(draft=draft, acting_person=officer)
    assert published.document["standing"] == "official"
    assert client_of(adopter).get(address).json()["document"]["standing"] == "official"


def test_a_rubric_and_changes_from_elsewhere_bring_how_sure_they_are(
    state: State, issuer: Organisation, agency: Organisation, adopter: Person, version: Version, client_of: Any
) -> None:
    official = cast.publish(state, issuer, cast.make_document(slug="theirs", standing="official"))
    draft = _named(drafting.adopt(version=official, issuer=agency, acting_person=adopter), adopter)
    assert as_published(draft)["standing"] == "official"
    told = {"uri": "https://here.example/r", "changed_at": "2026-03-04T00:00:00+00:00", "standing": "reconstructed"}
    file = json.dumps(case_rubrics.write(official.document["rubric"], title="A rubric", **told)).encode()
    posted = {"rubric": SimpleUploadedFile("rubric.json", file)}
    assert client_of(adopter).post(f"/studio/{draft.ref}/bring-rubric/", posted).status_code == 302
    draft.refresh_from_db()
    assert as_published(draft)["standing"] == "reconstructed"

    other = drafting.adopt(version=official, issuer=agency, acting_person=adopter)
    newer = {"slug": "theirs", "standing": "inferred", "title": "Feedback, told anew"}
    cast.publish(state, issuer, cast.make_document(**newer))
    other = Draft.objects.get(pk=other.pk)
    assert upstream.take(draft=other, keys=None, acting_person=adopter) == 1
    other.refresh_from_db()
    assert as_published(other)["standing"] == "inferred"
