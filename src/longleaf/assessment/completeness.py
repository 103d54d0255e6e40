"""The verb before anybody judges: is everything there that was asked for?

A return costs no attempt: the same submission is mended and handed in again. When everything is there, the panel is
convened.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.assessment.desk.access import require_waiting
from longleaf.assessment.errors import UnknownIndicator
from longleaf.assessment.events import Event
from longleaf.assessment.models import Attempt, CompletenessCheck, Submission
from longleaf.assessment.sending import send_to_panel
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.catalog.design import Design
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def check(*, submission: Submission, missing: Collection[str], note: str, acting_person: Person) -> CompletenessCheck:
    """Say which completion indicators were not found. None missing: the work goes to a panel; else it goes back.

    `note` tells the earner in words what to bring; it is shown without who wrote it. Whoever checks does not read for
    the panel, and nobody does who works where the earner works. Raises `NoSuchSubmission` for anybody but a lead
    assessor of the issuer, `UnknownIndicator`, and `CheckedAlready` when somebody else was faster.
    """
    attempt = hold(submission)
    submission.refresh_from_db()
    require_waiting(submission, acting_person=acting_person)
    found_missing = _known(attempt, missing)
    new = AttemptStatus.RETURNED if found_missing else AttemptStatus.IN_REVIEW
    require_move(ATTEMPT_MOVES, AttemptStatus(attempt.status), new, what=f"Submission {submission.ref}")
    looked = CompletenessCheck.objects.create(
        submission=submission,
        checker=acting_person,
        complete=not found_missing,
        missing=found_missing,
        note=note.strip(),
    )
    _record(looked, attempt, acting_person)
    if looked.complete:
        send_to_panel(submission, attempt, kept_off=_checkers_of(submission), acting_person=acting_person)
    attempt.status = new
    attempt.save(update_fields=["status", "changed_at"])
    return looked


def hold(submission: Submission) -> Attempt:
    """The attempt of a submission, locked until the transaction ends; the first lock of every verb of the desk."""
    rows = Attempt.objects.select_for_update(of=("self",))
    return rows.select_related("earner", "version", "micro_credential__issuer", "run_by").get(pk=submission.attempt_id)


def _known(attempt: Attempt, missing: Collection[str]) -> list[str]:
    indicators = [each.code for asked in Design(attempt.version.document).requirements for each in asked.completion]
    unknown = sorted(set(missing) - set(indicators))
    if unknown:
        raise UnknownIndicator(f"This micro-credential has no completion indicator {unknown[0]}. Reload the page.")
    return [code for code in indicators if code in set(missing)]


def _checkers_of(submission: Submission) -> list[Person]:
    """Everybody who looked at this submission, also when it went back that time."""
    looks = submission.completeness_checks.select_related("checker")
    return list({look.checker_id: look.checker for look in looks}.values())


def _record(looked: CompletenessCheck, attempt: Attempt, acting_person: Person) -> None:
    """Two lines: one for those who judge, with who looked; one for the earner, without."""
    submission = looked.submission
    seen: dict[str, Any] = {"complete": looked.complete, "missing": looked.missing}
    record(Event.COMPLETENESS_CHECKED, actor=acting_person, subject=f"submission:{submission.ref}", data=seen)
    told = Event.COMPLETENESS_PASSED if looked.complete else Event.COMPLETENESS_RETURNED
    data = {
        "from": attempt.status,
        "round": submission.round,
        "submission": submission.ref,
        "missing": looked.missing,
        "note": looked.note,
    }
    record(told, actor=None, subject=f"attempt:{attempt.ref}", data=data)
