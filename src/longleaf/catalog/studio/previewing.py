"""A draft as if it were published: what is still empty says so, so that every page can draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.validators import slug_re
from django.utils import timezone

from longleaf.catalog.design import Design
from longleaf.catalog.models import Draft, Family, MicroCredential, Version
from longleaf.catalog.publishing import digest_of
from longleaf.catalog.queries import ServedFramework, ServedItem, WholeVersion, stacks_proposed_by
from longleaf.catalog.status import Facet, VersionStatus
from longleaf.catalog.studio.checking import as_published
from longleaf.catalog.studio.options import ALWAYS
from longleaf.engines.rubrics import RubricError, rubric_from_document, rule_from_document
from longleaf.frameworks import queries as frameworks

OPEN = "Not written yet"
LEVELS = ({"code": "not-yet", "title": OPEN, "meets": False}, {"code": "demonstrated", "title": OPEN, "meets": True})
RULE: Mapping[str, Any] = {"readers": 2}
TEXTS = ("title", "summary", "competency", "matters", "support", "other_ways", "sample")
FORMS = frozenset(code for code, _ in ALWAYS["forms"])
REPLACING = frozenset(code for code, _ in ALWAYS["replacing"])
# What of a criterion can be drawn whatever else its author wrote.
TOLD = ("code", "title", "requirements")
NUMBERS = {"effort_hours": 0, "fee": 0, "turnaround_business_days": 0}


@dataclass(frozen=True)
class WholeDraft(WholeVersion):
    """A draft in the place of a version that stands in the database."""

    @property
    def is_current(self) -> bool:
        return True

    @cached_property
    def found_by(self) -> Mapping[str, tuple[str, ...]]:
        document = self.design.document
        return {
            Facet.ROLE: tuple(document["audience"]["roles"]),
            Facet.GRADE_BAND: tuple(document["audience"]["grade_bands"]),
            Facet.TOPIC: tuple(document["topics"]),
            Facet.LANGUAGE: self.design.languages,
        }

    @cached_property
    def served(self) -> tuple[ServedFramework, ...]:
        items = frameworks.items_by_code(self.version.micro_credential.state)
        found = [
            ServedItem(items[each["item"]], each.get("standing", ""), each.get("note", ""))
            for each in self.design.document["alignments"]
            if each.get("item") in items
        ]
        found.sort(key=lambda each: (each.item.framework.position, each.item.framework.title, each.item.position))
        groups = groupby(found, key=lambda each: each.item.framework)
        return tuple(ServedFramework(framework, tuple(group)) for framework, group in groups)


def whole_draft(draft: Draft) -> WholeDraft:
    """All that the page of a version tells, from a draft however incomplete. Nothing is written."""
    document = presentable(as_published(draft))
    family = Family.objects.filter(state=draft.issuer.state_id, code=document["family"]).first()
    slug = document["slug"] if draft.micro_credential is None else draft.micro_credential.slug
    version = Version(
        # What is kept of a page goes by this: another text is another page.
        pk=f"{draft.ref}:{digest_of(document)}",
        micro_credential=MicroCredential(
            state=draft.issuer.state,
            issuer=draft.issuer,
            family=family or Family(state=draft.issuer.state, code="", title=OPEN, colour="#5c6760", icon="leaf"),
            slug=slug,
        ),
        number=document["version"],
        status=VersionStatus.DRAFT,
        document=document,
        digest=digest_of(document),
        title=document["title"],
        standing=document.get("standing") or "",
        summary=document["summary"],
        competency=document["competency"],
        effort_hours=Decimal(document["effort_hours"]),
        turnaround_business_days=document["turnaround_business_days"],
        published_at=timezone.now(),
    )
    return WholeDraft(version, [version], [], stacks_proposed_by(Design(document)))


def presentable(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with `OPEN` where something is still empty, and without what cannot be drawn."""
    requirements = [_requirement(each, document) for each in document["requirements"]]
    parts = [_texts(each, "title", "description") for each in document["parts"]]
    rubric = _rubric(document.get("rubric") or {}, [each["code"] for each in requirements])
    return {
        **document,
        **{name: document.get(name) or OPEN for name in TEXTS},
        **{name: document[name] if isinstance(document.get(name), int) else usual for name, usual in NUMBERS.items()},
        "attempts": document["attempts"] if isinstance(document["attempts"], int) else None,
        "coach_after": document["coach_after"] if isinstance(document.get("coach_after"), int) else None,
        "replace_work": document["replace_work"] if document.get("replace_work") in REPLACING else None,
        "slug": _slug(document.get("slug")),
        "family": document.get("family", ""),
        "language": document.get("language") or "en",
        "review_by": _day(document.get("review_by")),
        "method": {**_texts(document["method"], "name", "description"), "steps": document["method"]["steps"]},
        "research": {
            **_texts(document["research"], "summary"),
            "references": [_reference(each) for each in document["research"]["references"]],
        },
        "resources": [{"note": "", **_texts(each, "title"), "url": _web(each)} for each in document["resources"]],
        "parts": parts,
        "requirements": requirements,
        "rubric": rubric,
        "panel_rule": _rule(document["panel_rule"], rubric),
        "further_languages": [each for each in document.get("further_languages", ()) if each],
        "fee_waivers": [_texts(each, "who", "how", "by") for each in document.get("fee_waivers", ())],
        "proposed_stacks": [each for each in document.get("proposed_stacks", ()) if each.get("stack")],
        "samples": [_sample(each) for each in document.get("samples", ())],
    }


