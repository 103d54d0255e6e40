"""A state's criteria for organisations as an application is written by them. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from longleaf.quality import instruments


@dataclass(frozen=True)
class Criterion:
    """What is to be shown, and by what evidence."""

    code: str
    title: str
    text: str
    evidence: str
    check: str
    required: bool
    standing: str


@dataclass(frozen=True)
class Area:
    """A chapter of the criteria."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]


def areas_of(document: Mapping[str, Any]) -> tuple[Area, ...]:
    """The areas in the order of the document, each with its criteria; those in which nothing is asked are left out."""
    told = instruments.components_of(document)
    found = []
    for area in document["areas"]:
        criteria = tuple(
            Criterion(
                code=each["code"],
                title=told[each["code"]].title,
                text=told[each["code"]].text,
                evidence=each["evidence"],
                check=each["check"],
                required=each["required"],
                standing=told[each["code"]].standing,
            )
            for each in document["criteria"]
            if each["area"] == area["code"]
        )
        if criteria:
            found.append(Area(area["code"], area["title"], criteria))
    return tuple(found)


def criteria_of(document: Mapping[str, Any]) -> dict[str, Criterion]:
    """Every criterion by its code, in the order in which they are written."""
    return {each.code: each for area in areas_of(document) for each in area.criteria}
