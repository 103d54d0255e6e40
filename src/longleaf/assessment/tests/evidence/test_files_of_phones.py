"""Files as telephones and Word write them: what they carry beside what is seen does not arrive, or they are refused.

Built byte by byte after what the devices write, with one mark in every place where they tell of somebody.
"""

from __future__ import annotations

import io
import struct
from tempfile import TemporaryFile

import pytest
from PIL import Image

from longleaf.assessment.errors import FileNotWelcome
from longleaf.assessment.evidence import inspecting
from longleaf.assessment.evidence.cleaning import pictures
from longleaf.assessment.evidence.cleaning.outcome import TakenOut
from longleaf.assessment.status import FileKind
from longleaf.assessment.tests.evidence import files_cast
from longleaf.assessment.tests.evidence.files_cast import MARK, M, box, full, track
from longleaf.assessment.tests.evidence.test_cleaning import clean, everything_in

# Pillow warns of a list of pictures and of remarks that lead nowhere; what is damaged must not arrive either.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*malformed MPO"),
    pytest.mark.filterwarnings("ignore:Corrupt EXIF data"),
]
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>" + M + b"</dc:creator></x:xmpmeta>"
GPS, MAKER_NOTE, THUMBNAIL = 0x8825, 0x927C, 0x0201


def segment(mark: int, content: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", 2 + len(content)) + content


def drawn(form: str = "JPEG", *, size: tuple[int, int] = (48, 32), **options: object) -> bytes:
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    file = io.BytesIO()
    picture.save(file, form, **options)  # type: ignore[arg-type]
    return file.getvalue()


def exif(mark: str = MARK) -> bytes:
    """Who, with what, where and when; a maker's note; and a small picture that carries its own."""
    told = Image.Exif()
    told[0x010F], told[0x0110], told[0x013B], told[0x0112] = mark, f"{mark} 15", mark, 6
    told.get_ifd(0x8769).update({0x9003: "2026:03:02 14:00:00", MAKER_NOTE: M, 0xA431: mark, 0xA420: mark})
    told.get_ifd(GPS).update({1: "N", 2: (35.0, 46.0, 12.5), 3: "W", 4: (78.0, 38.0, 20.1), 27: M})
    return told.tobytes()


def photograph(*, progressive: bool = False) -> bytes:
    """As a telephone takes it: Exif, XMP, a list of pictures, and behind the picture a preview that says it again."""
    inner = drawn(size=(16, 16), exif=exif())
    plain = drawn(progressive=progressive)
    several = segment(0xE2, b"MPF\0MM\0*" + M)
    remarks = [segment(0xE1, exif()), segment(0xE1, XMP), segment(0xED, b"Photoshop 3.0\0" + M), segment(0xFE, M)]
    return plain[:2] + b"".join(remarks) + several + plain[2:] + inner + segment(0xE1, XMP) + M + b"\xff\xd9"


def webp() -> bytes:
    return drawn("WEBP", exif=exif(), xmp=XMP, lossless=True)


def gif() -> bytes:
    file = io.BytesIO()
    first, second = (Image.new("P", (8, 8), number) for number in (1, 2))
    first.save(file, "GIF", save_all=True, append_images=[second], loop=0, comment=M)
    whole = file.getvalue()
    return whole[:-1] + b"\x21\xff\x0bXMP DataXMP" + bytes([len(M)]) + M + b"\0" + whole[-1:] + M


def tiff() -> bytes:
    told = Image.Exif()
    told[0x013B], told[0x010F] = MARK, MARK
    told.get_ifd(GPS).update({1: "N", 27: M})
    return drawn("TIFF", exif=told, dpi=(150, 150))


FORMS = {
    "jpeg": photograph,
    "progressive": lambda: photograph(progressive=True),
    "webp": webp,
    "gif": gif,
    "tiff": tiff,
}


def taken_in(name: str, content: bytes) -> tuple[bytes, set[TakenOut]]:
    with TemporaryFile() as brought:
        brought.write(content)
        found = inspecting.inspect(brought, name, list(FileKind))
    with found.content as kept:
        kept.seek(0)
        return kept.read(), set(found.taken_out)


def shown_in(content: bytes) -> list[bytes]:
    with Image.open(io.BytesIO(content)) as picture:
        frames = []
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            frames.append(picture.convert("RGB").tobytes())
        return frames


@pytest.mark.parametrize(("name", "make"), [("a.jpg", photograph), ("a.webp", webp)])
def test_a_photograph_arrives_without_place_device_and_time_and_stands_upright(name: str, make: object) -> None:
    content = make()  # type: ignore[operator]
    assert M in content
    kept, told = taken_in(name, content)
    assert M not in kept
    assert told == {TakenOut.PROPERTIES, TakenOut.PLACE}
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((32, 48), {})
        assert picture.info.keys() & {"xmp", "comment", "icc_profile", "exif", "mp"} == set()


@pytest.mark.parametrize("name", FORMS)
def test_a_picture_in_a_document_loses_its_remarks_and_looks_the_same(name: str) -> None:
    content = FORMS[name]()
    assert M in content
    plain = pictures.without_remarks(content)
    assert M not in plain
    assert b"GPS" not in plain
    # What is behind the picture is another one, and goes.
    frames = 2 if name == "gif" else 1
    assert shown_in(plain) == shown_in(content)[:frames]
    assert pictures.without_remarks(plain) == plain


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_damaged_picture_in_a_document_is_no_accident(name: str, cut: float) -> None:
    content = FORMS[name]()
    assert isinstance(pictures.without_remarks(content[: int(len(content) * cut)]), bytes)


def test_the_table_of_colours_stays_because_it_changes_what_is_seen() -> None:
    plain = drawn()
    coloured = plain[:2] + segment(0xE2, b"ICC_PROFILE\0\x01\x01" + bytes(8)) + plain[2:]
    assert pictures.without_remarks(coloured) == coloured


def test_word_s_document_with_photographs_of_a_telephone_arrives_without_any_of_it() -> None:
    files = {f"word/media/image{number}.{name}": make() for number, (name, make) in enumerate(FORMS_BY_ENDING.items())}
    whole = files_cast.zipped({**WORD, **files})
    assert everything_in(whole).count(M) > 20
    kept, told = clean("office", whole)
    assert M not in everything_in(kept)
    assert {TakenOut.NAMES, TakenOut.PROPERTIES, TakenOut.PICTURE_REMARKS} <= told
    # What was deleted and what was noted stays to be read; who did it and when does not.
    assert b"An aim that was deleted" in everything_in(kept)
    assert b"Is this the aim?" in everything_in(kept)
    assert b"2026-03-02" not in everything_in(kept)


FORMS_BY_ENDING = {"jpg": photograph, "webp": webp, "gif": gif, "tiff": tiff}
NS = 'xmlns:w="w" xmlns:w15="w15" xmlns:dc="dc" xmlns:cp="cp" xmlns:dcterms="dcterms"'
WHO = f'w:author="{MARK}" w:date="2026-03-02T14:00:00Z"'
WORD = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/custom.xml" ContentType="x"/></Types>'
    ),
    "_rels/.rels": files_cast.relations(
        ("officeDocument", "word/document.xml", ""), ("custom-properties", "docProps/custom.xml", "")
    ),
    "docProps/core.xml": (
        f"<cp:coreProperties {NS}><dc:creator>{MARK}</dc:creator><cp:lastModifiedBy>{MARK}</cp:lastModifiedBy>"
        f"<dc:title>{MARK}</dc:title><cp:keywords>{MARK}</cp:keywords></cp:coreProperties>"
    ),
    "docProps/app.xml": f"<Properties><Company>{MARK}</Company><Manager>{MARK}</Manager></Properties>",
    "docProps/custom.xml": f"<Properties><property name='School'><v>{MARK}</v></property></Properties>",
    "word/document.xml": (
        f"<w:document {NS}><w:body><w:p w:rsidR='00{MARK}'>"
        f"<w:ins w:id='1' {WHO}><w:r><w:t>An aim</w:t></w:r></w:ins>"
        f"<w:del w:id='2' {WHO}><w:r><w:delText>An aim that was deleted</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3' {WHO}><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        f"<w:rPr><w:rPrChange w:id='4' {WHO}/></w:rPr><w:pPr><w:pPrChange w:id='5' {WHO}/></w:pPr>"
        "</w:p></w:body></w:document>"
    ),
    "word/comments.xml": (
        f"<w:comments {NS}><w:comment w:id='0' {WHO} w:initials='{MARK}'>"
        "<w:p><w:r><w:t>Is this the aim?</w:t></w:r></w:p></w:comment></w:comments>"
    ),
    "word/commentsExtensible.xml": f"<c {NS} xmlns:x='x'><x:comment x:dateUtc='2026-03-02T14:00:00Z'/></c>",
    "word/people.xml": (
        f"<w15:people {NS}><w15:person w15:author='{MARK}'>"
        f"<w15:presenceInfo w15:providerId='AD' w15:userId='S::{MARK}@example.test::1'/></w15:person></w15:people>"
    ),
    "word/settings.xml": f"<w:settings {NS}><w:rsids><w:rsid w:val='{MARK}'/></w:rsids></w:settings>",
}


