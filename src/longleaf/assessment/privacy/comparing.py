"""Looking for likenesses between what was handed in and what others handed in before: the chore.

A text or image is compared within its micro-credential, a file within all of its issuer; never with other work of the
same earner, but for a file that they handed in at another micro-credential too. What is found is a flag for people to
look at (`flags`). It changes no score and no status, and neither the earner nor a reader learns of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from longleaf.assessment.events import Event
from longleaf.assessment.evidence import file_store
from longleaf.assessment.models import Attempt, Band, CopyFlag, FileText, Print, Submission, Upload
from longleaf.assessment.privacy import likeness
from longleaf.assessment.queries import Work, work_on
from longleaf.assessment.status import WITH_TEXT, AttemptStatus, FileKind, LikenessKind
from longleaf.journal.recording import record

# In one round of a worker.
AT_ONCE = 5
# For each text, image or file. One that more have in common is no longer a matter of two; the most alike tell it.
MOST_CANDIDATES = 400
MOST_FLAGS = 20


@dataclass(frozen=True)
class Mark:
    """A fingerprint of one text, image or file of a submission, with the place where it stands there.

    `team` is the key of the team that made it, if one did: among its members it is no likeness, and elsewhere it is.
    """

    kind: LikenessKind
    place: str
    value: str
    within: str
    team: int | None = None

    @property
    def bands(self) -> list[int]:
        return likeness.bands_of(self.kind, self.value, within=self.within)


@dataclass(frozen=True)
class Likeness:
    mark: Mark
    other: Print
    percent: int
    kind: LikenessKind

    @property
    def places(self) -> tuple[str, int, str]:
        return self.mark.place, self.other.submission_id, self.other.place


def compare_handed_in(*, now: datetime) -> int:
    """Compare what was handed in and not compared yet. Returns how many rounds."""
    # What an appeal has read anew was compared when it was handed in.
    waiting = Submission.objects.filter(submitted_at__isnull=False, compared_at__isnull=True, reread_of=None)
    found = waiting.select_related("attempt__version", "attempt__earner", "attempt__micro_credential")
    return sum(_compare(each, now) for each in found.order_by("submitted_at")[:AT_ONCE])


def _compare(submission: Submission, now: datetime) -> int:
    work = work_on(submission.attempt, submission)
    if _waits_for_texts(work):
        return 0
    marks = list(_marks(work))
    return _keep(submission, marks, now)


@transaction.atomic
def _keep(submission: Submission, marks: Sequence[Mark], now: datetime) -> int:
    """Keep the prints of a round and flag what is like it, once, however many workers are at it."""
    if not Submission.objects.filter(pk=submission.pk, compared_at__isnull=True).update(compared_at=now):
        return 0
    Print.objects.filter(submission=submission).delete()
    issuer = submission.attempt.micro_credential.issuer_id
    kept = Print.objects.bulk_create(
        [
            Print(
                submission=submission,
                issuer_id=issuer,
                kind=each.kind,
                place=each.place,
                mark=each.value,
                team_id=each.team,
            )
            for each in marks
        ]
    )
    Band.objects.bulk_create(
        [Band(print=row, value=value) for row, each in zip(kept, marks, strict=True) for value in each.bands]
    )
    for found in islice(_without_what_is_known(submission, _likenesses(submission, marks)), MOST_FLAGS):
        _flag(submission, found)
    return 1


def _waits_for_texts(work: Work) -> bool:
    """Whether a file is still to be read (`reading`); it comes right after."""
    uploads = [artifact.upload for piece in work.pieces for artifact in piece.artifacts if artifact.upload]
    return any(each.kind in WITH_TEXT and each.text_read_at is None for each in uploads)


def _marks(work: Work) -> Iterator[Mark]:
    """Of everything that is new in this round. What was carried over as met was compared when it was new."""
    same_task = f"made {work.attempt.micro_credential_id}"
    same_issuer = f"issuer {work.attempt.micro_credential.issuer_id}"
    texts = _texts_of(work)
    for piece in (each for each in work.pieces if not each.response.locked):
        if value := likeness.mark_of_text(piece.response.text):
            yield Mark(LikenessKind.TEXT, piece.code, value, same_task)
        for number, artifact in enumerate(piece.artifacts, 1):
            upload, place, team = artifact.upload, f"{piece.code}-{number}", artifact.team_id
            if upload is None or artifact.taken_away_at is not None:
                continue
            yield Mark(LikenessKind.FILE, place, upload.sha256, same_issuer, team)
            if value := likeness.mark_of_text(texts.get(upload.pk, "")):
                yield Mark(LikenessKind.TEXT, place, value, same_task, team)
            if value := _image_mark(upload):
                yield Mark(LikenessKind.IMAGE, place, value, same_task, team)


def _texts_of(work: Work) -> dict[int, str]:
    brought = [artifact.upload_id for piece in work.pieces for artifact in piece.artifacts if artifact.upload_id]
    return dict(FileText.objects.filter(upload__in=brought).values_list("upload_id", "text"))


def _image_mark(upload: Upload) -> str:
    if upload.kind != FileKind.IMAGE or not upload.stored_as:
        return ""
    with file_store.open_file(upload.stored_as) as file:
        return likeness.mark_of_image(file)


def _likenesses(submission: Submission, marks: Sequence[Mark]) -> list[Likeness]:
    """What was handed in that is like it, the most alike first, the same files before all; in one query a mark."""
    found = [each for mark in marks for each in _like(mark, submission.attempt)]
    return sorted(found, key=lambda it: (-it.percent, it.mark.kind != LikenessKind.FILE, -it.other.pk))


def _like(mark: Mark, attempt: Attempt) -> Iterator[Likeness]:
    for other in _candidates(mark, attempt):
        percent = likeness.percent_alike(mark.kind, mark.value, other.mark)
        is_own = other.submission.attempt.earner_id == attempt.earner_id
        if likeness.is_worth_a_look(mark.kind, percent):
            yield Likeness(mark, other, percent, LikenessKind.USED_TWICE if is_own else mark.kind)


def _candidates(mark: Mark, attempt: Attempt) -> QuerySet[Print]:
    """What may be like one mark: that with which it has most in common first, and of these the newest."""
    own = Q(submission__attempt__earner=attempt.earner_id)
    if mark.kind == LikenessKind.FILE:
        own &= Q(submission__attempt__micro_credential=attempt.micro_credential_id)
    prints = Print.objects.filter(kind=mark.kind, bands__value__in=mark.bands).exclude(own)
    prints = prints.exclude(submission__attempt__status=AttemptStatus.WITHDRAWN)
    if mark.team is not None:
        prints = prints.exclude(team=mark.team)
    shared = prints.annotate(shared=Count("bands")).select_related("submission__attempt")
    return shared.order_by("-shared", "-pk")[:MOST_CANDIDATES]


def _without_what_is_known(submission: Submission, found: Sequence[Likeness]) -> Iterator[Likeness]:
    """One flag for each two places: the same file is not also a like text, and a new round is not a new likeness."""
    others = {each.other.submission_id for each in found}
    attempts = dict(Submission.objects.filter(pk__in=others).values_list("pk", "attempt_id"))
    known = _known_pairs(submission.attempt_id, set(attempts.values()))
    for each in found:
        pair = (each.mark.place, attempts[each.other.submission_id], each.other.place)
        if pair not in known:
            known.add(pair)
            yield each


def _known_pairs(attempt: int, others: set[int]) -> set[tuple[str, int, str]]:
    here, there = "submission__attempt_id", "other__attempt_id"
    flags = CopyFlag.objects.filter(
        Q(**{here: attempt, f"{there}__in": others}) | Q(**{there: attempt, f"{here}__in": others})
    )
    rows = flags.values_list(here, "place", there, "other_place")
    return {(place, b, other) if a == attempt else (other, a, place) for a, place, b, other in rows}


def _flag(submission: Submission, found: Likeness) -> None:
    flag = CopyFlag.objects.create(
        issuer_id=submission.attempt.micro_credential.issuer_id,
        submission=submission,
        place=found.mark.place,
        other_id=found.other.submission_id,
        other_place=found.other.place,
        kind=found.kind,
        percent=max(1, found.percent),
    )
    data = {"flag": flag.ref, "kind": flag.kind, "percent": flag.percent}
    record(Event.COPY_FLAGGED, actor=None, subject=f"submission:{submission.ref}", data=data)
