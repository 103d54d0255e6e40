"""Reads of where everybody works at once, in few queries and without a row of their own for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from longleaf.directory.models import Organisation, RoleHeld
from longleaf.directory.queries import Employment, employer_that_is
from longleaf.directory.status import Role
from longleaf.kit.raw_rows import raw_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Workplace:
    """Where somebody works, a school or the unit itself, and who employs them there."""

    place: Organisation
    employer: Organisation


def workplaces() -> dict[int, Workplace]:
    """Every organisation in which an employer of educators employs somebody, by its key. One query."""
    organisations = Organisation.objects.select_related("parent").order_by("pk")
    by_key = {each.pk: each for each in organisations}
    found = {pk: employer_that_is(each) for pk, each in by_key.items()}
    # Each employer is one object, however many schools it runs.
    return {pk: Workplace(by_key[pk], by_key[employer.pk]) for pk, employer in found.items() if employer}


def employments_between(
    first: int, last: int, *, places: Mapping[int, Workplace]
) -> Iterator[tuple[int, tuple[Employment, ...]]]:
    """People with keys from `first` through `last` with every employment, the newest first. One query."""
    held = RoleHeld.objects.filter(person__gte=first, person__lte=last, role=Role.EDUCATOR)
    rows = held.order_by("person", "-since", "-pk").values_list("person", "organisation", "since", "until")
    for person, some in groupby(raw_rows(rows), key=itemgetter(0)):
        known = ((places[place], since, until) for _, place, since, until in some if place in places)
        yield person, tuple(Employment(each.employer, since, until, each.place) for each, since, until in known)
