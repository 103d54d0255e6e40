"""Files that carry what they should not: each has MARK wherever its form lets something be written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import cache

import pikepdf
from PIL import Image

from longleaf.assessment.evidence.cleaning import ogg
from longleaf.assessment.evidence.cleaning import pdf as cleaning_pdf

MARK = "MariaLopezPhone"
M = MARK.encode()


def dirty_jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = MARK
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    Image.new("RGB", (8, 8), (90, 120, 60)).save(file, "JPEG", exif=exif, comment=M)
    return file.getvalue() + M


def dirty_png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    plain = file.getvalue()
    remark = struct.pack(">I4s", len(M) + 2, b"tEXt") + b"a\0" + M + bytes(4)
    return plain[:33] + remark + plain[33:] + M


@cache
def pdf(mark: str = "") -> bytes:
    """One empty page, as it is kept; with a mark, with all that a PDF can carry beside its pages."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    if mark:
        _burden(document, page, mark)
    file = io.BytesIO()
    document.save(file)
    if mark:
        return file.getvalue()
    kept = io.BytesIO()
    cleaning_pdf.clean(file, kept)
    return kept.getvalue()


def _burden(document: pikepdf.Pdf, page: pikepdf.Page, mark: str) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(mark))
    document.docinfo["/Author"] = mark
    document.docinfo["/Producer"] = mark
    document.Root.Metadata = pikepdf.Stream(document, f"<x:xmpmeta>{mark}</x:xmpmeta>".encode())
    document.Root.OpenAction = document.make_indirect(script)
    document.Root.AA = pikepdf.Dictionary(WC=script)
    document.attachments["a.txt"] = pikepdf.AttachedFileSpec(document, mark.encode(), filename=mark)
    document.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String(mark), script]))
    picture = pikepdf.Stream(document, dirty_jpeg())
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.obj.PieceInfo = pikepdf.Dictionary(Program=pikepdf.Dictionary(Private=pikepdf.String(mark)))
    note = pikepdf.Dictionary(
        Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=pikepdf.String(mark), Contents=pikepdf.String("Well said")
    )
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(mark))
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)
    web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/"), Next=script)
    attached = pikepdf.Dictionary(
        Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9],
        FS=pikepdf.Dictionary(F=pikepdf.String(mark), EF=pikepdf.Dictionary(F=pikepdf.Stream(document, mark.encode()))),
    )  # fmt: skip
    page.obj.Annots = document.make_indirect(
        pikepdf.Array([note, link, pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=web), attached])
    )


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 3, 4, 5, 6, 8))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*pairs: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{KINDS}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


OUTSIDE = ' TargetMode="External"'


def docx(mark: str = MARK) -> bytes:
    """A text with everything that Word writes about people and computers."""
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/>'
                '<Override PartName="/docProps/core.xml" ContentType="x"/></Types>'
            ),
            "_rels/.rels": relations(
                ("officeDocument", "word/document.xml", ""),
                ("metadata/core-properties", "docProps/core.xml", ""),
                ("metadata/thumbnail", "docProps/thumbnail.jpeg", ""),
            ),
            "docProps/core.xml": f"<cp><creator>{mark}</creator></cp>",
            "docProps/app.xml": f"<Properties><Company>{mark}</Company></Properties>",
            "docProps/thumbnail.jpeg": dirty_jpeg(),
            "customXml/item1.xml": f"<a>{mark}</a>",
            "word/document.xml": (
                f'<w:document xmlns:w="w"><!-- {mark} --><?hidden {mark}?>'
                f"<w:p w:rsidR='00{mark}'><w:ins w:id='1' w:author='{mark}' w:date='2026-01-01T00:00:00Z'>"
                "<w:r><w:t xml:space='preserve'>A &lt;claim&gt; &amp; its evidence </w:t></w:r></w:ins></w:p>"
                "</w:document>"
            ),
            "word/comments.xml": f'<c xmlns:w="w"><w:comment w:id="0" w:author="{mark}" w:initials="{mark}"/></c>',
            "word/people.xml": (
                f'<p xmlns:w15="w15"><w15:person w15:author="{mark}">'
                f'<w15:presenceInfo w15:providerId="AD" w15:userId="{mark}"/></w15:person></p>'
            ),
            "word/settings.xml": f'<s xmlns:w="w"><w:rsids><w:rsid w:val="{mark}"/></w:rsids></s>',
            "word/_rels/settings.xml.rels": relations(("attachedTemplate", f"file:///C:/Users/{mark}/a.dotm", OUTSIDE)),
            "word/_rels/document.xml.rels": relations(
                ("image", f"file:///C:/Users/{mark}/a.png", OUTSIDE),
                ("hyperlink", "https://example.org/", OUTSIDE),
                ("comments", "comments.xml", ""),
            ),
            "word/media/image1.jpeg": dirty_jpeg(),
            "word/media/image2.png": dirty_png(),
            "word/embeddings/oleObject1.bin": mark,
            "word/embeddings/sheet.xlsx": zipped({"docProps/core.xml": mark, "xl/workbook.xml": _workbook(mark)}),
        }
    )


