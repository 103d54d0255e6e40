"""The verbs on files: begin, append, finish, cancel. The pages speak tus 1.0 and ordinary forms; both come here.

A file arrives in pieces. Each piece claims its place with one conditional update, so that two tabs, or a tab and its
own repeated request, never write over each other; whoever comes second is told how many bytes are here and goes on from
there. When all have arrived the file is scanned for viruses and looked at, and either becomes an artifact or is refused
with a sentence that is kept. While the scanner is silent, or does not look at this one, the pieces wait where they are,
and a chore asks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import FileInfected, NoSuchUpload, UploadOver, WrongOffset
from longleaf.assessment.evidence import file_store, quota, scanning
from longleaf.assessment.evidence.inspecting import Inspected, expected, inspect, refused
from longleaf.assessment.evidence.writing import next_position
from longleaf.assessment.holding import hold_for_writing, open_response
from longleaf.assessment.models import Artifact, Response, Submission, Upload
from longleaf.assessment.status import ON_THE_WAY, UPLOAD_MOVES, UploadStatus
from longleaf.catalog.design import Design, FileLimits
from longleaf.kit.errors import Refusal
from longleaf.kit.numbers import file_size, number

if TYPE_CHECKING:
    from longleaf.directory.models import Person

NOT_LOOKED_AT = (
    "All here, but the virus scanner did not look at it: it may be too large for it. Remove it and bring a smaller "
    "file, such as a shorter recording, or write to whoever runs this site; it is asked again by itself."
)
LONGEST_NAME = 255
LONGEST_REFUSAL = 300
READ_AT_ONCE = 1024 * 1024


@transaction.atomic
def begin(*, response: Response, name: str, size: int, acting_person: Person) -> Upload:
    """Announce a file for a requirement. Raises `FileNotWelcome` when it is clear already that it cannot be taken."""
    submission = Submission.objects.get(pk=response.submission_id)
    attempt = hold_for_writing(submission, acting_person=acting_person)
    open_response(submission, response.requirement)
    name = plain_name(name)
    limits = _limits(Design(attempt.version.document), response.requirement)
    expected(name, limits.kinds)
    _require_size(name, size, limits)
    _require_room(response, limits)
    quota.require_left(attempt, name, size)
    return Upload.objects.create(owner=acting_person, response=response, original_name=name, size=size)


def append(*, upload: Upload, offset: int, piece: bytes, acting_person: Person) -> Upload:
    """Keep the bytes that begin at `offset`; with the last of them, finish.

    Raises `WrongOffset` (with the right one) when the file stands elsewhere, `UploadOver` when it has arrived or was
    refused, `FileNotWelcome` when more comes than was announced or when the whole turns out not to be welcome.
    """
    end = offset + len(piece)
    with transaction.atomic():
        claimed = Upload.objects.filter(
            pk=upload.pk,
            owner=acting_person,
            status=UploadStatus.RECEIVING,
            received=offset,
            size__gte=end,
        ).update(received=end)
        if not claimed:
            raise _why_not(upload.pk, offset, acting_person)
        # Inside the transaction: where the piece cannot be kept, its place is not taken either.
        if piece:
            file_store.keep_piece(upload.ref, offset, piece)
    upload.refresh_from_db()
    return finish(upload=upload) if upload.received == upload.size else upload


def finish(*, upload: Upload) -> Upload:
    """Look at a file that is here whole, and make it an artifact. Doing it twice, or at once twice, does it once.

    Raises `FileNotWelcome` when it is refused; the sentence is kept with the upload.
    """
    if upload.status not in ON_THE_WAY or upload.received < upload.size:
        return upload
    with TemporaryFile() as whole:
        file_store.join_pieces(upload.ref, whole)
        try:
            _scan(upload, whole)
            inspected = _inspect(upload, whole)
            # Looking at a long video takes a while, so it is done before the attempt is held.
            finished = _keep(upload, inspected)
        except scanning.ScannerSilent:
            return _wait(upload)
        except scanning.NotLookedAt:
            return _wait(upload, told=NOT_LOOKED_AT)
        except Refusal as refusal:
            _refuse(upload, refusal)
            raise
    file_store.forget_pieces(upload.ref)
    return finished


def check_waiting() -> int:
    """Go on with files that wait for the scanner, the longest waiting first, until it is silent. Returns how many.

    One that it does not look at goes on waiting and keeps no other.
    """
    done = 0
    for upload in Upload.objects.filter(status=UploadStatus.CHECKING).select_related("owner").order_by("begun_at"):
        try:
            finished = finish(upload=upload)
        except Refusal:
            # The sentence is kept with the upload, where its owner finds it.
            done += 1
            continue
        still_waits = finished.status == UploadStatus.CHECKING
        if still_waits and not finished.refusal:
            break
        done += not still_waits
    return done


@transaction.atomic
def cancel(*, upload: Upload, acting_person: Person) -> None:
    """Forget a file that has not arrived whole, or was refused. Raises `UploadOver` for one that is evidence now."""
    found = Upload.objects.select_for_update().filter(pk=upload.pk, owner=acting_person).first()
    if found is None:
        raise NoSuchUpload
    if found.status == UploadStatus.READY:
        raise UploadOver("This file has arrived and belongs to your evidence. Remove it there.")
    found.delete()
    transaction.on_commit(lambda: file_store.forget_pieces(upload.ref))


def receive(*, response: Response, name: str, size: int, pieces: Iterable[bytes], acting_person: Person) -> Upload:
    """Take a whole file at once, as an ordinary form brings it, by the same way."""
    upload = begin(response=response, name=name, size=size, acting_person=acting_person)
    for piece in pieces:
        upload = append(upload=upload, offset=upload.received, piece=piece, acting_person=acting_person)
    return upload


def forget_abandoned(*, begun_before: datetime) -> int:
    """Forget files that never arrived whole. Returns how many."""
    left = Upload.objects.filter(status=UploadStatus.RECEIVING, begun_at__lt=begun_before).select_related("owner")
    for upload in left:
        cancel(upload=upload, acting_person=upload.owner)
    return len(left)


def plain_name(name: str) -> str:
    """A file's name without folders and invisible characters, short enough to be stored, its ending kept."""
    bare = PurePath(name.replace("\\", "/")).name
    shown = "".join(character for character in bare if character.isprintable()).strip()
    ending = PurePath(shown).suffix
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - len(ending)] + ending


