"""A person's further e-mail addresses: verified by a mailed link, chosen for badges, removed.

An address is kept only once it is verified, so that a mistyped one never opens an account or receives anything but
that one link. The link says whom and which address it is for, is signed, and is good for three days.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string

from longleaf.directory import access, queries
from longleaf.directory.errors import (
    AddressIsForSigningIn,
    AddressIsTaken,
    NotAVerifiedAddress,
    NotYourAddresses,
    UnknownConfirmation,
    UnusableAddress,
    WrittenToTooOften,
)
from longleaf.directory.events import Event
from longleaf.directory.models import Person
from longleaf.journal.recording import record

LINK_IS_FOR = "directory.addressing: this address is this person's"
SECONDS_GOOD = 3 * 24 * 60 * 60
# A form on our pages must not fill anybody's mailbox.
SECONDS_BETWEEN_MAILS = 3 * 60
MOST_MAILS_A_DAY = 10
A_DAY = 24 * 60 * 60


def send_link(*, person: Person, email: str, acting_person: Person) -> str:
    """Mail a link to an address that somebody says is theirs, and return the address as it is written.

    Whether it belongs to somebody else is told only to whoever opens the link, so nobody learns who is enrolled.
    Raises `NotYourAddresses`, `UnusableAddress` and `WrittenToTooOften`.
    """
    _require_own(person, acting_person)
    address = _checked(email)
    _count_mail(person, address)
    context = {"person": person, "address": f"{settings.PUBLIC_URL}/my/profile/verify/{link_key(person, address)}/"}
    text = render_to_string("directory/verify_address.txt", context)
    send_mail("Verify your address", text, settings.DEFAULT_FROM_EMAIL, [address])
    return address


def link_key(person: Person, address: str) -> str:
    """What the mailed link ends with."""
    return signing.dumps([person.ref, address], salt=LINK_IS_FOR)


def address_of(key: str, *, acting_person: Person) -> str:
    """The address that a link verifies. Raises `UnknownConfirmation`, and `NotYourAddresses` for another's link."""
    try:
        ref, address = signing.loads(key, salt=LINK_IS_FOR, max_age=SECONDS_GOOD)
    except signing.BadSignature:
        raise UnknownConfirmation from None
    if ref != acting_person.ref:
        raise NotYourAddresses
    return str(address)


@transaction.atomic
def verify(*, key: str, acting_person: Person) -> str:
    """Keep the address of a mailed link as verified, and return it. Verified already, it stays as it is.

    Raises what `address_of` raises, and `AddressIsTaken`.
    """
    address = address_of(key, acting_person=acting_person)
    # Locked, so that two clicks on one link are one.
    person = Person.objects.select_for_update().get(pk=acting_person.pk)
    if address in queries.verified_addresses(person):
        return address
    if _is_anothers(address, person):
        raise AddressIsTaken
    EmailAddress.objects.create(user=person, email=address, verified=True)
    record(Event.ADDRESS_VERIFIED, actor=acting_person, subject=_subject(person), data=_count(person))
    return address


@transaction.atomic
def choose_for_badges(*, person: Person, address: str, acting_person: Person) -> Person:
    """Let new badges carry the hash of a verified address. The same choice again changes nothing.

    Badges that are issued already keep theirs until they are reissued. Raises `NotYourAddresses`,
    `NotAVerifiedAddress`.
    """
    _require_own(person, acting_person)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if address.lower() not in queries.verified_addresses(locked):
        raise NotAVerifiedAddress
    if address.lower() == queries.badge_address(locked):
        return locked
    locked.badge_address = "" if address.lower() == locked.email.lower() else address.lower()
    locked.save(update_fields=["badge_address"])
    record(Event.BADGE_ADDRESS_CHOSEN, actor=acting_person, subject=_subject(locked))
    return locked


@transaction.atomic
def remove(*, person: Person, address: str, acting_person: Person) -> Person:
    """Forget a further address. New badges go back to the one to sign in with, where this one was chosen for them.

    Raises `NotYourAddresses`, `AddressIsForSigningIn`, and `NotAVerifiedAddress` for one that is not theirs.
    """
    _require_own(person, acting_person)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if address.lower() == locked.email.lower():
        raise AddressIsForSigningIn
    if not EmailAddress.objects.filter(user=locked, email=address.lower()).delete()[0]:
        raise NotAVerifiedAddress
    if locked.badge_address == address.lower():
        locked.badge_address = ""
        locked.save(update_fields=["badge_address"])
    record(Event.ADDRESS_REMOVED, actor=acting_person, subject=_subject(locked), data=_count(locked))
    return locked


def _require_own(person: Person, acting_person: Person) -> None:
    if not access.may_change_addresses(acting_person, person):
        raise NotYourAddresses


def _checked(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        sentence = "This is not an e-mail address. It should look like name@school.example."
        raise UnusableAddress(sentence, fields={"email": sentence}) from None
    return address


def _count_mail(person: Person, address: str) -> None:
    today = f"directory:mails:{person.ref}"
    cache.add(today, 0, A_DAY)
    is_first = cache.add(f"directory:mailed:{person.ref}:{address}", True, SECONDS_BETWEEN_MAILS)
    if not is_first or cache.incr(today) > MOST_MAILS_A_DAY:
        raise WrittenToTooOften


def _is_anothers(address: str, person: Person) -> bool:
    verified = EmailAddress.objects.filter(email=address, verified=True).exclude(user=person)
    return verified.exists() or Person.objects.filter(email__iexact=address).exclude(pk=person.pk).exists()


def _subject(person: Person) -> str:
    return f"person:{person.ref}"


def _count(person: Person) -> dict[str, int]:
    """Lines of the journal last for ever, so they tell how many addresses there are and not which."""
    return {"addresses": len(queries.verified_addresses(person))}
