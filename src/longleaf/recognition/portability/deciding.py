"""The verbs of a recognizer: accept a badge as something, refuse it, or ask its earner; each with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.frameworks import queries as frameworks
from longleaf.recognition import overlays
from longleaf.recognition.models import ImportDecision, ImportedBadge
from longleaf.recognition.portability import access, precedents
from longleaf.recognition.portability.errors import NotYoursToDecide, UnusableDecision
from longleaf.recognition.portability.holding import LONGEST_TEXT, hold_to_decide
from longleaf.recognition.portability.ruling import rule
from longleaf.recognition.portability.status import IMPORTED_BADGE, MOST_CREDITS, Ruling

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation, Person
    from longleaf.engines.policy import Policy

PLACES = 2


@dataclass(frozen=True, kw_only=True)
class Counts:
    """As what an accepted badge counts: as a micro-credential of the register, or by itself as so many credits."""

    micro_credential: MicroCredential | None = None
    amount: Decimal | None = None
    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    alignments: tuple[str, ...] = ()

    def as_fields(self) -> dict[str, Any]:
        return {
            "micro_credential": self.micro_credential,
            "amount": self.amount,
            "categories": list(self.categories),
            "topics": list(self.topics),
            "alignments": list(self.alignments),
        }


@dataclass(frozen=True)
class Remember:
    """Keep the decision for later badges of this issuer and achievement, until a day or for as long as it holds."""

    decides_alone: bool = False
    valid_until: date | None = None


@transaction.atomic
def accept(
    *,
    imported: ImportedBadge,
    counts: Counts,
    reason: str,
    acting_person: Person,
    remember: Remember | None = None,
) -> ImportDecision:
    """Accept a badge as a micro-credential or as so many credits.

    Raises `NoSuchImport`, `NotYoursToDecide`, `UnusableDecision` with a sentence at each field, and `WrongState`.
    """
    held = hold_to_decide(imported, acting_person=acting_person)
    policy = overlays.policy_for(access.decides_for(acting_person, held), timezone.localdate())
    missing = "Say in a sentence why it counts; its earner and the ledger show it."
    _require_sound(reason, missing, counts, held=held, policy=policy)
    return _decided(held, Ruling.ACCEPTED, reason, counts, acting_person, remember)


@transaction.atomic
def refuse(
    *, imported: ImportedBadge, reason: str, acting_person: Person, remember: Remember | None = None
) -> ImportDecision:
    """Do not accept a badge, and say why. Raises what `accept` raises."""
    held = hold_to_decide(imported, acting_person=acting_person)
    _require_sound(reason, "Say why it is not accepted, so that its earner knows what would be needed.")
    return _decided(held, Ruling.REFUSED, reason, Counts(), acting_person, remember)


@transaction.atomic
def ask(*, imported: ImportedBadge, question: str, acting_person: Person) -> ImportDecision:
    """Ask the earner of a badge something; it waits for the answer. Raises what `accept` raises."""
    held = hold_to_decide(imported, acting_person=acting_person)
    _require_sound(question, "Write the question that its earner is asked.")
    return _decided(held, Ruling.ASKED, question, Counts(), acting_person, None)


def _decided(
    held: ImportedBadge,
    ruling: Ruling,
    reason: str,
    counts: Counts,
    acting_person: Person,
    remember: Remember | None,
) -> ImportDecision:
    organisation = _organisation(held, acting_person)
    decision = rule(
        held,
        ruling,
        reason=reason.strip(),
        organisation=organisation,
        counts=counts.as_fields(),
        acting_person=acting_person,
    )
    if remember:
        precedents.set_precedent(
            like=held,
            organisation=organisation,
            accepts=ruling == Ruling.ACCEPTED,
            counts=counts.as_fields(),
            reason=reason.strip(),
            decides_alone=remember.decides_alone,
            valid_until=remember.valid_until,
            acting_person=acting_person,
        )
    return decision


def _organisation(held: ImportedBadge, acting_person: Person) -> Organisation:
    found = access.decides_for(acting_person, held)
    if found is None:
        raise NotYoursToDecide("The state's agency is not registered here, so nothing can be decided in its name.")
    return found


def _require_sound(
    reason: str,
    missing: str,
    counts: Counts | None = None,
    *,
    held: ImportedBadge | None = None,
    policy: Policy | None = None,
) -> None:
    fields = dict(_mistakes_of(counts, policy)) if counts else {}
    if held and counts and counts.micro_credential and precedents.counts_already(held, counts.micro_credential):
        fields["micro_credential"] = (
            "They earned this here in the same cycle, and it counts once. Refuse it, or choose another."
        )
    if not reason.strip():
        fields["reason"] = missing
    elif len(reason) > LONGEST_TEXT:
        fields["reason"] = f"Say it in at most {LONGEST_TEXT} characters."
    if fields:
        raise UnusableDecision("Nothing is decided yet.", fields=fields)


def _mistakes_of(counts: Counts, policy: Policy | None) -> list[tuple[str, str]]:
    found = []
    if counts.micro_credential is None and (sentence := _mistake_of_amount(counts.amount, policy)):
        found.append(("amount", sentence))
    if counts.micro_credential is not None and counts.amount is not None:
        found.append(("amount", "A micro-credential of the register is worth what it is worth; leave this empty."))
    if unknown := _unknown_categories(counts.categories, policy):
        found.append(("categories", f"The policy has no category {', '.join(unknown)}."))
    if strange := _unknown_items(counts.alignments):
        found.append(("alignments", f"No standard of the state has the code {', '.join(strange)}."))
    return found


def _mistake_of_amount(amount: Decimal | None, policy: Policy | None) -> str:
    if amount is not None and policy and policy.kind(IMPORTED_BADGE) is None:
        return "The state's policy gives a badge from elsewhere nothing by itself; choose what it stands for."
    if amount is None:
        return "Say how many credits it is worth, such as 1.5, or choose a micro-credential that it stands for."
    if not 0 < amount <= MOST_CREDITS or amount != round(amount, PLACES):
        return f"Give more than 0 and at most {MOST_CREDITS} credits, with at most two places after the point."
    return ""


def _unknown_categories(codes: tuple[str, ...], policy: Policy | None) -> list[str]:
    known = {category.code for category in policy.categories} if policy else set()
    return [code for code in codes if code not in known]


def _unknown_items(codes: tuple[str, ...]) -> list[str]:
    state = directory.current_state() if codes else None
    known = frameworks.items_by_code(state) if state else {}
    return [code for code in codes if code not in known]
