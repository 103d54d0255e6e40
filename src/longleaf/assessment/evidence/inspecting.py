"""Looking at a file that has arrived: is it what its name says, and is it safe to hand to an assessor?

The name's ending says what it is meant to be; libmagic says what its first bytes are; the two must agree. Images are
drawn anew, which leaves behind where and when they were taken and whatever else they carried; everything else is
written anew by `cleaning`, without what it carries unseen. No Django, no database.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import SEEK_END
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from PIL import Image, ImageOps

from longleaf.assessment.errors import FileNotWelcome
from longleaf.assessment.evidence import signatures
from longleaf.assessment.evidence.cleaning import apart
from longleaf.assessment.evidence.cleaning.outcome import SENTENCES, TakenOut, Unfit
from longleaf.assessment.status import FileKind

try:
    import magic
except ImportError:  # libmagic is not installed: a few signatures take its place, and `longleaf check` says so.
    magic = None  # type: ignore[assignment]

# What libmagic needs to see of a file to know it.
HEAD = 65_536
# An office document says in its list of parts, at the end of the file, that it is one.
TAIL = 65_536
OFFICE_MARK = b"[Content_Types].xml"
# A photograph of 64 million points is drawn in about 200 MB of memory; a larger one is a mistake or an attack.
MOST_PIXELS = 64_000_000
# Pillow stumbles over damaged pictures in ways of its own.
PILLOW_ERRORS = (
    *(OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, EOFError, struct.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


@dataclass(frozen=True)
class Welcome:
    """What a name's ending promises, and what libmagic may call it."""

    kind: FileKind
    media_type: str
    seen_as: frozenset[str]


@dataclass(frozen=True)
class Inspected:
    """A file fit to be kept. `content` is another file than the one that was brought, without what was taken out."""

    kind: FileKind
    media_type: str
    content: IO[bytes]
    taken_out: Sequence[TakenOut] = ()


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
# How libmagic names a document whose parts stand in another order than it expects; then OFFICE_MARK decides.
ZIPPED = frozenset({"application/zip", "application/octet-stream"})
MP4 = frozenset({"video/mp4", "audio/mp4", "audio/x-m4a", "video/x-m4v", "video/quicktime"})
OGG = frozenset({"audio/ogg", "video/ogg", "application/ogg"})
WAV = frozenset({"audio/wav", "audio/x-wav", "audio/vnd.wave"})


def _welcome(kind: FileKind, media_type: str, seen_as: Collection[str] = ()) -> Welcome:
    return Welcome(kind, media_type, frozenset({media_type, *seen_as}))


# Office documents that can carry programs (.doc, .docm and their like) are not here: an assessor opens what they get.
ENDINGS = {
    ".pdf": _welcome(FileKind.PDF, "application/pdf"),
    ".docx": _welcome(FileKind.OFFICE, f"{OOXML}.wordprocessingml.document", ZIPPED),
    ".pptx": _welcome(FileKind.OFFICE, f"{OOXML}.presentationml.presentation", ZIPPED),
    ".xlsx": _welcome(FileKind.OFFICE, f"{OOXML}.spreadsheetml.sheet", ZIPPED),
    ".odt": _welcome(FileKind.OFFICE, f"{ODF}.text"),
    ".odp": _welcome(FileKind.OFFICE, f"{ODF}.presentation"),
    ".ods": _welcome(FileKind.OFFICE, f"{ODF}.spreadsheet"),
    ".jpg": _welcome(FileKind.IMAGE, "image/jpeg"),
    ".jpeg": _welcome(FileKind.IMAGE, "image/jpeg"),
    ".png": _welcome(FileKind.IMAGE, "image/png"),
    ".webp": _welcome(FileKind.IMAGE, "image/webp"),
    ".mp3": _welcome(FileKind.AUDIO, "audio/mpeg"),
    ".m4a": _welcome(FileKind.AUDIO, "audio/mp4", MP4),
    ".wav": _welcome(FileKind.AUDIO, "audio/wav", WAV),
    ".ogg": _welcome(FileKind.AUDIO, "audio/ogg", OGG),
    ".mp4": _welcome(FileKind.VIDEO, "video/mp4", MP4),
    ".m4v": _welcome(FileKind.VIDEO, "video/mp4", MP4),
    ".mov": _welcome(FileKind.VIDEO, "video/quicktime", MP4),
    ".webm": _welcome(FileKind.VIDEO, "video/webm"),
}
KIND_WORDS = {
    FileKind.PDF: "PDF",
    FileKind.OFFICE: "Word, PowerPoint, Excel or OpenDocument",
    FileKind.IMAGE: "images (JPEG, PNG, WebP)",
    FileKind.AUDIO: "audio (MP3, M4A, WAV, Ogg)",
    FileKind.VIDEO: "video (MP4, MOV, WebM)",
}
# What to do with files that people bring often and that cannot be taken.
ADVICE = {
    ".doc": "Save it as .docx or PDF and add that.",
    ".ppt": "Save it as .pptx or PDF and add that.",
    ".xls": "Save it as .xlsx or PDF and add that.",
    ".pages": "Export it as PDF and add that.",
    ".heic": "Save the photograph as JPEG and add that.",
    ".heif": "Save the photograph as JPEG and add that.",
    ".tif": "Save it as JPEG or PNG and add that.",
    ".tiff": "Save it as JPEG or PNG and add that.",
    ".gif": "Save it as PNG, or as a video, and add that.",
    ".avi": "Save it as MP4 and add that.",
    ".zip": "Unpack it and add its files one by one.",
}
# Which module of `cleaning` knows the form of a file.
FORMS = {
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "mp4",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "video/quicktime": "mp4",
    "video/webm": "webm",
}
INSTEAD = {FileKind.AUDIO: "MP3 or M4A", FileKind.VIDEO: "MP4"}
GPS = 0x8825
SAVE_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def expected(name: str, kinds: Collection[str]) -> Welcome:
    """What a file of this name should turn out to be. Raises `FileNotWelcome` unless it is one of `kinds`."""
    ending = PurePath(name.lower()).suffix
    found = ENDINGS.get(ending)
    if found is None or found.kind not in kinds:
        advice = ADVICE.get(ending, "") if found is None else ""
        raise refused(f"“{name}” cannot be taken here. Welcome: {in_words(kinds)}. {advice}".strip())
    return found


