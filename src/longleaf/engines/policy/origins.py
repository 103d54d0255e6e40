"""Conditions on where a credit comes from: its issuer, who recognised or approved it, and the days that matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from longleaf.engines.documents import Place
from longleaf.engines.policy.record import EarnedCredit, Licence, Outcome
from longleaf.engines.policy.rules import Span, span_at, spoken
from longleaf.engines.policy.terms import ApprovedList, Program, Terms, either


@dataclass(frozen=True)
class FromIssuer:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit issued by {either(self.among)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"{credit.issuer} issued it" if credit.issuer in self.among else None


@dataclass(frozen=True)
class FromIssuerOfKind:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit from an issuer of the kind {either(self.among)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"its issuer is of the kind {credit.issuer_kind}" if credit.issuer_kind in self.among else None


@dataclass(frozen=True)
class RecognisedBy:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit recognized by {either(self.among)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        found = [one for one in self.among if one in credit.recognised_by]
        return f"{found[0]} recognized it" if found else None


@dataclass(frozen=True)
class OnList:
    list: ApprovedList

    @property
    def wanted(self) -> str:
        return f"a credit on the list “{self.list.rule.title}”"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        listed = credit.item in self.list.items or self.list.recognised_by & credit.recognised_by
        return f"it is on the list “{self.list.rule.title}”" if listed else None


@dataclass(frozen=True)
class InProgram:
    """Earned in one of these programs while the program was approved."""

    programs: tuple[Program, ...]

    @property
    def wanted(self) -> str:
        return f"a credit earned in the approved program {either([it.title for it in self.programs])}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        # The program must have been approved when the work began, or, where that is unknown, when it was earned.
        day = credit.begun_on or credit.earned_on
        for program in self.programs:
            if program.code in {credit.program, credit.item} and program.approved.covers(day):
                return f"it belongs to the program {program.title}, which was approved before"
        return None


@dataclass(frozen=True)
class ApprovedBefore:
    """Approved in writing before the work began, or before it was earned where the beginning is unknown."""

    wanted = "a credit that was approved before the work began"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        if credit.approved_on is None or credit.approved_on > (credit.begun_on or credit.earned_on):
            return None
        return f"it was approved beforehand, on {spoken(credit.approved_on)}"


@dataclass(frozen=True)
class Decided:
    """Approved, case by case, by whoever decides."""

    wanted = "a credit that was approved"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        decision = credit.decision
        if decision is None or decision.outcome is not Outcome.APPROVED:
            return None
        return f"{decision.by} approved it"


@dataclass(frozen=True)
class EvidenceWithin:
    days: int

    @property
    def wanted(self) -> str:
        return f"a credit whose proof was handed in within {self.days} days after it was earned"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        if credit.evidence_on is None or (credit.evidence_on - credit.earned_on).days > self.days:
            return None
        return f"its proof was handed in on {spoken(credit.evidence_on)}"


@dataclass(frozen=True)
class EarnedWithin:
    span: Span

    @property
    def wanted(self) -> str:
        return f"a credit earned {self.span.told}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"it was earned on {spoken(credit.earned_on)}" if self.span.covers(credit.earned_on) else None


def _words(place: Place, key: str) -> tuple[str, ...]:
    words = place.words(key)
    if place.has(key) and not words:
        place.at(key).wrong("This list is empty; nothing could ever match it.")
    return words or ("nothing",)


def list_at(place: Place, terms: Terms) -> ApprovedList | None:
    """The list that `list` names, or None with the mistake noted."""
    return terms.lists.get(place.choice("list", list(terms.lists)))


def _on_list(place: Place, terms: Terms) -> OnList | FromIssuer:
    found = list_at(place, terms)
    return OnList(found) if found else FromIssuer(("nothing",))


def _in_program(place: Place, terms: Terms) -> InProgram | FromIssuer:
    codes = terms.known(place, "among", terms.programs, required=True)
    programs = tuple(terms.programs[code] for code in codes if code in terms.programs)
    return InProgram(programs) if programs else FromIssuer(("nothing",))


def _within_days(place: Place, terms: Terms) -> EvidenceWithin:
    days = place.whole("days")
    if place.has("days") and days < 0:
        place.at("days").wrong("This must be 0 or more.")
    return EvidenceWithin(days)


def _earned_within(place: Place, terms: Terms) -> EarnedWithin:
    if not (place.has("from") or place.has("before")):
        place.wrong("Write `from`, `before` or both.")
    return EarnedWithin(span_at(place))


CONDITIONS: dict[str, tuple[tuple[str, ...], Callable[[Place, Terms], Any]]] = {
    "issuer": (("among",), lambda place, terms: FromIssuer(_words(place, "among"))),
    "issuer_kind": (("among",), lambda place, terms: FromIssuerOfKind(_words(place, "among"))),
    "recognised_by": (("among",), lambda place, terms: RecognisedBy(_words(place, "among"))),
    "on_list": (("list",), _on_list),
    "program": (("among",), _in_program),
    "prior_approval": ((), lambda place, terms: ApprovedBefore()),
    "approved": ((), lambda place, terms: Decided()),
    "evidence_within": (("days",), _within_days),
    "earned": (("from", "before"), _earned_within),
}
