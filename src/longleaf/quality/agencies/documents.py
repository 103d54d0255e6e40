"""The verbs on documents that show something: add one, take one out."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from longleaf.kit.numbers import file_size
from longleaf.kit.taking_in import taken_in
from longleaf.quality.agencies.applying import hold, showing_of
from longleaf.quality.errors import NoSuchDocument, TooManyDocuments
from longleaf.quality.models import Document

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import Application

MOST_A_CRITERION = 5
LARGEST = 20_000_000
KINDS = ("pdf", "office", "image")
ENDINGS = ".pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods,.jpg,.jpeg,.png,.webp"
WORDS = "PDF, Word, PowerPoint, Excel, OpenDocument or images"


def add(
    *, application: Application, criterion: str, name: str, file: IO[bytes], size: int, acting_person: Person
) -> Document:
    """Add a file to what is shown for a criterion, as the house takes in any file (`kit.taking_in`).

    Raises `TooManyDocuments` where it is too large or there are enough, `BadInput` for what is not welcome, and what
    `applying.hold` and `applying.showing_of` raise. Nothing is kept of a file that is refused.
    """
    _require_room(application, criterion, name, size, acting_person)
    # Looked at before the application is held: that may take a while.
    with taken_in(file, name=name, kinds=KINDS) as taken:
        return _add(application, criterion, taken.__dict__, acting_person)


@transaction.atomic
def remove(*, application: Application, ref: str, acting_person: Person) -> None:
    """Take a document out of a draft. Its bytes go too, unless a review has read it or another application shows it.

    Raises `NoSuchDocument` and what `applying.hold` raises.
    """
    held = hold(application, acting_person=acting_person)
    found = Document.objects.filter(showing__application=held, ref=ref, removed_at__isnull=True).first()
    if found is None:
        raise NoSuchDocument
    found.showing.carried = False
    found.showing.save(update_fields=["carried"])
    if held.submitted_at is not None:
        found.removed_at = timezone.now()
        found.save(update_fields=["removed_at"])
        return
    found.delete()
    if not Document.objects.filter(stored_as=found.stored_as).exists():
        transaction.on_commit(lambda: default_storage.delete(found.stored_as))


@transaction.atomic
def _require_room(application: Application, criterion: str, name: str, size: int, acting_person: Person) -> None:
    showing = showing_of(hold(application, acting_person=acting_person), criterion)
    if size > LARGEST:
        _refuse(f"“{name}” has {file_size(size)}; at most {file_size(LARGEST)} can be taken here. Make it smaller.")
    if showing.documents.filter(removed_at__isnull=True).count() >= MOST_A_CRITERION:
        _refuse(f"At most {MOST_A_CRITERION} documents show a criterion. Take one out before you add another.")


@transaction.atomic
def _add(application: Application, criterion: str, taken: dict[str, object], acting_person: Person) -> Document:
    held = hold(application, acting_person=acting_person)
    showing = showing_of(held, criterion)
    if showing.documents.filter(removed_at__isnull=True).count() >= MOST_A_CRITERION:
        _refuse(f"At most {MOST_A_CRITERION} documents show a criterion. Take one out before you add another.")
    showing.carried = False
    showing.save(update_fields=["carried"])
    return Document.objects.create(showing=showing, added_by=acting_person, **taken)


def _refuse(sentence: str) -> None:
    raise TooManyDocuments(sentence, fields={"file": sentence})
