"""The verbs that bring a badge from elsewhere, and take it back: what was verified is kept, nothing is decided yet."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.awards.verification import documents
from longleaf.directory import queries as directory
from longleaf.engines.openbadges import recipients
from longleaf.engines.openbadges.gist import Gist, gist_of
from longleaf.engines.openbadges.report import Outcome, Report
from longleaf.engines.openbadges.shapes import ENDORSEMENT_TYPE, is_record, is_status_list, types_of
from longleaf.journal.recording import take_turn
from longleaf.kit.numbers import number
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import access
from longleaf.recognition.portability.errors import BroughtBefore, NotYoursToBring, UnusableBadge
from longleaf.recognition.portability.events import Event
from longleaf.recognition.portability.holding import hold_own, move, told
from longleaf.recognition.portability.status import GivenTo, ImportStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from longleaf.awards.verification.visiting import Examined
    from longleaf.directory.models import Person

# Of one learner record.
MOST_AT_ONCE = 20
# What is kept for good: pictures that carry badges are far smaller.
MOST_BYTES = 2 * 1024 * 1024
LONGEST_ID = 500


@transaction.atomic
def bring(*, examined: Examined, acting_person: Person) -> list[ImportedBadge]:
    """Keep a badge that was examined, or each one in a learner record; returns what was kept.

    One that was taken back before is brought again. Raises `NotYoursToBring`, `UnusableBadge` for what is no badge or
    is one of ours, and `BroughtBefore` where nothing in it is new.
    """
    if not access.may_bring(acting_person):
        raise NotYoursToBring("Badges from elsewhere are brought by educators, each their own.")
    whole = examined.report.credential
    if not whole or examined.report.step("format").outcome is not Outcome.PASSED:
        raise _unusable(examined.report.step("format").reason)
    _hold_all_of(acting_person)
    if not is_record(whole):
        return [_kept(examined, recipients.recipients_of(whole), acting_person)]
    return _kept_of_record(examined, whole, acting_person)


@transaction.atomic
def take_back(*, imported: ImportedBadge, acting_person: Person) -> ImportedBadge:
    """Take a badge back before it is decided. Raises `NoSuchImport`, and `WrongState` once it was decided."""
    held = hold_own(imported, acting_person=acting_person)
    move(held, ImportStatus.WITHDRAWN)
    held.save(update_fields=["status"])
    told(Event.TAKEN_BACK, held, acting_person)
    return held


def findings(report: Report) -> dict[str, Any]:
    """What a report says, as fields of an imported badge."""
    return {
        "report": report.as_dict(),
        "verdict": report.verdict.value,
        "proven_issuer": (report.issuer or "")[:2000],
        "verified_at": timezone.now(),
    }


def _kept_of_record(examined: Examined, whole: Mapping[str, Any], person: Person) -> list[ImportedBadge]:
    named = recipients.recipients_of(whole)
    refusals, kept = list[Exception](), list[ImportedBadge]()
    for part in examined.parts:
        own = recipients.recipients_of(part.report.credential or {})
        try:
            kept.append(_kept(part, own or named, person))
        except (UnusableBadge, BroughtBefore) as refusal:
            refusals.append(refusal)
    if not kept:
        raise (
            refusals[0]
            if len(refusals) == 1
            else _unusable(
                f"None of the {number(len(refusals), 'credential')} in this record is new here."
                if refusals
                else "This record holds no credential."
            )
        )
    return kept


def _kept(examined: Examined, named: list[recipients.Recipient], person: Person) -> ImportedBadge:
    credential, material = examined.report.credential or {}, examined.material
    _require_badge(credential, material, person)
    gist, digest = gist_of(credential, examined.documents), hashlib.sha256(material).hexdigest()
    if not gist.name:
        raise _unusable(
            "What it was given for could not be read, because its issuer's site does not answer. Try later."
        )
    own_id = gist.credential_id if len(gist.credential_id) <= LONGEST_ID else ""
    before = _before(person, digest, own_id)
    if before and before.status != ImportStatus.WITHDRAWN:
        raise BroughtBefore(f"You brought this badge before: it is {before.ref}, “{before.title}”.")
    facts = {
        **_says(gist, examined, material, digest, own_id),
        **findings(examined.report),
        "given_to": _given_to(named, person),
        "credential": dict(credential),
    }
    if before:
        move(before, ImportStatus.BROUGHT)
        # It is its earner's alone again, also where it was sent before it was taken back.
        before.sent_at = before.due_on = None
        for name, value in facts.items():
            setattr(before, name, value)
        before.save()
    kept = before or ImportedBadge.objects.create(person=person, **facts)
    told(Event.BROUGHT, kept, person, digest=digest, verdict=kept.verdict, given_to=kept.given_to)
    return kept


def _require_badge(credential: Mapping[str, Any], material: bytes, person: Person) -> None:
    if len(material) > MOST_BYTES:
        raise _unusable(
            f"It is larger than {MOST_BYTES // 1024**2} MB. Bring the badge as JSON or as a smaller picture."
        )
    if is_status_list(credential) or ENDORSEMENT_TYPE in types_of(credential):
        raise _unusable("This is a statement about badges, and no badge itself. Bring the badge that you were given.")
    identifier = credential.get("id")
    if isinstance(identifier, str) and documents.own_badge_at(identifier):
        raise _unusable("This badge was issued here. It is among the badges of whoever earned it, and counts already.")


def _hold_all_of(person: Person) -> None:
    """Lock what somebody brought, and then the turn to decide: of two clicks the second sees what the first brought."""
    list(access.imports_of(person).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    take_turn()


def _before(person: Person, digest: str, credential_id: str) -> ImportedBadge | None:
    own = access.imports_of(person).select_related("person")
    by_id = own.filter(credential_id=credential_id).first() if credential_id else None
    return by_id or own.filter(digest=digest).first()


def _says(gist: Gist, examined: Examined, material: bytes, digest: str, own_id: str) -> dict[str, Any]:
    return {
        "address": examined.address[:2000],
        "carrier": examined.report.carrier,
        "material": material,
        "digest": digest,
        "title": gist.name,
        "issuer_name": gist.issuer_name,
        "issuer_id": gist.issuer_id,
        "achievement_id": gist.achievement_id,
        "credential_id": own_id,
        "says": {
            "standard": gist.standard,
            "description": gist.description,
            "criteria": gist.criteria,
            "criteria_url": gist.criteria_url,
            "evidence": list(gist.evidence),
            "alignments": [asdict(each) for each in gist.alignments],
        },
        "earned_on": timezone.localdate(gist.issued) if gist.issued else None,
        "expires_on": timezone.localdate(gist.expires) if gist.expires else None,
    }


def _given_to(named: list[recipients.Recipient], person: Person) -> GivenTo:
    addresses = [each for each in named if each.is_address]
    if not addresses:
        return GivenTo.UNSAID
    fits = recipients.is_anybody_of(addresses, directory.verified_addresses(person))
    return GivenTo.MATCHED if fits else GivenTo.OTHER


def _unusable(sentence: str) -> UnusableBadge:
    return UnusableBadge(sentence, fields={"address": sentence})
