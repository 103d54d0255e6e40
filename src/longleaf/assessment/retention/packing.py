"""Everything of an attempt as one ZIP, written piece by piece as it is sent, so that no file stands in memory whole.

Only its owner gets it, so files have the names that their owner gave them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.assessment.evidence import file_store
from longleaf.assessment.evidence.naming import ending_of
from longleaf.assessment.evidence.uploading import plain_name
from longleaf.assessment.models import Appeal, Artifact, Attempt, Consent, DraftComment, Submission, Upload
from longleaf.assessment.privacy.ai_use import statements_in
from longleaf.assessment.queries import Piece, Work, decision_on, work_on
from longleaf.assessment.status import AppealGround
from longleaf.kit.dates import day

if TYPE_CHECKING:
    from longleaf.assessment.privacy.ai_use import Statements
    from longleaf.assessment.queries import Decision

READ_AT_ONCE = 64 * 1024
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


class Drain(io.RawIOBase):
    """What was written since it was last emptied. It cannot go back, so the archive tells sizes after each file."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def empty(self) -> bytes:
        written, self._written = b"".join(self._written), []
        return written


def everything_of(attempt: Attempt) -> Iterator[bytes]:
    """The archive, a bounded piece at a time. `attempt` comes with its version, micro-credential and issuer."""
    drain = Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
        yield from _text(packed, drain, "about.txt", _about(attempt))
        for submission in attempt.submissions.select_related("reread_of").order_by("round", "pk"):
            yield from _round(packed, drain, attempt, submission)
        if consents := list(Consent.objects.filter(attempt=attempt)):
            yield from _text(packed, drain, "consent-log.txt", _consents(consents))
        for appeal in Appeal.objects.filter(submission__attempt=attempt).select_related("submission"):
            yield from _text(packed, drain, f"round-{appeal.submission.round}/appeal.txt", _appeal(appeal))
    yield drain.empty()


def _round(packed: zipfile.ZipFile, drain: Drain, attempt: Attempt, submission: Submission) -> Iterator[bytes]:
    decision = decision_on(submission)
    if submission.reread_of_id:
        # A copy of what was judged: only what was found is new.
        if decision:
            yield from _text(packed, drain, f"round-{submission.round}/answer-to-appeal.txt", _decision(decision))
        return
    work, folder = work_on(attempt, submission), f"round-{submission.round}"
    said = statements_in(submission)
    for piece in work.pieces:
        yield from _text(packed, drain, f"{folder}/{piece.code}.txt", _piece(piece, said))
        for number, artifact in enumerate(piece.artifacts, 1):
            yield from _files(packed, drain, f"{folder}/{piece.code}-{number}", artifact, attempt.earner_id)
    yield from _text(packed, drain, f"{folder}/round.txt", _of_round(work, decision))
    if comments := list(submission.draft_comments.select_related("mentorship__mentor")):
        yield from _text(packed, drain, f"{folder}/comments-of-mentors.txt", _comments(comments))


def _files(packed: zipfile.ZipFile, drain: Drain, place: str, artifact: Artifact, earner_id: int) -> Iterator[bytes]:
    if artifact.taken_away_at is not None:
        return
    for upload, mark in ((artifact.upload, ""), (artifact.transcript, " words of it")):
        if upload is not None and upload.stored_as:
            # What a teammate called a file is for that teammate alone.
            own = (
                plain_name(upload.original_name) if upload.owner_id == earner_id else f"of the team{ending_of(upload)}"
            )
            yield from _file(packed, drain, f"{place}{mark} {own}", upload)


def _file(packed: zipfile.ZipFile, drain: Drain, name: str, upload: Upload) -> Iterator[bytes]:
    entry = zipfile.ZipInfo(name, _moment(upload))
    try:
        stored = file_store.open_file(upload.stored_as)
    except OSError:
        yield from _text(packed, drain, f"{name}.missing.txt", "The file could not be read. Try the download again.")
        return
    with stored, packed.open(entry, "w", force_zip64=True) as into:
        while piece := stored.read(READ_AT_ONCE):
            into.write(piece)
            yield drain.empty()
    yield drain.empty()


