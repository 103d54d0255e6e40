"""The state's rubric and criteria as files: as JSON of our own (docs/reference/criteria-json.md) and as CASE 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from longleaf.catalog.studio import case_rubrics
from longleaf.kit import standing
from longleaf.quality import instruments

if TYPE_CHECKING:
    from longleaf.quality.register.criteria import Asked, Chapter, Criteria, Source


def address_of(criteria: Criteria, name: str = "") -> str:
    """Where this very text is read, also after another has replaced it."""
    instrument = criteria.instrument
    return f"{settings.PUBLIC_URL}/register/criteria/{instrument.code}/{name}?digest={instrument.digest}"


def as_json(criteria: Criteria) -> dict[str, Any]:
    """The whole text with how sure each part of it is, and where it was seen."""
    instrument, document = criteria.instrument, criteria.document
    return {
        "code": instrument.code,
        "edition": instrument.edition,
        "title": instrument.title,
        "judges": instrument.judges,
        "in_use": criteria.in_use,
        "effective_from": document.get("effective_from"),
        "address": address_of(criteria),
        "digest": instrument.digest,
        "standing": instrument.standing,
        "standing_told": standing.told(instrument.standing),
        "note": document.get("note", ""),
        "sources": _sources(criteria.sources),
        "introduction": document.get("introduction", ""),
        "how_decided": list(criteria.how_decided),
        "levels": document["levels"],
        "panel_rule": document["panel_rule"],
        "chapters": [_chapter(each) for each in criteria.chapters],
        "standings": {code: standing.told(code) for code in standing.STANDINGS},
    }


def as_case(criteria: Criteria) -> dict[str, Any]:
    """A CFRubric of CASE 1.1. Each criterion says in its description how sure its wording is, unless it is official."""
    instrument = criteria.instrument
    rubric = instruments.rubric_of(criteria.document)
    asked = {each.code: each for chapter in criteria.chapters for each in chapter.asked}
    rubric["criteria"] = [_case_criterion(each, asked[each["code"]]) for each in rubric["criteria"]]
    return case_rubrics.write(
        rubric,
        title=str(instrument),
        uri=address_of(criteria, "rubric.json"),
        changed_at=instrument.loaded_at.isoformat(timespec="seconds"),
        standing=instrument.standing,
        told=f"{standing.told(instrument.standing)} {criteria.document.get('note', '')}".strip(),
    )


def _case_criterion(given: dict[str, Any], asked: Asked) -> dict[str, Any]:
    told = "" if asked.standing == standing.OFFICIAL else f"How sure this wording is: {standing.told(asked.standing)}"
    return {
        **given,
        "description": "\n\n".join(filter(None, [given["description"], told])),
        "levels": dict(asked.levels),
        "standing": asked.standing,
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    """An area is a heading: it has neither wording nor standing of its own."""
    own = {"text": chapter.text, "standing": chapter.standing, "sources": _sources(chapter.sources)}
    return {
        "code": chapter.code,
        "title": chapter.title,
        **(own if chapter.standing else {}),
        "asked": [_asked(each) for each in chapter.asked],
    }


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "code": asked.code,
        "title": asked.title,
        "text": asked.text,
        "shown_by": asked.shown_by,
        "required": asked.required,
        "met_at": asked.met_at,
        "levels": dict(asked.levels),
        "standing": asked.standing,
        "note": asked.note,
        "sources": _sources(asked.sources),
    }


def _sources(sources: Sequence[Source]) -> list[dict[str, str]]:
    return [{"code": each.code, "title": each.title, "url": each.url} for each in sources]