def _sample(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"origin": "invented", **_texts(given, "title", "shows"), "url": _web(given)}


def _texts(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**given, **{name: given.get(name) or OPEN for name in names}}


def _day(typed: Any) -> str:
    try:
        return date.fromisoformat(str(typed)).isoformat()
    except ValueError:
        return timezone.localdate().isoformat()


def _reference(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"year": "", **_texts(given, "title", "authors"), "url": _web(given)}


def _web(given: Mapping[str, Any]) -> str | None:
    """An address that leads to the web; no other kind becomes a link, here as when it is published."""
    address = str(given.get("url") or "")
    return address if address.startswith(("https://", "http://")) else None


def _slug(typed: Any) -> str:
    """A name that an address can have, for the links of the page."""
    return typed if isinstance(typed, str) and slug_re.fullmatch(typed) else "draft"


def _requirement(given: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    parts = [each["code"] for each in document["parts"]]
    part = given.get("part")
    return {
        **_texts(given, "title", "prompt"),
        "part": part if part in parts else next(iter(parts), ""),
        "accepts": [each for each in given["accepts"] if each in FORMS],
        "words": _limits(given.get("words"), "min", "max"),
        "files": _limits(given.get("files"), "most", "megabytes"),
        "team": _limits(given.get("team"), "most"),
        "completion": [_texts(each, "text") for each in given.get("completion") or ()],
    }


def _limits(given: Any, *numbers: str) -> Any:
    if not isinstance(given, Mapping) or not all(isinstance(given.get(name), int) for name in numbers):
        return None
    return {"kinds": [], **given} if "most" in numbers else given


def _rubric(given: Mapping[str, Any], asked: Sequence[str]) -> dict[str, Any]:
    """The rubric as far as its engine can read it, level by level and criterion by criterion."""
    levels = [_texts(each, "title") for each in given.get("levels") or ()]
    criteria = [_criterion(each, asked) for each in given.get("criteria") or ()]
    rubric = {"levels": levels, "criteria": criteria or [{"code": "none", "title": OPEN}]}
    try:
        rubric_from_document(rubric)
    except RubricError:
        told = [{name: each[name] for name in TOLD if name in each} for each in rubric["criteria"]]
        return {"levels": list(LEVELS), "criteria": told}
    return rubric


def _criterion(given: Mapping[str, Any], asked: Sequence[str]) -> dict[str, Any]:
    found = _texts(given, "title")
    found["requirements"] = [code for code in given.get("requirements") or () if code in asked]
    if "indicators" in given:
        found["indicators"] = [_texts(each, "text") for each in given["indicators"]]
    return found


def _rule(given: Mapping[str, Any], rubric: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        rule_from_document(given, rubric_from_document(rubric))
    except RubricError:
        return RULE
    return given
