"""Reading the dated versions of a policy: what each role needs in each, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import Anything
from longleaf.engines.policy.policy import (
    OF_LICENCE,
    OF_YEAR,
    Category,
    Eligibility,
    Part,
    Requirement,
    Version,
)
from longleaf.engines.policy.rules import STEP, Rule, Standing, in_steps, plain
from longleaf.engines.policy.ruling import RULE, Ruling, span_of


def versions_at(
    top: Place, ruling: Ruling, categories: Sequence[Category], eligibility: Sequence[Eligibility]
) -> tuple[Version, ...]:
    """The versions of a document, noting two that rule the same licence on the same day."""
    reader = VersionReader(ruling, {it.code: it for it in categories}, {it.rule.id: it for it in eligibility})
    places = top.items("versions")
    found = tuple(map(reader.version, places))
    for number, (place, version) in enumerate(zip(places, found, strict=True)):
        if any(_both_rule(version, earlier) for earlier in found[:number]):
            place.wrong("An earlier version rules the same licenses; part them by their dates.")
    return found


class VersionReader:
    """Reads versions and their parts, given the categories and the eligibility rules that parts name."""

    def __init__(self, ruling: Ruling, categories: dict[str, Category], eligibility: dict[str, Eligibility]) -> None:
        self.ruling = ruling
        self.categories = categories
        self.eligibility = eligibility

    def version(self, place: Place) -> Version:
        place.only(*RULE, "licences_expiring", "in_force", "cycle", "cycle_years", "total", "requirements")
        rule, total = self.ruling.rule(place), place.number("total")
        spots = place.items("requirements")
        requirements = tuple(self.requirement(spot, rule, total) for spot in spots)
        _note_roles_named_twice(spots, requirements)
        cycle = place.choice("cycle", [OF_LICENCE, OF_YEAR], default=OF_LICENCE)
        return Version(
            rule=rule,
            licences_expiring=span_of(place, "licences_expiring"),
            in_force=span_of(place, "in_force"),
            cycle_years=place.whole("cycle_years", 1 if cycle == OF_YEAR else None),
            total=total,
            requirements=requirements,
            cycle=cycle,
        )

    def requirement(self, place: Place, version: Rule, total: Decimal) -> Requirement:
        place.only("roles", "parts")
        roles = self.ruling.terms.known(place, "roles", self.ruling.terms.roles)
        if not roles:
            place.at("roles").wrong("Name at least one role.")
        parts = tuple(self.part(spot, version, roles) for spot in place.items("parts"))
        reached = sum((part.credits for part in parts), Decimal(0))
        if reached != total:
            place.at("parts").wrong(f"The parts add up to {plain(reached)}, and the total is {plain(total)}.")
        return Requirement(roles=roles, parts=parts)

    def part(self, place: Place, version: Rule, roles: Sequence[str], also: Sequence[str] = ()) -> Part:
        """A part, which takes from the rule above what it does not say itself; `also` are keys read elsewhere."""
        place.only(*RULE, "category", "credits", "takes", *also)
        category = place.choice("category", list(self.categories))
        credits = place.number("credits", positive=True)
        if credits != in_steps(credits):
            place.at("credits").wrong(f"Credits are counted in steps of {STEP}; ask for a multiple of it.")
        known = self.categories.get(category, Category(category, category))
        return Part(
            rule=self.ruling.rule(
                place,
                version,
                id=".".join((version.id, *roles[:1], category)),
                title=f"{version.title}: {plain(credits)} in {known.title}",
            ),
            category=known,
            credits=credits,
            takes=self.taking(place),
        )

    def taking(self, place: Place) -> Eligibility:
        id = place.choice("takes", list(self.eligibility))
        unknown = Eligibility(Rule(id, id, (), Standing.NOT_FOUND), Anything())
        return self.eligibility.get(id, unknown)


def _both_rule(one: Version, other: Version) -> bool:
    return one.licences_expiring.overlaps(other.licences_expiring) and one.in_force.overlaps(other.in_force)


def _note_roles_named_twice(spots: Sequence[Place], requirements: Sequence[Requirement]) -> None:
    seen: set[str] = set()
    for spot, requirement in zip(spots, requirements, strict=True):
        for role in sorted(seen.intersection(requirement.roles)):
            spot.at("roles").wrong(f"“{role}” is named by an earlier requirement of this version.")
        seen.update(requirement.roles)
        _note_categories_named_twice(spot, requirement)


def _note_categories_named_twice(spot: Place, requirement: Requirement) -> None:
    codes = [part.category.code for part in requirement.parts]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        spot.at("parts").wrong(f"“{code}” is named by two parts; make them one.")