def film(brand: bytes) -> bytes:
    """As a telephone films: the place in `udta`, Apple's keys and items, XMP, an hour, and a track of positions."""
    place = box(b"\xa9xyz", struct.pack(">HH", 20, 0x15C7) + b"+35.7700-078.6390/" + M)
    android = full(b"loci", struct.pack(">H", 0x15C7) + M + b"\0\0" + bytes(12) + b"earth\0")
    keys = full(b"keys", struct.pack(">I", 1), box(b"mdta", b"com.apple.quicktime.location.ISO6709"))
    items = box(b"ilst", struct.pack(">II", 8 + 16 + len(M), 1), box(b"data", struct.pack(">II", 1, 0) + M))
    xmp = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x:xmpmeta>" + M)
    head = box(b"ftyp", brand, struct.pack(">I", 512), b"isomiso2avc1mp41")
    samples = bytes(range(8)) + M
    mdat = box(b"mdat", samples)
    first = len(head) + 8
    moov = box(
        b"moov",
        full(b"mvhd", struct.pack(">II", 3_800_000_000, 3_800_000_000), bytes(88)),
        track(b"vide", b"", first, 8),
        track(b"meta", M, first + 8, len(M)),
        box(b"udta", place, android),
        box(b"meta", full(b"hdlr", bytes(4), b"mdta", bytes(12)), keys, items),
    )
    return head + mdat + moov + xmp


