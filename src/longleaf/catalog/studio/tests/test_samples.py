"""Files of sample evidence: cleaned, told by their content, open to all once published, and looked at for access."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from longleaf.catalog.errors import (
    DraftNotOpen,
    DraftNotSound,
    MayNotPublish,
    NoSuchDraft,
    NoSuchSample,
    SampleNotPublished,
    UnusableSampleFile,
)
from longleaf.catalog.models import Draft, SampleFile
from longleaf.catalog.studio import drafting, going_public, samples
from longleaf.catalog.studio.accessible import PDF, findings
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import BadInput
from tests import cast

ClientOf = Callable[[Person | None], Client]


def picture() -> bytes:
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "PHONE OF ERIN"
    Image.new("RGB", (20, 20), "green").save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def bare_pdf() -> bytes:
    kept = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(kept)
    return kept.getvalue()


def tagged_pdf(*, with_words: bool = True) -> bytes:
    kept = io.BytesIO()
    document = pikepdf.new()
    page = document.add_blank_page()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    figure = Dictionary(Type=Name.StructElem, S=Name.Figure, **({"Alt": String("A tree")} if with_words else {}))
    root = Dictionary(Type=Name.StructTreeRoot, K=Array([document.make_indirect(figure)]))
    document.Root.StructTreeRoot = document.make_indirect(root)
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.Lang = String("en")
    document.save(kept)
    return kept.getvalue()


@pytest.fixture
def draft(issuer: Organisation, designer: Person, version: object) -> Draft:
    document = cast.make_document(slug="with-samples", title="With samples")
    return drafting.begin(issuer=issuer, acting_person=designer, document=document)


def bring(draft: Draft, person: Person, content: bytes = b"", name: str = "plan.jpg", **facts: Any) -> SampleFile:
    told = {
        "title": "A plan", "shows": "It names its aim.", "described": "A board with three aims.",
        "is_invented": True, "consent": "", **facts,
    }  # fmt: skip
    content = content or picture()
    size = told.pop("size", len(content))
    return samples.bring(draft=draft, file=io.BytesIO(content), name=name, size=size, acting_person=person, **told)


def test_a_file_comes_in_cleaned_and_the_draft_names_it(draft: Draft, designer: Person) -> None:
    sample = bring(draft, designer)
    with default_storage.open(sample.stored_as) as kept:
        assert b"ERIN" not in kept.read()
    draft.refresh_from_db()
    (row,) = draft.typed["samples"]
    assert (row["url"], row["origin"], row["shows"]) == (samples.address_of(sample), "invented", "It names its aim.")
    sample.refresh_from_db()
    assert sample.found == [[True, "The image has words for whoever cannot see it."]]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"shows": ""}, "shows"),
        ({"described": ""}, "described"),
        ({"is_invented": False}, "consent"),
        ({"size": 90_000_000}, "file"),
    ],
)
def test_what_is_missing_is_told_beside_its_field_and_nothing_is_kept(
    draft: Draft, designer: Person, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(UnusableSampleFile) as refused:
        bring(draft, designer, **facts)
    assert set(refused.value.fields) == {field}
    with pytest.raises(BadInput):
        bring(draft, designer, content=b"MZ no picture")
    draft.refresh_from_db()
    assert not SampleFile.objects.exists()
    assert not draft.typed.get("samples")


def test_it_is_for_readers_of_the_draft_until_published_and_then_for_all(
    draft: Draft, designer: Person, issuing_officer: Person, stranger: Person, client_of: ClientOf
) -> None:
    consent = "Its author agreed in writing on May 4, 2026."
    sample = bring(draft, designer, is_invented=False, consent=consent)
    page, file = f"/catalog/samples/{sample.ref}/", f"/catalog/samples/{sample.ref}/file/"
    for outsider in (None, stranger):
        assert client_of(outsider).get(page).status_code == client_of(outsider).get(file).status_code == 404
    assert "Not published" in client_of(designer).get(page).content.decode()
    with pytest.raises(NoSuchDraft):
        bring(draft, stranger)
    going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    told = unescape(client_of(None).get(page).content.decode())
    assert consent in told
    assert "A board with three aims." in told
    response = client_of(None).get(file)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)
    assert page in client_of(None).get("/catalog/with-samples/").content.decode()


def test_one_that_is_taken_away_goes_with_its_row_and_its_bytes_unless_published(
    draft: Draft, designer: Person, issuing_officer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    sample = bring(draft, designer)
    with django_capture_on_commit_callbacks(execute=True):
        samples.take_away(draft=draft, ref=sample.ref, acting_person=designer)
    draft.refresh_from_db()
    assert draft.typed["samples"] == []
    assert not default_storage.exists(sample.stored_as)
    with pytest.raises(NoSuchSample):
        samples.take_away(draft=draft, ref=sample.ref, acting_person=designer)


def test_the_page_keeps_what_was_typed_and_tells_what_was_found(
    draft: Draft, designer: Person, issuing_officer: Person, client_of: ClientOf
) -> None:
    client, at = client_of(designer), f"/studio/{draft.ref}/samples/"
    typed = {"title": "A scan", "shows": "A plan.", "described": "", "origin": "invented", "consent": ""}
    refused = client.post(at, {**typed, "file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert refused.status_code == 422
    assert 'value="A scan"' in refused.content.decode()
    assert client.post(at, typed).status_code == 422
    assert client.post(at, {**typed, "file": SimpleUploadedFile("a.pdf", bare_pdf())}).status_code == 302
    page = unescape(client.get(at).content.decode())
    assert "It is not tagged" in page
    assert "pictures without text" in page
    assert "Bring a file" not in client_of(issuing_officer).get(at).content.decode()
    assert client.post(at, {"remove": SampleFile.objects.get().ref}).status_code == 302


def _typed(draft: Draft, person: Person, **texts: str) -> None:
    draft.refresh_from_db()
    row = draft.typed["samples"][0]["id"]
    for field, text in texts.items():
        drafting.save_field(
            draft=draft, path=("samples", row, field), value=text, revision=1, is_last_word=True, acting_person=person
        )


def test_publishing_one_bodys_design_opens_and_names_no_file_of_another(
    draft: Draft, designer: Person, agency: Organisation, client_of: ClientOf
) -> None:
    sample = bring(draft, designer, title="Theirs alone")
    officer = cast.make_person("Otto Elsewhere", (agency, Role.ISSUER), (agency, Role.DESIGNER))
    row = {"title": "Ours", "url": samples.address_of(sample), "shows": "It.", "origin": "invented", "consent": ""}
    document = cast.make_document(slug="elsewhere", title="Elsewhere", samples=[row])
    other = drafting.begin(issuer=agency, acting_person=officer, document=document)
    assert samples.named_in(document, draft=other) == []
    assert samples.named_in(document, draft=draft) == [sample]
    going_public.publish_draft(draft=other, acting_person=officer)
    sample.refresh_from_db()
    assert (sample.published_at, sample.title) == (None, "Theirs alone")
    assert client_of(None).get(f"/catalog/samples/{sample.ref}/").status_code == 404


def test_all_are_told_what_the_published_design_says_of_it_and_the_next_version_corrects_it(
    draft: Draft, designer: Person, issuing_officer: Person
) -> None:
    sample = bring(draft, designer)
    _typed(draft, designer, title="A plan of a class", origin="real")
    with pytest.raises(DraftNotSound):
        going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    _typed(draft, designer, consent="Its author agreed.")
    version = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    sample.refresh_from_db()
    assert (sample.title, sample.is_invented, sample.consent) == ("A plan of a class", False, "Its author agreed.")
    following = drafting.begin_next(version=version, acting_person=designer)
    row = following.typed["samples"][0]["id"]
    drafting.save_field(
        draft=following, path=("samples", row, "consent"), value="They agreed.", revision=0, acting_person=designer
    )
    going_public.publish_draft(draft=following, acting_person=issuing_officer)
    sample.refresh_from_db()
    assert sample.consent == "They agreed."


def test_an_officer_withdraws_a_published_one_and_its_page_says_no_more_of_it(
    draft: Draft,
    designer: Person,
    issuing_officer: Person,
    client_of: ClientOf,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sample = bring(draft, designer, is_invented=False, consent="Its author agreed.")
    page, kept = f"/catalog/samples/{sample.ref}/", sample.stored_as
    with pytest.raises(SampleNotPublished):
        samples.withdraw(sample=sample, acting_person=issuing_officer)
    going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    with pytest.raises(MayNotPublish):
        samples.withdraw(sample=sample, acting_person=designer)
    assert "Withdraw this file" not in client_of(designer).get(page).content.decode()
    assert "Withdraw this file" in client_of(issuing_officer).get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(issuing_officer).post(f"{page}withdraw/").status_code == 302
    assert not default_storage.exists(kept)
    sample.refresh_from_db()
    assert (sample.consent, sample.described, sample.found) == ("", "", [])
    told = unescape(client_of(None).get(page).content.decode())
    assert "Withdrawn" in told
    assert "Its author agreed." not in told
    assert client_of(None).get(f"{page}file/").status_code == 404
    assert client_of(designer).get(f"/studio/{draft.ref}/samples/").status_code == 200
    samples.withdraw(sample=sample, acting_person=issuing_officer)
    line = JournalLine.objects.get(event="draft:sample:withdrawn")
    assert line.data == {"sample": sample.ref}


def test_one_that_is_not_published_goes_whatever_became_of_its_draft_and_after_a_time_by_itself(
    draft: Draft, designer: Person, issuing_officer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = bring(draft, designer), bring(draft, designer)
    drafting.set_aside(draft=draft, acting_person=designer)
    samples.take_away(draft=draft, ref=first.ref, acting_person=designer)
    draft.refresh_from_db()
    assert [row["url"] for row in draft.typed["samples"]] == [samples.address_of(second)]
    assert not samples.set_aside_before(draft.changed_at)
    due = samples.set_aside_before(draft.changed_at + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert samples.let_go([each.pk for each in due]) == 1
    assert not default_storage.exists(second.stored_as)
    assert not SampleFile.objects.exists()


def test_a_published_one_is_not_taken_out_of_a_draft_that_is_published(
    draft: Draft, designer: Person, issuing_officer: Person
) -> None:
    sample = bring(draft, designer)
    going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    with pytest.raises(DraftNotOpen):
        samples.take_away(draft=draft, ref=sample.ref, acting_person=designer)


def of(content: bytes, media_type: str = PDF, described: str = "") -> dict[str, bool | None]:
    return {told: so for so, told in findings(io.BytesIO(content), media_type=media_type, described=described)}


def test_a_pdf_is_looked_at_for_tags_language_text_and_pictures() -> None:
    bare, tagged, silent = of(bare_pdf()), of(tagged_pdf()), of(tagged_pdf(with_words=False))
    assert list(bare.values()) == [False, False, False, True]
    assert list(tagged.values()) == [True, True, True, True, True], "of a sound one, nothing is left to ask"
    assert silent["1 of 1 pictures in it have no words."] is False
    assert None in of(b"%PDF-1.7 broken").values()


def test_recordings_need_words_and_of_other_files_nothing_is_claimed() -> None:
    assert list(of(b"", "video/mp4").values()) == [False]
    assert list(of(b"", "audio/mpeg", "It says: hello.").values()) == [True]
    assert list(of(b"", "application/vnd.oasis.opendocument.text").values()) == [None]


def built(put: Callable[[pikepdf.Pdf], None]) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    put(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_forms_that_name_each_other_are_each_looked_at_once() -> None:
    def put(document: pikepdf.Pdf) -> None:
        resources = document.make_indirect(Dictionary())
        forms = {}
        for number in range(200):
            form = document.make_stream(b"")
            form.Resources = resources
            forms[f"/F{number}"] = form
        resources.XObject = Dictionary(forms)
        document.pages[0].obj.Resources = resources

    assert of(built(put))["Its pages are pictures without text."] is False


def test_a_structure_that_holds_itself_grows_to_no_end() -> None:
    def put(document: pikepdf.Pdf) -> None:
        children = document.make_indirect(Array())
        for _ in range(2_000):
            children.append(children)
        document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=children))
        document.Root.MarkInfo = Dictionary(Marked=True)

    tracemalloc.start()
    assert of(built(put))["It is tagged."] is True
    # Each reference that waits takes some bytes; forty million of them would take all that there is.
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_language_is_cut_and_told_without_what_no_database_keeps(draft: Draft, designer: Person) -> None:
    def put(document: pikepdf.Pdf) -> None:
        document.Root.Lang = String("e\x00n\x07-" + "x" * 500)

    sample = bring(draft, designer, content=built(put), name="plan.pdf")
    sample.refresh_from_db()
    assert [True, f"It says its language: en-{'x' * 30}."] in sample.found
