"""More of the same: copies of what verbs have published, each under a title of its own, poured at once.

So a catalog of thousands stands in seconds. What verbs write besides, journal lines and signed statements, is not
copied: no list of a catalog tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import cycle
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max

from bench.seeding.pouring import Row, count_on, pour
from longleaf.catalog import search
from longleaf.catalog.models import Alignment, MicroCredential, Version, VersionFacet
from longleaf.quality.models import QualityDecision

# What leads to a version and stands in lists.
BESIDE = (VersionFacet, Alignment, QualityDecision)


def copy(originals: Sequence[Version], titles: Sequence[str]) -> None:
    """Publish as many copies as there are titles, of each original in turn, with all that was decided of it."""
    pairs = list(zip(titles, cycle(originals)))
    made, first = _next_key(MicroCredential), _next_key(Version)
    pour(MicroCredential, _micro_credentials(pairs, made, first))
    pour(Version, _versions(pairs, made, first))
    for model in BESIDE:
        pour(model, _beside(model, pairs, first))
    count_on()
    for version in Version.objects.filter(pk__gte=first).defer("document"):
        search.enter(version)


def slug_of(title: str) -> str:
    return "-".join(title.lower().replace(",", "").split())


Pairs = Sequence[tuple[str, Version]]


def _micro_credentials(pairs: Pairs, made: int, first: int) -> Iterator[Row]:
    rows = {row["id"]: row for row in MicroCredential.objects.filter(current__in=_keys(pairs)).values()}
    for number, (title, original) in enumerate(pairs):
        own = {"id": made + number, "slug": slug_of(title), "current_id": first + number}
        yield {**rows[original.micro_credential_id], **own}


def _versions(pairs: Pairs, made: int, first: int) -> Iterator[Row]:
    rows = {row["id"]: row for row in Version.objects.filter(pk__in=_keys(pairs)).values()}
    for number, (title, original) in enumerate(pairs):
        row = rows[original.pk]
        yield {
            **row,
            "id": first + number,
            "uuid": UUID(int=first + number),
            "micro_credential_id": made + number,
            "title": title,
            "document": {**row["document"], "title": title, "slug": slug_of(title)},
            # Of its own, as it would be; nobody reckons it again.
            "digest": sha256(title.encode()).hexdigest(),
            "search_text": row["search_text"].replace(row["title"], title),
        }


def _beside(model: type[models.Model], pairs: Pairs, first: int) -> Iterator[Row]:
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in model._default_manager.filter(version__in=_keys(pairs)).values():
        rows[row["version_id"]].append({name: value for name, value in row.items() if name != "id"})
    for number, (_, original) in enumerate(pairs):
        for row in rows[original.pk]:
            yield {**row, "version_id": first + number}


def _keys(pairs: Pairs) -> set[int]:
    return {original.pk for _, original in pairs}


def _next_key(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
