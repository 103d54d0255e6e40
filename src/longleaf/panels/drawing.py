"""The verb that seats raters on every panel that waits for them, thousands at once.

Everything is read and matched first, without a lock. Then the matches are written in portions; under the locks of a
portion's panels everything about them is read again, and what no longer holds is left for the next round. So two
workers at once do the work once, and nobody is asked for more than they have room for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.journal.recording import take_turn
from longleaf.panels import convening, queries
from longleaf.panels.assigning import barring
from longleaf.panels.assigning.gathering import raters_of, vacancies_of
from longleaf.panels.assigning.matching import Match, match
from longleaf.panels.assigning.vacancies import Rater, Vacancy
from longleaf.panels.models import Panel
from longleaf.panels.pool.queries import rules_of
from longleaf.panels.pool.rules import PoolRules
from longleaf.panels.status import PanelStatus

# Panels whose surroundings are read at once: the database is asked with lists of so many keys.
READ_AT_ONCE = 500
# Panels that are locked at once: others who decide wait for as long as this takes to write.
WRITTEN_AT_ONCE = 200


def assign_waiting(*, now: datetime | None = None) -> int:
    """Offer every free seat of every open panel for which somebody may be asked; returns how many were offered."""
    moment = now or timezone.now()
    short = sorted(queries.short_panels(), key=_read_by)
    by_readers = groupby(short, key=_read_by)
    return sum(_assign_in(pool_id, Role(role), list(panels), moment) for (pool_id, role), panels in by_readers)


def _read_by(panel: Panel) -> tuple[int, str]:
    """Panels of one pool that are read by one role are drawn for together."""
    return panel.pool_id, panel.reader_role


def _assign_in(pool_id: int, role: Role, panels: Sequence[Panel], now: datetime) -> int:
    rules, offered = rules_of(pool_id), 0
    raters = raters_of(pool_id, role=role, rules=rules, now=now)
    vacancies = [
        vacancy
        for portion in _portions(panels, READ_AT_ONCE)
        for vacancy in vacancies_of(portion, rules=rules, now=now)
    ]
    for portion in _by_panel(match(vacancies, raters, rules=rules)):
        offered += write_down(portion, raters=raters, pool_id=pool_id, role=role, rules=rules, now=now)
    return offered


@transaction.atomic
def write_down(
    matches: Sequence[Match],
    *,
    raters: Sequence[Rater],
    pool_id: int,
    role: Role = Role.ASSESSOR,
    rules: PoolRules,
    now: datetime,
) -> int:
    """Offer those of the matches that still hold when their panels are locked; returns how many were offered.

    Whoever was matched is read again. Whether anybody fresh could ever be asked, before whom a rule does not give way,
    stays as it was read for the whole pool (`raters`).
    """
    panels = _lock({each.panel for each in matches})
    take_turn()
    vacancies = {each.panel: each for each in vacancies_of(list(panels.values()), rules=rules, now=now)}
    matched = {each.rater.person for each in matches}
    anew = {each.person: each for each in raters_of(pool_id, role=role, rules=rules, now=now, people=matched)}
    still_good = list(_holding(matches, vacancies, anew, raters))
    convening.offer(still_good, panels=panels, rules=rules, now=now)
    return len(still_good)


def _lock(keys: Iterable[int]) -> dict[int, Panel]:
    rows = Panel.objects.select_for_update(of=("self",)).filter(pk__in=keys, status=PanelStatus.OPEN).order_by("pk")
    return {panel.pk: panel for panel in rows}


def _holding(
    matches: Iterable[Match], vacancies: dict[int, Vacancy], anew: dict[int, Rater], raters: Sequence[Rater]
) -> Iterator[Match]:
    """The matches that still hold when everything is locked."""
    given: Counter[int] = Counter()
    for each in matches:
        vacancy, rater = vacancies.get(each.panel), anew.get(each.rater.person)
        if vacancy is None or rater is None or each.seat not in vacancy.seats:
            continue
        in_force = barring.rules_in_force(vacancy, raters)
        if given[rater.person] < rater.room and barring.stands_outside(vacancy, rater, in_force):
            given[rater.person] += 1
            yield each


def _by_panel(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Portions of matches, the most urgent first, of which no panel's are torn apart."""
    panels = [list(group) for _, group in groupby(matches, key=lambda each: each.panel)]
    for portion in _portions(panels, WRITTEN_AT_ONCE):
        yield [each for group in portion for each in group]


def _portions(rows: Sequence, size: int) -> Iterator[Sequence]:  # type: ignore[type-arg]
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