def inspect(file: IO[bytes], name: str, kinds: Collection[str]) -> Inspected:
    """Compare a file with its name, and write it anew. Raises `FileNotWelcome` with what to do instead."""
    promised = expected(name, kinds)
    seen = magic.from_buffer(_head(file), mime=True) if magic else signatures.seen_as(_head(file))
    if seen not in promised.seen_as or (seen in ZIPPED and not _lists_office_parts(file)):
        raise refused(f"“{name}” is not what its name says. Open it on your device, save it again, and add it anew.")
    if promised.kind is FileKind.IMAGE:
        content, taken_out = _drawn_anew(file, name, promised.media_type)
    else:
        content, taken_out = _cleaned(file, name, promised)
    return Inspected(promised.kind, promised.media_type, content, taken_out)


def in_words(kinds: Collection[str]) -> str:
    """The kinds of file that are welcome, as people call them."""
    words = ", ".join(words for kind, words in KIND_WORDS.items() if kind in kinds)
    return words[:1].upper() + words[1:]


def endings(kinds: Collection[str]) -> list[str]:
    """The endings that are welcome, for the browser's file picker."""
    return [ending for ending, welcome in ENDINGS.items() if welcome.kind in kinds]


def refused(sentence: str) -> FileNotWelcome:
    """The error for the field `file`."""
    return FileNotWelcome(sentence, fields={"file": sentence})


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(HEAD)


def _lists_office_parts(file: IO[bytes]) -> bool:
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - TAIL))
    return OFFICE_MARK in file.read(TAIL)


def _cleaned(file: IO[bytes], name: str, promised: Welcome) -> tuple[IO[bytes], Sequence[TakenOut]]:
    """The same document or recording as a new file, and what was left behind."""
    cleaned = TemporaryFile()  # noqa: SIM115 (whoever gets it closes it)
    try:
        return cleaned, apart.clean(FORMS.get(promised.media_type, "office"), file, cleaned)
    except Unfit as unfit:
        cleaned.close()
        instead = INSTEAD.get(promised.kind, "PDF")
        raise refused(SENTENCES[unfit.reason].format(name=name, instead=instead)) from None


def _drawn_anew(file: IO[bytes], name: str, media_type: str) -> tuple[IO[bytes], Sequence[TakenOut]]:
    """The same picture as a new file: turned upright, without place, time and everything else it carried."""
    drawn = TemporaryFile()  # noqa: SIM115 (whoever gets it closes it)
    file.seek(0)
    try:
        with Image.open(file, formats=[SAVE_FORMATS[media_type]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise refused(f"“{name}” has more than 64 million points. Make it smaller and add it anew.")
            # Read first and then forgotten, so that only the orientation is taken from what may be broken remarks.
            taken_out = _remarks_of(picture)
            picture.info = _plain_info(picture)
            _save_plain(ImageOps.exif_transpose(picture), drawn, SAVE_FORMATS[media_type])
    except PILLOW_ERRORS:
        drawn.close()
        raise refused(
            f"“{name}” cannot be read as an image. Open it on your device, save it again, and add it anew."
        ) from None
    except FileNotWelcome:
        drawn.close()
        raise
    return drawn, taken_out


def _remarks_of(picture: Image.Image) -> list[TakenOut]:
    """What a picture says beside itself. Reading it first also keeps broken remarks from breaking what follows."""
    remarks = picture.getexif()
    found = {TakenOut.PROPERTIES} if remarks or picture.info.keys() & {"xmp", "comment", "icc_profile"} else set()
    return sorted(found | ({TakenOut.PLACE} if GPS in remarks else set()))


def _save_plain(picture: Image.Image, into: IO[bytes], image_format: str) -> None:
    plain = picture if picture.mode in {"RGB", "RGBA", "L", "LA", "P", "1"} else picture.convert("RGB")
    if image_format == "JPEG" and plain.mode not in {"RGB", "L"}:
        plain = plain.convert("RGB")
    plain.info = _plain_info(plain)
    # The colour profile stays behind too: it can name the device.
    plain.save(into, image_format, quality=90)


def _plain_info(picture: Image.Image) -> dict[Any, Any]:
    return {key: value for key, value in picture.info.items() if key == "transparency"}
