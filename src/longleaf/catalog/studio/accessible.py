"""What software can find out of whether a file can be read by everybody: an answer and a sentence for each thing.

None is an answer too: somebody has to look. Values in, values out; no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any, BinaryIO, TypeAlias, cast

import pikepdf
from pikepdf import Array, Dictionary, Name

Found: TypeAlias = tuple[bool | None, str]
PDF = "application/pdf"
# Text is looked for on so many pages; a long scan has none on the first ones either.
PAGES_READ = 5
# What is larger than that is an attack or a mistake, and nobody waits for it.
MOST_ELEMENTS = 20_000
# As long as a tag of a language gets (RFC 5646, section 4.4.1).
LONGEST_LANGUAGE = 35


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
    yield True, "Files lose their title with their other properties here; the page where it is opened says what it is."


def _structure(root: Any) -> Iterator[Found]:
    marks = root.get("/MarkInfo")
    tree = root.get("/StructTreeRoot")
    tagged = isinstance(tree, Dictionary) and isinstance(marks, Dictionary) and bool(marks.get("/Marked", False))
    yield tagged, "It is tagged." if tagged else "It is not tagged: its headings and its order cannot be heard."
    # No database keeps a NUL, and nobody reads the other characters that cannot be printed.
    language = "".join(filter(str.isprintable, str(root.get("/Lang", ""))[:LONGEST_LANGUAGE])).strip()
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
    for element in _walk([tree], _elements_in):
        if isinstance(element, Dictionary) and element.get("/S") == Name("/Figure"):
            yield bool(str(element.get("/Alt", "")).strip() or str(element.get("/ActualText", "")).strip())


def _elements_in(element: Any) -> Iterable[Any]:
    if isinstance(element, Array):
        return element
    return [element["/K"]] if isinstance(element, Dictionary) and "/K" in element else []


def _text(document: pikepdf.Pdf) -> Found:
    """Whether the pages have text, told by the fonts that they name: no stream of the file is unpacked for it."""
    pages = [page.obj.get("/Resources") for page in islice(document.pages, PAGES_READ)]
    has_text = any(_names_fonts(each) for each in _walk(pages, _resources_in))
    return has_text, "Its pages have text." if has_text else "Its pages are pictures without text."


def _names_fonts(resources: Any) -> bool:
    fonts = resources.get("/Font") if isinstance(resources, Dictionary) else None
    return isinstance(fonts, Dictionary) and len(fonts) > 0


def _resources_in(resources: Any) -> Iterable[Any]:
    """The resources of each form that resources name."""
    forms = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    return (each.get("/Resources") for each in forms.values()) if isinstance(forms, Dictionary) else []


def _walk(start: Iterable[Any], inside: Callable[[Any], Iterable[Any]]) -> Iterator[Any]:
    """What can be reached from some objects of a file, each one once, and at most `MOST_ELEMENTS` of them."""
    waiting, seen, met = list(start), 0, set[tuple[int, int]]()
    while waiting and seen < MOST_ELEMENTS:
        each = waiting.pop()
        seen += 1
        # Only what has a number in the file can lead back to itself.
        number = each.objgen if isinstance(each, pikepdf.Object) else (0, 0)
        if number in met:
            continue
        if number != (0, 0):
            met.add(number)
        yield each
        waiting.extend(islice(inside(each), MOST_ELEMENTS - len(waiting)))
