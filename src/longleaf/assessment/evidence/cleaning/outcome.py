"""What cleaning says of a file: what was taken out of it, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class TakenOut(StrEnum):
    """What a file carried and does not carry any more. The values are kept in the database."""

    NAMES = "names"
    PLACE = "place"
    PROPERTIES = "properties"
    PICTURE_REMARKS = "picture-remarks"
    PREVIEW = "preview"
    ATTACHMENTS = "attachments"
    ACTIONS = "actions"
    DATA_TRACKS = "data-tracks"
    PATHS = "paths"
    UNSEEN = "unseen"


class Reason(StrEnum):
    """Why a file cannot be taken."""

    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 (a reason, no secret)
    MACROS = "macros"
    TOO_MUCH = "too-much"
    TOO_LONG = "too-long"
    CODING = "coding"


class Unfit(Exception):
    """A file that cannot be cleaned, and so not be taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


WORDS = {
    TakenOut.NAMES: "names of people",
    TakenOut.PLACE: "the place",
    TakenOut.PROPERTIES: "title, author, time, device and such",
    TakenOut.PICTURE_REMARKS: "remarks in pictures",
    TakenOut.PREVIEW: "a preview",
    TakenOut.ATTACHMENTS: "attached files",
    TakenOut.ACTIONS: "scripts and actions",
    TakenOut.DATA_TRACKS: "a track of data, such as positions",
    TakenOut.PATHS: "paths on a computer",
    TakenOut.UNSEEN: "pictures, films and such of a form that cannot be looked into",
}
SENTENCES = {
    Reason.DAMAGED: "“{name}” cannot be read whole. Open it on your device, save it again, and add it anew.",
    Reason.PASSWORD: "“{name}” is locked with a password. Save it without one and add it anew.",
    Reason.MACROS: "“{name}” contains macros. Save it as PDF, or without macros, and add it anew.",
    Reason.TOO_MUCH: "“{name}” unpacks into more than can be looked through. Save it in parts and add those.",
    Reason.TOO_LONG: "“{name}” took too long to look through. Save it as PDF, or make it smaller, and add it anew.",
    Reason.CODING: "“{name}” is coded in a way that cannot be played everywhere. Save it as {instead} and add that.",
}


def in_words(codes: Iterable[str]) -> str:
    """What was taken out, as it is told to whoever brought the file; "" for nothing. Unknown codes are left out."""
    words = [WORDS[each] for each in TakenOut if each.value in set(codes)]
    return words[0] if len(words) == 1 else " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
