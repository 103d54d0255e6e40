"""By what a badge knows its earner: the salted hash of an address, which can be compared and not read back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.awards.contents import credentials
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.directory import queries as directory
from longleaf.engines.openbadges.building import Identity

if TYPE_CHECKING:
    from longleaf.directory.models import Person

ADDRESS = "emailAddress"
SALT_BYTES = 16


def fresh(address: str) -> Identity:
    """An address in small letters, with a salt of its own, so that two badges of one person cannot be matched."""
    return Identity.of_email(address.lower(), salt=secrets.token_hex(SALT_BYTES))


def identity_in(award: Award) -> Identity:
    """The identity that a signed badge carries."""
    subject = (award.credential or {}).get("credentialSubject", {})
    found = next(each for each in subject.get("identifier", ()) if each.get("identityType") == ADDRESS)
    return Identity(hash=found["identityHash"], salt=found["salt"])


def is_bound_to(award: Award, address: str) -> bool:
    """Whether a signed badge knows its earner by this address."""
    carried = identity_in(award)
    return Identity.of_email(address.lower(), salt=carried.salt).hash == carried.hash


def bound_address(award: Award) -> str:
    """Which of the earner's verified addresses a signed badge knows; "" for one that is no longer among them."""
    known = directory.verified_addresses(award.earner)
    return next((address for address in known if is_bound_to(award, address)), "")


def outdated(earner: Person) -> list[Award]:
    """The good badges of an earner that carry an older name, or another address than new badges would."""
    found = Award.objects.filter(earner_id=earner.pk, status=AwardStatus.ISSUED).select_related("version", "earner")
    address = directory.badge_address(earner)
    return [award for award in found if not _is_current(award, earner, address) and not _has_expired(award)]


def _is_current(award: Award, earner: Person, address: str) -> bool:
    return award.earner_name == earner.name and is_bound_to(award, address)


def _has_expired(award: Award) -> bool:
    expires = credentials.expiry_of(award.version, award.earned_at)
    return expires is not None and expires <= timezone.now()
