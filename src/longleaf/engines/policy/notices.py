"""Rules that a person must see to, and facts that are no arithmetic: shown with the ledger, never counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from longleaf.engines.documents import Place
from longleaf.engines.policy.record import Licence
from longleaf.engines.policy.rules import Rule, Span
from longleaf.engines.policy.ruling import RULE, Ruling, span_of

OTHER = "other"


@dataclass(frozen=True)
class Notice:
    """A rule that is shown and never computed.

    `kind` says what sort of fact it is, and `data` holds what of it can be told in numbers and codes. `in_force` is
    false for what is planned, waits for a system or has no money.
    """

    rule: Rule
    text: str
    roles: tuple[str, ...]
    licences_expiring: Span
    kind: str = OTHER
    in_force: bool = True
    data: Mapping[str, object] = field(default_factory=dict)

    def concerns(self, licence: Licence) -> bool:
        dated = licence.expires is None or self.licences_expiring.covers(licence.expires)
        return dated and (not self.roles or licence.role in self.roles)


def notice_at(place: Place, ruling: Ruling) -> Notice:
    """Read the notice at a place of a document, noting every mistake."""
    place.only(*RULE, "text", "roles", "licences_expiring", "kind", "data")
    kind = place.choice("kind", list(KINDS), default=OTHER)
    reads, in_force = KINDS.get(kind, ({}, True))
    return Notice(
        rule=ruling.rule(place),
        text=place.text("text"),
        roles=ruling.terms.known(place, "roles", ruling.terms.roles),
        licences_expiring=span_of(place, "licences_expiring"),
        kind=kind,
        in_force=in_force,
        data=_data(place, reads),
    )


def _data(place: Place, reads: Mapping[str, Read]) -> dict[str, object]:
    if not place.has("data"):
        return {}
    spot = place.at("data").only(*reads)
    return {key: read(spot, key) for key, read in reads.items() if spot.has(key)}


def _text(place: Place, key: str) -> object:
    return place.text(key)


def _texts(place: Place, key: str) -> object:
    return place.words(key)


def _number(place: Place, key: str) -> object:
    return place.number(key)


def _day(place: Place, key: str) -> object:
    return place.day(key)


def _flag(place: Place, key: str) -> object:
    return place.flag(key)


Read = Callable[[Place, str], object]
# For each kind: what its data may hold, and whether it is in force.
KINDS: dict[str, tuple[Mapping[str, Read], bool]] = {
    OTHER: ({}, True),
    "accepted": ({"instrument": _text}, True),
    "tacit": ({"instrument": _text}, True),
    "fee": ({"amount": _number, "currency": _text, "per": _text, "free_for": _texts}, True),
    "unlimited_resubmission": ({}, True),
    "assessment": ({"turnaround_days": _number, "double_blind": _flag}, True),
    "assessor_eligibility": ({"has_earned": _text, "paid": _flag}, True),
    "provider_eligibility": ({"may": _texts, "may_not": _texts}, True),
    "three_levels": ({"levels": _texts}, True),
    "local_decision": ({"decided_by": _text}, True),
    "planned": ({"since": _day, "instrument": _text}, False),
    "law_pending_system": ({"law": _text, "since": _day}, False),
    "unfunded_law": ({"law": _text, "since": _day}, False),
}