def _workbook(mark: str) -> str:
    return f'<workbook xmlns:x15ac="x"><fileSharing userName="{mark}"/><x15ac:absPath url="C:/{mark}/"/></workbook>'


def xlsx(mark: str = MARK) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": _workbook(mark),
            "xl/comments1.xml": (
                f"<comments><authors><author>{mark}</author></authors>"
                f"<commentList><comment><text><r><t>{mark}:</t></r><r><t>Why?</t></r></text></comment></commentList></comments>"
            ),
            "xl/persons/person.xml": f'<l><person displayName="{mark}" userId="{mark}" providerId="AD"/></l>',
            "xl/printerSettings/printerSettings1.bin": mark,
        }
    )


def pptx(mark: str = MARK) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": "<p/>",
            "ppt/commentAuthors.xml": f'<l xmlns:p="p"><p:cmAuthor id="0" name="{mark}" initials="{mark}"/></l>',
            "ppt/authors.xml": f'<l xmlns:p="p"><p:author id="0" name="{mark}" userId="{mark}" providerId="AD"/></l>',
            "ppt/media/media1.mp4": mp4(M),
        }
    )


def odt(mark: str = MARK) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f'<d xmlns:dc="dc" xmlns:t="t"><annotation><dc:creator>{mark}</dc:creator>'
                f"<dc:date>2026-01-02T03:04:05</dc:date>Well said</annotation><t:author-name>{mark}</t:author-name></d>"
            ),
            "meta.xml": f'<m xmlns:dc="dc"><meta><dc:creator>{mark}</dc:creator></meta></m>',
            "settings.xml": f'<s xmlns:c="c"><c:config-item c:name="PrinterName">{mark}</c:config-item></s>',
            "Thumbnails/thumbnail.png": dirty_png(),
            "META-INF/manifest.xml": '<m xmlns:x="x"><x:file-entry x:full-path="Thumbnails/thumbnail.png"/></m>',
        }
    )


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full(kind: bytes, *inside: bytes) -> bytes:
    return box(kind, bytes(4), *inside)


def track(handler: bytes, mark: bytes, chunk: int, size: int) -> bytes:
    """A track with one chunk of one sample."""
    tables = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 0)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stsz", struct.pack(">II", size, 1)),
        full(b"stco", struct.pack(">II", 1, chunk)),
    )
    dated = struct.pack(">II", 3_000_000_000, 3_000_000_000) if mark else bytes(8)
    paths = full(b"dref", struct.pack(">I", 1), box(b"alis", bytes(3), b"\0" if mark else b"\1", mark))
    return box(
        b"trak",
        full(b"tkhd", dated, bytes(72)),
        box(
            b"mdia",
            full(b"mdhd", dated, bytes(12)),
            full(b"hdlr", bytes(4), handler, bytes(12), mark, b"\0"),
            box(b"minf", box(b"dinf", paths), tables),
        ),
        *([box(b"udta", box(b"\xa9xyz", mark)), box(b"meta", mark)] if mark else []),
    )