def _limits(design: Design, requirement: str) -> FileLimits:
    asked = design.requirement(requirement)
    if "file" not in asked.accepts or asked.files is None:
        raise refused("This requirement asks for something else than a file.")
    return asked.files


def _require_size(name: str, size: int, limits: FileLimits) -> None:
    if size <= 0:
        raise refused(f"“{name}” is empty. Open it on your device to see whether it was saved, and add it anew.")
    if size > limits.bytes:
        raise refused(
            f"“{name}” has {file_size(size)}, and at most {limits.megabytes} MB can be taken here. "
            "Make it shorter or smaller."
        )


def _require_room(response: Response, limits: FileLimits, *, finishing: bool = False) -> None:
    here = response.artifacts.exclude(upload=None).filter(taken_away_at__isnull=True).count()
    on_the_way = 0 if finishing else response.uploads.filter(status__in=ON_THE_WAY).count()
    if here + on_the_way < limits.most:
        return
    waiting = f", {on_the_way} of them still on the way" if on_the_way else ""
    raise refused(
        f"At most {number(limits.most, 'file')} can be added here{waiting}. Remove one before you add another."
    )


def _why_not(upload_id: int, offset: int, person: Person) -> Refusal:
    found = Upload.objects.filter(pk=upload_id, owner=person).first()
    if found is None:
        return NoSuchUpload()
    if found.status != UploadStatus.RECEIVING:  # What waits for its check has arrived too.
        return UploadOver(found.refusal or "This file has arrived already.")
    if found.received != offset:
        return WrongOffset(received=found.received)
    return refused(f"More came of “{found.original_name}” than its {file_size(found.size)}. Add it anew.")


