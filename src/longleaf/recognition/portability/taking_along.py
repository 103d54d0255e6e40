"""What goes along in a learner record: badges from elsewhere that were accepted, and that the state recognizes them."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from longleaf.awards.sharing.further import Further, Statement
from longleaf.engines.openbadges.report import Verdict
from longleaf.kit.dates import day
from longleaf.recognition import policies
from longleaf.recognition.portability import queries

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.recognition.models import ImportDecision, ImportedBadge


def further_of(person: Person) -> Further:
    """Each accepted badge as it was signed where it carries its own proof and verified last time, with a statement of
    its recognition; of every other the statement alone, which names the badge by its id or by its digest."""
    accepted = list(queries.accepted_whole(person))
    embedded = [each for each in accepted if _carries_proof(each)]
    return Further(
        credentials=tuple(dict(each.credential) for each in embedded),
        statements=tuple(_statement(each, stands_alone=each not in embedded) for each in accepted),
    )


def recognition_in_words(imported: ImportedBadge, ruling: ImportDecision) -> str:
    """What was decided, as one sentence that stands alone."""
    issuer = f" of {imported.issuer_name}" if imported.issuer_name else ""
    by = f"{ruling.organisation.name} recognized “{imported.title}”{issuer} on {day(ruling.decided_at)}"
    return f"{by} {_counted(ruling)}. {ruling.reason}"


def _counted(ruling: ImportDecision) -> str:
    if ruling.micro_credential is not None:
        version = ruling.micro_credential.current
        return f"as the micro-credential “{version.labelled_title if version else ruling.micro_credential.slug}”"
    policy = policies.renewal_policy()
    assert ruling.amount is not None, "the database keeps that it counts one way"
    return f"as {policy.unit.amount(ruling.amount) if policy else ruling.amount} for renewal"


def _statement(imported: ImportedBadge, *, stands_alone: bool) -> Statement:
    ruling = imported.ruling
    assert ruling is not None, "the database keeps that what was accepted has a ruling"
    return Statement(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{imported.ref}:{ruling.pk}')}",
        about=_named(imported),
        name=f"Recognition of {imported.title}"[:300],
        comment=recognition_in_words(imported, ruling),
        valid_from=ruling.decided_at,
        stands_alone=stands_alone,
    )


def _named(imported: ImportedBadge) -> str:
    """The badge's own id, or its bytes by their digest (RFC 6920) where it has none that could name it."""
    if ":" in imported.credential_id:
        return imported.credential_id
    digest = urlsafe_b64encode(bytes.fromhex(imported.digest)).rstrip(b"=").decode("ascii")
    return f"ni:///sha-256;{digest}"


def _carries_proof(imported: ImportedBadge) -> bool:
    """Whether it can stand in a record as it is, and would not take the whole record down with it today."""
    return bool(imported.credential.get("proof")) and imported.verdict == Verdict.VALID
