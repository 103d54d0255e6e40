"""The verbs on documents of a request: add, take away. Storage, cleaning and scanning are those of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from longleaf.assessment.evidence import taking_in
from longleaf.assessment.retention import clearing
from longleaf.kit.errors import WrongState
from longleaf.recognition.credit_requests.holding import hold
from longleaf.recognition.errors import NoSuchRequest, UnusableRequest
from longleaf.recognition.models import CreditRequest, RequestDocument
from longleaf.recognition.status import RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

MOST_BYTES = 10_000_000
MOST_DOCUMENTS = 8
WRITABLE = frozenset({RequestStatus.DRAFT, RequestStatus.ASKED_BACK})


def add(*, request: CreditRequest, file: UploadedFile[Any], acting_person: Person) -> RequestDocument:
    """Add a document to a request that is still written. Raises `FileNotWelcome` with what to do instead."""
    _require_room(_writable(request, acting_person))
    # Looking at a file takes a while, so it is done before the request is held.
    taken = taking_in.take_in(ref=request.ref, file=file, most_bytes=MOST_BYTES)
    try:
        return _kept(request, taken, acting_person)
    except BaseException:
        taking_in.forget(taken.stored_as)
        raise


@transaction.atomic
def remove(*, document: RequestDocument, acting_person: Person) -> None:
    """Take a document away from a request that is still written."""
    _writable(hold(document.request), acting_person)
    document.delete()
    clearing.forget_files([document.stored_as])


def forget_all(request: CreditRequest) -> None:
    """Delete the files of a request that is deleted, once that is certain. Inside a transaction."""
    clearing.forget_files(request.documents.filter(let_go_at=None).values_list("stored_as", flat=True))


@transaction.atomic
def _kept(request: CreditRequest, taken: taking_in.TakenIn, person: Person) -> RequestDocument:
    held = _writable(hold(request), person)
    _require_room(held)
    return RequestDocument.objects.create(
        request=held,
        name=taken.name,
        media_type=taken.media_type,
        kind=taken.kind,
        size=taken.size,
        sha256=taken.sha256,
        stored_as=taken.stored_as,
    )


def _writable(request: CreditRequest, person: Person) -> CreditRequest:
    if request.educator_id != person.pk:
        raise NoSuchRequest
    if request.status not in WRITABLE:
        raise WrongState("Documents are added before a request is sent, or when the office asks something.")
    return request


def _require_room(request: CreditRequest) -> None:
    if request.documents.count() >= MOST_DOCUMENTS:
        sentence = f"A request holds at most {MOST_DOCUMENTS} documents. Take one away first."
        raise UnusableRequest(sentence, fields={"file": sentence})
