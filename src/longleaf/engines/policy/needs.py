"""What a result asks for, as a tree, and how far a record meets it: by which credits, and what is missing.

New kinds of need go here and into `NEEDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from longleaf.engines.documents import Place
from longleaf.engines.policy.allocation import ZERO, allocate
from longleaf.engines.policy.conditions import Condition, condition_at
from longleaf.engines.policy.record import Approval, Licence
from longleaf.engines.policy.rules import Unit, in_steps, plain, spoken, years_after
from longleaf.engines.policy.terms import Program, Stack, Terms, either
from longleaf.engines.policy.units import Families, ways
from longleaf.engines.policy.values import Weighed

# No licence lasts longer, and so many years after any day of a licence there is still a calendar.
MOST_YEARS = 100


@dataclass(frozen=True)
class Case:
    """What needs are held against: a licence, its weighed credits, approvals, as of a day."""

    licence: Licence
    weighed: tuple[Weighed, ...]
    approvals: tuple[Approval, ...]
    on: date
    unit: Unit
    made_of: Families = field(default_factory=dict)

    def counting(self, found: Sequence[Weighed]) -> list[Weighed]:
        """What of some credits counts where no stack counts beside its pieces: the way that is worth most."""
        all_ways = ways(self.made_of, [it.credit.id for it in found])
        kept = [[it for it in found if it.credit.id not in left_out] for left_out in all_ways]
        return max(kept, key=lambda way: sum((it.amount for it in way), ZERO))

    @property
    def usable(self) -> tuple[Weighed, ...]:
        return tuple(it for it in self.weighed if it.refusal is None)


@dataclass(frozen=True)
class Finding:
    """How far one need is met: what there is of what is needed, by which credits, and what would fill the rest.

    `missing` is empty where it is met. `seek` is the condition that what is missing must meet, as the document says
    it, so that a catalog can be searched; `parts` are the findings below this one.
    """

    met: bool
    says: str
    credit_ids: tuple[str, ...] = ()
    missing: str = ""
    seek: object = None
    parts: tuple[Finding, ...] = ()


class Need(Protocol):
    def find(self, case: Case) -> Finding: ...


@dataclass(frozen=True)
class Sought:
    """The credits that a need looks at: all that meet a condition, in one year of the licence or in any."""

    condition: Condition
    document: object
    in_year: int | None

    def among(self, case: Case) -> list[Weighed]:
        days = self.days_for(case.licence)
        if days is None:
            return []
        return [
            it
            for it in case.usable
            if days[0] <= it.credit.earned_on <= days[1] and self.condition.why(it.credit, case.licence, "")
        ]

    def days_for(self, licence: Licence) -> tuple[date, date] | None:
        """The first and the last day that it looks at; None where the first day of the licence is not known."""
        if self.in_year is None:
            return date.min, date.max
        if licence.issued is None:
            return None
        start = years_after(licence.issued, self.in_year - 1)
        return start, years_after(licence.issued, self.in_year) - timedelta(days=1)

    @property
    def told(self) -> str:
        year = f" in year {self.in_year} of the license" if self.in_year else ""
        return f"{self.condition.wanted}{year}"


@dataclass(frozen=True)
class Count:
    """So many different things earned."""

    at_least: int
    of: Sought

    def find(self, case: Case) -> Finding:
        found = _different(self.of.among(case))
        lacking = max(self.at_least - len(found), 0)
        says = f"{len(found)} of {self.at_least}: {self.of.told}."
        missing = f"{lacking} more: {self.of.told}." if lacking else ""
        return Finding(not lacking, says, _ids(found), missing, self.of.document if lacking else None)


@dataclass(frozen=True)
class Amount:
    """Credits worth so much together."""

    at_least: Decimal
    of: Sought

    def find(self, case: Case) -> Finding:
        found = case.counting([it for it in self.of.among(case) if it.amount])
        has = in_steps(sum((it.amount for it in found), ZERO))
        lacking = max(self.at_least - has, ZERO)
        says = f"{plain(has)} of {case.unit.amount(self.at_least)}: {self.of.told}."
        missing = f"{case.unit.amount(lacking)} more: {self.of.told}." if lacking else ""
        return Finding(not lacking, says, _ids(found), missing, self.of.document if lacking else None)


@dataclass(frozen=True)
class Group:
    title: str
    at_least: int
    condition: Condition
    document: object


@dataclass(frozen=True)
class FromGroups:
    """So many different things in all, with at least so many from each group; nothing counts for two groups."""

    at_least: int
    of: Sought
    groups: tuple[Group, ...]

    def find(self, case: Case) -> Finding:
        found = {it.credit.id: it for it in _different(self.of.among(case))}
        fits = {
            id: [group.title for group in self.groups if group.condition.why(it.credit, case.licence, "")]
            for id, it in found.items()
        }
        wanted = {group.title: Decimal(group.at_least) for group in self.groups}
        fewest_first = sorted(found, key=lambda id: len(fits[id]))
        given = allocate(dict.fromkeys(fewest_first, Decimal(1)), fits, wanted)
        parts = tuple(_group_finding(it, [id for id, title in given if title == it.title]) for it in self.groups)
        lacking = max(self.at_least - len(found), 0)
        met = not lacking and all(part.met for part in parts)
        says = f"{len(found)} of {self.at_least} in all: {self.of.told}."
        more = [f"{lacking} more in all: {self.of.told}."] if lacking else []
        missing = " ".join([*more, *(part.missing for part in parts if part.missing)])
        return Finding(met, says, tuple(sorted(found)), missing, self.of.document if lacking else None, parts)


def _group_finding(group: Group, ids: Sequence[str]) -> Finding:
    lacking = group.at_least - len(ids)
    says = f"{len(ids)} of {group.at_least} from “{group.title}”."
    missing = f"{lacking} more from “{group.title}”: {group.condition.wanted}." if lacking else ""
    return Finding(not lacking, says, tuple(sorted(ids)), missing, group.document if lacking else None)


@dataclass(frozen=True)
class FinishedStack:
    """One of these stacks, held as such or by all its pieces."""

    stacks: tuple[Stack, ...]

    def find(self, case: Case) -> Finding:
        tried = [self._try(stack, case) for stack in self.stacks]
        return next((it for it in tried if it.met), min(tried, key=lambda it: it.missing.count("“")))

    def _try(self, stack: Stack, case: Case) -> Finding:
        whole = [it for it in case.usable if it.credit.item == stack.code]
        if whole:
            return Finding(True, f"The stack “{stack.title}” is finished.", _ids(whole[:1]))
        held = _different([it for it in case.usable if it.credit.item in stack.pieces])
        lacking = [piece for piece in stack.pieces if piece not in {it.credit.item for it in held}]
        if stack.pieces and not lacking:
            return Finding(True, f"Every piece of the stack “{stack.title}” is earned.", _ids(held))
        still = ", ".join(f"“{piece}”" for piece in lacking) or f"“{stack.code}”"
        says = f"{len(held)} of {len(stack.pieces)} pieces of the stack “{stack.title}”."
        if not stack.pieces:
            says = f"The stack “{stack.title}” is not finished."
        seek = {"kind": "item", "among": lacking or [stack.code]}
        return Finding(False, says, _ids(held), f"Of the stack “{stack.title}” still to earn: {still}.", seek)


@dataclass(frozen=True)
class FinishedProgram:
    """A completed program, while it was approved as a whole when the work began."""

    programs: tuple[Program, ...]

    def find(self, case: Case) -> Finding:
        titles = either([f"“{it.title}”" for it in self.programs])
        # One that is completed outside its days takes nothing from another that is completed within them.
        too_late = None
        for program in self.programs:
            held = [it for it in case.usable if it.credit.item == program.code]
            for it in held:
                began = it.credit.begun_on or it.credit.earned_on
                if program.approved.covers(began):
                    return Finding(True, f"The program “{program.title}” is completed.", (it.credit.id,))
            if held and too_late is None:
                says = f"The program “{program.title}” was not approved when the work began."
                missing = f"A program that was approved before: {titles}."
                too_late = Finding(False, says, _ids(held), missing, self._seek)
        return too_late or Finding(False, "The program is not completed.", (), f"To complete: {titles}.", self._seek)

    @property
    def _seek(self) -> object:
        return {"kind": "program", "among": [it.code for it in self.programs]}


@dataclass(frozen=True)
class ScoreBand:
    """A score below what qualifies, and at most so many standard errors below it."""

    exam: str
    sem_below: Decimal

    def find(self, case: Case) -> Finding:
        score = case.licence.scores.get(self.exam)
        band = f"within {plain(self.sem_below)} standard errors below what qualifies on {self.exam}"
        if score is None or score.sem is None:
            return Finding(False, f"No score on {self.exam} is recorded.", (), f"A score {band}.")
        lowest = score.qualifying - self.sem_below * score.sem
        told = f"{plain(score.score)} on {self.exam}, where {plain(score.qualifying)} qualifies"
        if score.score >= score.qualifying:
            return Finding(False, f"The exam is passed: {told}.", (), "Nothing is to be replaced; the exam is passed.")
        if score.score < lowest:
            return Finding(False, f"{told}: below {plain(lowest)}.", (), f"A score {band}: {plain(lowest)} or more.")
        return Finding(True, f"{told}: {band}.")


@dataclass(frozen=True)
class Signed:
    """An approval of the person's own, such as a signed form."""

    code: str
    title: str

    def find(self, case: Case) -> Finding:
        given = [it for it in case.approvals if it.code == self.code and it.given_on <= case.on]
        if given:
            return Finding(True, f"Signed: {self.title} ({given[0].by}, {spoken(given[0].given_on)}).")
        return Finding(False, f"Not signed yet: {self.title}.", (), f"To be signed: {self.title}.")


