"""Documents that are still being written, read and checked as files of a pack are; settings name the two functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import JsonValue

from longleaf.states.crosschecks.micro_credentials import check_by_itself
from longleaf.states.crosschecks.rubrics import read_rubric
from longleaf.states.files import PackFile, Spot, from_path, read_yaml
from longleaf.states.gathering import shaped
from longleaf.states.parts.micro_credentials import MicroCredential

# Whoever types on a page sees neither quotation marks nor lines of a file.
SAID = {
    "missing": "This is still empty.",
    "string_type": "Write something here.",
    "string_too_short": "This is still empty.",
    "int_type": "Write a whole number, in digits.",
    "bool_type": "Say yes or no.",
    "tuple_type": "Add at least one row.",
    "date_from_datetime_parsing": "Choose a day.",
    "date_parsing": "Choose a day.",
}


def mistakes_in(document: Mapping[str, Any]) -> list[tuple[Spot, str]]:
    """What keeps a micro-credential's document from being sound by itself: the place and how to mend it.

    Codes of other things (families, words of the catalog, items of frameworks) are for the catalog to know.
    """
    file = PackFile("draft", cast("JsonValue", document), {})
    sheet, mistakes = shaped(file, MicroCredential, SAID)
    if sheet.part:
        mistakes = [*check_by_itself(sheet, sheet.part)]
    elif isinstance(document.get("rubric"), Mapping) and isinstance(document.get("panel_rule"), Mapping):
        mistakes += read_rubric(file, document["rubric"], document["panel_rule"], lambda spot: ("rubric", *spot))[1]
    return [(from_path(each.path), each.reason) for each in mistakes]


def read_policy(text: str) -> PackFile:
    """A policy as somebody writes it on a page, read as a pack's file is; named by `settings.POLICY_READER`."""
    return read_yaml("the draft", text.encode())
