"""From a policy document to a `Policy`, with every mistake named by its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import condition_at
from longleaf.engines.policy.limits import admissions_at, caps_at, plan_rule_at, units_at, year_start_at
from longleaf.engines.policy.notices import notice_at
from longleaf.engines.policy.policy import (
    PURPOSES,
    CarryOver,
    Category,
    CreditKind,
    Eligibility,
    LicenceType,
    Policy,
    Role,
    Window,
)
from longleaf.engines.policy.record_reading import note_unknown_schema
from longleaf.engines.policy.results import ladders_at, obligations_at, results_at
from longleaf.engines.policy.rules import PolicyError, Unit
from longleaf.engines.policy.ruling import CODED, RULE, Ruling, coded, codes_in, each, span_of
from longleaf.engines.policy.terms import ApprovedList, Program, Stack, Terms
from longleaf.engines.policy.values import ValueRule, worth_at
from longleaf.engines.policy.versions import versions_at

WORDS = ("roles", "licence_types", "categories", "kinds", "levels", "lists", "programs", "stacks")
COUNTING = ("eligibility", "values", "admissions", "caps", "units", "window", "splitting", "plans", "versions")
BESIDE = ("results", "obligations", "ladders", "notices", "examples")
TOP = ("schema_version", "purpose", *RULE, "jurisdiction", "unit", "year_starts", *WORDS, *COUNTING, *BESIDE)


def policy_from_document(document: object) -> Policy:
    """Read a policy from a mapping such as YAML or JSON gives.

    Its `examples` are kept unread; `check_examples` runs them. Raises `PolicyError` with every mistake as
    path and reason: what is missing or misspelt, codes that are named but not defined, ids used twice,
    parts that do not add up to their total, and rules of the same thing that hold at the same time.
    """
    top = Place(document).only(*TOP)
    note_unknown_schema(top)
    policy = PolicyReader(top).policy()
    top.raise_mistakes(PolicyError)
    return policy


@dataclass
class PolicyReader:
    """Reads one document. What needs a cycle is asked for only where there are versions."""

    top: Place
    ruling: Ruling = field(default_factory=Ruling)

    def policy(self) -> Policy:
        top, ruling = self.top, self.ruling
        counts = top.has("versions")
        whole = ruling.whole = ruling.rule(top)
        ruling.terms = self.terms()
        categories = coded(top, "categories", self.category, required=counts)
        eligibility = each(top, "eligibility", self.eligible, required=counts)
        licence_types = coded(top, "licence_types", self.licence_type, required=counts)
        licences = frozenset(it.code for it in licence_types)
        units = units_at(top.at("units"), ruling) if top.has("units") else None
        return Policy(
            rule=whole,
            jurisdiction=top.text("jurisdiction"),
            unit=_unit(top.at("unit")) if counts or top.has("unit") or top.has("values") else Unit("", "", ""),
            roles=coded(top, "roles", self.role, required=counts),
            licence_types=licence_types,
            categories=categories,
            kinds=coded(top, "kinds", self.kind, required=counts),
            values=self.values(required=counts),
            window=self.window(top.at("window")) if counts or top.has("window") else None,
            splitting=ruling.rule(top.at("splitting").only(*RULE)) if counts or top.has("splitting") else None,
            versions=versions_at(top, ruling, categories, eligibility) if counts else (),
            notices=each(top, "notices", lambda spot: notice_at(spot, ruling)),
            examples=top.at("examples"),
            purpose=top.choice("purpose", PURPOSES, default=PURPOSES[0]),
            eligibility=eligibility,
            caps=caps_at(top, ruling),
            admissions=admissions_at(top, ruling),
            units=units,
            plans=plan_rule_at(top.at("plans"), ruling) if top.has("plans") else None,
            results=results_at(top, ruling, licences),
            obligations=obligations_at(top, ruling, licences),
            ladders=ladders_at(top, ruling, licences),
            year_start=year_start_at(top),
            terms=ruling.terms,
            # By now every rule has been read, so that these are whole.
            source_ids=frozenset(ruling.sources),
            rule_ids=frozenset(ruling.ids),
        )

    def terms(self, above: Terms | None = None) -> Terms:
        """The defined words, beside those of a document `above`; read first, for any rule may name them."""
        top, above = self.top, above or Terms()
        lists = each(top, "lists", self.list)
        programs = coded(top, "programs", self.program)
        stacks = coded(top, "stacks", self.stack)
        return Terms(
            lists={**above.lists, **{it.rule.id: it for it in lists}},
            programs={**above.programs, **{it.code: it for it in programs}},
            stacks={**above.stacks, **{it.code: it for it in stacks}},
            levels=top.words("levels", default=()) or above.levels,
            kinds=above.kinds.union(codes_in(top, "kinds")),
            roles=above.roles.union(codes_in(top, "roles")),
            categories=above.categories.union(codes_in(top, "categories")),
        )

    def list(self, place: Place) -> ApprovedList:
        place.only(*RULE, "items", "recognised_by")
        if not (place.has("items") or place.has("recognised_by")):
            place.wrong("Write `items`, `recognised_by` or both; nothing could ever be on this list.")
        return ApprovedList(
            rule=self.ruling.rule(place),
            items=frozenset(place.words("items", default=())),
            recognised_by=frozenset(place.words("recognised_by", default=())),
        )

    def program(self, place: Place) -> Program:
        place.only(*CODED, "approved")
        rule = self.ruling.named(place)
        return Program(rule, place.text("code"), place.text("title"), span_of(place, "approved"))

    def stack(self, place: Place) -> Stack:
        place.only(*CODED, "pieces")
        rule = self.ruling.named(place)
        return Stack(rule, place.text("code"), place.text("title"), place.words("pieces", default=()))

    def category(self, place: Place) -> Category:
        place.only(*CODED)
        self.ruling.named(place)
        return Category(code=place.text("code"), title=place.text("title"))

    def kind(self, place: Place) -> CreditKind:
        place.only(*CODED, "measure", "measures")
        self.ruling.named(place)
        code = place.text("code")
        return CreditKind(code, place.text("title"), Unit(code, place.text("measure"), place.text("measures")))

    def role(self, place: Place) -> Role:
        place.only(*CODED, "within")
        self.ruling.named(place)
        terms = self.ruling.terms
        return Role(place.text("code"), place.text("title"), terms.known(place, "within", terms.roles))

    def licence_type(self, place: Place) -> LicenceType:
        place.only(*CODED, "years", "renewed_by_credits", "settled")
        renewed = place.flag("renewed_by_credits")
        if renewed == place.has("settled"):
            place.wrong("Write `renewed_by_credits: true`, or false with the reason in `settled`.")
        return LicenceType(
            rule=self.ruling.named(place),
            code=place.text("code"),
            title=place.text("title"),
            years=place.whole("years") if place.has("years") else None,
            settled=place.text("settled", default=""),
        )

    def eligible(self, place: Place) -> Eligibility:
        place.only(*RULE, "when")
        condition = condition_at(place.at("when"), self.ruling.terms)
        return Eligibility(self.ruling.rule(place), condition, place.at("when").value)

    def window(self, place: Place) -> Window:
        place.only(*RULE, "after_expiry", "grace_days", "carry_over")
        grace = place.whole("grace_days", 0)
        if grace < 0:
            place.at("grace_days").wrong("This must be 0 or more.")
        return Window(
            rule=self.ruling.rule(place),
            after_expiry=place.text("after_expiry", default=""),
            grace_days=grace,
            carry_over=self.carry_over(place.at("carry_over")) if place.has("carry_over") else None,
        )

    def carry_over(self, place: Place) -> CarryOver:
        place.only(*RULE, "at_most", "months")
        months = place.whole("months")
        if place.has("months") and months < 1:
            place.at("months").wrong("This must be 1 or more.")
        return CarryOver(self.ruling.rule(place), place.number("at_most", positive=True), months)

    def values(self, *, required: bool) -> tuple[ValueRule, ...]:
        places = self.top.items("values", required=required)
        values = tuple(map(self.value, places))
        for number, (place, value) in enumerate(zip(places, values, strict=True)):
            if any(_hides(earlier, value) for earlier in values[:number]):
                place.wrong("An earlier value of this kind holds at the same time; part them by their dates.")
        return values

    def value(self, place: Place) -> ValueRule:
        place.only(*RULE, "of", "worth", "licences_expiring", "earned", "when")
        terms = self.ruling.terms
        return ValueRule(
            rule=self.ruling.rule(place),
            of=place.choice("of", sorted(terms.kinds)),
            worth=worth_at(place.at("worth"), terms),
            licences_expiring=span_of(place, "licences_expiring"),
            earned=span_of(place, "earned"),
            when=condition_at(place.at("when"), terms) if place.has("when") else None,
        )


def _unit(place: Place) -> Unit:
    place.only("code", "title", "plural")
    return Unit(place.text("code"), place.text("title"), place.text("plural"))


def _hides(earlier: ValueRule, value: ValueRule) -> bool:
    """Whether both hold at the same time and the earlier one, having no condition of its own, would always win."""
    dated = earlier.licences_expiring.overlaps(value.licences_expiring) and earlier.earned.overlaps(value.earned)
    return dated and earlier.of == value.of and earlier.when is None
