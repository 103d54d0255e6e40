"""The verb that states a ledger as a certificate, and the reads of certificates."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines.policy import plain
from longleaf.journal.recording import record
from longleaf.recognition import ledgers
from longleaf.recognition.certificates.wording import document_of
from longleaf.recognition.errors import NoSuchCertificate, NothingToCertify
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditCertificate

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.recognition.models import Licence


@transaction.atomic
def state(*, acting_person: Person, licence: Licence | None = None) -> CreditCertificate:
    """State one's own ledger of today. The same ledger on the same day has one number, however often it is asked for.

    `licence` is one of one's own, where another is meant than the one whose cycle runs. Raises `NothingToCertify` where
    there is no ledger.
    """
    today = timezone.localdate()
    standing = (
        ledgers.standing_of(acting_person, on=today, licence=licence)
        if licence
        else ledgers.standings_of([acting_person.pk], on=today)[acting_person.pk]
    )
    if standing.ledger is None or standing.licence is None or standing.policy is None:
        raise NothingToCertify(standing.problem)
    employer = directory.employer_of(acting_person)
    document = document_of(acting_person, standing, employer.name if employer else "")
    digest = digest_of(document)
    certificate, is_new = CreditCertificate.objects.get_or_create(
        person=acting_person, digest=digest, defaults={"as_of": today, "document": document}
    )
    if is_new:
        data = {"certificate": certificate.ref, "digest": digest, "counted": plain(standing.ledger.total_counted)}
        record(Event.CERTIFICATE_STATED, actor=acting_person, subject=f"person:{acting_person.ref}", data=data)
    return certificate


def certificate_numbered(ref: str) -> CreditCertificate:
    """The certificate with a number, for whoever has it. Raises `NoSuchCertificate`."""
    found = CreditCertificate.objects.select_related("person").filter(ref=ref.strip().upper()).first()
    if found is None:
        raise NoSuchCertificate
    return found


def is_unaltered(certificate: CreditCertificate) -> bool:
    """Whether what is stored is still what was stated, by its digest."""
    return digest_of(certificate.document) == certificate.digest


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 over the canonical form of what a certificate says."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()
