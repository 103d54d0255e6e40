"""Sums over educators under two policies: who gains, who loses, and what is given. Plain values, no person in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from longleaf.directory.places import tier_of
from longleaf.engines.policy import Licence, Policy, Tally
from longleaf.recognition.lab.pricing import Priced, Prices

ZERO = Decimal(0)
UNKNOWN = "Not known"
MOST_YEARS = 5


@dataclass
class Sum:
    """Educators of one group.

    Somebody gains to whom less is missing than before, or who is complete and was not; somebody loses where it is the
    other way round. Who is told nothing by one of the two policies is counted apart and neither gains nor loses.
    """

    people: int = 0
    gain: int = 0
    lose: int = 0
    silent_before: int = 0
    silent_after: int = 0
    apart: int = 0
    complete_before: int = 0
    complete_after: int = 0
    became_complete: int = 0
    is_complete_no_more: int = 0
    required_before: Decimal = ZERO
    required_after: Decimal = ZERO
    counted_before: Decimal = ZERO
    counted_after: Decimal = ZERO

    @property
    def unchanged(self) -> int:
        return self.people - self.gain - self.lose - self.apart

    @property
    def missing_before(self) -> Decimal:
        return self.required_before - self.counted_before

    @property
    def missing_after(self) -> Decimal:
        return self.required_after - self.counted_after

    def add(self, before: Tally | None, after: Tally | None) -> None:
        self.people += 1
        self.silent_before += before is None
        self.silent_after += after is None
        self.apart += before is None or after is None
        if before is not None:
            self.complete_before += before.complete
            self.required_before += before.required
            self.counted_before += before.counted
        if after is not None:
            self.complete_after += after.complete
            self.required_after += after.required
            self.counted_after += after.counted
        if before is not None and after is not None:
            was, is_now = (before.missing, not before.complete), (after.missing, not after.complete)
            self.gain += is_now < was
            self.lose += is_now > was
        was_complete, is_complete = before is not None and before.complete, after is not None and after.complete
        self.became_complete += is_complete and not was_complete
        self.is_complete_no_more += was_complete and not is_complete

    def as_document(self) -> dict[str, Any]:
        return {each.name: _told(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Sum:
        return cls(**_read(document))


@dataclass(frozen=True)
class Got:
    """What one educator gets by a result or ladder under one policy, what it adds up to, and what it costs."""

    is_given: bool = False
    amount: Decimal = ZERO
    cost: Decimal = ZERO


NOTHING = Got()


@dataclass
class Given:
    """What one result or ladder gives: people who get it, what a ladder adds up to, and what all of it costs.

    A ladder gives something to whoever reached a step of it; credits below the first one give nothing yet. The costs
    are in the measure in which each of the two policies prices it, and nothing where one does not. `changed` tells how
    many people it changes something for in each way, so that a difference which shows few of them can be withheld.
    """

    people_before: int = 0
    people_after: int = 0
    amount_before: Decimal = ZERO
    amount_after: Decimal = ZERO
    cost_before: Decimal = ZERO
    cost_after: Decimal = ZERO
    changed: dict[str, int] = field(default_factory=dict)

    def add(self, before: Got, after: Got) -> None:
        """Add what somebody gets under each of the two policies."""
        self.people_before += before.is_given
        self.people_after += after.is_given
        self.amount_before += before.amount
        self.amount_after += after.amount
        self.cost_before += before.cost
        self.cost_after += after.cost
        if (before.is_given, before.cost) != (after.is_given, after.cost):
            way = f"{after.is_given - before.is_given:+d} {(after.cost - before.cost).normalize():f}"
            self.changed[way] = self.changed.get(way, 0) + 1

    def as_document(self) -> dict[str, Any]:
        return {each.name: _told(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Given:
        return cls(**_read(document))


@dataclass(frozen=True)
class Misfit:
    """A school unit whose document cannot be laid over the draft, and the first reason why."""

    unit: str
    because: str


@dataclass
class Sums:
    """All educators, the ways to divide them, what is given beside credits, and which documents of units do not fit."""

    whole: Sum = field(default_factory=Sum)
    divisions: dict[str, dict[str, Sum]] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    # What is given to the groups of each division: by the division, the group and the id of the rule.
    given_in: dict[str, dict[str, dict[str, Given]]] = field(default_factory=dict)
    rules: dict[str, Priced] = field(default_factory=dict)
    misfits: tuple[Misfit, ...] = ()

    def add(
        self, groups: Mapping[str, str], before: Tally | None, after: Tally | None, prices: tuple[Prices, Prices]
    ) -> None:
        """Add somebody who belongs to a group of each division, with what each of the two policies pays for."""
        self.whole.add(before, after)
        for division, name in groups.items():
            self.divisions.setdefault(division, {}).setdefault(name, Sum()).add(before, after)
        had, has = _got(before, prices[0]), _got(after, prices[1])
        for id in {**had, **has}:
            for given in self._given(id, groups):
                given.add(had.get(id, NOTHING), has.get(id, NOTHING))

    def _given(self, id: str, groups: Mapping[str, str]) -> Iterator[Given]:
        """What a rule gives to everybody, and to each group that somebody belongs to."""
        yield self.given.setdefault(id, Given())
        for division, name in groups.items():
            of_group = self.given_in.setdefault(division, {}).setdefault(name, {})
            yield of_group.setdefault(id, Given())

    def as_document(self) -> dict[str, Any]:
        """Plain JSON; amounts as text."""
        return {
            "whole": self.whole.as_document(),
            "divisions": {
                division: {name: each.as_document() for name, each in groups.items()}
                for division, groups in self.divisions.items()
            },
            "given": _documents(self.given),
            "given_in": {
                division: {name: _documents(given) for name, given in groups.items()}
                for division, groups in self.given_in.items()
            },
            "rules": {id: each.as_document() for id, each in self.rules.items()},
            "misfits": [asdict(each) for each in self.misfits],
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Sums:
        """What `as_document` gave; nothing at all is sums of nobody."""
        return cls(
            Sum.of(document.get("whole", {})),
            {
                division: {name: Sum.of(each) for name, each in groups.items()}
                for division, groups in document.get("divisions", {}).items()
            },
            _givens(document.get("given", {})),
            {
                division: {name: _givens(given) for name, given in groups.items()}
                for division, groups in document.get("given_in", {}).items()
            },
            {id: Priced.of(each) for id, each in document.get("rules", {}).items()},
            tuple(Misfit(**each) for each in document.get("misfits", ())),
        )


def _got(tally: Tally | None, prices: Prices) -> dict[str, Got]:
    """What somebody gets under a policy, by the ids of its rules."""
    if tally is None:
        return {}
    met = {id: Got(is_given=True, cost=prices.result(id)) for id in tally.met}
    climbed = {id: Got(prices.reaches(id, amount), amount, prices.climb(id, amount)) for id, amount in tally.climbed}
    return met | climbed


def _documents(given: Mapping[str, Given]) -> dict[str, Any]:
    return {id: each.as_document() for id, each in given.items()}


def _givens(document: Mapping[str, Any]) -> dict[str, Given]:
    return {id: Given.of(each) for id, each in document.items()}


def groups_of(licence: Licence, employer: Any, *, on: date, roles: Mapping[str, str]) -> dict[str, str]:
    """The group of each division that somebody belongs to, by their licence and where they work today."""
    return {
        "Region": (employer.region if employer else "") or UNKNOWN,
        "Tier": (tier_of(employer, on)[0] if employer else "") or UNKNOWN,
        "Role": roles.get(licence.role) or licence.role or UNKNOWN,
        "Years left": _years_left(licence, on),
    }


def titles_of_roles(policies: Sequence[Policy]) -> dict[str, str]:
    return {role.code: role.title for policy in reversed(policies) for role in policy.roles}


def _years_left(licence: Licence, on: date) -> str:
    if licence.expires is None:
        return UNKNOWN
    if licence.expires < on:
        return "Expired"
    years = (licence.expires - on).days // 365
    if years >= MOST_YEARS:
        return f"{MOST_YEARS} years or more"
    return "Less than a year" if years == 0 else f"{years} to {years + 1} years"


def _read(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) if isinstance(value, str) else value for name, value in document.items()}


def _told(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value
