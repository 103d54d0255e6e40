"""What a file carries unseen does not arrive, the file still opens, and damage is refused and never an accident."""

from __future__ import annotations

import io
import tempfile
import wave
import zipfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from itertools import product

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from longleaf.assessment.evidence import inspecting
from longleaf.assessment.evidence.cleaning import apart, pictures
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit, in_words
from longleaf.assessment.status import FileKind
from longleaf.assessment.tests.evidence import files_cast
from longleaf.assessment.tests.evidence.files_cast import MARK, M

DIRTY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf": ("pdf", lambda: files_cast.pdf(MARK)),
    "docx": ("office", files_cast.docx),
    "xlsx": ("office", files_cast.xlsx),
    "pptx": ("office", files_cast.pptx),
    "odt": ("office", files_cast.odt),
    "mp4": ("mp4", lambda: files_cast.mp4(M)),
    "mov": ("mp4", lambda: files_cast.mp4(M, b"qt  ")),
    "webm": ("webm", lambda: files_cast.webm(M)),
    "webm-open": ("webm", lambda: files_cast.webm(M, is_open=True)),
    "ogg": ("ogg", lambda: files_cast.vorbis(M)),
    "ogg-long": ("ogg", lambda: files_cast.vorbis(M * 20)),
    "mp3": ("mp3", lambda: files_cast.mp3(M)),
    "wav": ("wav", lambda: files_cast.wav(M)),
}
PLAIN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf": ("pdf", files_cast.pdf),
    "mp4": ("mp4", files_cast.mp4),
    "webm": ("webm", files_cast.webm),
    "ogg": ("ogg", files_cast.vorbis),
    "mp3": ("mp3", files_cast.mp3),
    "wav": ("wav", files_cast.wav),
}
TAKEN = {
    "pdf": {
        *(TakenOut.NAMES, TakenOut.PROPERTIES, TakenOut.ACTIONS, TakenOut.ATTACHMENTS, TakenOut.PICTURE_REMARKS),
    },
    "docx": {
        *(TakenOut.NAMES, TakenOut.PROPERTIES, TakenOut.PREVIEW, TakenOut.PATHS, TakenOut.ATTACHMENTS),
        TakenOut.PICTURE_REMARKS,
    },
    "mp4": {TakenOut.PROPERTIES, TakenOut.PLACE, TakenOut.DATA_TRACKS, TakenOut.PATHS},
    "mp3": {TakenOut.PROPERTIES},
}


def clean(form: str, content: bytes) -> tuple[bytes, set[TakenOut]]:
    """As the process of its own does it, in this one."""
    into = io.BytesIO()
    taken = import_module(f"longleaf.assessment.evidence.cleaning.{form}").clean(io.BytesIO(content), into)
    return into.getvalue(), taken