@dataclass(frozen=True)
class AllNeeds:
    needs: tuple[Need, ...]

    def find(self, case: Case) -> Finding:
        parts = tuple(need.find(case) for need in self.needs)
        met = all(part.met for part in parts)
        missing = " ".join(part.missing for part in parts if part.missing)
        says = "All of this is met." if met else "Not all of this is met yet."
        return Finding(met, says, _together(parts), missing, None, parts)


@dataclass(frozen=True)
class AnyNeed:
    needs: tuple[Need, ...]

    def find(self, case: Case) -> Finding:
        parts = tuple(need.find(case) for need in self.needs)
        met = [part for part in parts if part.met]
        if met:
            return Finding(True, "One way is met.", met[0].credit_ids, "", None, parts)
        missing = " Or: ".join(part.missing for part in parts)
        return Finding(False, "No way is met yet.", _together(parts), missing, None, parts)


def need_at(place: Place, terms: Terms) -> Need:
    """Read the need at a place of a document, noting every mistake."""
    kind = place.choice("kind", list(NEEDS))
    reader = NEEDS.get(kind)
    if reader is None:
        return AllNeeds(())
    keys, read = reader
    return read(place.only("kind", *keys), terms)


def _sought(place: Place, terms: Terms) -> Sought:
    in_year = year_of_licence(place, "in_year")
    return Sought(condition_at(place.at("when"), terms), place.at("when").value, in_year)