def _scan(upload: Upload, whole: IO[bytes]) -> None:
    """Raise `FileInfected`, or `ScannerSilent` or `NotLookedAt` where the file has to wait for the scanner."""
    if whole.tell() != upload.size:
        raise refused(f"“{upload.original_name}” was damaged on its way. Add it anew.")
    if not scanning.is_wanted():
        return
    try:
        found = scanning.finding(whole)
    except (scanning.ScannerSilent, scanning.NotLookedAt):
        if scanning.must_be_heard():
            raise
        return
    if found:
        raise FileInfected(name=upload.original_name, finding=found)


def _wait(upload: Upload, *, told: str = "") -> Upload:
    """Keep it waiting; `told` is what its owner can do, where anything."""
    may_wait = {*_may_become(UploadStatus.CHECKING), UploadStatus.CHECKING}
    Upload.objects.filter(pk=upload.pk, status__in=may_wait).update(status=UploadStatus.CHECKING, refusal=told)
    upload.refresh_from_db()
    return upload


def _may_become(status: UploadStatus) -> list[UploadStatus]:
    return [each for each, moves in UPLOAD_MOVES.items() if status in moves]


def _inspect(upload: Upload, whole: IO[bytes]) -> Inspected:
    if upload.response is None:
        raise NoSuchUpload
    design = Design(upload.response.submission.attempt.version.document)
    return inspect(whole, upload.original_name, _limits(design, upload.response.requirement).kinds)


def _keep(upload: Upload, inspected: Inspected) -> Upload:
    with inspected.content as content:
        content.seek(0)
        digest = _sha256(content)
        stored_as = file_store.keep(upload.ref, content)
    try:
        is_ours = _become_artifact(upload, inspected, digest, stored_as)
    except BaseException:
        file_store.forget(stored_as)
        raise
    if not is_ours:
        file_store.forget(stored_as)
    upload.refresh_from_db()
    return upload


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(READ_AT_ONCE):
        digest.update(piece)
    return digest.hexdigest()


@transaction.atomic
def _become_artifact(upload: Upload, inspected: Inspected, digest: str, stored_as: str) -> bool:
    """Whether this worker was the one that made it so."""
    response = Response.objects.select_related("submission").get(uploads=upload)
    attempt = hold_for_writing(response.submission, acting_person=upload.owner)
    open_response(response.submission, response.requirement)
    claimed = Upload.objects.filter(pk=upload.pk, status__in=_may_become(UploadStatus.READY)).update(
        status=UploadStatus.READY,
        refusal="",
        kind=inspected.kind,
        media_type=inspected.media_type,
        sha256=digest,
        stored_as=stored_as,
        taken_out=list(inspected.taken_out),
        finished_at=timezone.now(),
    )
    if not claimed:
        return False
    _require_room(response, _limits(Design(attempt.version.document), response.requirement), finishing=True)
    Artifact.objects.create(response=response, upload=upload, position=next_position(response))
    return True


def _refuse(upload: Upload, refusal: Refusal) -> None:
    status = UploadStatus.QUARANTINED if isinstance(refusal, FileInfected) else UploadStatus.REFUSED
    Upload.objects.filter(pk=upload.pk, status__in=_may_become(status)).update(
        status=status, refusal=refusal.sentence[:LONGEST_REFUSAL], finished_at=timezone.now()
    )
    file_store.forget_pieces(upload.ref)


def upload_of(person: Person, ref: str) -> Upload:
    """Somebody's own upload. Raises `NoSuchUpload` for any other."""
    found = Upload.objects.select_related("owner").filter(ref=ref, owner=person).first()
    if found is None:
        raise NoSuchUpload
    return found
