"""Seats to assessors: values in, matches out. The same input in any order gives the same matches.

The most urgent panel chooses first, and takes whoever costs least (`weighing`) of those whom no rule keeps out
(`barring`). Where everybody who could is full, somebody with a new seat that another could take hands it on, along a
chain of any length: so as many seats are filled as can be, and the more urgent one never loses to the less urgent.

It is a flow from panels to assessors that grows by one path at a time. An assessor whom a search in vain has reached
can never be freed by a later one, so each is searched in vain once.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from longleaf.panels.assigning import barring
from longleaf.panels.assigning.barring import Rule
from longleaf.panels.assigning.vacancies import Rater, Tags, Vacancy, by_list
from longleaf.panels.assigning.weighing import burden, fields_confirmed, fields_known, unfamiliarity
from longleaf.panels.pool.rules import PoolRules

# Rules that look at the rater, or at what many panels have in common; asked once for all of those.
ALIKE = (barring.NOT_ACTIVE, barring.AWAY, barring.FULL, barring.ASKED_ENOUGH, barring.LANGUAGE, barring.NOT_CERTIFIED)
NEVER_ASKED = 0.0

Likeness = tuple[str, frozenset[str], frozenset[int] | None]
# Cost, when last asked, key, place in the list, and the room there was when the cost was reckoned.
Entry = tuple[int, float, int, int, int]


@dataclass(frozen=True)
class Match:
    """A seat and the assessor who is asked to take it; `given` other new seats were theirs before this one.

    Of the `fields` that the work is about they know `fields_known`, `fields_confirmed` of these by a lead's word.
    """

    panel: int
    seat: int
    rater: Rater
    given: int
    fields: int
    fields_known: int
    fields_confirmed: int = 0


def match(vacancies: Iterable[Vacancy], raters: Iterable[Rater], *, rules: PoolRules) -> list[Match]:
    """Match as many free seats as can be, the most urgent panels first; returns them in that order."""
    inside = sorted(raters, key=lambda rater: rater.person)
    round_ = _Round(inside, rules)
    waiting = sorted(vacancies, key=lambda vacancy: (vacancy.due, vacancy.panel))
    for vacancy in waiting:
        round_.fill(vacancy)
    return round_.matches(waiting)


class _Round:
    """One round of matching: who has been given what so far."""

    def __init__(self, raters: Sequence[Rater], rules: PoolRules) -> None:
        self.raters, self.rules = raters, rules
        self.room = [rater.room for rater in raters]
        self.burdens = [burden(rater, 0, rules) for rater in raters]
        self.asked = [rater.last_asked.timestamp() if rater.last_asked else NEVER_ASKED for rater in raters]
        self.held: list[dict[int, int]] = [{} for _ in raters]
        self.asks: dict[int, _Ask] = {}
        self.likes: dict[Likeness, _Alike] = {}
        self.in_vain: set[int] = set()

    def fill(self, vacancy: Vacancy) -> None:
        likeness = (vacancy.language, vacancy.tags, vacancy.certified)
        alike = self.likes.get(likeness)
        if alike is None:
            alike = self.likes[likeness] = _Alike(vacancy, self)
        ask = self.asks[vacancy.panel] = _Ask(vacancy, alike, self.raters)
        for seat in vacancy.seats:
            found = self._cheapest(ask)
            if found is not None:
                self._give(found, ask, seat)
            elif not self._hand_on(ask, seat):
                return

    def matches(self, waiting: Sequence[Vacancy]) -> list[Match]:
        """What was given in the end, in the order of urgency, with how much each had been given by then."""
        by_panel: dict[int, list[tuple[int, int]]] = {}
        for index, held in enumerate(self.held):
            for panel, seat in held.items():
                by_panel.setdefault(panel, []).append((seat, index))
        given = [0] * len(self.raters)
        found = []
        for vacancy in waiting:
            asked_for = self.asks[vacancy.panel].alike.asked_for
            for seat, index in sorted(by_panel.get(vacancy.panel, ())):
                rater = self.raters[index]
                known, seen = fields_known(rater, asked_for), fields_confirmed(rater, asked_for)
                found.append(Match(vacancy.panel, seat, rater, given[index], len(asked_for), known, seen))
                given[index] += 1
        return found

    def _cheapest(self, ask: _Ask) -> int | None:
        """The least costly assessor with room whom no rule keeps out, or None."""
        heap, aside, found = ask.alike.heap, list[Entry](), None
        while heap and found is None:
            _, _, _, index, room = heap[0]
            if self.room[index] == 0:
                heapq.heappop(heap)
            elif room != self.room[index]:
                heapq.heapreplace(heap, ask.alike.entry(index, self))
            elif self._may_take(index, ask):
                found = index
            else:
                aside.append(heapq.heappop(heap))
        for entry in aside:
            heapq.heappush(heap, entry)
        return found

    def _may_take(self, index: int, ask: _Ask) -> bool:
        return ask.vacancy.panel not in self.held[index] and ask.is_outside(self.raters[index])

    def _give(self, index: int, ask: _Ask, seat: int) -> None:
        self.held[index][ask.vacancy.panel] = seat
        self._fill_up(index)

    def _fill_up(self, index: int) -> None:
        """One seat more than before."""
        self.room[index] -= 1
        given = self.raters[index].room - self.room[index]
        self.burdens[index] = burden(self.raters[index], given, self.rules)

    def _hand_on(self, ask: _Ask, seat: int) -> bool:
        """Let those who are full hand seats on until somebody with room takes the last of them."""
        reached_from: dict[int, int] = {}
        handed_by: dict[int, int] = {}
        unreached = set(range(len(self.raters))) - self.in_vain
        panels = deque([ask.vacancy.panel])
        while panels:
            panel = panels.popleft()
            for index in sorted(unreached & self.asks[panel].alike.able):
                if not self._may_take(index, self.asks[panel]):
                    continue
                unreached.discard(index)
                reached_from[index] = panel
                if self.room[index] > 0:
                    self._pass_along(index, reached_from, handed_by, ask.vacancy.panel, seat)
                    return True
                for other in self.held[index]:
                    if other not in handed_by and other != ask.vacancy.panel:
                        handed_by[other] = index
                        panels.append(other)
        self.in_vain |= reached_from.keys()
        return False

    def _pass_along(
        self, index: int, reached_from: dict[int, int], handed_by: dict[int, int], first: int, seat: int
    ) -> None:
        """From the one with room back to the panel that asked: each takes a seat and lets go of the one handed on."""
        self._fill_up(index)
        while reached_from[index] != first:
            panel = reached_from[index]
            giver = handed_by[panel]
            self.held[index][panel] = self.held[giver].pop(panel)
            index = giver
        self.held[index][first] = seat


class _Alike:
    """Panels in the same language, about the same and under the same gate: who is able, the least costly on top."""

    def __init__(self, vacancy: Vacancy, round_: _Round) -> None:
        self.asked_for: Tags = by_list(vacancy.tags)
        self.able = frozenset(
            index
            for index, rater in enumerate(round_.raters)
            if rater.room > 0 and barring.stands_outside(vacancy, rater, ALIKE)
        )
        self.unfamiliarities = {
            index: unfamiliarity(round_.raters[index], self.asked_for, round_.rules) for index in self.able
        }
        self.heap = [self.entry(index, round_) for index in self.able]
        heapq.heapify(self.heap)

    def entry(self, index: int, round_: _Round) -> Entry:
        spent = self.unfamiliarities[index] + round_.burdens[index]
        return spent, round_.asked[index], round_.raters[index].person, index, round_.room[index]


class _Ask:
    """One panel that asks, with the rules that are its own."""

    def __init__(self, vacancy: Vacancy, alike: _Alike, raters: Sequence[Rater]) -> None:
        self.vacancy, self.alike = vacancy, alike
        in_force = barring.rules_in_force(vacancy, raters)
        self.own_rules: tuple[Rule, ...] = tuple(rule for rule in in_force if rule not in ALIKE)

    def is_outside(self, rater: Rater) -> bool:
        return barring.stands_outside(self.vacancy, rater, self.own_rules)