def _group(place: Place, terms: Terms) -> Group:
    place.only("title", "at_least", "when")
    condition = condition_at(place.at("when"), terms)
    return Group(place.text("title"), _at_least_one(place, "at_least"), condition, place.at("when").value)


def _from_groups(place: Place, terms: Terms) -> FromGroups:
    groups = tuple(_group(spot, terms) for spot in place.items("groups"))
    at_least = _at_least_one(place, "at_least")
    titles = [group.title for group in groups]
    if len(set(titles)) < len(titles):
        place.at("groups").wrong("Two groups have the same title; each needs its own.")
    if sum(group.at_least for group in groups) > at_least:
        place.at("at_least").wrong("The groups together ask for more than this; nothing counts for two groups.")
    return FromGroups(at_least, _sought(place, terms), groups)


def _stack(place: Place, terms: Terms) -> Need:
    codes = terms.known(place, "among", terms.stacks, required=True)
    stacks = tuple(terms.stacks[code] for code in codes if code in terms.stacks)
    return FinishedStack(stacks) if stacks else AllNeeds(())


def _program(place: Place, terms: Terms) -> Need:
    codes = terms.known(place, "among", terms.programs, required=True)
    return FinishedProgram(tuple(terms.programs[code] for code in codes if code in terms.programs))


def _needs(place: Place, terms: Terms) -> tuple[Need, ...]:
    return tuple(need_at(spot, terms) for spot in place.items("needs"))


def _at_least_one(place: Place, key: str) -> int:
    number = place.whole(key)
    if place.has(key) and number < 1:
        place.at(key).wrong("This must be 1 or more.")
    return max(number, 1)


def year_of_licence(place: Place, key: str) -> int | None:
    """The number of a year of a licence, or None where there is none; noting one that no licence reaches."""
    if not place.has(key):
        return None
    number = _at_least_one(place, key)
    if number > MOST_YEARS:
        place.at(key).wrong(f"This must be {MOST_YEARS} or less; it counts the years of a license from its first day.")
    return min(number, MOST_YEARS)


def _different(found: Iterable[Weighed]) -> list[Weighed]:
    """Each item once, the earliest of it; what has no code is a thing of its own."""
    kept: dict[str, Weighed] = {}
    for it in found:
        kept.setdefault(it.credit.item or f"\0{it.credit.id}", it)
    return list(kept.values())


def _ids(found: Iterable[Weighed]) -> tuple[str, ...]:
    return tuple(it.credit.id for it in found)


def _together(parts: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for part in parts for id in part.credit_ids))


NEEDS: dict[str, tuple[tuple[str, ...], Callable[[Place, Terms], Need]]] = {
    "count": (
        ("at_least", "when", "in_year"),
        lambda place, terms: Count(_at_least_one(place, "at_least"), _sought(place, terms)),
    ),
    "credits": (
        ("at_least", "when", "in_year"),
        lambda place, terms: Amount(place.number("at_least", positive=True), _sought(place, terms)),
    ),
    "from_groups": (("at_least", "when", "in_year", "groups"), _from_groups),
    "stack": (("among",), _stack),
    "program": (("among",), _program),
    "score_band": (
        ("exam", "sem_below"),
        lambda place, terms: ScoreBand(place.text("exam"), place.number("sem_below", positive=True)),
    ),
    "approval": (("code", "title"), lambda place, terms: Signed(place.text("code"), place.text("title"))),
    "all_of": (("needs",), lambda place, terms: AllNeeds(_needs(place, terms))),
    "any_of": (("needs",), lambda place, terms: AnyNeed(_needs(place, terms))),
}
