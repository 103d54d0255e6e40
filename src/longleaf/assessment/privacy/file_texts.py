"""The text of a PDF or an office document, to be searched. No Django, no database.

What a document said of itself (title, author) was taken out when the file came (`evidence.cleaning`). Bounded: so many
bytes, so many pages, so many characters; what lies beyond is told as not looked through. Nothing of a document is run,
and its XML is not parsed but stripped of its tags, so that no entity is ever expanded.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from longleaf.assessment.evidence.cleaning.damage import ZIP_ERRORS
from longleaf.assessment.status import FileKind, TextState

# About eighty pages of writing: far beyond what a requirement asks for.
MOST_CHARACTERS = 200_000
MOST_PAGES = 150
# Scans and slides are larger and hold little text for their size.
MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 400
# Forms in forms: more than any program writes.
DEEPEST = 4

# Pictures, films and documents inside a document: what they say is not read.
SHOWN_PARTS = re.compile(r"(word|ppt|xl)/(media|embeddings)/.+|Pictures/.+")
TEXT_PARTS = re.compile(
    r"(word/(document|header\d*|footer\d*|footnotes|endnotes|comments)|ppt/(slides|notesSlides|comments)/[^/]+"
    r"|xl/(sharedStrings|worksheets/[^/]+|comments\d*)|content|styles)\.xml"
)
NEW_LINE = re.compile(r"</(w:p|a:p|w:tc|text:p|text:h|si|c|is)>")
SPACE = re.compile(r"<(w:tab|w:br|w:cr|a:br|text:s|text:tab|text:line-break)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
# Broken documents make a reader stumble in ways of its own.
PDF_ERRORS = (
    *(PyPdfError, OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
    *(RecursionError, NotImplementedError, zlib.error),
)


@dataclass(frozen=True)
class Text:
    """What could be read, and how far."""

    state: TextState
    text: str


def read_text(file: IO[bytes], kind: FileKind, size: int) -> Text:
    """The text of a file of `size` bytes; unreadable where there is none, as in a scan, or where it is damaged."""
    if size > MOST_BYTES:
        return Text(TextState.UNREADABLE, "")
    pieces, whole = _collected(_of_pdf(file) if kind is FileKind.PDF else _of_office(file))
    text = pieces.replace("\x00", "").strip()
    if not text:
        return Text(TextState.UNREADABLE, "")
    return Text(TextState.READ if whole else TextState.PART, text)


def _collected(pieces: Iterator[str | None]) -> tuple[str, bool]:
    """The pieces up to the bound, and whether that was all; None among them says that something was passed over."""
    kept: list[str] = []
    left, whole = MOST_CHARACTERS, True
    for piece in pieces:
        if piece is None:
            whole = False
            continue
        kept.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            return "\n".join(kept), False
    return "\n".join(kept), whole


def _of_pdf(file: IO[bytes]) -> Iterator[str | None]:
    try:
        reader = PdfReader(file, strict=False)
        pages = len(reader.pages)
    except PDF_ERRORS:
        yield None
        return
    for number in range(min(pages, MOST_PAGES)):
        try:
            text = reader.pages[number].extract_text()
        except PDF_ERRORS:
            yield None
        else:
            # A page without a word is a picture of one, and beside words a picture may show others.
            yield text if text.strip() else None
            if _shows_pictures(reader.pages[number]):
                yield None
    if pages > MOST_PAGES:
        yield None


def _shows_pictures(holder: Any, deep: int = DEEPEST) -> bool:
    """Whether a page, or a form that is drawn on it, draws a picture."""
    try:
        drawn = [each.get_object() for each in holder["/Resources"]["/XObject"].get_object().values()]
        kinds = [str(each.get("/Subtype", "")) for each in drawn]
    except PDF_ERRORS:
        return False
    forms = [each for each, kind in zip(drawn, kinds, strict=True) if kind == "/Form"]
    return "/Image" in kinds or (deep > 0 and any(_shows_pictures(each, deep - 1) for each in forms))


def _of_office(file: IO[bytes]) -> Iterator[str | None]:
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(file) as parts:
            listed = [each for each in parts.infolist() if TEXT_PARTS.fullmatch(each.filename)]
            for part in listed[:MOST_PARTS]:
                with parts.open(part) as packed:
                    raw = packed.read(left + 1)
                left -= len(raw)
                yield _plain(raw[: left + len(raw)].decode("utf-8", errors="replace"))
                if left <= 0:
                    break
            has_more = any(SHOWN_PARTS.fullmatch(each.filename) and each.file_size for each in parts.infolist())
            if left <= 0 or len(listed) > MOST_PARTS or has_more:
                yield None
    except ZIP_ERRORS:
        yield None


def _plain(xml: str) -> str:
    """A word is often cut into runs, so a tag leaves nothing behind; ends of paragraphs and cells leave a line end."""
    text = TAG.sub("", SPACE.sub(" ", NEW_LINE.sub("\n", xml)))
    return html.unescape(text).strip()
