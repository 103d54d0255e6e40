"""What parts of a credential are made of: ids that are derived, members that say something, and alignments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from .errors import CannotBuild


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """A standard that the achievement meets: its name and URL, and where it stands in its framework."""

    target_name: str
    target_url: str
    framework: str = ""
    code: str = ""
    description: str = ""
    target_type: str = ""


def alignments(found: tuple[Alignment, ...], achievement_id: str, place: str = "") -> list[dict[str, Any]]:
    """The Alignments of an achievement, or of the part of it at `place`."""
    return [
        present(
            {
                "id": derived(achievement_id, f"{place}/alignment/{position}"),
                "type": ["Alignment"],
                "targetName": needed(alignment.target_name, "an alignment's name"),
                "targetUrl": needed(alignment.target_url, "an alignment's URL"),
                "targetFramework": alignment.framework,
                "targetCode": alignment.code,
                "targetDescription": alignment.description,
                "targetType": alignment.target_type,
            }
        )
        for position, alignment in enumerate(found)
    ]


def derived(whole: str, part: str) -> str:
    """The id of a part: always the same for the same part of the same whole."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{whole}#{part}')}"


def needed(text: str, what: str) -> str:
    """The text, which must say something. Raises `CannotBuild`."""
    if not text.strip():
        raise CannotBuild(f"A credential needs {what}.")
    return text


def present(members: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something: no nulls, no empty texts, lists or objects."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
