"""Reads of where everybody works at once, in few queries and without a row of their own for each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from longleaf.directory.models import Organisation, RoleHeld
from longleaf.directory.queries import Employment, employer_that_is
from longleaf.directory.status import Role
from longleaf.kit.raw_rows import raw_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


def employers_by_workplace() -> dict[int, Organisation]:
    """The employer of whoever works in an organisation, by the organisation's key. One query."""
    organisations = Organisation.objects.select_related("parent").order_by("pk")
    by_key = {each.pk: each for each in organisations}
    found = {pk: employer_that_is(each) for pk, each in by_key.items()}
    # Each employer is one object, however many schools it runs.
    return {pk: by_key[employer.pk] for pk, employer in found.items() if employer}


def employments_between(
    first: int, last: int, *, employers: Mapping[int, Organisation]
) -> Iterator[tuple[int, tuple[Employment, ...]]]:
    """People with keys from `first` through `last` with every employment, the newest first. One query."""
    held = RoleHeld.objects.filter(person__gte=first, person__lte=last, role=Role.EDUCATOR)
    rows = held.order_by("person", "-since", "-pk").values_list("person", "organisation", "since", "until")
    for person, some in groupby(raw_rows(rows), key=itemgetter(0)):
        yield (
            person,
            tuple(Employment(employers[place], since, until) for _, place, since, until in some if place in employers),
        )