def _text(packed: zipfile.ZipFile, drain: Drain, name: str, text: str) -> Iterator[bytes]:
    entry = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    packed.writestr(entry, text.replace("\n", "\r\n").encode("utf-8"), zipfile.ZIP_DEFLATED)
    yield drain.empty()


def _moment(upload: Upload) -> tuple[int, int, int, int, int, int]:
    if upload.finished_at is None:
        return FIRST_DAY_OF_ZIP
    year, month, day_of_month, hour, minute, second = timezone.localtime(upload.finished_at).timetuple()[:6]
    return year, month, day_of_month, hour, minute, second


def _about(attempt: Attempt) -> str:
    return _lines(
        attempt.version.labelled_title,
        f"Issuer: {attempt.micro_credential.issuer.name}",
        f"Attempt: {attempt.ref}, {attempt.get_status_display()}",
        f"Begun: {day(attempt.started_at)}",
        f"Packed: {day(timezone.now())}",
        "",
        "Each round has a folder. R1.txt is what you wrote for the first requirement; R2-1 is the first file brought",
        "for the second. The badge, if there is one, is downloaded from your list of badges.",
    )


def _piece(piece: Piece, said: Statements) -> str:
    links = [f"Link {number}: {each.link} {each.title}" for number, each in enumerate(piece.artifacts, 1) if each.link]
    gone = [f"Piece {number} is gone." for number, each in enumerate(piece.artifacts, 1) if each.taken_away_at]
    tools = [f"Tools used for this: {told.in_words}"] if (told := said.get((piece.code, None))) else []
    tools += [
        f"Tools used for piece {number}: {told.in_words}"
        for number, each in enumerate(piece.artifacts, 1)
        if (told := said.get((piece.code, each.pk)))
    ]
    part = [f"Made by a team of {piece.of_team}. Your own part: {piece.own_part.text}"] if piece.own_part else []
    asked = [piece.requirement.title, piece.requirement.prompt, "", piece.response.text, ""]
    return _lines(*asked, *part, *links, *gone, *tools)


def _comments(comments: Sequence[DraftComment]) -> str:
    return _lines(
        *(
            _lines(
                f"On {each.requirement}, by {each.mentorship.mentor} on {day(each.written_at)}: {each.text}",
                *([f"You: {each.answer}"] if each.answer else []),
                "",
            )
            for each in comments
        )
    )


def _of_round(work: Work, decision: Decision | None) -> str:
    agreed = [str(each.get("text", "")) for each in work.submission.statements.values()]
    handed_in = work.submission.submitted_at
    return _lines(
        f"Round {work.submission.round} ({work.submission.ref})",
        f"Handed in: {day(handed_in)}" if handed_in else "Never handed in.",
        *(f"You agreed: {text}" for text in agreed),
        "",
        _decision(decision) if decision else "Not decided.",
    )


def _decision(decision: Decision) -> str:
    found = [
        _lines(
            f"{each.title}: {'demonstrated' if each.met else 'not yet'}"
            + (f" ({each.level_title})" if each.level_title else ""),
            *each.comments,
            "",
        )
        for each in decision.criteria
    ]
    word = "Demonstrated" if decision.demonstrated else "Not yet"
    return _lines(f"{word}, decided on {day(decision.decided_at)}.", "", *found)


def _consents(consents: Sequence[Consent]) -> str:
    def taken_back(at: date | None) -> str:
        return f"; taken back on {day(at)}" if at else ""

    return _lines(
        *(
            f"{each.label}: {each.get_kind_display()}, given on {day(each.given_on)}, kept: {each.kept_where}"
            + taken_back(each.withdrawn_at)
            for each in consents
        )
    )


def _appeal(appeal: Appeal) -> str:
    grounds = ", ".join(str(AppealGround(code).label) for code in appeal.grounds)
    words = [f"{code}: {text}" for code, text in appeal.words.items()]
    reason = [f"Not admitted: {appeal.reason}"] if appeal.reason else []
    return _lines(f"Appeal {appeal.ref}, {day(appeal.lodged_at)}: {grounds}", "", *words, *reason)


def _lines(*lines: str) -> str:
    return "\n".join(lines)
