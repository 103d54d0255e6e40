"""What this installation publishes for machines, by what stands in its addresses. None means that there is nothing.

Pages and the loader of verifications both ask here, so that both always say the same.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from longleaf.awards import addresses, queries, status_lists
from longleaf.awards.contents import achievements
from longleaf.awards.endorsements import queries as endorsements
from longleaf.catalog import queries as catalog
from longleaf.catalog.errors import NoSuchIssuer
from longleaf.directory import queries as directory

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

# Names of the pages that are one badge or carry it.
FORMS_OF_A_BADGE = frozenset({"badge", "credential", "token", "png", "svg", "badge-report"})

Document = dict[str, Any]


def did_document_of_installation() -> Document | None:
    """The did:web of the host: the keys of the state's agency, whose installation this is."""
    agency = directory.agency()
    return achievements.did_document(agency, controller=addresses.installation_id()) if agency else None


def did_document_of_issuer(slug: str) -> Document | None:
    """The keys of an issuer, whether in use or retired."""
    found = _issuer(slug)
    return achievements.did_document(found) if found else None


def key_set_of_installation() -> Document | None:
    """The same keys as `did_document_of_installation`, as a JSON Web Key Set."""
    agency = directory.agency()
    return achievements.key_set(agency, controller=addresses.installation_id()) if agency else None


def key_set_of_issuer(slug: str) -> Document | None:
    """The keys of an issuer that are still believed, as a JSON Web Key Set."""
    found = _issuer(slug)
    return achievements.key_set(found) if found else None


def profile_of_issuer(slug: str) -> Document | None:
    found = _issuer(slug)
    if found is None:
        return None
    return _endorsed(achievements.profile_document(found), endorsements.documents_on_organisation(found))


def achievement(version_uuid: uuid.UUID) -> Document | None:
    found = catalog.version_by_uuid(version_uuid)
    if found is None:
        return None
    return _endorsed(achievements.achievement_document(found), endorsements.documents_on_version(found))


def endorsement(endorsement_uuid: uuid.UUID) -> Document | None:
    """A signed statement, also after it was withdrawn: whoever holds a copy must find what became of it."""
    return endorsements.document_of(endorsement_uuid)


def status_list(list_uuid: uuid.UUID) -> Document | None:
    """The signed list. Raises `NoUsableKey` when it has changed and cannot be signed."""
    found = queries.status_list_by_uuid(list_uuid)
    return status_lists.current(status_list=found) if found else None


def status_list_token(list_uuid: uuid.UUID) -> str | None:
    """The same list, signed as a token. Raises `NoUsableKey` when it cannot be signed."""
    found = queries.status_list_by_uuid(list_uuid)
    return status_lists.current_token(status_list=found) if found else None


def _endorsed(document: Document, found: list[Document]) -> Document:
    """With what others state of it. Only here: what stands in credentials that are out never changes."""
    return {**document, "endorsement": found} if found else document


def _issuer(slug: str) -> Organisation | None:
    try:
        return catalog.issuer(slug)
    except NoSuchIssuer:
        return None