def everything_in(content: bytes) -> bytes:
    """All bytes of a file, and of what is packed in it, as they stand and unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join([content, *(everything_in(archive.read(name)) for name in archive.namelist())])
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            parts = [each.unparse(resolved=True) for each in document.objects]
            parts += [each.read_raw_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)]
        return b"".join([content, *parts])
    return content


@pytest.mark.parametrize("name", DIRTY)
def test_no_name_that_was_planted_is_left(name: str) -> None:
    form, dirty = DIRTY[name]
    assert M in everything_in(dirty())
    cleaned, taken = clean(form, dirty())
    assert M not in everything_in(cleaned)
    assert TAKEN.get(name, taken) == taken != set()


@pytest.mark.parametrize("name", DIRTY)
def test_what_is_clean_is_not_changed_any_more(name: str) -> None:
    form, dirty = DIRTY[name]
    once, _ = clean(form, dirty())
    again, taken = clean(form, once)
    assert (again, taken) == (once, set())


@pytest.mark.parametrize("name", PLAIN)
def test_of_what_carries_nothing_nothing_is_told(name: str) -> None:
    form, plain = PLAIN[name]
    assert clean(form, plain()) == (plain(), set())


@pytest.mark.parametrize("name", DIRTY)
def test_it_is_the_same_from_a_process_of_its_own(name: str) -> None:
    form, dirty = DIRTY[name]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as into:
        source.write(dirty())
        taken = apart.clean(form, source, into)
        into.seek(0)
        assert (into.read(), set(taken)) == clean(form, dirty())


@pytest.mark.parametrize("name", DIRTY)
def test_libmagic_still_calls_it_what_it_was(name: str) -> None:
    if inspecting.magic is None:
        pytest.skip("libmagic is not installed: Debian's libmagic1.")
    form, dirty = DIRTY[name]
    cleaned, _ = clean(form, dirty())
    promised = inspecting.expected(f"a.{name.partition('-')[0]}", list(FileKind))
    assert inspecting.magic.from_buffer(cleaned, mime=True) in promised.seen_as


def test_what_a_page_says_and_its_comments_stay() -> None:
    cleaned, _ = clean("pdf", files_cast.pdf(MARK))
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        notes = list(document.pages[0].Annots)
        assert [str(each.Subtype) for each in notes] == ["/Text", "/Link", "/Link"]
        assert str(notes[0].Contents) == "Well said"
        assert str(notes[2].A.URI) == "https://example.org/"
        assert ("/A" in notes[1], "/Next" in notes[2].A) == (False, False)


def test_what_a_text_says_stays() -> None:
    cleaned, _ = clean("office", files_cast.docx())
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        assert archive.testzip() is None
        said = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
        assert "A &lt;claim&gt; &amp; its evidence " in said
        assert ('Target="https://example.org/"' in links, 'Target="comments.xml"' in links) == (True, True)
        assert "docProps/core.xml" not in archive.read("[Content_Types].xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        Image.open(io.BytesIO(archive.read("word/media/image1.jpeg"))).load()
        Image.open(io.BytesIO(archive.read("word/media/image2.png"))).load()


def test_an_open_document_still_begins_with_what_it_is() -> None:
    cleaned, _ = clean("office", files_cast.odt())
    assert b"mimetypeapplication/vnd.oasis.opendocument.text" in cleaned[:100]


def test_sound_and_picture_stay_where_they_were() -> None:
    film, _ = clean("mp4", files_cast.mp4(M))
    assert film.index(b"PICTURES" * 4) == files_cast.mp4(M).index(b"PICTURES" * 4)
    assert clean("mp3", files_cast.mp3(M))[0] == files_cast.MP3_FRAME * 6
    with wave.open(io.BytesIO(clean("wav", files_cast.wav(M))[0])) as sound:
        assert sound.readframes(9999) == b"\x80" * 800


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"[Content_Types].xml": "<Types/>", "word/vbaProject.bin": b"x"}, Reason.MACROS),
        ({"[Content_Types].xml": "<Types><Override ContentType='macroEnabled'/></Types>"}, Reason.MACROS),
        ({"mimetype": "x", "Basic/Standard/Module1.xml": "<x/>"}, Reason.MACROS),
        ({"../../etc/passwd": "x"}, Reason.DAMAGED),
        ({"/etc/passwd": "x"}, Reason.DAMAGED),
        ({"C:\\x": "x"}, Reason.DAMAGED),
        ({"word/document.xml": "<a>"}, Reason.DAMAGED),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'cc'>]><a>&b;</a>"}, Reason.DAMAGED),
        ({"word/document.xml": bytes(200 * 1024 * 1024)}, Reason.TOO_MUCH),
        ({"word/document.xml": "<a>" * 5000 + "</a>" * 5000}, Reason.TOO_MUCH),
    ],
)  # fmt: skip
def test_documents_that_would_do_something_are_refused(parts: dict[str, bytes | str], reason: Reason) -> None:
    with pytest.raises(Unfit) as unfit:
        clean("office", files_cast.zipped(parts))
    assert unfit.value.reason is reason


def test_documents_in_documents_in_documents_are_refused() -> None:
    nested = files_cast.zipped({"a.xml": "<a/>"})
    for _ in range(4):
        nested = files_cast.zipped({"a.docx": nested})
    with pytest.raises(Unfit) as unfit:
        clean("office", nested)
    assert unfit.value.reason is Reason.TOO_MUCH


def test_a_locked_document_is_refused() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files_cast.pdf())) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unfit) as unfit:
        clean("pdf", file.getvalue())
    assert unfit.value.reason is Reason.PASSWORD


def test_a_file_that_eats_memory_ends_its_own_process_only() -> None:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as into:
        source.write(b"not a document")
        with pytest.raises(Unfit):
            apart.clean("pdf", source, into)
        with pytest.raises(Unfit):
            apart.clean("no-such-form", source, into)


FORMS = sorted({form for form, _ in DIRTY.values()})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("name", [*DIRTY])
def test_damage_is_refused_and_never_an_accident(name: str, data: st.DataObject) -> None:
    form, dirty = DIRTY[name]
    content = bytearray(dirty())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    cut = data.draw(st.integers(1, len(content)))
    # Whatever else is raised fails the test.
    with suppress(Unfit):
        clean(form, bytes(content[:cut] if data.draw(st.booleans()) else content))


@settings(max_examples=60, deadline=None)
@given(form=st.sampled_from(FORMS), content=st.binary(max_size=400))
def test_noise_is_refused_and_never_an_accident(form: str, content: bytes) -> None:
    with pytest.raises(Unfit):
        clean(form, content)


@given(content=st.binary(max_size=300), head=st.sampled_from([pictures.JPEG, pictures.PNG, b""]))
def test_no_picture_breaks_its_document(content: bytes, head: bytes) -> None:
    assert len(pictures.without_remarks(head + content)) <= len(head + content)


def test_what_was_taken_out_is_told_in_words() -> None:
    assert in_words([]) == ""
    assert in_words(["place"]) == "the place"
    assert in_words(["place", "names", "unknown"]) == "names of people and the place"
    several = "names of people, the place and scripts and actions"
    assert in_words([TakenOut.ACTIONS, TakenOut.PLACE, TakenOut.NAMES]) == several
    assert all(in_words(pair) for pair in product(TakenOut, repeat=2))
