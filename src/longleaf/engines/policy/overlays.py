"""Local overlays: what a unit adds to a state's policy, and may not take from it.

A unit may ask for more, cap, ask for approval beforehand, and set the values that the state leaves to it. It may not
change what the state fixes. Every rule keeps its own name, source and standing, so that a ledger says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from longleaf.engines.documents import Place
from longleaf.engines.policy.limits import admissions_at, caps_at
from longleaf.engines.policy.notices import notice_at
from longleaf.engines.policy.policy import Part, Policy, Requirement, Version
from longleaf.engines.policy.reading import PolicyReader
from longleaf.engines.policy.record_reading import note_unknown_schema
from longleaf.engines.policy.results import ladders_at, obligations_at, results_at
from longleaf.engines.policy.rules import PolicyError, Rule
from longleaf.engines.policy.ruling import RULE, Ruling, coded, each
from longleaf.engines.policy.values import ByApproval, FromList, SetLocally, ValueRule, Worth
from longleaf.engines.policy.versions import VersionReader

ADDS = ("categories", "kinds", "lists", "programs", "stacks", "eligibility", "parts", "values", "admissions", "caps")
BESIDE = ("results", "obligations", "ladders", "notices", "examples")


@dataclass(frozen=True)
class Addition:
    """A part that a unit asks for on top, of some roles, under some versions or all."""

    part: Part
    roles: tuple[str, ...]
    versions: tuple[str, ...]

    def concerns(self, version: Version, requirement: Requirement) -> bool:
        named = not self.versions or version.id in self.versions
        return named and any(role in requirement.roles for role in self.roles)


def overlaid(policy: Policy, document: object) -> Policy:
    """A state's policy with a local document laid over it; its examples are those of the local document.

    Raises `PolicyError` with every mistake, among them a value that the state fixes itself and a category that the
    state asks for already. The total of a version stays the state's own; a ledger adds up what is asked in all.
    """
    keys = ("schema_version", "overlay_of", "by", "jurisdiction", *RULE, *ADDS, *BESIDE)
    top = Place(document).only(*keys)
    note_unknown_schema(top)
    found = _laid_over(policy, top)
    top.raise_mistakes(PolicyError)
    return found


def _laid_over(policy: Policy, top: Place) -> Policy:
    if top.text("overlay_of") not in {"", policy.id}:
        top.at("overlay_of").wrong(f"This is to be laid over “{policy.id}”, and names another policy.")
    top.text("by")
    ruling = Ruling(ids=set(policy.rule_ids), sources=set(policy.source_ids))
    whole = ruling.whole = ruling.rule(top)
    reader = PolicyReader(top, ruling)
    ruling.terms = reader.terms(policy.terms)
    categories = (*policy.categories, *coded(top, "categories", reader.category))
    eligibility = (*policy.eligibility, *each(top, "eligibility", reader.eligible))
    licences = frozenset(it.code for it in policy.licence_types)
    parts = VersionReader(ruling, {it.code: it for it in categories}, {it.rule.id: it for it in eligibility})
    return replace(
        policy,
        categories=categories,
        eligibility=eligibility,
        kinds=(*policy.kinds, *coded(top, "kinds", reader.kind)),
        values=_values(policy, top, reader),
        versions=_versions(policy, top, parts, whole),
        admissions=(*policy.admissions, *admissions_at(top, ruling)),
        caps=(*policy.caps, *caps_at(top, ruling, policy.caps)),
        results=(*policy.results, *results_at(top, ruling, licences)),
        obligations=(*policy.obligations, *obligations_at(top, ruling, licences)),
        ladders=(*policy.ladders, *ladders_at(top, ruling, licences)),
        notices=(*policy.notices, *each(top, "notices", lambda spot: notice_at(spot, ruling))),
        examples=top.at("examples"),
        terms=ruling.terms,
        overlays=(*policy.overlays, whole),
        # By now every rule has been read, so that these are whole.
        source_ids=frozenset(ruling.sources),
        rule_ids=frozenset(ruling.ids),
    )


def _values(policy: Policy, top: Place, reader: PolicyReader) -> tuple[ValueRule, ...]:
    """The unit's values before those of the state, so that they hold where both do."""
    own = reader.values(required=False)
    for place, value in zip(top.items("values", required=False), own, strict=True):
        fixed = [it for it in policy.values if it.of == value.of and not _is_left_to_units(it.worth)]
        if fixed:
            place.at("of").wrong(f"The state sets this value itself, in “{fixed[0].rule.id}”.")
    return (*own, *policy.values)


def _is_left_to_units(worth: Worth) -> bool:
    inner = worth.worth if isinstance(worth, FromList) else worth
    return isinstance(inner, SetLocally | ByApproval)


def _versions(policy: Policy, top: Place, reader: VersionReader, whole: Rule) -> tuple[Version, ...]:
    places = top.items("parts", required=False)
    additions = [_addition(place, reader, policy, whole) for place in places]
    for place, addition in zip(places, additions, strict=True):
        concerned = list(_concerned(policy.versions, addition))
        if not concerned:
            place.wrong("No version asks anything of these roles, so that nothing could be added.")
        if any(addition.part.category.code in _codes(requirement) for requirement in concerned):
            place.at("category").wrong("The state asks for this category already; name one of your own.")
    return tuple(_with_additions(version, additions) for version in policy.versions)


def _addition(place: Place, reader: VersionReader, policy: Policy, whole: Rule) -> Addition:
    terms = reader.ruling.terms
    roles = terms.known(place, "roles", terms.roles, required=True)
    versions = terms.known(place, "versions", [it.id for it in policy.versions])
    part = reader.part(place, whole, roles, also=("roles", "versions"))
    return Addition(part, roles, versions)


def _concerned(versions: Sequence[Version], addition: Addition) -> Iterable[Requirement]:
    for version in versions:
        for requirement in version.requirements:
            if addition.concerns(version, requirement):
                yield requirement


def _with_additions(version: Version, additions: Sequence[Addition]) -> Version:
    return replace(version, requirements=tuple(_with(version, it, additions) for it in version.requirements))


def _with(version: Version, requirement: Requirement, additions: Sequence[Addition]) -> Requirement:
    more = tuple(replace(it.part, is_local=True) for it in additions if it.concerns(version, requirement))
    return replace(requirement, parts=(*requirement.parts, *more))


def _codes(requirement: Requirement) -> set[str]:
    return {part.category.code for part in requirement.parts}
