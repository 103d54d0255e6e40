"""What keeps a draft from being published, each problem beside the field that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from longleaf.catalog.models import MicroCredential
from longleaf.catalog.studio.documents import assemble, fields_of, ladder_of, path_of, value_at
from longleaf.catalog.studio.options import FROM_PACK, OptionsOf
from longleaf.catalog.studio.sections import ALL_MEMBERS, SECTIONS
from longleaf.catalog.studio.shapes import KEPT, Path, Section
from longleaf.kit import standing

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft, Version

# Choices whose codes are known here only; those of the draft itself are checked with the document.
KNOWN_HERE = frozenset({*FROM_PACK, "families", "items", "stacks", "icons"})
# What the columns of the catalog hold, and calendars count; a pack's author would see the loading fail.
LONGEST: Mapping[str, int] = {"title": 200, "language": 60}
LARGEST: Mapping[str, int] = {
    "effort_hours": 9_999,
    "fee": 999_999,
    "turnaround_business_days": 999,
    "attempts": 999,
    "expires_after_years": 99,
}
# What a page says of the draft as a whole belongs to its first part.
FIRST = SECTIONS[0]


@dataclass(frozen=True)
class Problem:
    """Something to mend: the path of a field, or of the row or part around it."""

    path: Path
    sentence: str

    @property
    def section(self) -> Section:
        names = {member.name: section for section in SECTIONS for member in section.members}
        return names.get(self.path[0], FIRST) if self.path else FIRST


def problems_of(draft: Draft, options: OptionsOf) -> list[Problem]:
    """Everything that keeps a draft from being published, in the order of its parts."""
    document = as_published(draft)
    mistakes = import_string(settings.DOCUMENT_CHECK)(document)
    found = [Problem(path_of(spot, draft.typed), sentence) for spot, sentence in mistakes]
    found += [*_unknown_codes(draft.typed, options), *_taken_name(draft, document)]
    found += [*_beyond_the_catalog(document), *_aligned_twice(draft.typed)]
    order = {section.code: number for number, section in enumerate(SECTIONS)}
    return sorted(dict.fromkeys(found), key=lambda each: order[each.section.code])


def as_published(draft: Draft, *, own_words: bool = False) -> dict[str, Any]:
    """The document as it would be published: with its issuer, its number, and how sure its wording is.

    What an issuer writes is the official text of it; what a synthetic organisation or person writes is invented. What
    was brought from elsewhere and is less sure stays so, with its note and sources, unless the issuer says with
    `own_words` that it answers for the wording.
    """
    brought = "" if own_words else brought_standing(draft)
    said: Mapping[str, Any] = {"sources": [], "note": "", **assemble(draft.typed)}
    if own_words and brought_standing(draft):
        said = {**said, "sources": [], "note": origin_of(draft.upstream) if draft.upstream else ""}
    return {
        **said,
        "issuer": draft.issuer.code,
        "version": _next_number(draft),
        "standing": "synthetic" if _is_invented(draft) else brought or standing.OFFICIAL,
    }


def as_draft(draft: Draft) -> dict[str, Any]:
    """The same as a file to take along: what nobody has published is a proposal, unless it is less than that."""
    document = as_published(draft)
    if draft.version or document["standing"] != standing.OFFICIAL:
        return document
    return {**document, "standing": standing.PROPOSED}


def brought_standing(draft: Draft) -> str:
    """How sure the wording is that a draft was begun with; "" where that is official, or its own from the start."""
    said = (draft.typed.get(KEPT) or {}).get("standing")
    if _is_invented(draft) or said in (None, "", standing.OFFICIAL):
        return ""
    return said if said in standing.STANDINGS else standing.PROPOSED


def origin_of(upstream: Version) -> str:
    """Where a design was adopted from, as its note says it."""
    return f"Adopted from “{upstream.title}”, version {upstream.number}, of {upstream.micro_credential.issuer}."


def _is_invented(draft: Draft) -> bool:
    return draft.issuer.standing == "synthetic" or draft.begun_by.is_synthetic


def by_section(problems: Sequence[Problem]) -> Mapping[str, list[Problem]]:
    return {section.code: [each for each in problems if each.section is section] for section in SECTIONS}


def _next_number(draft: Draft) -> int:
    if draft.micro_credential is None:
        return 1
    newest = draft.micro_credential.versions.order_by("-number").first()
    return newest.number + 1 if newest else 1


def _unknown_codes(typed: Mapping[str, Any], options: OptionsOf) -> Iterator[Problem]:
    for path, field in fields_of(ALL_MEMBERS, typed, ladder_of(typed)):
        if field.options in KNOWN_HERE:
            value = value_at(typed, path) or ()
            for code in [value] if isinstance(value, str) else value:
                if code not in options.codes(field.options):
                    yield Problem(path, f"“{code}” is not known in this state. Choose another.")


def _taken_name(draft: Draft, document: Mapping[str, Any]) -> Iterator[Problem]:
    slug = document.get("slug")
    own = draft.micro_credential
    if own and slug != own.slug:
        yield Problem(("slug",), f"A new version keeps the name of the earlier ones: {own.slug}.")
    elif not own and MicroCredential.objects.filter(state=draft.issuer.state_id, slug=slug).exists():
        yield Problem(("slug",), "Another micro-credential has this name in its address. Choose another.")


def _beyond_the_catalog(document: Mapping[str, Any]) -> Iterator[Problem]:
    for name, most in LONGEST.items():
        length = len(str(document.get(name) or ""))
        if length > most:
            yield Problem((name,), f"Shorten it to at most {most} characters; it has {length:,}.")
    for name, most in LARGEST.items():
        number = document.get(name)
        if isinstance(number, int) and number > most:
            yield Problem((name,), f"Write at most {most:,}.")


def _aligned_twice(typed: Mapping[str, Any]) -> Iterator[Problem]:
    seen = set[str]()
    for row in typed.get("alignments") or ():
        item = row.get("item") or ""
        if item and item in seen:
            yield Problem(("alignments", row["id"], "item"), f"“{item}” stands here already. Take one of both away.")
        seen.add(item)
