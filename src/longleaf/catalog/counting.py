"""How many a visitor would find by each value of each facet, under everything else that is chosen.

The number of queries depends on how many facets are chosen, never on how many versions or values there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from longleaf.catalog import facets
from longleaf.catalog.facets import Asked
from longleaf.catalog.models import Alignment, Version, VersionFacet
from longleaf.catalog.queries import found, offered
from longleaf.catalog.status import Facet
from longleaf.catalog.wording import Titles
from longleaf.kit.standing import labelled

if TYPE_CHECKING:
    from longleaf.directory.models import State

# Value → (title, where it stands among the others, how many).
Counts = Mapping[str, tuple[str, Any, int]]


@dataclass(frozen=True)
class Option:
    """One value of a facet: how it is called, how many it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class FacetShown:
    name: str
    legend: str
    options: tuple[Option, ...]

    def narrows(self, count: int) -> bool:
        """Whether there is anything to choose: one value that everything has narrows nothing."""
        only = self.options[0]
        return len(self.options) > 1 or only.checked or only.count != count


def facets_for(asked: Asked, state: State | None) -> list[FacetShown]:
    """Every facet with the values that would give something, in the order of `facets.TITLES`.

    A value that is chosen is always among them, so that it can be taken back. Standards are offered once a framework is
    chosen: all of them at once would be hundreds.
    """
    counts = {**_counts_of_rows(asked, Titles(state)), **_counts_of_own(asked)}
    shown = [_shown(facet, counts[facet], asked) for facet in facets.TITLES if facet in counts]
    return [each for each in shown if each.options]


def _shown(facet: str, counts: Counts, asked: Asked) -> FacetShown:
    in_order = sorted(counts.items(), key=lambda entry: (entry[1][1], entry[1][0], entry[0]))
    options = tuple(Option(value, title, count, value in asked.values(facet)) for value, (title, _, count) in in_order)
    return FacetShown(facet, facets.TITLES[facet], options)


def _counts_of_rows(asked: Asked, titles: Titles) -> dict[str, Counts]:
    """The facets kept as rows. Those of which nothing is chosen share one query, the others take one each."""
    open_facets = [facet for facet in facets.KEPT_AS_ROWS if not asked.values(facet)]
    counts = _count_rows(found(asked), open_facets)
    for facet in sorted(facets.KEPT_AS_ROWS - set(open_facets)):
        counts |= {
            facet: dict.fromkeys(asked.values(facet), 0) | _count_rows(found(asked.without(facet)), [facet])[facet]
        }
    return {facet: _titled(facet, by_value, titles) for facet, by_value in counts.items()}


def _count_rows(versions: QuerySet[Version], names: Iterable[str]) -> dict[str, dict[str, int]]:
    rows = VersionFacet.objects.filter(version__in=versions.values("pk"), facet__in=names)
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    for facet, value, count in rows.order_by().values_list("facet", "value").annotate(Count("pk")):
        counts[facet][value] = count
    return counts


def _titled(facet: str, by_value: Mapping[str, int], titles: Titles) -> Counts:
    kind = Facet(facet)
    return {value: (titles.of(kind, value), titles.place(kind, value), count) for value, count in by_value.items()}


def _counts_of_own(asked: Asked) -> dict[str, Counts]:
    """Issuer, family, framework and standard, which have tables of their own."""
    ask = {facets.ISSUER: _issuers, facets.FAMILY: _families, facets.FRAMEWORK: _frameworks}
    if asked.values(facets.FRAMEWORK) or asked.values(facets.STANDARD):
        ask[facets.STANDARD] = _standards
    counts: dict[str, Counts] = {}
    for facet, count in ask.items():
        of_all = count(found(asked.without(facet)))
        lost = tuple(value for value in asked.values(facet) if value not in of_all)
        counts[facet] = {**of_all, **_with_none(count, facet, lost)}
    if facets.STANDARD in counts and asked.values(facets.FRAMEWORK):
        counts[facets.STANDARD] = _of_frameworks(counts[facets.STANDARD], asked)
    return counts


def _with_none(count: Any, facet: str, values: tuple[str, ...]) -> Counts:
    """Chosen values that give nothing beside the others, with their titles; one query, and only when there are any."""
    if not values:
        return {}
    known: Counts = count(offered().filter(facets.condition(facet, values)))
    return {value: (*known.get(value, (value, ()))[:2], 0) for value in values}


def _issuers(versions: QuerySet[Version]) -> Counts:
    path = "micro_credential__issuer__"
    rows = versions.order_by().values_list(f"{path}slug", f"{path}name").annotate(Count("pk"))
    return {slug: (name, (), count) for slug, name, count in rows}


def _families(versions: QuerySet[Version]) -> Counts:
    path = "micro_credential__family__"
    rows = versions.order_by().values_list(f"{path}code", f"{path}title", f"{path}position").annotate(Count("pk"))
    return {code: (title, (position,), count) for code, title, position, count in rows}


def _frameworks(versions: QuerySet[Version]) -> Counts:
    path = "item__framework__"
    rows = Alignment.objects.filter(version__in=versions.values("pk")).order_by()
    counted = rows.values_list(f"{path}code", f"{path}title", f"{path}position").annotate(
        Count("version", distinct=True)
    )
    return {code: (title, (position,), count) for code, title, position, count in counted}


def _standards(versions: QuerySet[Version]) -> Counts:
    """Items that are served, and the items that hold them: whoever asks for a standard means its elements too."""
    places = facets.PLACES_OF_AN_ITEM
    fields = [f"{place}__{name}" for place in places for name in ("code", "title", "position", "standing")]
    rows = Alignment.objects.filter(version__in=versions.values("pk")).values_list(
        "version", "item__framework__code", "item__framework__position", *fields
    )
    serving: dict[str, set[int]] = defaultdict(set)
    known: dict[str, tuple[str, Any]] = {}
    for version, framework, framework_position, *rest in rows:
        for code, title, position, standing in zip(*(rest[each::4] for each in range(4)), strict=True):
            if code is not None:
                serving[code].add(version)
                known[code] = (f"{code} {labelled(title, standing)}", (framework_position, framework, position))
    return {code: (*known[code], len(serving[code])) for code in known}


def _of_frameworks(counts: Counts, asked: Asked) -> Counts:
    """Only the items of the frameworks that are chosen; and whatever item is."""
    wanted = set(asked.values(facets.FRAMEWORK))
    return {
        code: entry
        for code, entry in counts.items()
        if code in asked.values(facets.STANDARD) or (len(entry[1]) > 1 and entry[1][1] in wanted)
    }
