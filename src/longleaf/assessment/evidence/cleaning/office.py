"""Office documents, which are zip files of XML parts: each part is written anew by its rule (`office_rules`).

Limits hold on what unpacks, counted as it unpacks and not as the file claims. Names that lead out of the archive, names
that come twice, locked parts and macros are refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from longleaf.assessment.evidence.cleaning import mp3, mp4, ogg, wav, webm
from longleaf.assessment.evidence.cleaning.bytewise import AT_ONCE, copy_whole
from longleaf.assessment.evidence.cleaning.damage import ZIP_ERRORS
from longleaf.assessment.evidence.cleaning.office_rules import Content, Listing, Nothing, Relations, Settings
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit
from longleaf.assessment.evidence.cleaning.shown import plain_picture
from longleaf.assessment.evidence.cleaning.xml import rewrite

MOST_PARTS = 10_000
# A text of a thousand pages unpacks into about 20 MB, a full spreadsheet into about 100.
MOST_OF_A_TEXT = 150 * 1024 * 1024
MOST_IN_ALL = 600 * 1024 * 1024
KEPT_IN_MEMORY = 4 * 1024 * 1024
LONG_AGO = (1980, 1, 1, 0, 0, 0)
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
LOCKED = 0x1

XML = frozenset({".xml", ".rels", ".vml", ".svg", ".rdf"})
PICTURES = frozenset({".jpg", ".jpeg", ".jfif", ".jpe", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib",
                      ".emf", ".wmf", ".emz", ".wmz"})  # fmt: skip
RECORDINGS = {".mp4": mp4.clean, ".m4v": mp4.clean, ".mov": mp4.clean, ".m4a": mp4.clean, ".mp3": mp3.clean,
              ".wav": wav.clean, ".ogg": ogg.clean, ".webm": webm.clean}  # fmt: skip
# What says nothing of anybody: letters to write with, and what kind of document it is.
KEPT = frozenset({".odttf", ".ttf", ".otf", ".fntdata", ".mimetype"})
NESTED = frozenset({".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods"})
# Names below which, or as which, parts are left out.
LEFT_OUT = {
    "docProps/": TakenOut.PROPERTIES,
    "customXml/": TakenOut.PROPERTIES,
    "_xmlsignatures/": TakenOut.NAMES,
    "xl/revisions/": TakenOut.NAMES,
    "xl/printerSettings/": TakenOut.PROPERTIES,
    "Thumbnails/": TakenOut.PREVIEW,
    "META-INF/documentsignatures.xml": TakenOut.NAMES,
    "layout-cache": TakenOut.PROPERTIES,
}
MACROS = ("Basic/", "Scripts/")
MACRO_MARK = b"macroEnabled"
LISTINGS = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
DEEPEST = 2


@dataclass
class Cleaning:
    """A document while it is being cleaned."""

    into: zipfile.ZipFile
    depth: int
    gone: frozenset[str]
    unpacked: int = 0
    taken: set[TakenOut] = field(default_factory=set)


def clean(source: IO[bytes], into: IO[bytes], depth: int = 0) -> set[TakenOut]:
    """Write the document anew. Raises `Unfit`."""
    into.seek(0)
    try:
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(into, "w") as new:
            _require_decent(old)
            work = Cleaning(new, depth, frozenset(name for name in old.namelist() if _left_out(name)))
            for part in old.infolist():
                _clean_part(work, old, part)
            return work.taken
    except ZIP_ERRORS:
        raise Unfit(Reason.DAMAGED) from None


def _require_decent(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        raise Unfit(Reason.TOO_MUCH)
    if len({name.lower() for name in names}) < len(names) or any(_leads_out(name) for name in names):
        raise Unfit(Reason.DAMAGED)
    if any(part.flag_bits & LOCKED for part in parts):
        raise Unfit(Reason.PASSWORD)
    if any(part.compress_type not in PACKED for part in parts):
        raise Unfit(Reason.DAMAGED)
    if any(name.startswith(MACROS) or name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise Unfit(Reason.MACROS)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name


def _left_out(name: str) -> TakenOut | None:
    return next((what for begins, what in LEFT_OUT.items() if name.startswith(begins)), None)


def _clean_part(work: Cleaning, old: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename
    if what := _left_out(name):
        work.taken.add(what)
        return
    if part.is_dir():
        work.into.writestr(_head(part), b"")
        return
    with _spool() as before, _spool() as after:
        _unpack(work, old, part, before)
        before.seek(0)
        _write(work, name, before, after)
        after.seek(0)
        with work.into.open(_head(part), "w", force_zip64=after.seek(0, 2) > zipfile.ZIP64_LIMIT) as written:
            after.seek(0)
            while read := after.read(AT_ONCE):
                written.write(read)


def _spool() -> IO[bytes]:
    return cast("IO[bytes]", SpooledTemporaryFile(KEPT_IN_MEMORY))


def _head(part: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same name and packing, without dates, remarks and the system it was made on."""
    head = zipfile.ZipInfo(part.filename, LONG_AGO)
    head.compress_type = part.compress_type
    return head


