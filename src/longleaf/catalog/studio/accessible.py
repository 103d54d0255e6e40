"""What software can find out of whether a file can be read by everybody: an answer and a sentence for each thing.

None is an answer too: somebody has to look. Values in, values out; no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, BinaryIO, TypeAlias, cast

import pikepdf
from pikepdf import Array, Dictionary, Name

Found: TypeAlias = tuple[bool | None, str]
PDF = "application/pdf"
# Text is looked for on so many pages; a long scan has none on the first ones either.
PAGES_READ = 5
# A structure deeper or larger than that is an attack or a mistake, and nobody waits for it.
MOST_ELEMENTS = 20_000
DEEPEST = 4


def findings(file: IO[bytes], *, media_type: str, described: str) -> list[Found]:
    """What can be found of a file, with what is said of it in words (an alternative text, or what a recording says)."""
    said = bool(described.strip())
    kind = media_type.partition("/")[0]
    if kind == "image":
        return [(said, "The image has words for whoever cannot see it." if said else "The image has no words yet.")]
    if kind in {"audio", "video"}:
        words = "What is said and shown stands there in words." if said else "It has no captions and no transcript yet."
        return [(said, words)]
    if media_type == PDF:
        return list(_of_pdf(file))
    return [(None, "Whether everybody can read it is not found out. Have it checked where it was written.")]


def _of_pdf(file: IO[bytes]) -> Iterator[Found]:
    file.seek(0)
    try:
        with pikepdf.Pdf.open(cast("BinaryIO", file), suppress_warnings=True) as document:
            yield from _structure(document.Root)
            yield _text(document)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, OverflowError, AttributeError):
        yield None, "How the document is built could not be read."
    # Properties tell of people, so cleaning takes them out, and the title with them.
    yield None, "Files lose their title with their other properties here; the page where it is opened says what it is."


def _structure(root: Any) -> Iterator[Found]:
    marks = root.get("/MarkInfo")
    tree = root.get("/StructTreeRoot")
    tagged = isinstance(tree, Dictionary) and isinstance(marks, Dictionary) and bool(marks.get("/Marked", False))
    yield tagged, "It is tagged." if tagged else "It is not tagged: its headings and its order cannot be heard."
    language = str(root.get("/Lang", ""))
    yield bool(language), f"It says its language: {language}." if language else "It does not say its language."
    if tagged:
        pictures = list(_figures(tree))
        silent = sum(not alternative for alternative in pictures)
        if silent:
            yield False, f"{silent} of {len(pictures)} pictures in it have no words."
        elif pictures:
            yield True, "Each picture in it has words."


def _figures(tree: Any) -> Iterator[bool]:
    """For each figure of the structure, whether it has an alternative text."""
    waiting, seen = [tree], 0
    while waiting and seen < MOST_ELEMENTS:
        element = waiting.pop()
        seen += 1
        if isinstance(element, Array):
            waiting.extend(element)
        elif isinstance(element, Dictionary):
            if element.get("/S") == Name("/Figure"):
                yield bool(str(element.get("/Alt", "")).strip() or str(element.get("/ActualText", "")).strip())
            if "/K" in element:
                waiting.append(element["/K"])


def _text(document: pikepdf.Pdf) -> Found:
    """Whether the pages have text, told by the fonts that they name: no stream of the file is unpacked for it."""
    has_text = any(_names_fonts(page.obj.get("/Resources"), 0) for page in list(document.pages)[:PAGES_READ])
    return has_text, "Its pages have text." if has_text else "Its pages are pictures without text."


def _names_fonts(resources: Any, depth: int) -> bool:
    if not isinstance(resources, Dictionary) or depth > DEEPEST:
        return False
    fonts, forms = resources.get("/Font"), resources.get("/XObject")
    if isinstance(fonts, Dictionary) and len(fonts):
        return True
    held = [each.get("/Resources") for each in forms.values()] if isinstance(forms, Dictionary) else []
    return any(_names_fonts(each, depth + 1) for each in held)
