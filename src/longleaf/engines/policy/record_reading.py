"""From a record as a document, in a file or in an example of a policy, to a `Record`."""

from __future__ import annotations

from decimal import Decimal

from longleaf.engines.documents import Mistake, Place
from longleaf.engines.policy.record import (
    Approval,
    Decision,
    EarnedCredit,
    Licence,
    LocalValue,
    Outcome,
    Plan,
    PlanOutcome,
    Record,
    RecordError,
    Score,
)

RECORD = ("licence", "licences", "credits", "approvals", "plans")
LICENCE = ("id", "kind", "role", "issued", "expires", "areas", "scores")
CREDIT = (
    *("id", "kind", "title", "amount", "earned_on", "alignments", "topics", "value", "categories_claimed"),
    *("item", "level", "language", "issuer", "issuer_kind", "recognised_by", "program", "stack", "pieces"),
    *("published", "begun_on", "approved_on", "evidence_on", "decision", "counted_before"),
)


def record_from_document(document: object) -> Record:
    """Read a record from a mapping: `licence` (or several `licences`), `credits`, `approvals`, `plans`.

    Raises `RecordError` with every mistake. `schema_version`, where it stands, must be 1.
    """
    place = Place(document)
    record = record_at(place.only("schema_version", *RECORD))
    note_unknown_schema(place)
    place.raise_mistakes(RecordError)
    if record is None:
        raise RecordError([Mistake("", "The record could not be read.")])
    return record


def note_unknown_schema(place: Place) -> None:
    if place.has("schema_version") and place.whole("schema_version") != 1:
        place.at("schema_version").wrong("This version of the format is not known here; version 1 is.")


def record_at(place: Place) -> Record | None:
    """The record at a place of a larger document; None, with the mistakes noted, when it cannot be read."""
    before = len(place.mistakes)
    licences = _licences(place)
    credits = tuple(_credit(spot) for spot in place.items("credits", required=False))
    approvals = tuple(_approval(spot) for spot in place.items("approvals", required=False))
    plans = tuple(_plan(spot) for spot in place.items("plans", required=False))
    if len(place.mistakes) > before:
        return None
    try:
        return Record(
            licence=licences[0],
            credits=tuple(it for it in credits if it),
            approvals=tuple(it for it in approvals if it),
            plans=tuple(it for it in plans if it),
            other_licences=licences[1:],
        )
    except RecordError as error:
        for mistake in error.mistakes:
            place.at(mistake.path).wrong(mistake.reason)
        return None


def _licences(place: Place) -> tuple[Licence, ...]:
    if not place.has("licences"):
        return (_licence(place.at("licence")),)
    if place.has("licence"):
        place.at("licence").wrong("Write either `licence` or `licences`.")
    return tuple(_licence(spot) for spot in place.items("licences"))


def _licence(place: Place) -> Licence:
    place.only(*LICENCE)
    return Licence(
        kind=place.text("kind"),
        role=place.text("role"),
        issued=place.day("issued"),
        expires=place.day("expires"),
        areas=frozenset(place.words("areas", default=())),
        id=place.text("id", default=""),
        scores={exam: _score(spot) for exam, spot in place.entries("scores").items()},
    )


def _score(place: Place) -> Score:
    place.only("score", "qualifying", "sem")
    return Score(
        score=place.number("score"),
        qualifying=place.number("qualifying"),
        sem=place.number("sem", positive=True) if place.has("sem") else None,
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
        amount=_number(place, "amount"),
        earned_on=earned_on,
        alignments=_words(place, "alignments"),
        topics=_words(place, "topics"),
        value=_local_value(place.at("value")) if place.has("value") else None,
        categories_claimed=_words(place, "categories_claimed"),
        item=place.text("item", default=""),
        level=place.text("level", default=""),
        language=place.text("language", default=""),
        issuer=place.text("issuer", default=""),
        issuer_kind=place.text("issuer_kind", default=""),
        recognised_by=_words(place, "recognised_by"),
        program=place.text("program", default=""),
        stack=place.text("stack", default=""),
        pieces=_words(place, "pieces"),
        published=_number(place, "published"),
        begun_on=place.day("begun_on"),
        approved_on=place.day("approved_on"),
        evidence_on=place.day("evidence_on"),
        decision=_decision(place.at("decision")) if place.has("decision") else None,
        counted_before=place.number("counted_before", Decimal(0)),
    )


def _local_value(place: Place) -> LocalValue:
    place.only("credits", "set_by", "rule", "per_hour")
    return LocalValue(
        credits=place.number("credits"),
        set_by=place.text("set_by"),
        rule=place.text("rule"),
        per_hour=place.flag("per_hour", default=False),
    )


def _decision(place: Place) -> Decision:
    place.only("outcome", "by", "decided_on", "reason", "credits")
    outcome = place.choice("outcome", list(Outcome))
    decided_on = place.day("decided_on")
    if outcome in {Outcome.APPROVED, Outcome.REFUSED} and decided_on is None:
        place.at("decided_on").wrong("Say on which day it was decided.")
    return Decision(
        outcome=Outcome(outcome) if outcome in set(Outcome) else Outcome.PENDING,
        by=place.text("by"),
        decided_on=decided_on,
        reason=place.text("reason", default=""),
        credits=_number(place, "credits"),
    )


def _approval(place: Place) -> Approval | None:
    place.only("code", "by", "given_on")
    given_on = place.day("given_on")
    if given_on is None:
        place.at("given_on").wrong("Say on which day it was given, like 2024-06-30.")
        return None
    return Approval(place.text("code"), place.text("by"), given_on)


def _plan(place: Place) -> Plan | None:
    place.only("id", "title", "set_by", "from", "until", "reviewed_on", "waives", "outcomes")
    first, until = place.day("from"), place.day("until")
    if first is None:
        place.at("from").wrong("Say from which day the plan holds, like 2024-07-01.")
        return None
    if until is not None and until < first:
        place.at("until").wrong("The plan ends before it begins.")
    return Plan(
        id=place.text("id"),
        title=place.text("title"),
        set_by=place.text("set_by"),
        first=first,
        until=until,
        reviewed_on=place.day("reviewed_on"),
        waives=frozenset(place.words("waives")),
        outcomes=tuple(_outcome(spot) for spot in place.items("outcomes")),
    )


def _outcome(place: Place) -> PlanOutcome:
    place.only("title", "at_least", "accepts")
    at_least = place.whole("at_least")
    if at_least < 1:
        place.at("at_least").wrong("This must be 1 or more.")
    return PlanOutcome(place.text("title"), at_least, _words(place, "accepts"))


def _number(place: Place, key: str) -> Decimal | None:
    return place.number(key) if place.has(key) else None


def _words(place: Place, key: str) -> frozenset[str]:
    return frozenset(place.words(key, default=()))
