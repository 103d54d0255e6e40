"""The test cases that a policy document carries: a record, a day, and what the ledger must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines.documents import Mistake, Place
from longleaf.engines.policy.answers import Answer
from longleaf.engines.policy.ledger import Ledger, ledger
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.record import Record
from longleaf.engines.policy.record_reading import RECORD, record_at
from longleaf.engines.policy.rules import NoRuleError, plain

EXPECTATIONS = (
    *("version", "required", "counted", "missing", "categories", "credits", "settled", "no_rule"),
    *("results", "obligations", "steps", "ladders", "set_aside", "complete", "notices"),
)


def check_examples(policy: Policy) -> list[Mistake]:
    """Run every example of a policy; each failure with its place in the document and what came out instead.

    An example that cannot be read, or that expects nothing, is a failure too. An empty list means that all
    hold.
    """
    top = Place({"examples": policy.examples.value}, "", [])
    for place in top.items("examples"):
        _check(policy, place)
    return top.mistakes


def _check(policy: Policy, place: Place) -> None:
    before = len(place.mistakes)
    place.only("title", "as_of", *RECORD, "expect")
    place.text("title")
    record = record_at(place)
    on = place.day("as_of")
    if on is None:
        place.at("as_of").wrong("Say as of which day, like 2024-06-30.")
    expect = place.at("expect").only(*EXPECTATIONS)
    if isinstance(expect.value, Mapping) and not expect.value:
        expect.wrong("This example expects nothing, so it could never fail.")
    if record is not None and on is not None and len(place.mistakes) == before:
        _compare(policy, record, on, expect)


def _compare(policy: Policy, record: Record, on: date, expect: Place) -> None:
    silent = expect.flag("no_rule", default=False)
    try:
        found = ledger(policy, record, on=on)
    except NoRuleError as error:
        if not silent:
            expect.wrong(f"The policy is silent here: {error}")
        return
    if silent:
        expect.at("no_rule").wrong("The policy does have a rule for this.")
    _Comparison(found, expect).compare()


@dataclass(frozen=True)
class _Comparison:
    found: Ledger
    expect: Place

    def compare(self) -> None:
        if self.expect.has("version"):
            self._same(self.expect.at("version"), self.expect.text("version"), self._version)
        for key, holds in {"settled": self.found.settled is not None, "complete": self.found.complete}.items():
            if self.expect.has(key):
                self._same(self.expect.at(key), self.expect.flag(key), holds)
        for key, number in self._totals.items():
            if self.expect.has(key):
                self._same_number(self.expect, key, number)
        self._compare_all("categories", {it.code: it.counted for it in self.found.categories})
        self._compare_all("credits", self._by_credit)
        self._compare_all("set_aside", {it.code: it.set_aside for it in self.found.categories})
        self._compare_all("ladders", {it.rule.id: it.amount for it in self.found.answers.climbs})
        self._compare_all("steps", {it.rule.id: Decimal(len(it.reached)) for it in self.found.answers.climbs})
        self._compare_answers("results", self.found.answers.results)
        self._compare_answers("obligations", self.found.answers.obligations)
        if self.expect.has("notices"):
            shown = [notice.rule.id for notice in self.found.notices]
            self._same(self.expect.at("notices"), list(self.expect.words("notices")), shown)

    @property
    def _version(self) -> str:
        return self.found.version.id if self.found.version else "none"

    @property
    def _totals(self) -> dict[str, Decimal]:
        found = self.found
        return {"required": found.total_required, "counted": found.total_counted, "missing": found.total_missing}

    @property
    def _by_credit(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for line in self.found.lines:
            sums[line.credit_id] = sums.get(line.credit_id, Decimal(0)) + line.counted
        return sums

    def _compare_all(self, key: str, found: dict[str, Decimal]) -> None:
        expected = self.expect.at(key)
        for name, place in self.expect.entries(key).items():
            if name in found:
                self._same_number(expected, name, found[name])
            else:
                place.wrong(f"The ledger has no “{name}”; it has: {', '.join(found) or 'none'}.")

    def _compare_answers(self, key: str, found: tuple[Answer, ...]) -> None:
        met = {answer.rule.id: answer.met for answer in found}
        for name, place in self.expect.entries(key).items():
            if name in met:
                self._same(place, self.expect.at(key).flag(name), met[name])
            else:
                place.wrong(f"The ledger has no “{name}”; it has: {', '.join(met) or 'none'}.")

    def _same_number(self, place: Place, key: str, found: Decimal) -> None:
        expected = place.number(key)
        if expected != found:
            place.at(key).wrong(f"Expected {plain(expected)}, but the ledger says {plain(found)}.")

    def _same(self, place: Place, expected: object, found: object) -> None:
        if expected != found:
            place.wrong(f"Expected {expected}, but the ledger says {found}.")
