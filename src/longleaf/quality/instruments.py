"""An instrument's document, read into values: its rubric, its rule, and its terms. Plain Python.

The document is what a state's pack gives (docs/reference/state-pack.md). A rubric for designs groups its components
under standards; criteria for organisations stand in one list, each in an area.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Terms:
    """How a state runs its reviews; what its pack leaves out has a default."""

    reading_days: int = 21
    recognised_for_years: int = 3
    renewal_opens_days: int = 180


@dataclass(frozen=True)
class Component:
    """One thing that is judged, with the standard it belongs to and how sure its wording is."""

    code: str
    title: str
    text: str
    standard: str
    standing: str


def rubric_of(document: Document) -> dict[str, Any]:
    """What is judged as criteria, in the document shape of `engines.rubrics`."""
    levels = [{"code": it["code"], "title": it["title"], "meets": it["meets"]} for it in document["levels"]]
    return {"levels": levels, "criteria": [_criterion(each) for _, each in _components(document)]}


def rule_of(document: Document) -> dict[str, Any]:
    """The panel rule, in the document shape of `engines.rubrics`."""
    return dict(document["panel_rule"])


def terms_of(document: Document) -> Terms:
    return Terms(**(document.get("review") or {}))


def components_of(document: Document) -> dict[str, Component]:
    """Every component by its code, in the order of the rubric."""
    return {
        each["code"]: Component(
            code=each["code"],
            title=_title(each),
            text=_text(each),
            standard=_chapter(standard),
            # An official wording takes the place of ours, whatever was known of ours.
            standing="official" if each["official_text"] else each["standing"],
        )
        for standard, each in _components(document)
    }


def figures_of(document: Document) -> dict[str, tuple[str, ...]]:
    """The live figures that are shown beside a component, by its code; components without any are left out."""
    return {each["code"]: tuple(each["figures"]) for _, each in _components(document) if each.get("figures")}


def _components(document: Document) -> Iterator[tuple[Document, Document]]:
    """Each component of a rubric with its standard, or each of a list of criteria with its area."""
    for standard in document.get("standards", ()):
        for component in standard["components"]:
            yield standard, component
    areas = {area["code"]: area for area in document.get("areas", ())}
    for criterion in document.get("criteria", ()):
        yield areas[criterion["area"]], criterion


def _criterion(component: Document) -> dict[str, Any]:
    criterion = {
        "code": component["code"],
        "title": _title(component),
        "description": _text(component),
        "required": component.get("required", True),
        "indicators": [_indicator(component)],
    }
    return criterion | {name: component[name] for name in ("weight", "levels") if component.get(name)}


def _indicator(component: Document) -> dict[str, str]:
    """What to look for in a design, or what an organisation hands in to show a criterion."""
    if "evidence" in component:
        return {"code": f"{component['code']}.evidence", "text": component["evidence"]}
    return {"code": f"{component['code']}.look-for", "text": component["look_for"]}


def _chapter(part: Document) -> str:
    return f"{part['number']}. {_title(part)}" if "number" in part else _title(part)


def _title(part: Document) -> str:
    return str(part.get("official_title") or part["title"])


def _text(component: Document) -> str:
    return str(component["official_text"] or component["text"])
