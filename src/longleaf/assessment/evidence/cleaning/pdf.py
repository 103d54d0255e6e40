"""PDF (ISO 32000): written anew without properties, attachments, scripts and the names under comments.

Only what the pages still need is written, so earlier versions that editors leave in a file go too.
"""

from __future__ import annotations

from typing import IO, Any, BinaryIO, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit
from longleaf.assessment.evidence.cleaning.pictures import without_remarks

# What any object may carry beside itself.
ASIDE = {
    "/Metadata": TakenOut.PROPERTIES,
    "/PieceInfo": TakenOut.PROPERTIES,
    "/LastModified": TakenOut.PROPERTIES,
    "/Thumb": TakenOut.PREVIEW,
    "/AF": TakenOut.ATTACHMENTS,
    "/EF": TakenOut.ATTACHMENTS,
    "/AA": TakenOut.ACTIONS,
    "/JS": TakenOut.ACTIONS,
}
ROOT_ASIDE = {
    "/OpenAction": TakenOut.ACTIONS,
    "/Collection": TakenOut.ATTACHMENTS,
    "/Threads": TakenOut.PROPERTIES,
    "/Perms": TakenOut.NAMES,
    "/DSS": TakenOut.NAMES,
    "/Legal": TakenOut.PROPERTIES,
    "/SpiderInfo": TakenOut.PROPERTIES,
}
NAME_TREES = {"/JavaScript": TakenOut.ACTIONS, "/EmbeddedFiles": TakenOut.ATTACHMENTS, "/Renditions": TakenOut.ACTIONS}
ACTIONS = ("/A", "/PA", "/Next")
# Going to a place in the file, or to a page of the web.
HARMLESS = frozenset({"/GoTo", "/URI", "/Named"})
WEB = ("http://", "https://", "mailto:")
ACTIVE_NOTES = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"})
# The parts of a form are annotations too, but their /T is the name of a field.
FIELDS = frozenset({"/Widget"})
NOTE_REMARKS = ("/T", "/M", "/CreationDate", "/NM")
DEEPEST = 60
PICTURE_FILTERS = ("/DCTDecode",)


def clean(source: IO[bytes], into: IO[bytes]) -> set[TakenOut]:
    """Write the document anew. Raises `Unfit`."""
    try:
        with Pdf.open(cast("BinaryIO", source), suppress_warnings=True) as document:
            return _clean(document, into)
    except pikepdf.PasswordError:
        raise Unfit(Reason.PASSWORD) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, OverflowError, AttributeError):
        # What pikepdf says of a damaged file depends on where the damage is.
        raise Unfit(Reason.DAMAGED) from None


def _clean(document: Pdf, into: IO[bytes]) -> set[TakenOut]:
    if not len(document.pages):
        raise Unfit(Reason.DAMAGED)
    taken: set[TakenOut] = set()
    _clean_trailer(document, taken)
    for page in document.pages:
        _clean_notes(page.obj, taken)
    for each in document.objects:
        _clean_object(each, taken, 0)
    into.seek(0)
    document.save(
        cast("BinaryIO", into),
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return taken


def _clean_trailer(document: Pdf, taken: set[TakenOut]) -> None:
    for key in ("/Info", "/ID"):
        if key in document.trailer:
            told = key == "/Info" and len(document.trailer[key]) > 0
            del document.trailer[key]
            taken |= {TakenOut.PROPERTIES} if told else set()
    root = document.Root
    _drop(root, ROOT_ASIDE, taken)
    if isinstance(root.get("/Names"), Dictionary):
        _drop(root.Names, NAME_TREES, taken)
    if isinstance(root.get("/AcroForm"), Dictionary):
        _drop(root.AcroForm, {"/XFA": TakenOut.ACTIONS}, taken)


def _clean_notes(page: Any, taken: set[TakenOut]) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [each for each in notes if isinstance(each, Dictionary) and _kind(each) not in ACTIVE_NOTES]
    if len(kept) < len(notes):
        taken.add(TakenOut.ATTACHMENTS)
        page.Annots = Array(kept)
    for each in kept:
        if _kind(each) not in FIELDS:
            _drop(each, dict.fromkeys(NOTE_REMARKS, TakenOut.NAMES), taken)


def _kind(note: Dictionary) -> str:
    return str(note.get("/Subtype", ""))


def _clean_object(found: Any, taken: set[TakenOut], depth: int) -> None:
    """An object and what stands in it directly; what it points to has its own turn."""
    if depth > DEEPEST:
        raise Unfit(Reason.TOO_MUCH)
    if isinstance(found, Stream | Dictionary):
        _clean_dictionary(found, taken)
        if isinstance(found, Stream):
            _clean_picture(found, taken)
        inside = [value for _, value in found.items()]
    elif isinstance(found, Array):
        inside = list(found)
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _clean_object(value, taken, depth + 1)


def _clean_dictionary(found: Any, taken: set[TakenOut]) -> None:
    _drop(found, ASIDE, taken)
    for key in ACTIONS:
        if key in found and not _is_harmless(found[key]):
            del found[key]
            taken.add(TakenOut.ACTIONS)
    if found.get("/FT") == Name.Sig and "/V" in found:
        del found["/V"]
        taken.add(TakenOut.NAMES)


def _is_harmless(action: Any) -> bool:
    if not isinstance(action, Dictionary) or "/S" not in action:
        # The same key means other things elsewhere, such as the attributes of a tag.
        return True
    kind = str(action.S)
    if kind == "/URI":
        return str(action.get("/URI", "")).lower().startswith(WEB)
    return kind in HARMLESS or not _is_action(kind)


def _is_action(kind: str) -> bool:
    return kind in {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Rendition"),
        *("/Movie", "/Sound", "/RichMediaExecute", "/Hide", "/GoTo3DView", "/Trans", "/Thread", "/SetOCGState"),
    }


def _clean_picture(stream: Any, taken: set[TakenOut]) -> None:
    coded = stream.get("/Filter")
    filters = [str(each) for each in coded] if isinstance(coded, Array) else [str(coded)]
    if tuple(filters) != PICTURE_FILTERS:
        return
    before = stream.read_raw_bytes()
    after = without_remarks(before)
    if after != before:
        taken.add(TakenOut.PICTURE_REMARKS)
        stream.write(after, filter=coded, decode_parms=stream.get("/DecodeParms"))


def _drop(found: Any, keys: dict[str, TakenOut], taken: set[TakenOut]) -> None:
    for key, what in keys.items():
        if key in found:
            del found[key]
            taken.add(what)
