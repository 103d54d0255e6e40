"""An application as one immutable text: what its reviewers read, and what its officers see beforehand."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from longleaf.kit.numbers import file_size
from longleaf.quality.agencies.beside import Beside, beside
from longleaf.quality.agencies.queries import File, ShownCriterion

if TYPE_CHECKING:
    from longleaf.quality.models import Document


def text_of(file: File) -> dict[str, Any]:
    """The text by its digest: the organisation, what it asks for, and every criterion with what is shown for it."""
    application = file.application
    piece = beside(application)
    return {
        "title": str(application),
        "organisation": application.organisation.name,
        "applies_for": f"{application.get_judged_as_display()}, by the {application.instrument}",
        "scope": application.scope.strip(),
        "showings": [
            *([_piece(piece)] if piece and piece.text else []),
            *(_showing(each) for area in file.areas for each in area.criteria),
        ],
    }


def _piece(piece: Beside) -> dict[str, Any]:
    """What goes with the application, in the shape of what is shown for a criterion."""
    told = {"code": piece.code, "title": piece.title, "text": piece.text}
    return {**told, "links": [], "documents": [], "unchanged": False}


def _showing(shown: ShownCriterion) -> dict[str, Any]:
    return {
        "code": shown.criterion.code,
        "title": shown.criterion.title,
        "text": shown.text.strip(),
        "links": shown.addresses,
        "documents": [_document(each) for each in shown.documents],
        "unchanged": shown.is_carried,
    }


def _document(document: Document) -> dict[str, str]:
    return {
        "ref": document.ref,
        "name": document.name,
        "kind": PurePath(document.name).suffix.removeprefix(".").upper(),
        "size": file_size(document.size),
        "sha256": document.sha256,
    }
