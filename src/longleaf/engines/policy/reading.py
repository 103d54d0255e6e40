"""From a policy document to a `Policy`, with every mistake named by its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from longleaf.engines.documents import Place, note_repeated_codes
from longleaf.engines.policy.conditions import Anything, condition_at
from longleaf.engines.policy.policy import (
    Category,
    CreditKind,
    Eligibility,
    LicenceType,
    Notice,
    Part,
    Policy,
    Requirement,
    Role,
    Version,
    Window,
)
from longleaf.engines.policy.rules import PolicyError, Rule, Span, Standing, Unit, plain
from longleaf.engines.policy.values import ValueRule, worth_at

T = TypeVar("T")
RULE = ("id", "title", "source_ids", "standing", "note")
CODED = ("code", "title", "source_ids", "standing", "note")
PARTS = ("roles", "licence_types", "categories", "kinds", "eligibility", "values", "versions", "notices", "examples")
TOP = (*RULE, *PARTS, "jurisdiction", "unit", "window", "splitting")


def policy_from_document(document: object) -> Policy:
    """Read a policy from a mapping such as YAML or JSON gives.

    Its `examples` are kept unread; `check_examples` runs them. Raises `PolicyError` with every mistake as
    path and reason: what is missing or misspelt, codes that are named but not defined, ids used twice,
    parts that do not add up to their total, and rules of the same thing that hold at the same time.
    """
    top = Place(document).only(*TOP)
    policy = _Reader(top).policy()
    top.raise_mistakes(PolicyError)
    return policy


@dataclass
class _Reader:
    """Reads one document; remembers the ids and sources seen, and the codes that others may name."""

    top: Place
    ids: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    categories: dict[str, Category] = field(default_factory=dict)
    eligibility: dict[str, Eligibility] = field(default_factory=dict)
    role_codes: set[str] = field(default_factory=set)
    kind_codes: set[str] = field(default_factory=set)
    whole: Rule | None = None

    def policy(self) -> Policy:
        whole = self.whole = self.rule(self.top)
        self.role_codes = {spot.text("code") for spot in self.top.items("roles")}
        categories = self.coded("categories", self.category)
        self.categories = {it.code: it for it in categories}
        kinds = self.coded("kinds", self.kind)
        self.kind_codes = {it.code for it in kinds}
        self.eligibility = {it.rule.id: it for it in map(self.eligible, self.top.items("eligibility"))}
        return Policy(
            rule=whole,
            jurisdiction=self.top.text("jurisdiction"),
            unit=_unit(self.top.at("unit")),
            roles=self.coded("roles", self.role),
            licence_types=self.coded("licence_types", self.licence_type),
            categories=categories,
            kinds=kinds,
            values=self.values(),
            window=self.window(self.top.at("window")),
            splitting=self.rule(self.top.at("splitting").only(*RULE)),
            versions=self.versions(),
            notices=tuple(map(self.notice, self.top.items("notices", required=False))),
            source_ids=frozenset(self.sources),
            examples=self.top.at("examples"),
        )

    def rule(self, place: Place, above: Rule | None = None, *, id: str = "", title: str = "") -> Rule:
        """The rule at a place; what it does not say itself it takes from the rule above it."""
        rule = Rule(
            id=place.text("id", default=id or None),
            title=place.text("title", default=title or None),
            source_ids=place.words("source_ids", default=above.source_ids if above else None),
            standing=_standing(place, above),
            note=place.text("note", default=""),
        )
        if rule.id in self.ids:
            place.wrong(f"The id “{rule.id}” is used twice; each rule needs its own.")
        if rule.standing.rests_on_sources and not rule.source_ids:
            place.at("source_ids").wrong(f"“{rule.standing}” says that somebody saw it; name the source.")
        self.ids.add(rule.id)
        self.sources.update(rule.source_ids)
        return rule

    def coded(self, key: str, read: Callable[[Place], T]) -> tuple[T, ...]:
        places = self.top.items(key)
        found = tuple(map(read, places))
        note_repeated_codes(places, [_code(spot) for spot in places])
        return found

    def named(self, place: Place) -> Rule:
        """The rule of a coded thing, by its list and code; what it does not say it takes from the document."""
        return self.rule(place, self.whole, id=f"{place.path.split('[')[0]}.{place.text('code')}")

    def category(self, place: Place) -> Category:
        place.only(*CODED)
        self.named(place)
        return Category(code=place.text("code"), title=place.text("title"))

    def kind(self, place: Place) -> CreditKind:
        place.only(*CODED, "measure", "measures")
        self.named(place)
        code = place.text("code")
        return CreditKind(code, place.text("title"), Unit(code, place.text("measure"), place.text("measures")))

    def role(self, place: Place) -> Role:
        place.only(*CODED, "within")
        self.named(place)
        return Role(place.text("code"), place.text("title"), self.known(place, "within", self.role_codes))

    def licence_type(self, place: Place) -> LicenceType:
        place.only(*CODED, "years", "renewed_by_credits", "settled")
        renewed = place.flag("renewed_by_credits")
        if renewed == place.has("settled"):
            place.wrong("Write `renewed_by_credits: true`, or false with the reason in `settled`.")
        return LicenceType(
            rule=self.named(place),
            code=place.text("code"),
            title=place.text("title"),
            years=place.whole("years") if place.has("years") else None,
            settled=place.text("settled", default=""),
        )

    def eligible(self, place: Place) -> Eligibility:
        place.only(*RULE, "when")
        return Eligibility(rule=self.rule(place), condition=condition_at(place.at("when")))

    def window(self, place: Place) -> Window:
        place.only(*RULE, "after_expiry")
        return Window(rule=self.rule(place), after_expiry=place.text("after_expiry", default=""))

    def notice(self, place: Place) -> Notice:
        place.only(*RULE, "text", "roles", "licences_expiring")
        return Notice(
            rule=self.rule(place),
            text=place.text("text"),
            roles=self.known(place, "roles", self.role_codes),
            licences_expiring=_span(place, "licences_expiring"),
        )

    def values(self) -> tuple[ValueRule, ...]:
        places = self.top.items("values")
        values = tuple(map(self.value, places))
        for number, (place, value) in enumerate(zip(places, values, strict=True)):
            if any(_both_hold(value, earlier) for earlier in values[:number]):
                place.wrong("An earlier value of this kind holds at the same time; part them by their dates.")
        return values

    def value(self, place: Place) -> ValueRule:
        place.only(*RULE, "of", "worth", "licences_expiring", "earned")
        return ValueRule(
            rule=self.rule(place),
            of=place.choice("of", sorted(self.kind_codes)),
            worth=worth_at(place.at("worth")),
            licences_expiring=_span(place, "licences_expiring"),
            earned=_span(place, "earned"),
        )

    def versions(self) -> tuple[Version, ...]:
        places = self.top.items("versions")
        versions = tuple(map(self.version, places))
        for number, (place, version) in enumerate(zip(places, versions, strict=True)):
            if any(_both_rule(version, earlier) for earlier in versions[:number]):
                place.wrong("An earlier version rules the same licenses; part them by their dates.")
        return versions

    def version(self, place: Place) -> Version:
        place.only(*RULE, "licences_expiring", "in_force", "cycle_years", "total", "requirements")
        rule, total = self.rule(place), place.number("total")
        spots = place.items("requirements")
        requirements = tuple(self.requirement(spot, rule, total) for spot in spots)
        _note_roles_named_twice(spots, requirements)
        return Version(
            rule=rule,
            licences_expiring=_span(place, "licences_expiring"),
            in_force=_span(place, "in_force"),
            cycle_years=place.whole("cycle_years"),
            total=total,
            requirements=requirements,
        )

    def requirement(self, place: Place, version: Rule, total: Decimal) -> Requirement:
        place.only("roles", "parts")
        roles = self.known(place, "roles", self.role_codes)
        if not roles:
            place.at("roles").wrong("Name at least one role.")
        parts = tuple(self.part(spot, version, roles) for spot in place.items("parts"))
        reached = sum((part.credits for part in parts), Decimal(0))
        if reached != total:
            place.at("parts").wrong(f"The parts add up to {plain(reached)}, and the total is {plain(total)}.")
        return Requirement(roles=roles, parts=parts)

    def part(self, place: Place, version: Rule, roles: Sequence[str]) -> Part:
        place.only(*RULE, "category", "credits", "takes")
        category = place.choice("category", list(self.categories))
        credits = place.number("credits", positive=True)
        known = self.categories.get(category, Category(category, category))
        return Part(
            rule=self.rule(
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

    def known(self, place: Place, key: str, codes: set[str]) -> tuple[str, ...]:
        words = place.words(key, default=())
        for word in words:
            if word not in codes:
                place.at(key).wrong(f"“{word}” is not defined; define it, or write one of: {_listed(codes)}.")
        return words


def _standing(place: Place, above: Rule | None) -> Standing:
    word = place.choice("standing", list(Standing), default=above.standing if above else None)
    return Standing(word) if word in set(Standing) else Standing.NOT_FOUND


def _unit(place: Place) -> Unit:
    place.only("code", "title", "plural")
    return Unit(place.text("code"), place.text("title"), place.text("plural"))


def _span(place: Place, key: str) -> Span:
    if not place.has(key):
        return Span()
    spot = place.at(key).only("from", "before")
    span = Span(spot.day("from"), spot.day("before"))
    if span.first and span.before and span.first >= span.before:
        spot.wrong("This span ends before it begins; `before` names the first day after it.")
    return span


def _both_hold(one: ValueRule, other: ValueRule) -> bool:
    dated = one.licences_expiring.overlaps(other.licences_expiring) and one.earned.overlaps(other.earned)
    return dated and one.of == other.of


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


def _code(place: Place) -> str:
    code = place.value.get("code") if isinstance(place.value, Mapping) else None
    return code if isinstance(code, str) else ""


def _listed(codes: set[str]) -> str:
    return ", ".join(sorted(codes))
