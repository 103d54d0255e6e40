"""What keeps credits from counting in full: caps, conditions on all credits of a kind, stacks that count as units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import Condition, condition_at
from longleaf.engines.policy.record import EarnedCredit, Licence
from longleaf.engines.policy.rules import Rule
from longleaf.engines.policy.ruling import RULE, Ruling, each

CYCLE, YEAR = "cycle", "year"
# Where a policy does not say what serves the outcomes of a plan: what shows competency, and no hours.
SERVE_OUTCOMES = ("micro_credential",)


@dataclass(frozen=True)
class Cap:
    """At most so many credits of some kinds in a cycle, or in each policy year.

    `within` names a wider cap that these credits fall under too. Caps that are not nested have no kind in common,
    so that any two of them are nested or apart.
    """

    rule: Rule
    of: tuple[str, ...]
    when: Condition | None
    at_most: Decimal
    per: str
    within: str

    def takes(self, credit: EarnedCredit, licence: Licence) -> bool:
        if credit.kind not in self.of:
            return False
        return self.when is None or self.when.why(credit, licence, "") is not None


@dataclass(frozen=True)
class Admission:
    """Credits of some kinds count only where a condition holds; `otherwise` says what is missing."""

    rule: Rule
    of: tuple[str, ...]
    when: Condition
    otherwise: str

    def refuses(self, credit: EarnedCredit, licence: Licence) -> bool:
        return credit.kind in self.of and self.when.why(credit, licence, "") is None


@dataclass(frozen=True)
class Units:
    """A stack of one of these kinds counts as a unit: what it is made of counts nothing beside it."""

    rule: Rule
    of: tuple[str, ...]


@dataclass(frozen=True)
class PlanRule:
    """A local plan may set aside the hours of these categories; where `reviewed`, only after a review by the state.

    Credits of the kinds in `of` serve its outcomes.
    """

    rule: Rule
    may_waive: frozenset[str]
    reviewed: bool
    of: tuple[str, ...]


@dataclass(frozen=True)
class YearStart:
    """The month and day on which a policy year begins; February 29 is none."""

    month: int = 7
    day: int = 1

    def of(self, day: date) -> date:
        """The first day of the policy year in which a day lies."""
        start = date(day.year, self.month, self.day)
        return start if start <= day else start.replace(year=day.year - 1)


def caps_at(top: Place, ruling: Ruling, outer: Sequence[Cap] = ()) -> tuple[Cap, ...]:
    """The caps of a document, after those of `outer`, noting those that are neither nested nor apart."""
    places = top.items("caps", required=False)
    caps = tuple(_cap(spot, ruling) for spot in places)
    known = {cap.rule.id: cap for cap in (*outer, *caps)}
    for number, (place, cap) in enumerate(zip(places, caps, strict=True)):
        wider = known.get(cap.within)
        if cap.within and (wider is None or wider in caps[number:]):
            place.at("within").wrong(f"“{cap.within}” is not the id of a cap before this one.")
        elif wider and wider.per == YEAR and cap.per == CYCLE:
            place.at("per").wrong("A cap within one for each year must be for each year too.")
        elif wider and not set(cap.of) <= set(wider.of):
            place.at("of").wrong("A cap within another takes only kinds that the other takes.")
        for earlier in (*outer, *caps[:number]):
            if earlier.within == cap.within and set(earlier.of) & set(cap.of):
                place.at("of").wrong(f"“{earlier.rule.id}” limits the same kind; put one cap within the other.")
    return caps


def _cap(place: Place, ruling: Ruling) -> Cap:
    place.only(*RULE, "of", "when", "at_most", "per", "within")
    return Cap(
        rule=ruling.rule(place),
        of=ruling.terms.known(place, "of", ruling.terms.kinds, required=True),
        when=condition_at(place.at("when"), ruling.terms) if place.has("when") else None,
        at_most=place.number("at_most", positive=True),
        per=place.choice("per", [CYCLE, YEAR], default=CYCLE),
        within=place.text("within", default=""),
    )


def admissions_at(top: Place, ruling: Ruling) -> tuple[Admission, ...]:
    return each(top, "admissions", lambda spot: _admission(spot, ruling))


def _admission(place: Place, ruling: Ruling) -> Admission:
    place.only(*RULE, "of", "when", "otherwise")
    return Admission(
        rule=ruling.rule(place),
        of=ruling.terms.known(place, "of", ruling.terms.kinds, required=True),
        when=condition_at(place.at("when"), ruling.terms),
        otherwise=place.text("otherwise"),
    )


def units_at(place: Place, ruling: Ruling) -> Units:
    place.only(*RULE, "of")
    return Units(ruling.rule(place), ruling.terms.known(place, "of", ruling.terms.kinds, required=True))


def plan_rule_at(place: Place, ruling: Ruling) -> PlanRule:
    place.only(*RULE, "may_waive", "reviewed", "of")
    return PlanRule(
        rule=ruling.rule(place),
        may_waive=frozenset(ruling.terms.known(place, "may_waive", ruling.terms.categories, required=True)),
        reviewed=place.flag("reviewed", default=False),
        of=ruling.terms.known(place, "of", ruling.terms.kinds) if place.has("of") else SERVE_OUTCOMES,
    )


def year_start_at(top: Place) -> YearStart:
    """The beginning of the policy year, as month and day in `year_starts`; July 1 where it is left out."""
    word = top.text("year_starts", default="07-01")
    try:
        # A year without a leap day, for a policy year must begin in every year.
        start = date.fromisoformat(f"2023-{word}")
    except ValueError:
        top.at("year_starts").wrong("This must be a month and a day that every year has, written like 07-01.")
        return YearStart()
    return YearStart(start.month, start.day)


def nested(caps: Sequence[Cap]) -> Mapping[str, tuple[Cap, ...]]:
    """For each cap by id, itself and all that it lies within."""
    by_id = {cap.rule.id: cap for cap in caps}
    found: dict[str, tuple[Cap, ...]] = {}
    for cap in caps:
        found[cap.rule.id] = (cap, *found.get(cap.within, ())) if cap.within in by_id else (cap,)
    return found
