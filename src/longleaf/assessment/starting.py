"""The verb that begins an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from longleaf.assessment.access import may_start
from longleaf.assessment.errors import AlreadyDemonstrated, AttemptsUsedUp, CoachMeetingNeeded, MayNotStart
from longleaf.assessment.events import Event
from longleaf.assessment.meetings.queries import meeting_needed
from longleaf.assessment.models import Attempt, Response, Submission
from longleaf.assessment.queries import rounds_left, under_way
from longleaf.assessment.status import AttemptStatus
from longleaf.awards.queries import award_on_occasion, holds_in_force, last_day_of_badge
from longleaf.awards.status import AwardStatus
from longleaf.catalog.design import Design
from longleaf.catalog.errors import VersionNotOffered
from longleaf.catalog.status import VersionStatus
from longleaf.directory.queries import organisations_by_key, places_where, workplaces_of
from longleaf.directory.status import Role
from longleaf.journal.recording import record
from longleaf.panels.pool.queries import pool_reading_for
from longleaf.quality import wording as quality
from longleaf.quality.errors import RecognitionClosed
from longleaf.quality.pathways.running import unit_running

if TYPE_CHECKING:
    from datetime import date

    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person


def start(*, version: Version, acting_person: Person) -> Attempt:
    """Begin an attempt at a version, or return the one that is under way at the same micro-credential.

    Where the earner's school unit runs this pathway of the state, its own assessors will judge it. What upper floors do
    with an attempt is done in the same transaction (`settings.WITH_AN_ATTEMPT`).

    Raises `MayNotStart`, `catalog.errors.VersionNotOffered`, `quality.errors.RecognitionClosed`, `AlreadyDemonstrated`,
    `AttemptsUsedUp` and `CoachMeetingNeeded`.
    """
    if not may_start(acting_person):
        raise MayNotStart("Educators start attempts. Ask your school or district to enter you as one of its educators.")
    going_on = under_way(acting_person, version.micro_credential_id)
    if going_on is not None:
        return going_on
    _require_offered(version)
    _require_open(version)
    _require_not_held(version, acting_person)
    if rounds_left(acting_person, version) == 0:
        raise AttemptsUsedUp("All rounds that this micro-credential allows are used. Ask its issuer what you can do.")
    if needed := meeting_needed(acting_person, version):
        raise CoachMeetingNeeded(needed.rounds)
    try:
        return _begin_own(version, acting_person)
    except IntegrityError:
        # Two clicks at once: the database let one of them through, and both are answered with what it made.
        begun = under_way(acting_person, version.micro_credential_id)
        if begun is None:
            raise
        return begun


def start_sample(*, version: Version, acting_person: Person) -> Attempt:
    """Begin a sample for assessors, or return what is under way at the same micro-credential.

    It is written as any evidence is, and `assessment.anchors.anchoring` keeps it: for the pool of a school unit that
    runs it, where somebody leads that and not the issuer's. Raises `MayNotStart` for anybody but a lead assessor of its
    issuer, of the pool that reads for it, or of such a unit, and `catalog.errors.VersionNotOffered`.
    """
    judge = writes_samples_for(version, acting_person)
    if judge is None:
        raise MayNotStart(
            "Lead assessors of the issuer, of the pool that reads for it or of a unit that runs it write samples."
        )
    going_on = under_way(acting_person, version.micro_credential_id)
    if going_on is not None:
        return going_on
    _require_offered(version)
    with transaction.atomic():
        return _tell(_begin(version, acting_person, run_by=None if judge == version.micro_credential.issuer else judge))


def writes_samples_for(version: Version, person: Person) -> Organisation | None:
    """Whose assessors learn from the samples that somebody writes: the issuer's, where they lead them or the pool that
    reads for it, else those of a unit that runs it today and that they lead; None where they lead neither."""
    led = places_where(person, Role.LEAD_ASSESSOR)
    if not led:
        return None
    issuer = version.micro_credential.issuer
    if issuer.pk in led or pool_reading_for(issuer).pk in led:
        return issuer
    return unit_running(version.micro_credential, organisations_by_key(led).values(), timezone.localdate())


def unit_for(version: Version, earner: Person) -> Organisation | None:
    """The school unit that will have an attempt judged if it is begun today; None where the issuer will."""
    return unit_running(version.micro_credential, workplaces_of(earner), timezone.localdate())


@transaction.atomic
def _begin_own(version: Version, earner: Person) -> Attempt:
    submission = _begin(version, earner, run_by=unit_for(version, earner))
    for path in settings.WITH_AN_ATTEMPT:
        import_string(path)(attempt=submission.attempt)
    # After them: they lock rows of their own, and whoever does so locks them before the turn to write to the journal.
    return _tell(submission)


def _begin(version: Version, earner: Person, *, run_by: Organisation | None = None) -> Submission:
    attempt = Attempt.objects.create(
        earner=earner,
        version=version,
        micro_credential_id=version.micro_credential_id,
        status=AttemptStatus.DRAFT,
        run_by=run_by,
    )
    submission = Submission.objects.create(attempt=attempt, round=1)
    asked = Design(version.document).requirements
    Response.objects.bulk_create([Response(submission=submission, requirement=each.code) for each in asked])
    return submission


def _tell(submission: Submission) -> Attempt:
    """Write to the journal that an attempt was begun, with its first submission."""
    attempt, version = submission.attempt, submission.attempt.version
    record(
        Event.STARTED,
        actor=attempt.earner,
        subject=f"attempt:{attempt.ref}",
        data={
            "micro_credential": version.micro_credential.slug,
            "version": version.number,
            "submission": submission.ref,
            **({"run_by": attempt.run_by.code} if attempt.run_by else {}),
        },
    )
    return attempt


def _require_offered(version: Version) -> None:
    # It may have been read before a newer one was published; the database lets one version at most be published.
    version.refresh_from_db(fields=["status"])
    if version.status != VersionStatus.PUBLISHED:
        raise VersionNotOffered("This version is not offered any more. Look in the catalog for the present one.")


def _require_open(version: Version) -> None:
    if why := quality.closed(version, timezone.localdate()):
        raise RecognitionClosed(why)


def _require_not_held(version: Version, person: Person) -> None:
    """Refuse what a person holds in any version, however it was earned, until it is revoked or expires."""
    today, sought = timezone.localdate(), version.micro_credential_id
    done = Attempt.objects.filter(earner=person, micro_credential=sought, status=AttemptStatus.DEMONSTRATED)
    if holds_in_force(person, micro_credential_id=sought, on=today) or any(
        _stands(each, today) for each in done.select_related("version")
    ):
        raise AlreadyDemonstrated("You have demonstrated this already. Your work and its decision are in your list.")


def _stands(attempt: Attempt, today: date) -> bool:
    """Whether what was demonstrated holds on a day: its badge is not revoked, and would be valid."""
    badge = award_on_occasion(f"attempt:{attempt.ref}")
    assert attempt.decided_at is not None, "whoever demonstrated something was decided on"
    last = last_day_of_badge(attempt.version, attempt.decided_at)
    return (badge is None or badge.status != AwardStatus.REVOKED) and (last is None or today <= last)
