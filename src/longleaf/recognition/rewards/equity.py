"""Who gets rewards: by region, tier, kind of unit and role, in numbers of which none tells of a person.

A group of fewer educators than the state lets be told (`smallest_told` of its oversight) is withheld, and so is the
number of a group in which fewer than that, but somebody, got a reward. Where only one group of a table would be
withheld, the next smallest is too: otherwise it could be found by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.places import tier_of
from longleaf.directory.status import OrganisationKind
from longleaf.recognition import policies, records
from longleaf.recognition.models import RewardPromise, UnitCount
from longleaf.recognition.rewards.queries import Budget
from longleaf.recognition.rewards.status import COMMITTED, FundingKind, PromiseStatus

NOT_GIVEN = "Not given"


@dataclass
class Group:
    """Educators of one sort: how many there are, how many were promised something, how many were paid, how much."""

    title: str
    educators: int = 0
    promised: int = 0
    paid: int = 0
    dollars: Decimal = Decimal(0)
    withheld: bool = False

    @property
    def in_a_hundred(self) -> Decimal | None:
        return round(Decimal(100 * self.promised) / self.educators, 1) if self.educators else None

    @property
    def dollars_each(self) -> Decimal | None:
        return round(self.dollars / self.educators, 2) if self.educators else None

    def is_below(self, smallest: int) -> bool:
        told = (self.educators, self.promised, self.paid)
        return any(0 < count < smallest for count in told)


@dataclass(frozen=True)
class Table:
    title: str
    groups: list[Group]


def tables(*, smallest: int) -> list[Table]:
    """Every table, from the same few counts: five queries however many units there are."""
    units = {each.pk: each for each in directory.employers()}
    educators, got, today = _educators(), _got("unit"), timezone.localdate()
    by_unit: list[tuple[str, Callable[[int], str]]] = [
        ("Region", lambda key: units[key].region or NOT_GIVEN),
        ("County tier", lambda key: tier_of(units[key], today)[0] or NOT_GIVEN),
        ("Kind of unit", lambda key: OrganisationKind(units[key].kind).label),
    ]
    found = []
    for title, of in by_unit:
        groups: dict[str, Group] = {}
        for key in units:
            name = of(key)
            group = groups.setdefault(name, Group(name))
            group.educators += educators.get(key, 0)
            _add(group, got.get(key, {}))
        met = [each for each in groups.values() if each.educators or each.promised]
        found.append(Table(title, withheld(met, smallest)))
    return [*found, Table("Role on the license", withheld(_by_role(), smallest))]


def withheld(groups: Iterable[Group], smallest: int) -> list[Group]:
    """The groups by title, the small ones withheld, and one more where a single one could be found by subtraction."""
    found = sorted(groups, key=lambda each: each.title)
    for group in found:
        group.withheld = group.is_below(smallest)
    told = [each for each in found if not each.withheld]
    if len(found) - len(told) == 1 and told:
        min(told, key=lambda each: (each.educators, each.promised)).withheld = True
    return found


def money_by_kind(budgets: Iterable[Budget]) -> list[tuple[str, list[Decimal]]]:
    """By kind of money: budget, promised, due, paid and free, over all payers."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 5)
    for each in budgets:
        told = (each.source.budget, each.promised, each.due, each.paid, each.free)
        sums[each.source.kind] = [one + more for one, more in zip(sums[each.source.kind], told, strict=True)]
    return [(FundingKind(kind).label, sums[kind]) for kind in FundingKind.values if kind in sums]


def _educators() -> dict[int, int]:
    """How many educators each unit has, as it was counted last (`roster.counting`)."""
    rows = UnitCount.objects.values_list("organisation", "standings")
    return {unit: sum(standings.values()) for unit, standings in rows}


def _got(by: str) -> dict[Any, dict[str, tuple[int, Decimal]]]:
    """By group: how many different people had something promised, and had it paid, and how much was paid."""
    found: dict[Any, dict[str, tuple[int, Decimal]]] = defaultdict(dict)
    promises = RewardPromise.objects.filter(status__in=sorted(COMMITTED))
    for key, people in promises.values_list(by).annotate(people=Count("educator", distinct=True)).order_by():
        found[key]["promised"] = (people, Decimal(0))
    # What is paid in part counts with its part; a thing that was given has no amount.
    paid = RewardPromise.objects.filter(Q(status=PromiseStatus.PAID) | Q(paid__gt=0))
    for key, people, total in (
        paid.values_list(by).annotate(people=Count("educator", distinct=True), total=Sum("paid")).order_by()
    ):
        found[key]["paid"] = (people, total)
    return found


def _by_role() -> list[Group]:
    policy = policies.renewal_policy()
    titles = {each.code: each.title for each in policy.roles} if policy else {}
    educators = records.licence_roles(timezone.localdate())
    got = _got("licence_role")
    groups = []
    for role in {*educators, *got}:
        group = Group(titles.get(role, role) or NOT_GIVEN, educators=educators[role])
        _add(group, got.get(role, {}))
        groups.append(group)
    return groups


def _add(group: Group, told: Mapping[str, tuple[int, Decimal]]) -> None:
    group.promised += told.get("promised", (0, Decimal(0)))[0]
    paid, total = told.get("paid", (0, Decimal(0)))
    group.paid += paid
    group.dollars += total
