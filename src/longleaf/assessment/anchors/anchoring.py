"""The verbs that make work into anchors, and the earner's leave for it.

An anchor is made of a sample that a lead assessor wrote, or of a decided round that its earner has lent. Lent work is
shown without a name and may be taken back at any time; then no new reader gets it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.anchors.loans import end_loan
from longleaf.assessment.appeals.access import everybody_with_a_part
from longleaf.assessment.desk.access import PANEL_KIND, kept_outside
from longleaf.assessment.errors import ConsentNotWelcome, EvidenceGone, NoSuchAttempt, NotDecidedYet, NotLent, NotReady
from longleaf.assessment.events import Event
from longleaf.assessment.evidence.naming import instrument_of
from longleaf.assessment.holding import hold
from longleaf.assessment.judged_by import judged_by
from longleaf.assessment.models import Appeal, Artifact, Attempt, Submission
from longleaf.assessment.privacy import ai_use
from longleaf.assessment.privacy.consent import people_are_shown_in
from longleaf.assessment.queries import work_on
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels.calibration import anchors, editions
from longleaf.panels.calibration.asking import AskedNow, asked_by_text
from longleaf.panels.pool.queries import pool_reading_for

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person
    from longleaf.panels.models import Anchor, RubricEdition
    from longleaf.panels.status import AnchorUse


NOT_COVERED = (
    "It was not lent: people can be recognized in it. Say that each of them agreed to have it shown to assessors who "
    "train, or keep it to yourself."
)


@transaction.atomic
def keep_sample(*, submission: Submission, title: str, use: AnchorUse, acting_person: Person) -> Anchor:
    """Keep a draft of one's own as a sample, and draft an anchor of it. It can be handed in no more.

    Where it is asked which tools helped, and nothing was said, it is said that none did: live work always says, and
    readers would know a sample among it by its silence. Raises `NotReady` while something that is asked for is missing,
    and what `anchors.draft` raises.
    """
    attempt = hold(submission.attempt_id, acting_person=acting_person)
    work = work_on(attempt, submission)
    missing = {piece.code: piece.missing for piece in work.pieces if piece.missing}
    if missing:
        raise NotReady("Something that is asked for is not there yet, so this is no sample.", fields=missing)
    require_move(ATTEMPT_MOVES, AttemptStatus(attempt.status), AttemptStatus.SAMPLE, what="This attempt")
    if work.design.ai_policy.asks:
        ai_use.say_none_was_used(submission=submission, acting_person=acting_person)
    attempt.status = AttemptStatus.SAMPLE
    attempt.save(update_fields=["status", "changed_at"])
    data = {"submission": submission.ref}
    record(Event.SAMPLE_KEPT, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    return anchors.draft(
        edition=edition_of(attempt.version, pool=pool_reading_for(judged_by(attempt)), acting_person=acting_person),
        evidence=submission.ref,
        title=title,
        use=use,
        acting_person=acting_person,
    )


@transaction.atomic
def anchor_lent(*, submission: Submission, title: str, use: AnchorUse, acting_person: Person) -> Anchor:
    """Draft an anchor of a decided round that its earner has lent, for the pool that read it. Whoever knows the work
    is kept from it.

    Raises `NotLent`, and what `anchors.draft` raises.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("earner").get(pk=submission.attempt_id)
    submission = Submission.objects.select_related("panel__pool").get(pk=submission.pk)
    if submission.lent_at is None or submission.panel is None:
        raise NotLent("Its earner has not lent this work, or has taken it back. Choose another one.")
    appeals = Appeal.objects.filter(submission__attempt=attempt, looked_at_by__isnull=False)
    looked = [appeal.looked_at_by for appeal in appeals.select_related("looked_at_by") if appeal.looked_at_by]
    return anchors.draft(
        edition=edition_of(attempt.version, pool=submission.panel.pool, acting_person=acting_person),
        evidence=submission.ref,
        title=title,
        use=use,
        barred_people=[*everybody_with_a_part(attempt), *looked],
        barred_organisations=kept_outside(attempt.earner, pool=submission.panel.pool),
        acting_person=acting_person,
    )


@transaction.atomic
def lend(*, submission: Submission, consent_covers_training: bool = False, acting_person: Person) -> Submission:
    """Let a decided round, without its earner's name, be shown to assessors who train.

    Where it shows people, it is lent only when its earner says that their consent covers that too. Raises
    `NotDecidedYet`, `EvidenceGone` where some of it is kept no longer or was taken away, and `ConsentNotWelcome`.
    """
    own = _own(submission, acting_person)
    _require_whole(own)
    if people_are_shown_in(own) and not consent_covers_training:
        raise ConsentNotWelcome(NOT_COVERED, fields={"covers_training": NOT_COVERED})
    if own.lent_at is None:
        own.lent_at = timezone.now()
        own.save(update_fields=["lent_at"])
        data = {"submission": own.ref, "round": own.round}
        record(Event.EVIDENCE_LENT, actor=acting_person, subject=f"attempt:{own.attempt.ref}", data=data)
    return own


@transaction.atomic
def take_back(*, submission: Submission, acting_person: Person) -> Submission:
    """End that leave; anchors made of it are retired."""
    own = _own(submission, acting_person)
    if own.lent_at is not None:
        because = "Its author took it back."
        end_loan(own, event=Event.EVIDENCE_TAKEN_BACK, because=because, acting_person=acting_person)
    return own


def edition_of(version: Version, *, pool: Organisation | None = None, acting_person: Person | None) -> RubricEdition:
    """The edition of a version's rubric in a pool; in the one that reads for its issuer, unless another is named."""
    return editions.register(
        pool=pool or pool_reading_for(version.micro_credential.issuer),
        kind=PANEL_KIND,
        instrument=instrument_of(version),
        rubric=version.document["rubric"],
        rule=version.document["panel_rule"],
        acting_person=acting_person,
    )


def asked_of_readers(version: Version, *, pool: Organisation) -> AskedNow:
    """What a pool asks now of those who are to read by a version's rubric."""
    return asked_by_text(
        pool=pool, kind=PANEL_KIND, instrument=instrument_of(version).code, rubric=version.document["rubric"]
    )


def _require_whole(submission: Submission) -> None:
    if submission.decided_at is None:
        raise NotDecidedYet("Work can be lent once it is decided.")
    brought = Artifact.objects.filter(response__submission=submission)
    if brought.filter(let_go_at__isnull=False).exists():
        raise EvidenceGone("Some of this work is deleted, because its time was over, so nobody can learn from it.")
    if brought.filter(taken_away_at__isnull=False).exists():
        raise EvidenceGone("Some of this work was taken away at the wish of a person shown, so it cannot be lent.")


def _own(submission: Submission, acting_person: Person) -> Submission:
    hold(submission.attempt_id, acting_person=acting_person)
    found = Submission.objects.select_related("attempt").filter(pk=submission.pk).first()
    if found is None:
        raise NoSuchAttempt
    return found
