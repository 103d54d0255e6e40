"""The facets by which the catalog is narrowed, and what a visitor asked of it.

Values of one facet widen (teachers *or* coaches), facets narrow each other (teachers *and* grades 3 to 5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Q
from django.http import QueryDict

from longleaf.catalog.models import Alignment, VersionFacet
from longleaf.catalog.status import Facet

ISSUER = "issuer"
FAMILY = "family"
FRAMEWORK = "framework"
STANDARD = "standard"

# In the order in which a visitor is asked.
TITLES: Mapping[str, str] = {
    FRAMEWORK: "Standards framework",
    STANDARD: "Standard",
    Facet.ROLE.value: "Role",
    Facet.GRADE_BAND.value: "Grade band",
    Facet.TOPIC.value: "Topic",
    FAMILY: "Family",
    Facet.EFFORT.value: "Effort",
    Facet.CREDIT.value: "Counts toward",
    ISSUER: "Issuer",
    Facet.LANGUAGE.value: "Language",
}
KEPT_AS_ROWS = frozenset(facet.value for facet in Facet if facet.value in TITLES)

# Items of a framework stand in items: standard, element, indicator. To ask for one is to ask for all that it holds.
PLACES_OF_AN_ITEM = ("item", "item__parent", "item__parent__parent", "item__parent__parent__parent")

# Bounds, in hours, of the bands of effort.
EFFORT_BANDS = (
    (Decimal(5), "up-to-5", "Up to 5 hours"),
    (Decimal(10), "6-to-10", "6 to 10 hours"),
    (Decimal(20), "11-to-20", "11 to 20 hours"),
    (Decimal("Infinity"), "over-20", "More than 20 hours"),
)
EFFORT_TITLES = {code: title for _, code, title in EFFORT_BANDS}

# An address may carry anything; no visitor ticks more than this.
MOST_VALUES = 40
MOST_CHARACTERS = 200


@dataclass(frozen=True)
class Asked:
    """What a visitor asked for: some words, and values by facet. A facet of which nothing was chosen is left out."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, parameters: QueryDict) -> Asked:
        """Read an address. What it says of anything but facets is not ours and is left alone."""
        chosen = {facet: _values(parameters, facet) for facet in TITLES}
        words = _cleaned(" ".join(parameters.get("q", "").split()))
        return cls(words=words, chosen={facet: values for facet, values in chosen.items() if values})

    @property
    def is_everything(self) -> bool:
        return not self.words and not self.chosen

    def values(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def without(self, facet: str, value: str = "") -> Asked:
        """The same question without one facet, or without one of its values."""
        left = tuple(each for each in self.values(facet) if value and each != value)
        others = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen={**others, facet: left} if left else others)

    def address(self) -> str:
        """The part of an address that asks this, such as `?q=feedback&role=teacher`."""
        query = QueryDict(mutable=True)
        if self.words:
            query["q"] = self.words
        for facet in TITLES:
            if self.values(facet):
                query.setlist(facet, list(self.values(facet)))
        return f"?{query.urlencode()}"


def condition(facet: str, values: tuple[str, ...]) -> Q:
    """The versions that have one of the values."""
    if facet in KEPT_AS_ROWS:
        return Q(pk__among=VersionFacet.objects.filter(facet=facet, value__in=values).values("version"))
    return _CONDITIONS[facet](values)


def effort_band(hours: Decimal) -> str:
    """The code of the band of effort in which so many hours fall."""
    return next(code for most, code, _ in EFFORT_BANDS if hours <= most)


def _standards(values: tuple[str, ...]) -> Q:
    serves = Q()
    for place in PLACES_OF_AN_ITEM:
        serves |= Q(**{f"{place}__code__in": values})
    return Q(pk__among=Alignment.objects.filter(serves).values("version"))


def _frameworks(values: tuple[str, ...]) -> Q:
    return Q(pk__among=Alignment.objects.filter(item__framework__code__in=values).values("version"))


_CONDITIONS: Mapping[str, Callable[[tuple[str, ...]], Q]] = {
    ISSUER: lambda values: Q(micro_credential__issuer__slug__in=values),
    FAMILY: lambda values: Q(micro_credential__family__code__in=values),
    FRAMEWORK: _frameworks,
    STANDARD: _standards,
}


def _values(parameters: QueryDict, facet: str) -> tuple[str, ...]:
    asked = (_cleaned(value) for value in parameters.getlist(facet)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in asked if value))


def _cleaned(text: str) -> str:
    # PostgreSQL refuses a text with a zero byte.
    return text.replace("\x00", "")[:MOST_CHARACTERS].strip()