def mp4(mark: bytes = b"", brand: bytes = b"isom") -> bytes:
    """A film of one picture; with a mark, with all that cameras write beside it."""
    head = box(b"ftyp", brand, struct.pack(">I", 512), b"isomiso2avc1mp41")
    picture, positions = b"PICTURES" * 4, mark * 2
    first = len(head) + 8
    dated = struct.pack(">II", 3_000_000_000, 3_000_000_000) if mark else bytes(8)
    tracks = [track(b"vide", mark, first, len(picture))]
    if mark:
        tracks.append(track(b"meta", mark, first + len(picture), len(positions)))
    aside = [box(b"udta", box(b"\xa9xyz", mark)), box(b"meta", mark)] if mark else []
    after = [box(b"uuid", mark), box(b"free", mark), box(b"GPS ", mark)] if mark else []
    moov = box(b"moov", full(b"mvhd", dated, bytes(88)), *tracks, *aside)
    return b"".join([head, box(b"mdat", picture, positions), moov, *after])


def element(ident: str, *inside: bytes, is_open: bool = False) -> bytes:
    content = b"".join(inside)
    size = b"\x01" + b"\xff" * 7 if is_open else ((1 << 56) | len(content)).to_bytes(8, "big")
    return bytes.fromhex(ident) + size + content


def webm(mark: bytes = b"", *, is_open: bool = False) -> bytes:
    head = bytes.fromhex("1a45dfa38b 428284") + b"webm" + bytes.fromhex("42878104")
    program = mark or bytes(2)
    info = element("1549a966", element("2ad7b1", b"\x0f\x42\x40"), element("4d80", program), element("5741", program),
                   *([element("7ba9", mark), element("4461", mark[:8])] if mark else []))  # fmt: skip
    name = [element("536e", mark)] if mark else []
    tracks = element("1654ae6b", element("ae", element("d7", b"\x01"), element("86", b"V_VP8"), *name))
    cluster = element("1f43b675", element("e7", b"\0"), element("a3", b"\x81\0\0\x80PICTURE"),
                      *([element("ec", mark)] if mark else []), is_open=is_open)  # fmt: skip
    aside = [element("1254c367", mark), element("1941a469", mark), element("1043a770", mark)] if mark else []
    # Tags after a cluster with an open size would be read as its own, as players do; recorders write them first.
    order = [info, *aside, tracks, cluster] if is_open else [info, tracks, cluster, *aside]
    return head + element("18538067", *order, is_open=is_open)


def ogg_page(serial: int, number: int, flags: int, *packets: bytes) -> bytes:
    lacing = b"".join(bytes([255] * (len(each) // 255) + [len(each) % 255]) for each in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, 0, serial, number, 0, len(lacing))
    page = head + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", ogg._checksum(page)) + page[26:]


def vorbis(mark: bytes = b"") -> bytes:
    comment = b"ARTIST=" + mark
    remarks = struct.pack("<I", len(mark)) + mark + struct.pack("<II", 1, len(comment)) + comment
    plain = struct.pack("<I", 6) + b" " * 6 + bytes(4)
    comments = b"\x03vorbis" + (remarks if mark else plain) + b"\x01"
    return (
        ogg_page(7, 0, 2, b"\x01vorbis" + bytes(23))
        + ogg_page(7, 1, 0, comments, b"\x05vorbis" + bytes(20))
        + ogg_page(7, 2, 4, b"SOUND" * 8)
    )


MP3_FRAME = b"\xff\xfb\x90\x00" + b"\x55" * 413


def mp3(mark: bytes = b"") -> bytes:
    size = len(mark) + 20
    before = b"ID3\x04\0\0" + bytes([0, 0, size >> 7, size & 127]) + mark + bytes(20) if mark else b""
    after = b"APETAGEX" + mark + b"TAG" + mark.ljust(125, b"\0") if mark else b""
    return before + MP3_FRAME * 6 + after


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack("<I", len(each)) + each + bytes(len(each) % 2) for name, each in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def wav(mark: bytes = b"") -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    remarks = [(b"LIST", b"INFOIART" + mark), (b"bext", mark)] if mark else []
    return riff((b"fmt ", form), *remarks, (b"data", b"\x80" * 800), *remarks)