def _unpack(work: Cleaning, old: zipfile.ZipFile, part: zipfile.ZipInfo, into: IO[bytes]) -> None:
    most = MOST_OF_A_TEXT if _ending(part.filename) in XML else MOST_IN_ALL
    here = 0
    with old.open(part) as packed:
        while read := packed.read(AT_ONCE):
            here += len(read)
            work.unpacked += len(read)
            if here > most or work.unpacked > MOST_IN_ALL:
                raise Unfit(Reason.TOO_MUCH)
            into.write(read)


def _ending(name: str) -> str:
    # The list of a package's own relationships is called nothing but `.rels`.
    return "." + name.lower().rpartition("/")[2].rpartition(".")[2]


def _write(work: Cleaning, name: str, before: IO[bytes], after: IO[bytes]) -> None:
    ending = _ending(name)
    if ending in XML:
        _write_xml(work, name, before, after)
    elif ending in PICTURES:
        _write_picture(work, before, after)
    elif ending in RECORDINGS:
        work.taken |= RECORDINGS[ending](before, after)
    elif ending in NESTED:
        if work.depth >= DEEPEST:
            raise Unfit(Reason.TOO_MUCH)
        work.taken |= clean(before, after, work.depth + 1)
    elif ending == ".bin" or name.startswith("ObjectReplacements/"):
        # Objects of other programs, controls and printers' settings. The page shows their picture.
        work.taken |= {TakenOut.ATTACHMENTS} if before.read(1) else set()
    elif ending in KEPT:
        copy_whole(before, after)
    else:
        # Its place stays, empty: the document still opens, and nothing goes on unseen.
        work.taken |= {TakenOut.UNSEEN} if before.read(1) else set()


def _write_picture(work: Cleaning, before: IO[bytes], after: IO[bytes]) -> None:
    whole = before.read()
    plain = plain_picture(whole)
    if plain != whole:
        work.taken.add(TakenOut.PICTURE_REMARKS if plain else TakenOut.UNSEEN)
    after.write(plain)


def _write_xml(work: Cleaning, name: str, before: IO[bytes], after: IO[bytes]) -> None:
    rule = _rule(work, name)
    if name in LISTINGS:
        _require_no_macros(before)
    rewrite(before, after, rule)
    work.taken |= rule.taken


def _require_no_macros(listing: IO[bytes]) -> None:
    if MACRO_MARK in listing.read():
        raise Unfit(Reason.MACROS)
    listing.seek(0)


def _rule(work: Cleaning, name: str) -> Content:
    if name in LISTINGS:
        return Listing(gone=work.gone)
    rules: dict[str, Callable[[], Content]] = {"meta.xml": Nothing, "settings.xml": Settings, "app.xml": Nothing}
    if name.endswith(".rels"):
        return Relations()
    if "/" not in name and name in rules:
        return rules[name]()
    return Content()