@pytest.mark.parametrize(("brand", "ending"), [(b"qt  ", "mov"), (b"isom", "mp4")])
def test_a_film_arrives_without_where_and_when_it_was_taken(brand: bytes, ending: str) -> None:
    content = film(brand)
    assert content.count(M) > 4
    kept, told = taken_in(f"lesson.{ending}", content)
    assert M not in kept
    assert b"+35.7700" not in kept
    assert struct.pack(">I", 3_800_000_000) not in kept
    assert told == {TakenOut.PLACE, TakenOut.PROPERTIES, TakenOut.DATA_TRACKS}
    assert len(kept) == len(content)


@pytest.mark.parametrize(
    ("name", "says"),
    [("IMG_0001.HEIC", "Save the photograph as JPEG"), ("scan.tiff", "Save it as JPEG or PNG")],
)
def test_what_cannot_be_cleaned_is_refused_with_what_to_do_instead(name: str, says: str) -> None:
    with pytest.raises(FileNotWelcome, match=says):
        inspecting.inspect(io.BytesIO(b"\0\0\0\x18ftypheic" + bytes(40)), name, list(FileKind))


def test_a_heic_that_is_called_a_jpeg_is_refused() -> None:
    with pytest.raises(FileNotWelcome, match="not what its name says"):
        inspecting.inspect(io.BytesIO(b"\0\0\0\x18ftypheic" + bytes(40)), "IMG_0001.jpg", list(FileKind))
