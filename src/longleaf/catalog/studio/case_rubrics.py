"""A rubric in the form of CASE 1.1 (1EdTech, CFRubric), and a CFRubric as a rubric of ours. No Django, no database.

CASE knows criteria with levels of their own and does not say which level meets; ours has one ladder for all criteria,
which crosses from not met to met once. What CASE has no place for stands in its `extensions`, so that a rubric of ours
comes back as it went; from a rubric of others the best level alone is taken to meet, for its author to change.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from longleaf.catalog.errors import UnreadableDesign
from longleaf.catalog.studio.files import parse, require_shape
from longleaf.catalog.studio.shapes import is_code
from longleaf.engines.documents import exact
from longleaf.kit.standing import OFFICIAL

EXTENSION = "longleaf"
MOST_BYTES = 2_000_000
LONGEST_TITLE = 200
NO_RUBRIC = "The file holds no rubric in the form of CASE. Choose a CFRubric, or a CFPackage that has one."


def write(
    rubric: Mapping[str, Any], *, title: str, uri: str, changed_at: str, standing: str = "", told: str = ""
) -> dict[str, Any]:
    """A CFRubric of a rubric document. `uri` is where it is found; `changed_at` is a moment in ISO 8601.

    `standing` says how sure its wording is, and `told` says it to people; they stand in its extensions and description.

    Identifiers follow from `uri` and the codes, so that the same rubric always has the same ones.
    """
    own = str(uuid.uuid5(uuid.NAMESPACE_URL, uri))
    return {
        "identifier": own,
        "uri": uri,
        "title": title,
        **({"description": told} if told else {}),
        "lastChangeDateTime": changed_at,
        "CFRubricCriteria": [
            _criterion(each, rubric["levels"], number, own, uri, changed_at)
            for number, each in enumerate(rubric["criteria"], start=1)
        ],
        "extensions": {
            EXTENSION: {
                "levels": [dict(level) for level in rubric["levels"]],
                **({"standing": standing} if standing else {}),
            }
        },
    }


def read(raw: bytes) -> dict[str, Any]:
    """The rubric document of a CFRubric, or of the first one of a CFPackage. Raises `UnreadableDesign`."""
    found = _rubric_in(raw)
    criteria = _in_order(found.get("CFRubricCriteria"))
    if not criteria:
        raise _unreadable("The rubric has no criteria.")
    levels = _ladder(found, criteria)
    rubric = {"levels": levels, "criteria": [_read_criterion(each, levels, n) for n, each in enumerate(criteria, 1)]}
    require_shape({"rubric": rubric})
    return rubric


def standing_in(raw: bytes) -> str:
    """How sure the wording of such a rubric is, as it says itself; what says nothing is taken as its house's own text.

    Raises `UnreadableDesign`.
    """
    return _text(_extension(_rubric_in(raw)), "standing") or OFFICIAL


def _criterion(
    criterion: Mapping[str, Any], levels: Sequence[Mapping[str, Any]], number: int, rubric: str, uri: str, at: str
) -> dict[str, Any]:
    here = f"{uri}#{criterion['code']}"
    own = str(uuid.uuid5(uuid.NAMESPACE_URL, here))
    told = criterion.get("levels") or {}
    return {
        "identifier": own,
        "uri": here,
        "description": "\n\n".join(filter(None, [criterion["title"], criterion.get("description")])),
        **_weight(criterion),
        "position": number,
        "rubricId": rubric,
        "lastChangeDateTime": at,
        "CFRubricCriterionLevels": [
            {
                "identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{here}/{level['code']}")),
                "uri": f"{here}/{level['code']}",
                "description": told.get(level["code"], ""),
                "quality": level["title"],
                "position": place,
                "rubricCriterionId": own,
                "lastChangeDateTime": at,
            }
            for place, level in enumerate(levels, start=1)
        ],
        "extensions": {EXTENSION: dict(criterion)},
    }


def _rubric_in(raw: bytes) -> Mapping[str, Any]:
    if len(raw) > MOST_BYTES:
        raise _unreadable(f"The file is larger than {MOST_BYTES:,} bytes.")
    try:
        found = parse(raw)
    except ValueError:
        raise _unreadable("The file is not JSON that can be read. Choose a file in the form of CASE.") from None
    if isinstance(found, dict) and isinstance(found.get("CFRubrics"), list):
        found = next((each for each in found["CFRubrics"] if isinstance(each, dict)), None)
    if not isinstance(found, dict) or "CFRubricCriteria" not in found:
        raise _unreadable(NO_RUBRIC)
    return found


def _in_order(given: Any) -> list[Mapping[str, Any]]:
    """Entries by their position; those without one stay where they are, at the end."""
    entries = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    return sorted(entries, key=lambda each: each["position"] if isinstance(each.get("position"), int) else 10_000)


def _levels_of(criterion: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A criterion's levels from worst to best: by their scores where each has one, and else by position."""
    levels = _in_order(criterion.get("CFRubricCriterionLevels"))
    if levels and all(isinstance(each.get("score"), int | float) for each in levels):
        return sorted(levels, key=lambda each: float(each["score"]))
    return levels


def _ladder(found: Mapping[str, Any], criteria: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept = _extension(found).get("levels")
    if isinstance(kept, list) and kept and all(_is_level(each) for each in kept):
        return [dict(each) for each in kept]
    longest = max((_levels_of(each) for each in criteria), key=len)
    if len(longest) < 2:
        raise _unreadable("No criterion has two levels, so there is nothing to tell apart.")
    return [
        {"code": f"L{number}", "title": _text(each, "quality") or f"Level {number}", "meets": number == len(longest)}
        for number, each in enumerate(longest, start=1)
    ]


def _read_criterion(given: Mapping[str, Any], levels: Sequence[Mapping[str, Any]], number: int) -> dict[str, Any]:
    kept = _extension(given)
    if is_code(str(kept.get("code") or "")):
        return dict(kept)
    title, _, description = _text(given, "description").partition("\n")
    told = _levels_of(given)
    by_title = {_text(each, "quality"): _text(each, "description") for each in told}
    in_turn = [_text(each, "description") for each in told] if len(told) == len(levels) else []
    texts = {
        level["code"]: by_title.get(level["title"]) or (in_turn[place] if in_turn else "")
        for place, level in enumerate(levels)
    }
    criterion: dict[str, Any] = {
        "code": f"K{number}",
        "title": (title.strip() or _text(given, "category") or f"Criterion {number}")[:LONGEST_TITLE],
        "requirements": [],
        "levels": {code: text for code, text in texts.items() if text},
    }
    return {**criterion, **_weight(given), **({"description": description.strip()} if description.strip() else {})}


def _weight(given: Mapping[str, Any]) -> dict[str, Any]:
    """The weight of a criterion as CASE has it, a number; nothing where it says none that counts."""
    weight = exact(given.get("weight"))
    if weight is None or weight <= 0:
        return {}
    return {"weight": int(weight) if weight == int(weight) else float(weight)}


def _extension(given: Mapping[str, Any]) -> Mapping[str, Any]:
    further = given.get("extensions")
    own = further.get(EXTENSION) if isinstance(further, dict) else None
    return own if isinstance(own, dict) else {}


def _is_level(given: Any) -> bool:
    if not isinstance(given, dict) or not isinstance(given.get("title"), str):
        return False
    return isinstance(given.get("meets"), bool) and is_code(str(given.get("code") or ""))


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()


def _unreadable(sentence: str) -> UnreadableDesign:
    return UnreadableDesign(sentence, fields={"rubric": sentence})
