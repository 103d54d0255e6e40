"""Attempts in every state of their life, with what was written for them and who reads it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.utils import timezone

from bench.seeding.catalog import Offered, Stage
from bench.seeding.invention import prose, reference
from bench.seeding.people import People
from bench.seeding.pouring import pour
from bench.seeding.size import Size
from longleaf.assessment.models import Artifact, Attempt, CompletenessCheck, Response, Submission, Upload
from longleaf.assessment.statements import STATEMENTS
from longleaf.assessment.status import AttemptStatus, FileKind, UploadStatus
from longleaf.kit.dates import end_of_day

S = AttemptStatus
# How often each status occurs in a hundred, and how many days ago such attempts began.
MIX = {
    S.DEMONSTRATED: (50, (60, 1_000)),
    S.DRAFT: (17, (1, 60)),
    S.IN_REVIEW: (12, (24, 30)),
    S.NOT_YET: (10, (60, 300)),
    S.SUBMITTED: (5, (21, 22)),
    S.RETURNED: (3, (25, 60)),
    S.WITHDRAWN: (3, (40, 600)),
}
HANDED_IN = frozenset({S.DEMONSTRATED, S.IN_REVIEW, S.NOT_YET, S.SUBMITTED, S.RETURNED})
READ = frozenset({S.DEMONSTRATED, S.IN_REVIEW, S.NOT_YET})
DECIDED = frozenset({S.DEMONSTRATED, S.NOT_YET})
# An attempt has at most so many requirements; keys of responses are counted by it.
MOST_REQUIREMENTS = 8
WORDS_WRITTEN = 60


@dataclass(slots=True)
class Try:
    """One attempt with its single round. Submission and panel have the same key; its seats have the two keys after."""

    pk: int
    earner: int
    offered: Offered
    status: AttemptStatus
    began: datetime
    readers: tuple[int, ...] = ()
    to_be_signed: bool = False

    @property
    def ref(self) -> str:
        return reference("ATT", self.pk)

    @property
    def submission(self) -> str:
        return reference("SUB", self.pk)

    @property
    def submitted(self) -> datetime:
        return self.began + timedelta(days=20)

    @property
    def checked(self) -> datetime:
        return self.began + timedelta(days=22)

    @property
    def decided(self) -> datetime:
        return self.began + timedelta(days=30)

    @property
    def due(self) -> datetime:
        return end_of_day(self.submitted + timedelta(days=21))

    @property
    def is_demonstrated(self) -> bool:
        return self.status is S.DEMONSTRATED


def plan(size: Size, stage: Stage, people: People) -> list[Try]:
    """Who attempts what, and how far each has come: first those whose pages are measured, then everybody else."""
    chosen, now = random.Random(23), timezone.now().replace(microsecond=0)
    begun = [*_of_workers(people, stage), *_of_holders(people, stage)]
    begun += _of_everybody(size.attempts - len(begun), people, stage, chosen)
    tries = [
        Try(pk, earner, offered, status, _began(status, now, chosen))
        for pk, (earner, offered, status) in enumerate(begun, 1)
    ]
    _choose_readers(tries, people)
    holders = {person for persons in people.holders.values() for person in persons}
    others = (each for each in tries if each.is_demonstrated and each.earner not in holders)
    for each in islice(others, size.signed):
        each.to_be_signed = True
    return tries


Begun = tuple[int, Offered, AttemptStatus]


def _of_workers(people: People, stage: Stage) -> Iterator[Begun]:
    """Lists of known length with something of everything in them."""
    for length, persons in people.workers.items():
        for person in persons:
            for number, status in zip(range(length), cycle(MIX), strict=False):
                yield person, stage.offered[(person + number) % len(stage.offered)], status


def _of_holders(people: People, stage: Stage) -> Iterator[Begun]:
    for length, persons in people.holders.items():
        for person in persons:
            for number in range(length):
                yield person, stage.offered[(person * 3 + number) % len(stage.offered)], S.DEMONSTRATED


def _of_everybody(many: int, people: People, stage: Stage, chosen: random.Random) -> Iterator[Begun]:
    """Every second educator or so attempts something; a few micro-credentials are sought by many."""
    statuses = chosen.choices(list(MIX), weights=[share for share, _ in MIX.values()], k=many)
    asked = iter(statuses)
    for person in chosen.sample(people.educators, k=len(people.educators)):
        first = int(len(stage.offered) * chosen.random() ** 3)
        for number in range(chosen.choice((1, 1, 1, 2, 2, 3))):
            status = next(asked, None)
            if status is None:
                return
            yield person, stage.offered[(first + number) % len(stage.offered)], status


def _began(status: AttemptStatus, now: datetime, chosen: random.Random) -> datetime:
    least, most = MIX[status][1]
    return now - timedelta(days=chosen.randint(least, most), minutes=chosen.randint(0, 1_400))


def _choose_readers(tries: Sequence[Try], people: People) -> None:
    """Two for each that is read; what is being read now goes first to those whose queue is measured."""
    queues = iter([person for length, persons in people.readers.items() for person in persons for _ in range(length)])
    turns = {issuer: cycle(persons) for issuer, persons in people.assessors.items()}
    for each in tries:
        if each.status in READ:
            turn = turns[each.offered.issuer_id]
            first = next(queues, None) if each.status is S.IN_REVIEW else None
            each.readers = (first or next(turn), next(turn))


def write(tries: Sequence[Try], people: People) -> None:
    """Write attempts, submissions, responses, evidence and completeness checks. Panels are poured before."""
    pour(Attempt, (_attempt(each) for each in tries))
    pour(Submission, (_submission(each) for each in tries))
    pour(Response, (response for each in tries for response in _responses(each)))
    pour(Upload, (upload for each in tries for upload in _uploads(each)))
    pour(Artifact, (artifact for each in tries for artifact in _artifacts(each)))
    looked_at = (each for each in tries if each.status in HANDED_IN and each.status is not S.SUBMITTED)
    pour(CompletenessCheck, (_check(each, people) for each in looked_at))


def outcome_of(each: Try) -> dict[str, Any]:
    """What the earner is told, in the shape that `assessment.scoring` writes."""
    rubric = each.offered.design.rubric
    level = rubric.levels[-1] if each.is_demonstrated else rubric.levels[0]
    criteria = [
        {
            "code": criterion.code,
            "title": criterion.title,
            "met": each.is_demonstrated,
            "level": level.code,
            "level_title": level.title,
            "decided_by": "agreement",
            "comments": [prose(each.pk + place, words=25)],
            "requirements": list(criterion.requirements),
        }
        for place, criterion in enumerate(rubric.criteria)
    ]
    verdict = "demonstrated" if each.is_demonstrated else "not_yet"
    return {"verdict": verdict, "reason": "", "readers": len(each.readers), "criteria": criteria}


def _attempt(each: Try) -> dict[str, Any]:
    return {
        "id": each.pk,
        "ref": each.ref,
        "earner_id": each.earner,
        "version_id": each.offered.pk,
        "micro_credential_id": each.offered.micro_credential_id,
        "status": each.status.value,
        "round": 1,
        "started_at": each.began,
        "changed_at": each.decided if each.status in DECIDED else each.began + timedelta(days=1),
        "decided_at": each.decided if each.status in DECIDED else None,
    }


def _submission(each: Try) -> dict[str, Any]:
    handed_in, decided = each.status in HANDED_IN, each.status in DECIDED
    agreed = {it.code: {"text": it.text, "agreed_at": each.submitted.isoformat()} for it in STATEMENTS}
    return {
        "id": each.pk,
        "ref": each.submission,
        "attempt_id": each.pk,
        "round": 1,
        "panel_id": each.pk if each.readers else None,
        "met_before": [],
        "statements": agreed if handed_in else {},
        "badge_evidence": [each.offered.requirements[0].code] if handed_in else [],
        "submitted_at": each.submitted if handed_in else None,
        "due_at": each.due if handed_in else None,
        "decided_at": each.decided if decided else None,
        "outcome": outcome_of(each) if decided else None,
    }


def _responses(each: Try) -> Iterator[dict[str, Any]]:
    for place, asked in enumerate(each.offered.requirements):
        # What an assessor opens is as long as asked for; the rest is shorter than life, so that a seed takes seconds.
        wanted = asked.words.min if asked.words and each.status is S.IN_REVIEW else WORDS_WRITTEN
        begun = each.status is not S.DRAFT or place < 2
        yield {
            "id": each.pk * MOST_REQUIREMENTS + place,
            "submission_id": each.pk,
            "requirement": asked.code,
            "text": prose(each.pk + place, words=wanted) if begun and "text" in asked.accepts else "",
            "revision": 3 if begun else 0,
            "saved_at": each.began,
        }


def _uploads(each: Try) -> Iterator[dict[str, Any]]:
    """What is known of files. The files themselves are not there: no page that is measured opens one."""
    for place in _with_file(each):
        yield {
            "id": each.pk * MOST_REQUIREMENTS + place,
            "ref": reference("UPL", each.pk * MOST_REQUIREMENTS + place, groups=4),
            "owner_id": each.earner,
            "response_id": each.pk * MOST_REQUIREMENTS + place,
            "original_name": "lesson.pdf",
            "status": UploadStatus.READY.value,
            "size": 120_000,
            "received": 120_000,
            "stored_as": f"synthetic/{each.pk}-{place}",
            "media_type": "application/pdf",
            "kind": FileKind.PDF.value,
            "sha256": f"{each.pk:064x}",
            "begun_at": each.began,
            "finished_at": each.began,
        }


def _artifacts(each: Try) -> Iterator[dict[str, Any]]:
    for place in _with_file(each):
        key = each.pk * MOST_REQUIREMENTS + place
        yield {"response_id": key, "upload_id": key, "title": "A lesson (synthetic)", "added_at": each.began}


def _with_file(each: Try) -> list[int]:
    """Places of the requirements for which a file was brought."""
    if each.status is S.DRAFT:
        return []
    return [place for place, asked in enumerate(each.offered.requirements) if "file" in asked.accepts]


def _check(each: Try, people: People) -> dict[str, Any]:
    complete = each.status is not S.RETURNED
    return {
        "submission_id": each.pk,
        "checker_id": people.leads[each.offered.issuer_id],
        "complete": complete,
        "missing": [] if complete else [each.offered.requirements[-1].completion[0].code],
        "note": "" if complete else "The recording ends too early.",
        "checked_at": each.checked,
    }
