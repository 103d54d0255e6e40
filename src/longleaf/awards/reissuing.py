"""Reissuing a badge: its earner changes what it tells, and the credential is signed anew under the same id.

The new copy has the place in the status list that the old one has, and is valid from now on, by which wallets know that
it is the newer of the two (Open Badges 3.0, section 10). Copies that were handed out before cannot be called back: they
still verify, because they were issued, and our own verification says that there is a newer one.

Exactly once: the badge is locked, what it tells is compared with what is wanted, and where nothing differs nothing is
signed and no line is written. So whoever presses twice, or asks for all badges twice, reissues once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.awards import access
from longleaf.awards.contents import credentials, evidence, identities, proofs
from longleaf.awards.errors import (
    BadgeHasExpired,
    CannotBeTold,
    MayNotShare,
    NotIssuedYet,
    ReleaseNeedsConsent,
    UnknownAddress,
)
from longleaf.awards.events import Event
from longleaf.awards.issuing import subject_of
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.awards.status_lists import Place
from longleaf.catalog.publishing import digest_of
from longleaf.directory import queries as directory
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.proving import add_proof
from longleaf.journal.recording import record
from longleaf.kit.errors import WrongState

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.engines.openbadges.building import Identity


@transaction.atomic
def reissue(
    *,
    award: Award,
    acting_person: Person,
    current_name: bool = False,
    address: str | None = None,
    pieces: Collection[str] | None = None,
    consent: bool = False,
) -> Award:
    """Let a badge tell the earner's current name, be bound to another verified address, tell of other evidence.

    What is not asked for stays. `pieces` are the keys of all that it shall tell of; telling of one more needs
    `consent`, the earner's word that it shows no student. Where nothing would change, nothing is done.

    Raises `MayNotShare` for anybody but the earner, `UnknownAddress`, `UnknownEvidence`, `ReleaseNeedsConsent`,
    `CannotBeTold`, and `NotIssuedYet`, `BadgeHasExpired`, `NoUsableKey` or `WrongState` for a badge that cannot be
    signed anew.
    """
    locked = Award.objects.select_for_update(of=("self",)).select_related(*credentials.NEEDED, "status_list")
    found = locked.get(pk=award.pk)
    if not access.may_share(acting_person, found):
        raise MayNotShare
    _require_good(found)
    identity, changed = identities.identity_in(found), list[str]()
    if current_name and found.earner_name != found.earner.name:
        found.earner_name = found.earner.name
        changed.append("name")
    if address is not None and not identities.is_bound_to(found, _verified(address, found.earner)):
        identity = identities.fresh(address)
        changed.append("address")
    if pieces is not None and set(pieces) != set(evidence.released_keys(found)):
        _require_consent(found, pieces, consent)
        found.evidence = evidence.chosen_from(found, pieces)
        changed.append("evidence")
    return _signed_anew(found, identity, changed, acting_person) if changed else found


def hold_awards(occasions: Collection[str]) -> None:
    """Lock what was awarded on some occasions, for a verb that closes evidence after it has written to the journal."""
    list(Award.objects.select_for_update().filter(occasion__in=occasions).order_by("pk").only("pk"))


@transaction.atomic
def close_evidence(*, award: Award, keys: Collection[str], acting_person: Person | None) -> Award:
    """Let a badge tell no more of pieces that were taken away from under it, whoever earned it: telling of less needs
    nobody's leave, and without `acting_person` the system did it.

    Raises what `reissue` raises for a badge that cannot be signed anew.
    """
    locked = Award.objects.select_for_update(of=("self",)).select_related(*credentials.NEEDED, "status_list")
    found = locked.get(pk=award.pk)
    _require_good(found)
    kept = set(evidence.released_keys(found)) - set(keys)
    if kept == set(evidence.released_keys(found)):
        return found
    identity = identities.identity_in(found)
    found.evidence = evidence.chosen_from(found, kept)
    return _signed_anew(found, identity, ["evidence"], acting_person)


def reissue_all(*, earner: Person, acting_person: Person) -> int:
    """Reissue every good badge of an earner that carries an older name or another address. Returns how many.

    Each is its own transaction, so what was done stays done when one cannot be reissued, and asking again goes on.
    """
    done = 0
    for award in identities.outdated(earner):
        before = award.reissued_at
        after = reissue(
            award=award, acting_person=acting_person, current_name=True, address=directory.badge_address(earner)
        )
        done += after.reissued_at != before
    return done


def _require_good(award: Award) -> None:
    if award.status == AwardStatus.QUEUED:
        raise NotIssuedYet
    if award.status == AwardStatus.REVOKED:
        raise WrongState("The issuer has revoked this badge, so it is not issued anew.")
    expires = credentials.expiry_of(award.version, award.earned_at)
    if expires and expires <= timezone.now():
        raise BadgeHasExpired


def _verified(address: str, earner: Person) -> str:
    if address.lower() not in directory.verified_addresses(earner):
        raise UnknownAddress
    return address.lower()


def _require_consent(award: Award, pieces: Collection[str], consent: bool) -> None:
    if set(pieces) - set(evidence.released_keys(award)) and not consent:
        raise ReleaseNeedsConsent


def _signed_anew(award: Award, identity: Identity, changed: list[str], acting_person: Person | None) -> Award:
    signer = signing_keys.signer_for(award.issuer)
    before, award.reissued_at = award.credential, timezone.now()
    assert award.status_list is not None, "the database keeps that an issued badge has a place in a list"
    assert award.status_index is not None, "the database keeps that an issued badge has a place in a list"
    place = Place(award.status_list, award.status_index)
    try:
        document = credentials.unsigned_credential(award, place=place, identity=identity)
        award.credential = add_proof(document, signer=signer, created=signer.moment(award.reissued_at))
    except CannotBuild as problem:
        raise CannotBeTold(f"The badge cannot tell this so that everybody can check it. {problem}") from None
    award.save(update_fields=["credential", "reissued_at", "earner_name", "evidence"])
    record(
        Event.AWARD_REISSUED,
        actor=acting_person,
        subject=subject_of(award),
        data={
            "changed": changed,
            "pieces": len(award.evidence),
            "before": _digest(before),
            "after": _digest(award.credential),
            "key": signer.verification_method,
            "proof": proofs.digest(award.credential),
        },
    )
    return award


def _digest(credential: dict[str, Any] | None) -> str:
    return digest_of(credential or {})
