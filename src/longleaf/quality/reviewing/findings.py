"""What was found of a design, component by component, as far as somebody at a standpoint may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from longleaf.engines.rubrics import Level
from longleaf.panels import instruments as panel_instruments
from longleaf.panels import room
from longleaf.panels.blindness import BLIND_RATER, Blindness, Fact
from longleaf.panels.room import Found, Said
from longleaf.quality import instruments
from longleaf.quality.instruments import Component
from longleaf.quality.models import Quotation, Review
from longleaf.quality.reviewing import places
from longleaf.quality.reviewing.titled import titled


@dataclass(frozen=True)
class Quoted:
    """Words of the design on which a rating rests, and where they stand."""

    words: str
    place: str


@dataclass(frozen=True)
class ComponentFinding:
    """One component: what became of it, what was quoted and written, and for an officer what each reader found."""

    component: Component
    met: bool
    level: Level | None
    agreed: bool
    decided_by: str
    quoted: Sequence[Quoted]
    comments: Sequence[str]
    readings: Sequence[Found]
    said: Sequence[Said]
    change: str


def findings_of(review: Review, sight: Blindness) -> list[ComponentFinding]:
    """What was found, in the order of the rubric; nothing before the judgement is made. As many questions for thirty
    components as for three."""
    panel = review.panel
    if panel is None or not panel.outcome or not sight.shows(Fact.OUTCOME):
        return []
    told = instruments.components_of(review.instrument.document)
    by_code = panel_instruments.rubric_of(panel).level_by_code
    found = room.found_on(panel)
    quoted, changes = _quoted(review), dict(review.changes.values_list("criterion", "text"))
    said = room.said_on(panel) if sight.shows(Fact.OTHER_READINGS) else {}
    return [
        ComponentFinding(
            component=told[each["code"]],
            met=bool(each["met"]),
            level=by_code.get(each["level"]) if each["level"] else None,
            agreed=bool(each["agreed"]),
            decided_by=each["decided_by"] or "",
            quoted=quoted.get(each["code"], ()),
            comments=_comments(found.get(each["code"], ()), sight),
            readings=found.get(each["code"], ()) if sight.shows(Fact.OTHER_READINGS) else (),
            said=said.get(each["code"], ()),
            # Written for the issuer, as the comments are.
            change=changes.get(each["code"], "") if sight.shows(Fact.COMMENTS) else "",
        )
        for each in panel.outcome["criteria"]
    ]


def _comments(found: Sequence[Found], sight: Blindness) -> list[str]:
    if not sight.shows(Fact.COMMENTS):
        return []
    return sight.unattributed(each.comment for each in found)


def _quoted(review: Review) -> Mapping[str, list[Quoted]]:
    """What was quoted by those whose readings are in, each words once, in an order that does not tell the hand."""
    titles = {each.pointer: each.title for each in places.places_of(titled(review.design.document), BLIND_RATER)}
    rows = Quotation.objects.filter(reading__panel=review.panel, reading__status="submitted").exclude(pointer="")
    found: dict[str, list[Quoted]] = {}
    for code, words, pointer in rows.values_list("criterion", "words", "pointer").order_by("criterion", "words"):
        quoted = Quoted(words, titles.get(pointer, ""))
        if quoted not in found.setdefault(code, []):
            found[code].append(quoted)
    return found
