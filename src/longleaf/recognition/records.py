"""An educator's record as the policy engine reads it: badges, other credits and licence, in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from longleaf.awards import queries as awards
from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.recognition.models import Licence, LocalValue, OtherCredit
from longleaf.recognition.portability import accepted

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person

MICRO_CREDENTIAL = "micro_credential"
# A ledger also says of what was earned outside its cycle why it does not count, so nothing is left out by date.
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class LocalValues:
    """Every value that a school unit has set, ready to be asked for any micro-credential and day."""

    set_by: str
    values: tuple[LocalValue, ...]

    def on(self, day: date, *, micro_credential_id: int) -> engine.LocalValue | None:
        """The value for one micro-credential on a day: its own before the general rule, the newest first."""
        in_force = [
            value
            for value in self.values
            if value.valid_from <= day and (value.valid_until is None or day <= value.valid_until)
        ]
        own = [value for value in in_force if value.micro_credential_id == micro_credential_id]
        general = [value for value in in_force if value.micro_credential_id is None]
        found = (own or general)[:1]
        return self._as_engine_value(found[0]) if found else None

    def _as_engine_value(self, value: LocalValue) -> engine.LocalValue:
        by_hour = value.credits is None
        worth = value.credits_per_effort_hour if by_hour else value.credits
        return engine.LocalValue(worth or Decimal(0), set_by=self.set_by, rule=value.reason, per_hour=by_hour)


def values_of(employer: Organisation | None) -> LocalValues:
    """What a school unit has said that micro-credentials are worth to its educators; nothing without an employer."""
    if employer is None:
        return LocalValues("", ())
    found = LocalValue.objects.filter(organisation=employer).order_by("-valid_from", "-pk")
    return LocalValues(employer.name, tuple(found))


def licence_of(person: Person, on: date) -> Licence | None:
    """The licence whose cycle runs on a day: the one that expires next, or the last that expired."""
    held = Licence.objects.filter(person=person, state=settings.STATE)
    return held.filter(expires__gte=on).order_by("expires").first() or held.order_by("-expires").first()


def record_of(person: Person, licence: Licence) -> engine.Record:
    """Everything that may count for one licence. What was revoked does not appear: it is no longer earned."""
    values = values_of(directory.employer_of(person))
    credits = [*_from_awards(person, values), *_from_other_credits(person), *accepted.credits_of(person, values)]
    return engine.Record(licence=as_engine_licence(licence), credits=tuple(credits))


def as_engine_licence(licence: Licence) -> engine.Licence:
    return engine.Licence(
        kind=licence.kind,
        role=licence.role,
        issued=licence.issued,
        expires=licence.expires,
        areas=frozenset(licence.areas),
    )


def prospective_credit(version: Version, values: LocalValues, *, on: date) -> engine.EarnedCredit:
    """What a version would bring if it were demonstrated on a day."""
    return engine.EarnedCredit(
        id=f"prospect:{version.pk}",
        kind=MICRO_CREDENTIAL,
        title=version.title,
        amount=version.effort_hours,
        earned_on=on,
        alignments=frozenset(alignment.item.code for alignment in version.alignments.all()),
        topics=frozenset(version.document["topics"]),
        value=values.on(on, micro_credential_id=version.micro_credential_id),
    )


def _from_awards(person: Person, values: LocalValues) -> Iterable[engine.EarnedCredit]:
    for place, row in enumerate(awards.awards_for_ledger(person, since=EARLIEST, until=LATEST)):
        if row.revoked:
            continue
        yield engine.EarnedCredit(
            # The engine takes credits of one day in the order of their ids: the order in which they were earned.
            id=f"badge:{place:06d}:{row.uuid}",
            kind=MICRO_CREDENTIAL,
            title=row.title,
            amount=row.effort_hours,
            earned_on=row.earned_on,
            alignments=frozenset(row.alignments),
            topics=frozenset(row.topics),
            value=values.on(row.earned_on, micro_credential_id=row.micro_credential_id),
        )


def _from_other_credits(person: Person) -> Iterable[engine.EarnedCredit]:
    for row in OtherCredit.objects.filter(person=person).order_by("earned_on", "pk"):
        yield engine.EarnedCredit(
            id=f"credit:{row.pk:012d}",
            kind=row.kind,
            title=row.title,
            amount=row.amount,
            earned_on=row.earned_on,
            alignments=frozenset(row.alignments),
            topics=frozenset(row.topics),
            categories_claimed=frozenset(row.categories_claimed),
        )


def values_listed(organisation: Organisation, on: date) -> list[LocalValue]:
    """The values in force on a day, the general rule first, for the page on which an officer sets them."""
    in_force = Q(valid_until=None) | Q(valid_until__gte=on)
    found = LocalValue.objects.filter(in_force, organisation=organisation).select_related(
        "micro_credential__current", "decided_by"
    )
    return sorted(found, key=lambda value: (value.micro_credential_id is not None, value.pk))
