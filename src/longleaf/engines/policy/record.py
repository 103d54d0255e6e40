"""A person's record: the licence they hold and what they have earned. Nothing here names a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from longleaf.engines.documents import DocumentError, Mistake, Place, repeated

# No career holds more; whatever is larger was mistyped, and sums of what is smaller stay exact.
LARGEST = 1_000_000
CREDIT = ("id", "kind", "title", "amount", "earned_on", "alignments", "topics", "value", "categories_claimed")


class RecordError(DocumentError):
    """A record that cannot be reckoned; `mistakes` lists every mistake as path and reason."""


@dataclass(frozen=True)
class Licence:
    """A licence in its current period: valid from `issued` (None when unknown) through `expires`.

    `areas` are the topics of its fields, in the same words as the topics of credits.
    """

    kind: str
    role: str
    issued: date | None
    expires: date | None
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LocalValue:
    """What a local unit gives for a credit: `credits` in all, or for each hour of effort when `per_hour`."""

    credits: Decimal
    set_by: str
    rule: str
    per_hour: bool = False


@dataclass(frozen=True)
class EarnedCredit:
    """Something earned, or that could be: its kind, how much of it, when, and what it is about.

    `amount` counts the kind's own measure (clock hours, semester hours, hours of effort of a
    micro-credential). `alignments` are codes of framework items; `categories_claimed` are categories that
    the employing unit has recorded it for.
    """

    id: str
    kind: str
    title: str
    amount: Decimal | None
    earned_on: date
    alignments: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    value: LocalValue | None = None
    categories_claimed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """One licence and all that was earned, in any order; ids of credits are unique."""

    licence: Licence
    credits: tuple[EarnedCredit, ...] = field(default=())

    def __post_init__(self) -> None:
        mistakes = list(_mistakes(self))
        if mistakes:
            raise RecordError(mistakes)


def _mistakes(record: Record) -> Iterable[Mistake]:
    for one in repeated([credit.id for credit in record.credits]):
        yield Mistake("credits", f"The id “{one}” is used twice; a credit may stand in a record only once.")
    for credit in record.credits:
        if credit.amount is not None and not 0 < credit.amount <= LARGEST:
            yield Mistake(f"credits[{credit.id}].amount", f"An amount is more than 0 and at most {LARGEST}.")
        if credit.value is not None and not 0 <= credit.value.credits <= LARGEST:
            yield Mistake(f"credits[{credit.id}].value", f"A local value is from 0 to {LARGEST}.")
    licence = record.licence
    if licence.issued and licence.expires and licence.issued > licence.expires:
        yield Mistake("licence.issued", "The license begins after it expires; mend one of the two days.")


def record_from_document(document: object) -> Record:
    """Read a record from a mapping with `licence` and `credits`. Raises `RecordError` with every mistake."""
    place = Place(document)
    record = record_at(place.only("licence", "credits"))
    place.raise_mistakes(RecordError)
    if record is None:
        raise RecordError([Mistake("", "The record could not be read.")])
    return record


def record_at(place: Place) -> Record | None:
    """The record at a place of a larger document; None, with the mistakes noted, when it cannot be read."""
    before = len(place.mistakes)
    licence = _licence(place.at("licence"))
    credits = tuple(_credit(spot) for spot in place.items("credits", required=False))
    found = tuple(credit for credit in credits if credit is not None)
    if len(place.mistakes) > before:
        return None
    try:
        return Record(licence=licence, credits=found)
    except RecordError as error:
        for mistake in error.mistakes:
            place.at(mistake.path).wrong(mistake.reason)
        return None


def _licence(place: Place) -> Licence:
    place.only("kind", "role", "issued", "expires", "areas")
    return Licence(
        kind=place.text("kind"),
        role=place.text("role"),
        issued=place.day("issued"),
        expires=place.day("expires"),
        areas=frozenset(place.words("areas", default=())),
    )


def _credit(place: Place) -> EarnedCredit | None:
    place.only(*CREDIT)
    earned_on = place.day("earned_on")
    if earned_on is None:
        place.at("earned_on").wrong("Say on which day it was earned, like 2024-06-30.")
        return None
    return EarnedCredit(
        id=place.text("id"),
        kind=place.text("kind"),
        title=place.text("title", default=place.text("id")),
        amount=place.number("amount") if place.has("amount") else None,
        earned_on=earned_on,
        alignments=frozenset(place.words("alignments", default=())),
        topics=frozenset(place.words("topics", default=())),
        value=_local_value(place.at("value")) if place.has("value") else None,
        categories_claimed=frozenset(place.words("categories_claimed", default=())),
    )


def _local_value(place: Place) -> LocalValue:
    place.only("credits", "set_by", "rule", "per_hour")
    return LocalValue(
        credits=place.number("credits"),
        set_by=place.text("set_by"),
        rule=place.text("rule"),
        per_hour=place.flag("per_hour", default=False),
    )
