"""What earners do on a walk, and what others try with their work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from hypothesis import strategies as st

from longleaf.assessment import retrying, starting, submitting, withdrawing
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.evidence import uploading, writing
from longleaf.assessment.models import Attempt, Response, Submission, Upload
from longleaf.assessment.privacy import looked
from longleaf.assessment.queries import work_on
from longleaf.assessment.status import AttemptStatus, UploadStatus
from longleaf.assessment.tests import earner_cast
from longleaf.directory.models import Person
from tests.walks import rights
from tests.walks.acting import BOTH, GOOD, PICTURE, SHORT, Acting, now_and_then, which, yes
from tests.walks.world import ROUNDS

LIVE: Any = models.Q(submission__reread_of=None) & ~models.Q(submission__attempt__status="sample")


class Earning(Acting):
    """Beginning, writing, bringing files, handing in, withdrawing, opening rounds, lending."""

    @now_and_then(who=which, fitting=yes)
    def start(self, who: int, fitting: bool) -> None:
        person = self.who(fitting, who, self.world.people[who % 2])
        self.act(
            lambda: starting.start(version=self.world.version, acting_person=person),
            lawful=rights.may_start(person, self.world),
        )

    @now_and_then(what=which, who=which, fitting=yes, is_long=yes)
    def write(self, what: int, who: int, fitting: bool, is_long: bool) -> None:
        response = self.one(Response.objects.exclude(requirement="R2").filter(LIVE), what)
        if response is None:
            return
        person = self.who(fitting, who, response.submission.attempt.earner)
        self._write(response, person, GOOD if is_long else SHORT)

    def _write(self, response: Response, person: Person, text: str) -> None:
        self.act(
            lambda: writing.save_text(
                submission=response.submission,
                requirement=response.requirement,
                text=text,
                revision=response.revision,
                acting_person=person,
            ),
            lawful=rights.may_write(person, response),
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def link(self, what: int, who: int, fitting: bool) -> None:
        response = self.one(Response.objects.filter(LIVE, requirement="R2"), what)
        if response is not None:
            self._link(response, self.who(fitting, who, response.submission.attempt.earner))

    def _link(self, response: Response, person: Person) -> None:
        def add_and_look() -> None:
            writing.add_link(
                submission=response.submission,
                requirement="R2",
                link="https://pages.example.test/work",
                title="",
                acting_person=person,
            )
            earner_cast.look_through(response.submission.attempt)

        self.act(
            add_and_look,
            lawful=rights.may_write(person, response),
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def announce_a_file(self, what: int, who: int, fitting: bool) -> None:
        response = self.one(Response.objects.filter(LIVE, requirement="R2"), what)
        if response is None:
            return
        person = self.who(fitting, who, response.submission.attempt.earner)
        files = response.artifacts.exclude(upload=None).filter(taken_away_at=None).count()
        coming = response.uploads.filter(status__in=["receiving", "checking"]).count()
        self.act(
            lambda: uploading.begin(response=response, name="work.png", size=len(PICTURE), acting_person=person),
            lawful=rights.may_write(person, response) and files + coming < 3,
        )

    @now_and_then(
        what=which, who=which, fitting=yes, offset=st.sampled_from([0, 40, None]), size=st.sampled_from([40, 999])
    )
    def send_a_piece(self, what: int, who: int, fitting: bool, offset: int | None, size: int) -> None:
        upload = self.one(Upload.objects.select_related("owner"), what)
        if upload is None or upload.response is None:
            return
        at = upload.received if offset is None else offset
        piece = PICTURE[at : at + size]
        person = self.who(fitting, who, upload.owner)
        lawful = person.pk == upload.owner_id and upload.status == UploadStatus.RECEIVING and at == upload.received
        if at + len(piece) == upload.size:
            files = upload.response.artifacts.exclude(upload=None).filter(taken_away_at=None).count()
            lawful = lawful and rights.may_write(person, upload.response) and files < 3
        self.act(lambda: uploading.append(upload=upload, offset=at, piece=piece, acting_person=person), lawful=lawful)

    @now_and_then(what=which, who=which, fitting=yes)
    def forget_a_file(self, what: int, who: int, fitting: bool) -> None:
        upload = self.one(Upload.objects.select_related("owner"), what)
        if upload is not None:
            person = self.who(fitting, who, upload.owner)
            self.act(
                lambda: uploading.cancel(upload=upload, acting_person=person),
                lawful=person.pk == upload.owner_id and upload.status != UploadStatus.READY,
            )

    @now_and_then(what=which, who=which, fitting=yes, statements=st.sampled_from([BOTH, BOTH, BOTH[:1]]), tells=yes)
    def hand_in(self, what: int, who: int, fitting: bool, statements: tuple[str, ...], tells: bool) -> None:
        submission = self.one(Submission.objects.filter(reread_of=None).exclude(attempt__status="sample"), what)
        if submission is not None:
            self._hand_in(submission, self.who(fitting, who, submission.attempt.earner), statements, tells)

    def _hand_in(self, submission: Submission, person: Person, statements: Sequence[str], tells: bool) -> None:
        attempt, badge = submission.attempt, ["R1"] if tells else []
        is_current = submission.pk == rights.current(attempt).pk
        is_the_same = (
            attempt.status in {AttemptStatus.SUBMITTED, AttemptStatus.IN_REVIEW}
            and set(submission.statements) == set(statements)
            and submission.badge_evidence == badge
        )
        is_new = (
            rights.may_move(attempt, AttemptStatus.SUBMITTED)
            and set(statements) == set(BOTH)
            and rights.is_complete(submission)
            and not looked.left_to_look_through(work_on(attempt, submission))
        )
        self.act(
            lambda: submitting.submit(
                submission=submission, statements=statements, badge_evidence=badge, acting_person=person
            ),
            lawful=attempt.earner_id == person.pk and is_current and (is_the_same or is_new),
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def withdraw(self, what: int, who: int, fitting: bool) -> None:
        attempt = self.one(Attempt.objects.select_related("earner"), what)
        # Not at every turn: else most walks end soon.
        if attempt is None or what % 3:
            return
        person = self.who(fitting, who, attempt.earner)
        again = attempt.status == AttemptStatus.WITHDRAWN
        self.act(
            lambda: withdrawing.withdraw(attempt=attempt, acting_person=person),
            lawful=attempt.earner_id == person.pk and (again or rights.may_move(attempt, AttemptStatus.WITHDRAWN)),
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def open_a_round(self, what: int, who: int, fitting: bool) -> None:
        attempt = self.one(Attempt.objects.select_related("earner", "version").exclude(status="sample"), what)
        if attempt is None:
            return
        self._open_a_round(attempt, self.who(fitting, who, attempt.earner))

    def _open_a_round(self, attempt: Attempt, person: Person) -> None:
        again = attempt.status == AttemptStatus.DRAFT and attempt.round > 1
        opens = attempt.status == AttemptStatus.NOT_YET and rights.rounds_used(attempt.earner) < ROUNDS
        self.act(
            lambda: retrying.open_round(attempt=attempt, acting_person=person),
            lawful=attempt.earner_id == person.pk and (again or opens),
        )

    @now_and_then(what=which, who=which, fitting=yes, back=yes)
    def lend_or_take_back(self, what: int, who: int, fitting: bool, back: bool) -> None:
        submission = self.one(Submission.objects.filter(reread_of=None), what)
        if submission is None:
            return
        person = self.who(fitting, who, submission.attempt.earner)
        verb = anchoring.take_back if back else anchoring.lend
        is_own = submission.attempt.earner_id == person.pk
        self.act(
            lambda: verb(submission=submission, acting_person=person),
            lawful=is_own and (back or submission.decided_at is not None),
        )
